"""Which names have which words: looked up when they are asked for, so that renaming costs nothing at the meetings."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import connection, transaction

from meetings import words
from meetings.index import version
from meetings.index.schema import backend
from meetings.index.tags import tag
from meetings.models import Country, Official, Organization, Place, Topic

#: The nouns whose names stand for meetings, with the columns that hold what they are called, one name per line.
CALLED: dict[Any, tuple[str, ...]] = {
    Official: ("name", "native_name", "other_names"),
    Country: ("name", "other_names", "iso2", "iso3"),
    Organization: ("name", "acronym", "other_names"),
    Place: ("name", "other_names"),
    Topic: ("name", "other_names"),
}

COLUMNS = ("word", "tag", "name")
#: No name that a person has is longer (characters of its words).
LONGEST = 400


def refresh_names(model: Any, keys: Iterable[int]) -> None:
    """Brings the words of these records' names up to date; only the version for nouns without such names. At most five
    queries.

    The names of a merged record stand for the one that it was merged into.
    """
    keys = sorted(set(keys))
    with transaction.atomic(), connection.cursor() as cursor:
        backend().take_turn(cursor)
        version.change(cursor)
        if model not in CALLED:
            return
        survivors = set(keys)
        if hasattr(model, "merged_into"):
            merged = model.objects.filter(pk__in=keys).exclude(merged_into=None)
            survivors |= set(merged.values_list("merged_into", flat=True))
        for key in sorted(survivors):
            cursor.execute("DELETE FROM meetings_index_name WHERE tag = %s", [tag(model._meta.model_name, key)])
        backend().copy_rows(cursor, "meetings_index_name", COLUMNS, sorted(set(rows(model, survivors))))


def write_all(cursor) -> None:
    """Adds the words of all names to an empty table."""
    found = {*chain.from_iterable(rows(model) for model in CALLED)}
    backend().copy_rows(cursor, "meetings_index_name", COLUMNS, sorted(found))


def rows(model: Any, keys: Iterable[int] | None = None) -> Iterator[tuple[str, str, str]]:
    """Word, tag and name's words for each name of the records with these primary keys (None: of all)."""
    records = model.objects.order_by()
    mergeable = hasattr(model, "merged_into")
    if keys is not None:
        own = records.filter(pk__in=keys)
        records = own | records.filter(merged_into__in=keys) if mergeable else own
    for pk, survivor, *called in records.values_list("pk", "merged_into" if mergeable else "pk", *CALLED[model]):
        for name in chain.from_iterable(map(str.splitlines, called)):
            document = words.document(name)[:LONGEST]
            for word in {*document.split()} - {words.BREAK}:
                yield word, tag(model._meta.model_name, survivor or pk), document
