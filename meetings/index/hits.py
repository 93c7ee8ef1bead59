"""Which public records are asked for: how many, and those of one page, in order of time.

Every set is one SELECT of sort keys. It starts from the rarest tag and looks the others up, or leaves all of it to the
database's full-text search where words are asked for.
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from meetings.index import version
from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.tags import BLOCK, LETTERS, WIDE, WIDE_TAG, is_scope, record_of

#: Beyond these, a set that no table has the number of is "more than".
MOST_COUNTED = 10_000
ALL = 10**9
#: A group of tags with fewer meetings than these is gathered; one with more is looked up meeting by meeting.
FEW = 20_000
#: What each record of a shelf has one tag of: their numbers together are the number of all.
ONE_EACH = {"meetings": "status", "statements": "mode"}
NUMBER_OF_ALL = "SELECT coalesce(sum(n), 0) FROM {}_number WHERE scope = '' AND letter = %s"
#: Sort keys of known dates are not below this one.
FIRST_DAY = 1 << 32
LAST_KEY = date.max.toordinal() + 1 << 32


class Number(NamedTuple):
    """How many there are: so many, or more than so many."""

    n: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Select:
    """The parts of a SELECT of sort keys: tables, conditions, and the parameters of both."""

    source: str
    key: str
    conditions: tuple[str, ...]
    parameters: tuple

    @property
    def dated(self) -> str:
        """The condition that a date is known."""
        return f"{self.key} >= {FIRST_DAY}"

    def sql(self, columns: str, tail: str = "", *more: str) -> str:
        where = " AND ".join([*self.conditions, *more])
        return f"SELECT {columns} FROM {self.source}{f' WHERE {where}' if where else ''} {tail}"


def rows(sql: str, parameters: Sequence = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def repeated(sql: str, parameters: Sequence = ()) -> list[tuple]:
    """The same for SQL that is one of few, which the database need not plan anew for each page."""
    with connection.cursor() as cursor:
        backend().repeat(cursor, sql, parameters)
        return cursor.fetchall()


def numbers(tags: Sequence[str], scope: str = "", shelf: str = "meetings") -> dict[str, int]:
    """How many records have each of these tags: of all, or of a scope (`index.tags`); one query."""
    sql = f"SELECT tag, n FROM {shelf}_index_number WHERE scope = %s AND tag IN ({marks(tags)})"
    return dict(rows(sql, [scope, *tags])) if tags else {}


def within(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """How many meetings have the tag of each ``(scope, tag)``; a query."""
    condition = " OR ".join(["scope = %s AND tag = %s"] * len(pairs))
    sql = f"SELECT scope, tag, n FROM meetings_index_number WHERE {condition}"
    found = {(scope, tag): n for scope, tag, n in rows(sql, [one for pair in pairs for one in pair])}
    return [found.get(pair, 0) for pair in pairs]


def count(asked: Asked, most: int = MOST_COUNTED) -> Number:
    """How many records there are, or that there are more than ``most``; at most three queries."""
    number = None
    if len(asked.tags) > 1:
        asked = replace(asked, known=informed(asked))
    if asked.only_tags is not None:
        number = known_number(asked)
    elif asked.only_dates:
        number = number_within(asked)
    if number is not None:
        return Number(number, exact=True)
    select = selected(asked)
    limited = select.sql("1", f"LIMIT {most + 1}")
    ((n,),) = rows(f"SELECT count(*) FROM ({limited}) AS found", select.parameters)
    return Number(min(n, most), exact=n <= most)


def different(letter: str) -> int:
    """How many different tags of a letter meetings have; a query."""
    sql = "SELECT count(*) FROM meetings_index_number WHERE scope = '' AND letter = %s"
    return rows(sql, [letter])[0][0]


def known_number(asked: Asked) -> int | None:
    """The number that a table has of the records with all the tags asked for, if it has one; at most one query."""
    tags = asked.tags
    if not tags:
        return rows(NUMBER_OF_ALL.format(asked.table), [LETTERS[ONE_EACH[asked.shelf]]])[0][0]
    if len(tags) == 1:
        return informed(asked).get(tags[0], 0)
    scopes = [tag for tag in tags if is_scope(tag, informed(asked))] if len(tags) == 2 else []
    if not scopes:
        return None
    (other,) = [tag for tag in tags if tag != scopes[0]] or scopes[:1]
    return numbers([other], scopes[0], asked.shelf).get(other, 0)


def number_within(asked: Asked) -> int:
    """The number of all records that can lie between days, the first not after the last: of all those of known date,
    but for those that begin later and those that end earlier; a query."""
    less, days = ["kind = '' AND day = 0"], []
    if asked.last:
        last = asked.last.toordinal()
        less += ["kind = 'from' AND day > %s AND day < %s", "kind = 'from/' AND day > %s"]
        days += [last, ((last >> BLOCK) + 1) << BLOCK, last >> BLOCK]
    if asked.first:
        first = asked.first.toordinal()
        less += ["kind = 'to' AND day < %s AND day >= %s", "kind = 'to/' AND day < %s"]
        days += [first, first >> BLOCK << BLOCK, first >> BLOCK]
    others = "".join(f" - (SELECT coalesce(sum(n), 0) FROM {asked.table}_day WHERE {condition})" for condition in less)
    return rows(f"SELECT ({NUMBER_OF_ALL.format(asked.table)}){others}", [LETTERS[ONE_EACH[asked.shelf]], *days])[0][0]


def informed(asked: Asked) -> Mapping[str, int]:
    """How many records have each of the tags asked for; a query where it is not known yet."""
    return numbers(asked.tags, shelf=asked.shelf) if asked.known is None else asked.known


def page(asked: Asked, size: int, offset: int = 0, *, oldest_first: bool = False) -> list[int]:
    """The primary keys of ``size`` records from ``offset`` on, newest first; unknown dates last. A few queries."""
    select = selected(asked)
    if oldest_first:
        dated = take(select, "ASC", size, offset, select.dated)
        if len(dated) == size:
            return dated
        known = rows(select.sql("count(*)", "", select.dated), select.parameters)[0][0]
        left = max(offset - known, 0)
        return dated + take(select, "ASC", size - len(dated), left, f"{select.key} < {FIRST_DAY}")
    if asked.is_all and offset > FEW:
        below, offset = anchor(offset, asked.shelf)
        return take(select, "DESC", size, offset, f"{select.key} < {below}")
    return take(select, "DESC", size, offset)


def walk(asked: Asked, size: int, *, oldest_first: bool = False) -> Iterator[list[int]]:
    """The primary keys of all records asked for, in the order of `page`, ``size`` at a time; a query for each."""
    select = selected(asked)
    direction, beyond = ("ASC", ">") if oldest_first else ("DESC", "<")
    parts = [[select.dated], [f"{select.key} < {FIRST_DAY}"]] if oldest_first else [[]]
    for part in parts:
        last: int | None = None
        while True:
            onward = part if last is None else [*part, f"{select.key} {beyond} {last}"]
            tail = f"ORDER BY {select.key} {direction} LIMIT {size}"
            keys = [key for (key,) in rows(select.sql(select.key, tail, *onward), select.parameters)]
            if keys:
                yield [record_of(key) for key in keys]
            if len(keys) < size:
                break
            last = keys[-1]


def take(select: Select, direction: str, size: int, offset: int, *more: str) -> list[int]:
    tail = f"ORDER BY {select.key} {direction} LIMIT {size} OFFSET {offset}"
    return [record_of(key) for (key,) in rows(select.sql(select.key, tail, *more), select.parameters)]


def newest_of_each(tags: Sequence[str], size: int) -> list[int]:
    """The sort keys of the ``size`` newest meetings of each tag, those of several tags as often; a query."""
    one = f"SELECT sort_key FROM meetings_index_tag WHERE tag = %s ORDER BY sort_key DESC LIMIT {size}"
    members = [f"SELECT * FROM ({one}) AS newest_{at}" for at in range(len(tags))]
    return [key for (key,) in rows(" UNION ALL ".join(members), tags)] if tags else []


def having(tag: str, keys: Sequence[int]) -> list[int]:
    """Those of the sort keys whose meetings have the tag; a query."""
    sql = f"SELECT sort_key FROM meetings_index_tag WHERE tag = %s AND sort_key IN ({marks(keys)})"
    return [key for (key,) in rows(sql, [tag, *keys])] if keys else []


def anchor(offset: int, shelf: str) -> tuple[int, int]:
    """A sort key near the ``offset``-th newest of all, and the offset from there; a query, at most two."""
    days, newer = days_of(shelf, version.current())
    at = bisect_right(newer, offset) - 1
    return ((days[at] + 1) << 32, offset - newer[at]) if days else (0, 0)


@lru_cache(maxsize=4)
def days_of(shelf: str, number: int) -> tuple[array, array]:
    """The days on which there are any, the newest first, and how many are newer than each; a query for each version
    (``number``) of the index."""
    days, counts = array("q"), array("q", [0])
    for day, n in rows(f"SELECT day, n FROM {shelf}_index_day WHERE kind = '' ORDER BY day DESC"):
        days.append(day)
        counts.append(counts[-1] + n)
    return days, counts[:-1]


def best(asked: Asked, size: int, offset: int = 0) -> list[int]:
    """The primary keys of the meetings that fit the words best, among the newest `MOST_COUNTED`; two queries."""
    select = selected(asked)
    rank, parameters = backend().rank(asked)
    newest = select.sql(f"{select.key} AS sort_key, {rank} AS rank", f"ORDER BY {select.key} DESC LIMIT {MOST_COUNTED}")
    sql = f"SELECT sort_key FROM ({newest}) AS found ORDER BY rank, sort_key DESC LIMIT {size} OFFSET {offset}"
    return [record_of(key) for (key,) in rows(sql, [*parameters, *select.parameters])]


def by_title(asked: Asked, size: int, offset: int = 0) -> list[int]:
    """The primary keys of ``size`` meetings from ``offset`` on, in order of their titles; a few queries."""
    select = selected(asked, entries=True)
    tail = f"ORDER BY e.title, {select.key} LIMIT {size} OFFSET {offset}"
    return [record_of(key) for (key,) in rows(select.sql(select.key, tail), select.parameters)]


def keys(asked: Asked) -> RawSQL:
    """The primary keys of all records asked for, as a sub-select for a queryset: ``filter(pk__in=keys(asked))``."""
    select = selected(asked)
    return RawSQL(select.sql(f"{select.key} & 4294967295"), select.parameters)


def tags_of(asked: Asked) -> tuple[Counter[str], Number]:
    """How many of the newest `MOST_COUNTED` records have each tag, and how many records there are; the queries of
    `newest`."""
    text, surplus, number = newest(asked, " ")
    return Counter(text.split(" ") if text else ()) - Counter(surplus.split()), number


def tags_of_each(asked: Asked, *, ties: bool = False) -> tuple[list[str], Number]:
    """The tags of each of the newest `MOST_COUNTED` records as a text, in no order, behind them its ``ties`` if wanted,
    and how many records there are; the queries of `newest`."""
    text, surplus, number = newest(asked, "|", "e.tags || ' ' || e.ties" if ties else "e.tags")
    texts = text.split("|") if text else []
    if surplus:
        texts.remove(surplus)
    return texts, number


def newest(asked: Asked, between: str, what: str = "e.tags") -> tuple[str, str, Number]:
    """The tags of the newest records with ``between`` them, of one more than `MOST_COUNTED` if there are so many; the
    tags of that one; and how many there are. One query, or two where there are more, and those of `selected`.

    They come as one text: to hand over ten thousand takes longer than to count them.
    """
    select = selected(asked)
    found = select.sql(f"{select.key} AS sort_key", f"ORDER BY {select.key} DESC LIMIT {MOST_COUNTED + 1}")
    join = f"{backend().JOIN} {asked.table}_entry e ON e.sort_key = found.sort_key"
    columns = f"count(*), min(found.sort_key), {backend().TOGETHER}({what}, '{between}')"
    ((n, oldest, text),) = rows(f"SELECT {columns} FROM ({found}) AS found {join}", select.parameters)
    surplus = ""
    if n > MOST_COUNTED:
        ((surplus,),) = rows(f"SELECT {what} FROM {asked.table}_entry e WHERE sort_key = %s", [oldest])
    return text or "", surplus, Number(min(n, MOST_COUNTED), exact=n <= MOST_COUNTED)


def selected(asked: Asked, *, entries: bool = False) -> Select:
    """The SELECT of a set, joined with its ``entries`` (as ``e``) if wanted; a query for the numbers of its tags, where
    there are several and they are not known yet, and one for its dates."""
    own = backend()
    conditions: list[str] = []
    parameters: list = []
    if asked.has_words:
        source, key = f"{asked.table}_text t0", f"t0.{own.TEXT_KEY}"
        condition, matched = own.match(asked)
        conditions.append(condition)
        parameters += matched
    else:
        source, key, conditions, parameters = by_tags(asked)
    # A set that is found in the entries need not look them up again.
    entry = "e" if entries or source != f"{asked.table}_entry t0" else "t0"
    if entry == "e" and (asked.has_dates or entries):
        source += f" {own.JOIN} {asked.table}_entry e ON e.sort_key = {key}"
    if asked.has_dates:
        lowest, highest = reach(asked)
        overlap, days = overlapping(asked, entry)
        conditions += [f"{key} >= %s", f"{key} < %s", *overlap]
        parameters += [lowest, highest, *days]
    return Select(source, key, tuple(conditions), tuple(parameters))


def by_tags(asked: Asked) -> tuple[str, str, list[str], list]:
    """Source, key, conditions and parameters of the records with a tag of each group: the rarest first."""
    entries, tags, groups = f"{asked.table}_entry", f"{asked.table}_tag", asked.groups
    if not groups:
        return f"{entries} t0", "t0.sort_key", [], []
    known = informed(asked) if len(asked.tags) > 1 else {}
    first, *others = sorted(groups, key=lambda group: sum(known.get(tag, 0) for tag in group))
    if len(first) == 1:
        source, conditions, parameters = f"{tags} t0", ["t0.tag = %s"], [*first]
    elif sum(known.get(tag, 0) for tag in first) < FEW:
        source = f"(SELECT DISTINCT sort_key FROM {tags} WHERE tag IN ({marks(first)})) AS t0"
        conditions, parameters = [], [*first]
    else:
        source, conditions, parameters, others = f"{entries} t0", [], [], [first, *others]
    for at, group in enumerate(others, 1):
        if len(group) == 1:
            source += f" {backend().JOIN} {tags} t{at} ON t{at}.sort_key = t0.sort_key"
            conditions.append(f"t{at}.tag = %s")
        else:
            one = f"SELECT 1 FROM {tags} g WHERE g.sort_key = t0.sort_key AND g.tag IN ({marks(group)})"
            conditions.append(f"EXISTS ({one})")
        parameters += group
    return source, "t0.sort_key", conditions, parameters


def marks(values: Sequence) -> str:
    """A placeholder for each value."""
    return ", ".join(["%s"] * len(values))


def overlapping(asked: Asked, entry: str) -> tuple[list[str], list[int]]:
    """The conditions that a meeting, whose ``entry`` is called so, can lie between the days asked for, and their
    parameters."""
    conditions, days = [f"({entry}.earliest IS NOT NULL OR {entry}.latest IS NOT NULL)"], []
    if asked.last:
        conditions.append(f"({entry}.earliest IS NULL OR {entry}.earliest <= %s)")
        days.append(asked.last.toordinal())
    if asked.first:
        conditions.append(f"({entry}.latest IS NULL OR {entry}.latest >= %s)")
        days.append(asked.first.toordinal())
    return conditions, days


def reach(asked: Asked) -> tuple[int, int]:
    """The sort keys from which, and below which, all meetings of the days asked for stand; a query.

    A meeting's key is of its first day, so that one of a year before can still go on; wide ones stand anywhere.
    """
    lowest = max((asked.first.toordinal() - WIDE) << 32, FIRST_DAY) if asked.first else FIRST_DAY
    highest = (asked.last.toordinal() + 1) << 32 if asked.last else LAST_KEY
    overlap, days = overlapping(asked, "e")
    ((first, last),) = rows(
        f"SELECT min(w.sort_key), max(w.sort_key) FROM {asked.table}_tag w"
        f" JOIN {asked.table}_entry e ON e.sort_key = w.sort_key"
        f" WHERE w.tag = %s AND {' AND '.join(overlap)}",
        [WIDE_TAG, *days],
    )
    return min(lowest, first or lowest), max(highest, (last or 0) + 1)
