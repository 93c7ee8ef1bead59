"""Lists of names: which are public, and how many meetings each has."""

from typing import Any

from django.db.models import IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL

from meetings.choices import Status
from meetings.index.tags import LETTERS, tag
from meetings.models import Citation, Official, Place, Source, StatusChange, Topic

#: Where the index names the public records of a noun: shelves and letters. What else makes one public is few.
NAMED: dict[Any, list[tuple[str, str]]] = {
    Official: [("meetings", "o"), ("statements", "v"), ("statements", "q")],
    Place: [("meetings", "p")],
    Topic: [("meetings", "t"), ("statements", "t")],
    Source: [("meetings", "s"), ("statements", "s")],
}


def public(model: Any) -> QuerySet:
    """What ``published()`` lets through of a noun, found in the index where asking the gate for each record of a long
    list would take seconds; no query of its own."""
    if model not in NAMED:
        return model.objects.published()
    members = [
        f"SELECT CAST(substr(tag, 2) AS INTEGER) FROM {shelf}_index_number WHERE scope = '' AND letter = '{letter}'"
        for shelf, letter in NAMED[model]
    ]
    condition = Q(pk__in=RawSQL(" UNION ".join(members), []))
    if model is Source:
        posts = Citation.objects.filter(position__isnull=False, position__official__in=public(Official).values("pk"))
        changes = StatusChange.objects.published().exclude(source=None)
        condition |= Q(pk__in=posts.values("source")) | Q(pk__in=changes.values("source"))
    records = model.objects.filter(condition)
    return records.filter(merged_into=None) if hasattr(model, "merged_into") else records


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
