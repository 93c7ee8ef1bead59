"""Which names have which words: looked up when they are asked for, so that renaming costs nothing at the meetings."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.db import connection, transaction

from meetings import words
from meetings.index import hits, version
from meetings.index.schema import backend
from meetings.index.tags import LETTERS, tag
from meetings.models import Country, Official, Organization, Place, Source, Topic

#: The nouns whose names stand for meetings, with the columns that hold what they are called, one name per line.
CALLED: dict[Any, tuple[str, ...]] = {
    Official: ("name", "native_name", "other_names"),
    Country: ("name", "other_names", "iso2", "iso3"),
    Organization: ("name", "acronym", "other_names"),
    Place: ("name", "other_names"),
    Topic: ("name", "other_names"),
}

COLUMNS = ("word", "tag", "name")
#: What a source is called where there is little room: its title, else its publisher, else its uid.
SOURCE = (
    "coalesce(nullif(title, ''), (SELECT name FROM meetings_organization AS body WHERE body.id = publisher_id), uid)"
)
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


def called(wanted: Mapping[str, tuple[Any, Collection[str]]]) -> dict[str, tuple[str, str]]:
    """What the values of parameters are called: ``{parameter: (model, tags)}`` to ``{tag: (key, name)}``; a query.

    It is written out, for it stands on every list: made by the ORM, it took longer than to read and write the rows.
    """
    members, parameters = [], []
    for name, (model, tags) in wanted.items():
        if tags:
            key, label = ("uid", SOURCE) if model is Source else ("slug", "name")
            keys, listed = backend().listed([int(one[1:]) for one in tags])
            table = f"{model._meta.db_table} AS named"
            members.append(f"SELECT '{LETTERS[name]}', id, {key}, {label} FROM {table} WHERE id IN ({keys})")
            parameters += listed
    found = hits.repeated(" UNION ALL ".join(members), parameters) if members else ()
    return {f"{letter}{pk}": (key, label) for letter, pk, key, label in found}


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
