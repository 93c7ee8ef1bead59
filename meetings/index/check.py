"""Whether what is derived for speed still says what the records say."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db import connection

from meetings.index import names
from meetings.index.numbers import DAY_ROW, NUMBER_ROW, SPAN_ROW
from meetings.index.schema import backend
from meetings.index.scopes import rows_within
from meetings.index.tags import Described, has_grown
from meetings.index.tally import Tally
from meetings.index.writer import ENTRY, MET_ROW, SHELVES, Shelf, batches, document, entry


def check() -> Iterator[str]:
    """What is wrong with the index, in sentences; none for one that is right. Reads every meeting and statement."""
    with connection.cursor() as cursor:
        for shelf in SHELVES:
            yield from wrong_on(cursor, shelf)
        named = {row for model in names.CALLED for row in names.rows(model)}
        yield from wrong_rows(cursor, "meetings_index_name", names.COLUMNS, named)


def wrong_on(cursor, shelf: Shelf) -> Iterator[str]:
    """What is wrong on a shelf."""
    tally = Tally()
    public = met = 0
    for batch in batches(shelf.all_keys()):
        described = shelf.described(batch)
        public += len(described)
        met += sum(len(one.met) for one in described)
        tally.count(described)
        yield from wrong_records(cursor, shelf, batch, described)
    right = {"entry": public, "text": public, "tag": sum(tally.numbers[""].values()), "met": met}
    yield from surplus(cursor, {f"{shelf.name}_index_{table}": n for table, n in right.items()})
    yield from wrong_tags(cursor, f"{shelf.name}_index")
    grown = sorted(tag for tag, n in tally.numbers[""].items() if has_grown(tag, n))
    numbers = chain(tally.number_rows(), *map(rows_within, grown))
    yield from wrong_rows(cursor, f"{shelf.name}_index_number", NUMBER_ROW, numbers)
    yield from wrong_rows(cursor, f"{shelf.name}_index_day", DAY_ROW, tally.day_rows())
    yield from wrong_rows(cursor, f"{shelf.name}_index_span", SPAN_ROW, tally.span_rows())


def wrong_records(cursor, shelf: Shelf, batch: Sequence[int], described: Sequence[Described]) -> Iterator[str]:
    """The records of a batch whose entry, tags or words are not as described."""
    table, marks = f"{shelf.name}_index", ", ".join(["%s"] * len(batch))
    cursor.execute(f"SELECT {', '.join(ENTRY)} FROM {table}_entry WHERE record_id IN ({marks})", batch)
    entries = {row[0]: comparable(row) for row in cursor.fetchall()}
    met = {(scope, key): set(tags.split()) for scope, key, tags in met_of(cursor, table, described)}
    texts = backend().texts(cursor, shelf.name, [document(one) for one in described])
    for one in described:
        row = entry(one)
        if entries.pop(one.sort_key, None) != comparable(row):
            yield f"{shelf.name}: {row[1]} has another entry."
        elif any(met.get((scope, one.sort_key)) != set(tags.split()) for scope, tags in one.met):
            yield f"{shelf.name}: {row[1]} has others whom one met."
        elif one.sort_key not in texts:
            yield f"{shelf.name}: {row[1]} has other words."
    yield from (f"{shelf.name}: {row[1]} stands at another place too." for row in entries.values())


def met_of(cursor, table: str, described: Sequence[Described]) -> list[tuple[str, int, str]]:
    """Whom each one met at these records, and perhaps at some others of these days."""
    scopes = sorted({scope for one in described for scope, _tags in one.met})
    if not scopes:
        return []
    marks = ", ".join(["%s"] * len(scopes))
    cursor.execute(
        f"SELECT {', '.join(MET_ROW)} FROM {table}_met WHERE scope IN ({marks}) AND sort_key BETWEEN %s AND %s",
        [*scopes, described[0].sort_key, described[-1].sort_key],
    )
    return cursor.fetchall()


def wrong_tags(cursor, table: str) -> Iterator[str]:
    """The tags of entries that are not in the table of tags."""
    cursor.execute(
        f"SELECT record_id, value FROM {table}_entry e, {backend().SPLIT} WHERE NOT EXISTS"
        f" (SELECT 1 FROM {table}_tag t WHERE t.tag = value AND t.sort_key = e.sort_key) ORDER BY 1, 2"
    )
    yield from (f"{table}_tag lacks {tag} of {record}." for record, tag in cursor.fetchall())


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
    yield from (f"{table} lacks {row}." for row in sorted(wanted - found, key=str))
    yield from (f"{table} has {row}, which is wrong." for row in sorted(found - wanted, key=str))
