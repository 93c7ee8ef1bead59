"""Thousands of primary keys as one parameter: a list with a mark for each takes longer to write than to run."""

import json
from collections.abc import Iterable

from django.db import connection, models
from django.db.models.expressions import RawSQL


def among(keys: Iterable[int]) -> RawSQL:
    """The keys as a sub-select, for ``filter(pk__in=among(keys))``."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))], models.BigIntegerField())
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)], models.BigIntegerField())
