"""The one writer of the index: `refresh` after every write of meetings, `rebuild` of all of it.

It works in the caller's transaction, and writers take turns, so that what is derived is never of two minds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models.functions import Coalesce

from meetings.index import names
from meetings.index.schema import backend
from meetings.index.tags import EVERY, Described, describe, meeting_of
from meetings.models import Meeting, Place, Position, Statement

#: How many meetings are described at once.
BATCH = 2_000

ENTRY = ("sort_key", "meeting_id", "earliest", "latest", "title", "tags")
#: As much of a title as puts it in order (characters of its words).
TITLE = 60

#: How many meetings have a tag, of all ("") or of those of a country's tag: ``(scope, tag)`` to a number.
Numbers = Counter[tuple[str, str]]


def refresh(meetings: Iterable[int]) -> None:
    """Brings everything that is derived from these meetings (primary keys) up to date; called again, changes nothing.

    About twenty queries for each `BATCH`. Meetings that are not public, or not there, leave the index.
    """
    keys = sorted(set(meetings))
    with transaction.atomic(), connection.cursor() as cursor:
        backend().take_turn(cursor)
        for batch in batches(keys):
            _replace(cursor, stored(cursor, batch), in_order(describe(batch)))


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Makes all of the index again; returns how many meetings it has. ``progress`` is told how many are done of all.

    Readers go on with the old index until the transaction ends.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        backend().take_turn(cursor)
        day = Coalesce("earliest", "latest")
        keys = list(Meeting.objects.published().order_by(day.asc(nulls_first=True), "pk").values_list("pk", flat=True))
        backend().begin_rebuild(cursor)
        numbers: Numbers = Counter()
        days: Counter[int] = Counter()
        done = 0
        for batch in batches(keys):
            described = in_order(describe(batch))
            _add(cursor, described, tag_table=backend().LOOSE_TAGS)
            for one in described:
                count_tags(numbers, one.tags)
                days[one.sort_key >> 32] += 1
            done += len(batch)
            progress(done, len(keys))
        write_numbers(cursor, numbers)
        write_days(cursor, days)
        names.write_all(cursor)
        backend().end_rebuild(cursor)
        return len(keys)


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def in_order(described: Iterable[Described]) -> list[Described]:
    """In order of the sort key: full-text search takes documents so with least effort."""
    return sorted(described, key=lambda one: one.sort_key)


def stored(cursor, meetings: Sequence[int]) -> list[tuple[int, str]]:
    """The sort keys and tags under which these meetings stand in the index now."""
    marks = ", ".join(["%s"] * len(meetings))
    cursor.execute(f"SELECT sort_key, tags FROM meetings_index_entry WHERE meeting_id IN ({marks})", meetings)
    return cursor.fetchall()


def _replace(cursor, old: Sequence[tuple[int, str]], new: Sequence[Described]) -> None:
    """Puts what the meetings are in the place of what they were."""
    numbers: Numbers = Counter()
    days: Counter[int] = Counter()
    for key, tags in old:
        count_tags(numbers, tags.split(), -1)
        days[key >> 32] -= 1
    for one in new:
        count_tags(numbers, one.tags)
        days[one.sort_key >> 32] += 1
    gone = [(key,) for key, _tags in old]
    delete(cursor, "meetings_index_entry", ("sort_key",), gone)
    delete(cursor, "meetings_index_tag", ("tag", "sort_key"), [(tag, key) for key, tags in old for tag in tags.split()])
    delete(cursor, "meetings_index_text", (backend().TEXT_KEY,), gone)
    _add(cursor, new)
    write_numbers(cursor, numbers)
    write_days(cursor, days)


def _add(cursor, described: Sequence[Described], tag_table: str = "meetings_index_tag") -> None:
    """Adds meetings that are not in the index."""
    own = backend()
    entries = [entry(one) for one in described]
    own.copy_rows(cursor, "meetings_index_entry", ENTRY, entries)
    own.copy_rows(
        cursor, tag_table, ("tag", "sort_key"), sorted((tag, one.sort_key) for one in described for tag in one.tags)
    )
    own.write_text(cursor, map(document, described))


def entry(one: Described) -> tuple:
    title = one.title[:TITLE].rstrip()
    return one.sort_key, meeting_of(one.sort_key), one.earliest, one.latest, title, " ".join(one.tags)


def document(one: Described) -> tuple[int, str, str, str]:
    return one.sort_key, one.title, one.body, " ".join([EVERY, *one.tags])


def delete(cursor, table: str, columns: Sequence[str], keys: Sequence[tuple]) -> None:
    if keys:
        condition = " AND ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"DELETE FROM {table} WHERE {condition}", keys)


def count_tags(numbers: Numbers, tags: Sequence[str], step: int = 1) -> None:
    """Counts a meeting's tags, by themselves and within each of its countries."""
    scopes = ["", *(tag for tag in tags if tag[0] == "c")]
    for scope in scopes:
        for tag in tags:
            numbers[scope, tag] += step


def write_numbers(cursor, numbers: Numbers) -> None:
    """Adds to the numbers that are there; what comes to none is deleted."""
    changed = sorted((scope, tag, tag[0], n) for (scope, tag), n in numbers.items() if n)
    backend().add_rows(cursor, "meetings_index_number", ("scope", "tag", "letter", "n"), ("scope", "tag"), changed)
    fallen = [(scope, tag, 0) for scope, tag, _letter, n in changed if n < 0]
    delete(cursor, "meetings_index_number", ("scope", "tag", "n"), fallen)


def write_days(cursor, days: Counter[int]) -> None:
    changed = sorted((day, n) for day, n in days.items() if n)
    backend().add_rows(cursor, "meetings_index_day", ("day", "n"), ("day",), changed)
    delete(cursor, "meetings_index_day", ("day", "n"), [(day, 0) for day, n in changed if n < 0])


def affected_by(record) -> list[int]:
    """The primary keys of the meetings of which something is derived from this record; at most one query.

    A meeting's own rows are its page's, which refreshes the meeting.
    """
    if isinstance(record, Meeting):
        return [record.pk]
    if isinstance(record, Statement):
        return [record.meeting_id] if record.meeting_id else []
    if isinstance(record, Place):
        meetings = Meeting.objects.filter(place__in=Place.objects.inside([record.pk]))
    elif isinstance(record, Position):
        meetings = Meeting.objects.filter(participations__position=record)
    else:
        return []
    return list(meetings.order_by().values_list("pk", flat=True).distinct())
