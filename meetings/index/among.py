"""Thousands of primary keys as one parameter: a list with a mark for each takes longer to write than to run."""

from collections.abc import Iterable

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from meetings.index.schema import backend


def among(keys: Iterable[int]) -> RawSQL:
    """The keys as a sub-select, for ``filter(pk__in=among(keys))``."""
    sql, parameters = backend().listed(list(keys))
    return RawSQL(sql, parameters, BigIntegerField())
