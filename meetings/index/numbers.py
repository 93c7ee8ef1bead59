"""Changing the tables of numbers and days as records change."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from meetings.index import hits, scopes
from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.scopes import NumberRow, rows_within
from meetings.index.tags import GROWN, MET, Described, Stored, has_grown, own_scopes
from meetings.index.tally import Tally, parted

NUMBER_ROW = ("scope", "tag", "n", "first", "last")
DAY_ROW = ("kind", "day", "n")
SPAN_ROW = ("tag", "earliest", "latest", "n")


class Change:
    """What the numbers and days become when ``old`` records of a shelf, still in its tables, are replaced by ``new``
    ones. To make one costs a query, and two for each scope among officials and organizations; to `write` it after the
    tables are written eight, and those of `mend_ends`."""

    def __init__(self, shelf: str, old: Sequence[Stored], new: Sequence[Described]):
        self.shelf = shelf
        kept = self.grown(old, new)
        self.tally = Tally(kept)
        before, after = ties_of(old, kept_lines(kept, old)), ties_of(new, described_lines(kept, new))
        for step, records, ties in ((-1, old, before), (1, new, after)):
            for one in records:
                self.tally.add(one.tags, ties[one.sort_key], step)
                self.tally.add_days(one, step)
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
        # Those of the risen too: there may be some that an index with another threshold has left.
        changed = [*self.fallen, *self.risen]
        delete(cursor, table, ("scope",), [(scope,) for tag in changed for scope in own_scopes(tag)])
        for tag in self.risen:
            add_numbers(cursor, self.shelf, rows_within(tag))
        mend_ends(cursor, self.lost)
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
            if party_of(scope) in kept:
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
    """Adds to the numbers of days and of spans; those that come to nothing leave."""
    for name, columns, rows in (("day", DAY_ROW, tally.day_rows()), ("span", SPAN_ROW, tally.span_rows())):
        table = f"{shelf}_index_{name}"
        backend().add_rows(cursor, table, columns, columns[:-1], f"n = {table}.n + excluded.n", rows)
        delete(cursor, table, columns, [(*key, 0) for *key, n in rows if n < 0])


def mend_ends(cursor, lost: Sequence[tuple[str, int]]) -> None:
    """Finds the first and the last of ties again, where one of them was at a meeting (its sort key) that the tie is no
    longer at; two queries, and one for each such tie, or for all of an official or organization that is a scope."""
    pairs = defaultdict(set)
    for tie, key in lost:
        pairs[parted(tie)].add(key)
    if not pairs:
        return
    listed = [sorted(set(names)) for names in zip(*pairs, strict=True)]
    sql = (
        "SELECT scope, tag, first, last FROM meetings_index_number"
        f" WHERE scope IN ({hits.marks(listed[0])}) AND tag IN ({hits.marks(listed[1])})"
    )
    found = hits.rows(sql, [name for names in listed for name in names])
    torn = [(scope, tag) for scope, tag, *ends in found if pairs.get((scope, tag), set()) & set(ends)]
    numbers = hits.numbers(sorted({tag for scope, tag in torn} | {party_of(scope) for scope, _tag in torn}))
    whom = {scope: scopes.whom(scope) for scope in sorted({scope for scope, _tag in torn if is_met(scope)})}
    mended = [
        (*(whom[scope][tag][1:] if scope in whom else ends_of(scope, tag, numbers)), scope, tag) for scope, tag in torn
    ]
    sql = "UPDATE meetings_index_number SET first = %s, last = %s WHERE scope = %s AND tag = %s"
    cursor.executemany(sql, mended)


def party_of(scope: str) -> str:
    """The tag of the party whose ties a scope has: ``c5`` of ``met-c5``."""
    return scope.partition("-")[2]


def is_met(scope: str) -> bool:
    """Whether a scope is of those whom an official or an organization met or is to meet, which a table has."""
    return scope.partition("-")[0] in MET.values() and party_of(scope)[0] in GROWN


def ends_of(scope: str, tag: str, numbers: Mapping[str, int]) -> tuple[int | None, int | None]:
    """The sort keys of the first and the last meeting of known date with a tie, as the entries have it; a query.
    ``numbers`` says how many meetings have each tag."""
    both = hits.selected(Asked(((party_of(scope),), (tag,)), known=numbers), entries=True)
    tied = "' ' || e.ties || ' ' LIKE %s"
    order = f"ORDER BY {both.key} {{}} LIMIT 1"
    first, last = (both.sql(both.key, order.format(way), both.dated, tied) for way in ("ASC", "DESC"))
    given = [*both.parameters, f"% {scope}/{tag} %"]
    return hits.rows(f"SELECT ({first}), ({last})", [*given, *given])[0]


def delete(cursor, table: str, columns: Sequence[str], keys: Sequence[tuple]) -> None:
    if keys:
        condition = " AND ".join(f"{column} = %s" for column in columns)
        cursor.executemany(f"DELETE FROM {table} WHERE {condition}", keys)
