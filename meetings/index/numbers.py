"""Changing the tables of numbers and days as records change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.scopes import NumberRow, rows_within
from meetings.index.tags import GROWN, Described, Stored, has_grown, own_scopes
from meetings.index.tally import Tally

NUMBER_ROW = ("scope", "tag", "n", "first", "last")
DAY_ROW = ("kind", "day", "n")


class Change:
    """What the numbers and days become when ``old`` records of a shelf, still in its tables, are replaced by ``new``
    ones. About seven queries to make one, and as many to `write` it after the tables are written."""

    def __init__(self, shelf: str, old: Sequence[Stored], new: Sequence[Described]):
        self.shelf = shelf
        kept = self.grown(old, new)
        self.tally = Tally(kept)
        before, after = ties_of(old, kept_lines(kept, old)), ties_of(new, described_lines(kept, new))
        for step, records, ties in ((-1, old, before), (1, new, after)):
            for one in records:
                self.tally.add(one.tags, ties[one.sort_key], step)
                self.tally.add_days(one.sort_key, one.earliest, one.latest, step)
        were, are = ({(key, tie) for key, found in ties.items() for tie in found} for ties in (before, after))
        for key, tie in are - were:
            self.tally.reach(key, [tie])
        self.lost = sorted((tie, key) for key, tie in were - are if "-" in tie and key >= hits.FIRST_DAY)

    def grown(self, old: Sequence[Stored], new: Sequence[Described]) -> set[str]:
        """The officials and organizations that are scopes before and after; it notes who rises to be one or falls."""
        step: Counter[str] = Counter()
        for records, add in ((old, step.subtract), (new, step.update)):
            for one in records:
                add([tag for tag in one.tags if tag[0] in GROWN])
        before = hits.numbers(sorted(step), shelf=self.shelf)
        were = {tag for tag in step if has_grown(tag, before.get(tag, 0))}
        are = {tag for tag, n in step.items() if has_grown(tag, before.get(tag, 0) + n)}
        self.risen, self.fallen = sorted(are - were), sorted(were - are)
        return were & are

    def write(self, cursor) -> None:
        rows = self.tally.number_rows()
        add_numbers(cursor, self.shelf, rows)
        table = f"{self.shelf}_index_number"
        delete(cursor, table, ("scope", "tag", "n"), [(scope, tag, 0) for scope, tag, n, *_ends in rows if n < 0])
        delete(cursor, table, ("scope",), [(scope,) for tag in self.fallen for scope in own_scopes(tag)])
        for tag in self.risen:
            add_numbers(cursor, self.shelf, rows_within(tag))
        for tie, key in self.lost:
            mend_ends(cursor, tie, key)
        write_days(cursor, self.shelf, self.tally)


def ties_of(records: Iterable[Stored | Described], lines: Iterable[tuple[int, str, str]]) -> dict[int, list[str]]:
    """The ties of each record, by its sort key, with those of the ``lines`` of scopes that have grown: whom these met
    there."""
    found = {one.sort_key: list(one.ties) for one in records}
    for key, scope, tags in lines:
        found[key] += [f"{scope}/{tag}" for tag in tags.split()]
    return found


def kept_lines(kept: Iterable[str], old: Sequence[Stored]) -> Iterator[tuple[int, str, str]]:
    """Whom the ``kept`` met at these records, as the table has it: sort key, scope, tags; two queries for each."""
    for tag in sorted(kept):
        keys, given = backend().listed([one.sort_key for one in old if tag in one.tags])
        for scope in own_scopes(tag)[1:]:
            sql = f"SELECT sort_key, scope, tags FROM meetings_index_met WHERE scope = %s AND sort_key IN ({keys})"
            yield from hits.rows(sql, [scope, *given])


def described_lines(kept: set[str], new: Sequence[Described]) -> Iterator[tuple[int, str, str]]:
    """The same of described records."""
    for one in new:
        for scope, tags in one.met:
            if scope.partition("-")[2] in kept:
                yield one.sort_key, scope, tags


def add_numbers(cursor, shelf: str, rows: Iterable[NumberRow]) -> None:
    """Adds to the numbers that are there, and lets first and last reach further."""
    table, own = f"{shelf}_index_number", backend()
    outer = ", ".join(
        f"{name} = {outermost}(coalesce({table}.{name}, excluded.{name}), coalesce(excluded.{name}, {table}.{name}))"
        for name, outermost in (("first", own.LEAST), ("last", own.GREATEST))
    )
    columns = ("scope", "tag", "letter", *NUMBER_ROW[2:])
    told = [(scope, tag, tag[0], *numbers) for scope, tag, *numbers in rows]
    own.add_rows(cursor, table, columns, ("scope", "tag"), f"n = {table}.n + excluded.n, {outer}", told)


def write_days(cursor, shelf: str, tally: Tally) -> None:
    table, rows = f"{shelf}_index_day", tally.day_rows()
    backend().add_rows(cursor, table, DAY_ROW, ("kind", "day"), f"n = {table}.n + excluded.n", rows)
    delete(cursor, table, DAY_ROW, [(kind, day, 0) for kind, day, n in rows if n < 0])


def mend_ends(cursor, tie: str, key: int) -> None:
    """Finds the first and the last of a tie again, if one of them was at a meeting that it is no longer at."""
    scope, _slash, tag = tie.partition("/")
    sql = "SELECT 1 FROM meetings_index_number WHERE scope = %s AND tag = %s AND (first = %s OR last = %s)"
    if hits.rows(sql, [scope, tag, key, key]):
        sql = "UPDATE meetings_index_number SET first = %s, last = %s WHERE scope = %s AND tag = %s"
        cursor.execute(sql, [*ends_of(scope, tag), scope, tag])


def ends_of(scope: str, tag: str) -> tuple[int | None, int | None]:
    """The sort keys of the first and the last meeting of known date with a tie; at most three queries."""
    own = scope.partition("-")[2]
    if own[0] in GROWN:
        sql = (
            "SELECT min(sort_key), max(sort_key) FROM meetings_index_met"
            f" WHERE scope = %s AND sort_key >= {hits.FIRST_DAY} AND ' ' || tags || ' ' LIKE %s"
        )
        return hits.rows(sql, [scope, f"% {tag} %"])[0]
    both = hits.selected(Asked().tagged(own).tagged(tag), entries=True)
    tied = "' ' || e.ties || ' ' LIKE %s"
    first, last = (
        both.sql(both.key, f"ORDER BY {both.key} {direction} LIMIT 1", both.dated, tied)
        for direction in ("ASC", "DESC")
    )
    given = [*both.parameters, f"% {scope}/{tag} %"]
    return hits.rows(f"SELECT ({first}), ({last})", [*given, *given])[0]


def delete(cursor, table: str, columns: Sequence[str], keys: Sequence[tuple]) -> None:
    if keys:
        condition = " AND ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"DELETE FROM {table} WHERE {condition}", keys)
