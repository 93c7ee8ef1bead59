"""Lists of names: which are public, and how many meetings each has."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from meetings.choices import UNCITED_DATASETS, Status
from meetings.index.tags import LETTERS, tag
from meetings.models import Citation, ExternalId, Official, Organization, Place, Position, Source, StatusChange, Topic
from meetings.models.base import RecordQuerySet

#: Where the index names the public records of a noun: shelves and letters. What else makes one public is few.
NAMED: dict[Any, list[tuple[str, str]]] = {
    Official: [("meetings", "o"), ("statements", "v"), ("statements", "q")],
    Organization: [("meetings", "g")],
    Place: [("meetings", "p")],
    Topic: [("meetings", "t"), ("statements", "t")],
    Source: [("meetings", "s"), ("statements", "s")],
}


class HasTag(Func):
    """Whether public records of a shelf have the tag of a letter and a key: a look-up of the number that is kept."""

    template = (
        "EXISTS (SELECT 1 FROM %(shelf)s_index_number WHERE scope = '' AND tag = '%(letter)s' || %(expressions)s)"
    )
    arity = 1

    def __init__(self, key: Any, **told: str):
        super().__init__(key, output_field=BooleanField(), **told)


def is_named(model: Any, key: str = "pk") -> Q:
    """The condition that the index names a record of a noun, whose primary key is ``key``."""
    return reduce(or_, (Q(HasTag(F(key), shelf=shelf, letter=letter)) for shelf, letter in NAMED[model]))


def public(model: Any) -> RecordQuerySet:
    """What ``published()`` lets through of a noun, looked up in the index record by record, where asking the gate for
    each record of a long list would take seconds; no query of its own. For lists and counts: of a single record,
    `meetings.index.gate` asks the gate itself.

    What is looked up first is what nearly all have, and each look-up is of one row: so databases need no estimates, and
    none gathers all that is public to show a page of it.
    """
    if model not in NAMED:
        return model.objects.published()
    records = model.objects.filter(is_public(model))
    return records.filter(merged_into=None) if hasattr(model, "merged_into") else records


def is_public(model: Any) -> Q:
    """The condition of `public`, but for merged records."""
    condition = is_named(model)
    if model is Source:
        # From the citation to the post: the other way about leads past the posts of everybody.
        posts = Position.objects.filter(
            is_named(Official, "official"), pk=OuterRef("position"), official__merged_into=None
        )
        cited = Citation.objects.filter(Exists(posts), source=OuterRef("pk"), position__isnull=False)
        changes = StatusChange.objects.published().filter(source=OuterRef("pk"))
        own = ExternalId.objects.filter(source=OuterRef("pk"), dataset__in=UNCITED_DATASETS, identifier="source")
        condition |= Q(Exists(cited)) | Q(Exists(changes)) | Q(Exists(own))
    if model is Organization:
        posts = Position.objects.filter(is_named(Official, "official"), official__merged_into=None)
        sources = Source.objects.filter(is_public(Source))
        named = condition | Q(Exists(posts.filter(organization=OuterRef("pk"))))
        named |= Q(Exists(sources.filter(publisher=OuterRef("pk"))))
        bodies = Organization.objects.filter(named)
        condition = named | Q(pk__in=bodies.values("part_of")) | Q(pk__in=bodies.values("part_of__part_of"))
    return condition


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
