"""Whether what is derived for speed still says what the records say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from meetings.index import names
from meetings.index.schema import backend
from meetings.index.tags import Described
from meetings.index.writer import ENTRY, SHELVES, Numbers, Shelf, batches, document, entry, tally


def check() -> Iterator[str]:
    """What is wrong with the index, in sentences; none for one that is right. Reads every meeting and statement."""
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            yield from wrong_on(cursor, shelf)
        named = {row for model in names.CALLED for row in names.rows(model)}
        yield from wrong_rows(cursor, "meetings_index_name", names.COLUMNS, named)


def wrong_on(cursor, shelf: Shelf) -> Iterator[str]:
    """What is wrong on a shelf."""
    numbers: Numbers = Counter()
    days: Counter[int] = Counter()
    public = 0
    for batch in batches(shelf.all_keys()):
        described = shelf.described(batch)
        public += len(described)
        for one in described:
            tally(numbers, one.tags, one.ties)
            days[one.sort_key >> 32] += 1
        yield from wrong_records(cursor, shelf, batch, described)
    tags = sum(n for (scope, _tag), n in numbers.items() if scope == "")
    right = {"entry": public, "text": public, "tag": tags}
    yield from surplus(cursor, {f"{shelf.name}_index_{table}": n for table, n in right.items()})
    counted = [(*key, n) for key, n in numbers.items()]
    yield from wrong_rows(cursor, f"{shelf.name}_index_number", ("scope", "tag", "n"), counted)
    yield from wrong_rows(cursor, f"{shelf.name}_index_day", ("day", "n"), days.items())


def wrong_records(cursor, shelf: Shelf, batch: Sequence[int], described: Sequence[Described]) -> Iterator[str]:
    """The records of a batch whose entry, tags or words are not as described."""
    table, marks = f"{shelf.name}_index", ", ".join(["%s"] * len(batch))
    cursor.execute(f"SELECT {', '.join(ENTRY)} FROM {table}_entry WHERE record_id IN ({marks})", batch)
    entries = {row[0]: comparable(row) for row in cursor.fetchall()}
    cursor.execute(
        f"SELECT t.sort_key, t.tag FROM {table}_entry e JOIN {table}_tag t ON t.sort_key = e.sort_key"
        f" WHERE e.record_id IN ({marks})",
        batch,
    )
    tags: dict[int, set[str]] = {}
    for key, tag in cursor.fetchall():
        tags.setdefault(key, set()).add(tag)
    texts = backend().texts(cursor, shelf.name, [document(one) for one in described])
    for one in described:
        row = entry(one)
        if entries.pop(one.sort_key, None) != comparable(row):
            yield f"{shelf.name}: {row[1]} has another entry."
        elif tags.get(one.sort_key, set()) != set(one.tags):
            yield f"{shelf.name}: {row[1]} has other tags."
        elif one.sort_key not in texts:
            yield f"{shelf.name}: {row[1]} has other words."
    yield from (f"{shelf.name}: {row[1]} stands at another place too." for row in entries.values())


def comparable(row: Sequence) -> tuple:
    """An entry whose tags and ties stand in no order."""
    *bounds, tags, ties = row
    return (*bounds, sorted(tags.split()), sorted(ties.split()))


def surplus(cursor, right: dict[str, int]) -> Iterator[str]:
    """Rows of records that are not public."""
    for table, number in right.items():
        cursor.execute(f"SELECT count(*) FROM {table}")
        ((n,),) = cursor.fetchall()
        if n != number:
            yield f"{table} has {n} rows instead of {number}."


def wrong_rows(cursor, table: str, columns: Sequence[str], right: Iterable) -> Iterator[str]:
    """Rows that are missing, and rows that should not be there."""
    cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")
    found, wanted = {tuple(row) for row in cursor.fetchall()}, {tuple(row) for row in right}
    yield from (f"{table} lacks {row}." for row in sorted(wanted - found))
    yield from (f"{table} has {row}, which is wrong." for row in sorted(found - wanted))
