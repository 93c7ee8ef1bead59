"""How many meetings a name has, beside its record."""

from typing import Any

from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from meetings.choices import Status
from meetings.index.tags import LETTERS, tag


def with_meetings(names: QuerySet) -> QuerySet:
    """Officials, countries, organizations, places or topics with ``meeting_count``, how many public meetings they take
    part in, host or are dealt with in, and ``held_count``, how many of these were held; no query of its own."""
    held = tag("status", Status.HELD)
    return names.annotate(meeting_count=number(names.model, ""), held_count=number(names.model, held))


def number(model: Any, scope: str) -> RawSQL:
    """The number that the index keeps for each record of the query around it, within a scope."""
    options = model._meta
    key = f'\'{LETTERS[options.model_name]}\' || "{options.db_table}"."{options.pk.column}"'
    sql = f"COALESCE((SELECT n FROM meetings_index_number WHERE scope = %s AND tag = {key}), 0)"
    return RawSQL(sql, [scope], output_field=IntegerField())
