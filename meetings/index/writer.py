"""The one writer of the index: `refresh` after every write of meetings or statements, `rebuild` of all of it.

It works in the caller's transaction, and writers take turns, so that what is derived is never of two minds.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from meetings.index import names, scopes, version
from meetings.index.among import among
from meetings.index.numbers import NUMBER_ROW, Change, add_numbers, delete, write_days
from meetings.index.schema import backend
from meetings.index.tags import (
    EVERY,
    GROWN,
    MET,
    Described,
    Stored,
    describe_meetings,
    describe_statements,
    record_of,
)
from meetings.index.tally import Tally
from meetings.models import Meeting, Place, Position, Statement

#: How many records are described at once.
BATCH = 2_000
#: How many numbers `rebuild` gathers before it writes them.
MOST_NUMBERS = 500_000
#: As much of a title as puts it in order (characters of its words).
TITLE = 60

MET_ROW = ("scope", "sort_key", "tags")
ENTRY = ("sort_key", "record_id", "earliest", "latest", "title", "tags", "ties")


class Shelf(NamedTuple):
    """The public records of a noun, and how they are described."""

    name: str
    model: type[Meeting] | type[Statement]
    describe: Callable[[Sequence[int]], Iterator[Described]]
    days: tuple[str, ...]

    def described(self, keys: Sequence[int]) -> list[Described]:
        """In order of the sort key: full-text search takes documents so with least effort."""
        return sorted(self.describe(keys), key=lambda one: one.sort_key)

    def all_keys(self) -> "array[int]":
        """The primary keys of all public records, about in order of time: millions of them, in eight bytes each."""
        public = self.model.objects.published().order_by(Coalesce(*self.days).asc(nulls_first=True), "pk")
        return array("q", public.values_list("pk", flat=True).iterator())


MEETINGS = Shelf("meetings", Meeting, describe_meetings, ("earliest", "latest"))
STATEMENTS = Shelf(
    "statements", Statement, describe_statements, ("earliest", "latest", "meeting__earliest", "meeting__latest")
)
SHELVES = (MEETINGS, STATEMENTS)


def refresh(meetings: Iterable[int] = (), statements: Iterable[int] = ()) -> None:
    """Brings all that is derived from these meetings (primary keys), their parts and their statements, and from
    statements of no meeting, up to date; called again, changes nothing.

    About thirty queries for each `BATCH`, and those of `numbers.Change`. Records that are not public, or not there,
    leave the index.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        backend().take_turn(cursor)
        version.change(cursor)
        for batch in batches(sorted(set(meetings))):
            parts = keys_of(Meeting.objects.filter(part_of__isnull=False, part_of__in=among(batch)))
            _replace(cursor, MEETINGS, sorted({*batch, *parts}))
            for said in batches(keys_of(Statement.objects.filter(meeting__in=among(batch)))):
                _replace(cursor, STATEMENTS, said)
        for batch in batches(sorted(set(statements))):
            _replace(cursor, STATEMENTS, batch)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Makes all of the index again; returns how many records it has. ``progress`` is told how many are done of all.

    Readers go on with the old index until the transaction ends.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        backend().take_turn(cursor)
        version.change(cursor)
        keys = {shelf: shelf.all_keys() for shelf in SHELVES}
        total, done = sum(map(len, keys.values())), 0
        backend().begin_rebuild(cursor)
        for shelf in SHELVES:
            tally = Tally()
            for batch in batches(keys[shelf]):
                described = shelf.described(batch)
                _add(cursor, shelf, described)
                gather(cursor, shelf, "met", MET_ROW, met_rows(described))
                tally.count(described)
                if tally.size() > MOST_NUMBERS:
                    gather_numbers(cursor, shelf, tally)
                done += len(batch)
                progress(done, total)
            gather_numbers(cursor, shelf, tally)
            write_days(cursor, shelf.name, tally)
        names.write_all(cursor)
        backend().put_in_order(cursor)
        for tag in scopes.grown():
            add_numbers(cursor, MEETINGS.name, sorted(scopes.rows_within(tag), key=itemgetter(0, 1)))
        backend().end_rebuild(cursor)
        return total


def keys_of(records: QuerySet) -> list[int]:
    return list(records.order_by().values_list("pk", flat=True))


def is_empty() -> bool:
    """Whether the index holds nothing although there are public meetings: after an update that made its tables anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM meetings_index_entry LIMIT 1")
        return cursor.fetchone() is None and Meeting.objects.published().exists()


def batches(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield list(keys[start : start + BATCH])


def stored(cursor, shelf: Shelf, records: Sequence[int]) -> list[Stored]:
    """These records as they stand in the index now."""
    marks = ", ".join(["%s"] * len(records))
    cursor.execute(
        f"SELECT sort_key, earliest, latest, tags, ties FROM {shelf.name}_index_entry WHERE record_id IN ({marks})",
        records,
    )
    return [
        Stored(key, earliest, latest, tags.split(), ties.split())
        for key, earliest, latest, tags, ties in cursor.fetchall()
    ]


def _replace(cursor, shelf: Shelf, records: Sequence[int]) -> None:
    """Puts what the records are in the place of what they were."""
    old, new = stored(cursor, shelf, records), shelf.described(records)
    gone = [(one.sort_key,) for one in old]
    tagged = [(tag, one.sort_key) for one in old for tag in one.tags]
    met = [(f"{scope}-{tag}", key) for tag, key in tagged if tag[0] in GROWN for scope in MET.values()]
    change = Change(shelf.name, old, new)
    delete(cursor, f"{shelf.name}_index_entry", ("sort_key",), gone)
    delete(cursor, f"{shelf.name}_index_tag", ("tag", "sort_key"), tagged)
    delete(cursor, f"{shelf.name}_index_met", ("scope", "sort_key"), met)
    delete(cursor, f"{shelf.name}_index_text", (backend().TEXT_KEY,), gone)
    _add(cursor, shelf, new)
    tagged = sorted((tag, one.sort_key) for one in new for tag in one.tags)
    backend().copy_rows(cursor, f"{shelf.name}_index_tag", ("tag", "sort_key"), tagged)
    backend().copy_rows(cursor, f"{shelf.name}_index_met", MET_ROW, met_rows(new))
    change.write(cursor)


def _add(cursor, shelf: Shelf, described: Sequence[Described]) -> None:
    """Adds the entries and words of records that are not in the index."""
    backend().copy_rows(cursor, f"{shelf.name}_index_entry", ENTRY, map(entry, described))
    backend().write_text(cursor, shelf.name, map(document, described))


def gather_numbers(cursor, shelf: Shelf, tally: Tally) -> None:
    numbers, ends = tally.gathered()
    gather(cursor, shelf, "number", NUMBER_ROW[:3], numbers)
    gather(cursor, shelf, "ends", (*NUMBER_ROW[:2], *NUMBER_ROW[3:]), ends)


def gather(cursor, shelf: Shelf, table: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    """Adds rows to one of the tables that the end of a rebuild puts in order."""
    backend().copy_rows(cursor, backend().LOOSE.format(shelf.name, table), columns, rows)


def met_rows(described: Iterable[Described]) -> list[tuple[str, int, str]]:
    return sorted((scope, one.sort_key, tags) for one in described for scope, tags in one.met)


def entry(one: Described) -> tuple:
    bounds = one.sort_key, record_of(one.sort_key), one.earliest, one.latest
    return *bounds, one.title[:TITLE].rstrip(), " ".join(one.tags), " ".join(one.ties)


def document(one: Described) -> tuple[int, str, str, str]:
    return one.sort_key, one.title, one.body, " ".join([EVERY, *one.tags])


def refresh_around(*records) -> None:
    """Brings up to date what is derived from records that were written, wherever it is; beside `refresh`, a query each.

    The rows of a meeting's own page are its own, so that the meeting is what was written.
    """
    meetings: set[int] = set()
    statements: set[int] = set()
    with transaction.atomic(), connection.cursor() as cursor:
        # First, so that no one changes in between which meetings are concerned.
        backend().take_turn(cursor)
        for record in records:
            if isinstance(record, Meeting):
                meetings.add(record.pk)
            elif isinstance(record, Statement):
                statements.add(record.pk)
                meetings |= {record.meeting_id} if record.meeting_id else set()
            elif isinstance(record, Place):
                meetings |= set(keys_of(Meeting.objects.filter(place__in=Place.objects.inside([record.pk]))))
            elif isinstance(record, Position):
                meetings |= set(keys_of(Meeting.objects.filter(participations__position=record)))
            names.refresh_names(type(record), [record.pk])
        refresh(meetings, statements)
