"""The gate for single records: whether what `published()` says holds of those that have a key, in a few look-ups.

Lists ask the index which records are public (`meetings.index.counts`); a record's own page, and what names it by its
key, ask the records themselves. One reason (`RecordQuerySet.reasons`) is looked for at a time, the most usual first:
all together take longer to plan than to answer. Django would take longer still to write them: each is written once.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

#: Stands for a key in the text of a question; no key has this in it.
KEY = "\x00key"


def usually(model: Any, path: str, keys: Sequence[str]) -> ExpressionWrapper:
    """Whether a record that is asked for by one of ``keys`` (at least one), at ``path``, is public for the most usual
    reason. If not, `lets_through` tells whether it is for another, with 1 ``tried``."""
    sql, parameters = question(model, path, 0, connection.vendor)
    asked = [key if one == KEY else one for key in keys for one in parameters]
    public = RawSQL(" UNION ALL ".join([sql] * len(keys)), asked, BigIntegerField())
    return ExpressionWrapper(Q(pk__in=public), BooleanField())


def lets_through(model: Any, key: str, *, tried: int = 0) -> bool:
    """Whether the record with this key is public; a query for each reason, up to one that holds, but for the first ones
    that were ``tried`` and do not."""
    for number in range(tried, len(model.objects.reasons())):
        sql, parameters = question(model, model.KEY, number, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(sql, [key if one == KEY else one for one in parameters])
            if cursor.fetchone():
                return True
    return False


@cache
def question(model: Any, path: str, number: int, _vendor: str) -> tuple[str, tuple]:
    """The SELECT of the primary key of the record whose ``path`` is `KEY`, if it is public for this reason, and its
    parameters."""
    records: QuerySet = model.objects.public_for(model.objects.reasons()[number])
    return records.order_by().filter(**{path: KEY}).values("pk").query.sql_with_params()
