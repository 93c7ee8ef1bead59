"""Which public meetings are asked for: how many, and those of one page, in order of time.

Every set is one SELECT of sort keys. It starts from the rarest tag and looks the others up, or leaves all of it to the
database's full-text search where words are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.tags import LETTERS, WIDE, WIDE_TAG, meeting_of

#: Beyond these, a set that no table has the number of is "more than".
MOST_COUNTED = 10_000
ALL = 10**9
#: A group of tags with fewer meetings than these is gathered; one with more is looked up meeting by meeting.
FEW = 20_000
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

    def sql(self, columns: str, tail: str = "", *more: str) -> str:
        where = " AND ".join([*self.conditions, *more])
        return f"SELECT {columns} FROM {self.source}{f' WHERE {where}' if where else ''} {tail}"


def rows(sql: str, parameters: Sequence = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def numbers(tags: Sequence[str], scope: str = "") -> dict[str, int]:
    """How many meetings have each of these tags, of all or of those with the tag ``scope`` of a country."""
    marks = ", ".join(["%s"] * len(tags))
    sql = f"SELECT tag, n FROM meetings_index_number WHERE scope = %s AND tag IN ({marks})"
    return dict(rows(sql, [scope, *tags])) if tags else {}


def count(asked: Asked, most: int = MOST_COUNTED) -> Number:
    """How many meetings there are, or that there are more than ``most``; at most three queries."""
    tags = asked.only_tags
    known = known_number(tags) if tags is not None else None
    if known is not None:
        return Number(known, exact=True)
    select = selected(asked)
    limited = select.sql("1", f"LIMIT {most + 1}")
    ((n,),) = rows(f"SELECT count(*) FROM ({limited}) AS found", select.parameters)
    return Number(min(n, most), exact=n <= most)


def known_number(tags: Sequence[str]) -> int | None:
    """The number that a table has of the meetings with all of these tags, if it has one; at most one query."""
    if not tags:
        ((n,),) = rows("SELECT coalesce(sum(n), 0) FROM meetings_index_day")
        return n
    if len(tags) == 1:
        return numbers(tags).get(tags[0], 0)
    countries = [tag for tag in tags if tag[0] == LETTERS["country"]]
    if len(tags) > 2 or not countries:
        return None
    (other,) = [tag for tag in tags if tag != countries[0]] or countries[:1]
    return numbers([other], scope=countries[0]).get(other, 0)


def page(asked: Asked, size: int, offset: int = 0, *, oldest_first: bool = False) -> list[int]:
    """The primary keys of ``size`` meetings from ``offset`` on, newest first; unknown dates last. A few queries."""
    select = selected(asked)
    if oldest_first:
        dated = take(select, "ASC", size, offset, f"{select.key} >= {FIRST_DAY}")
        if len(dated) == size:
            return dated
        known = rows(select.sql("count(*)", "", f"{select.key} >= {FIRST_DAY}"), select.parameters)[0][0]
        left = max(offset - known, 0)
        return dated + take(select, "DESC", size - len(dated), left, f"{select.key} < {FIRST_DAY}")
    if asked == Asked() and offset > FEW:
        below, offset = anchor(offset)
        return take(select, "DESC", size, offset, f"{select.key} < {below}")
    return take(select, "DESC", size, offset)


def take(select: Select, direction: str, size: int, offset: int, *more: str) -> list[int]:
    tail = f"ORDER BY {select.key} {direction} LIMIT {size} OFFSET {offset}"
    return [meeting_of(key) for (key,) in rows(select.sql(select.key, tail, *more), select.parameters)]


def anchor(offset: int) -> tuple[int, int]:
    """A sort key near the ``offset``-th newest of all, and the offset from there; a query over the days' numbers."""
    newer = 0
    for day, n in rows("SELECT day, n FROM meetings_index_day ORDER BY day DESC"):
        if newer + n > offset:
            return (day + 1) << 32, offset - newer
        newer += n
    return 0, 0


def best(asked: Asked, size: int, offset: int = 0) -> list[int]:
    """The primary keys of the meetings that fit the words best, among the newest `MOST_COUNTED`; two queries."""
    select = selected(asked)
    rank, parameters = backend().rank(asked.every)
    newest = select.sql(f"{select.key} AS sort_key, {rank} AS rank", f"ORDER BY {select.key} DESC LIMIT {MOST_COUNTED}")
    sql = f"SELECT sort_key FROM ({newest}) AS found ORDER BY rank, sort_key DESC LIMIT {size} OFFSET {offset}"
    return [meeting_of(key) for (key,) in rows(sql, [*parameters, *select.parameters])]


def by_title(asked: Asked, size: int, offset: int = 0) -> list[int]:
    """The primary keys of ``size`` meetings from ``offset`` on, in order of their titles; a few queries."""
    select = selected(asked, entries=True)
    tail = f"ORDER BY e.title, {select.key} LIMIT {size} OFFSET {offset}"
    return [meeting_of(key) for (key,) in rows(select.sql(select.key, tail), select.parameters)]


def keys(asked: Asked) -> RawSQL:
    """The primary keys of all meetings asked for, as a sub-select for a queryset: ``filter(pk__in=keys(asked))``."""
    select = selected(asked)
    return RawSQL(select.sql(f"{select.key} & 4294967295"), select.parameters)


def tags_of(asked: Asked) -> list[str]:
    """The tags of each of the newest `MOST_COUNTED` meetings and of one more, as one text each; one query."""
    select = selected(asked)
    newest = select.sql(f"{select.key} AS sort_key", f"ORDER BY {select.key} DESC LIMIT {MOST_COUNTED + 1}")
    join = f"{backend().JOIN} meetings_index_entry e ON e.sort_key = found.sort_key"
    return [tags for (tags,) in rows(f"SELECT e.tags FROM ({newest}) AS found {join}", select.parameters)]


def selected(asked: Asked, *, entries: bool = False) -> Select:
    """The SELECT of a set, joined with its ``entries`` (as ``e``) if wanted; a query for the numbers of its tags, where
    there are several, and one for its dates."""
    own = backend()
    conditions: list[str] = []
    parameters: list = []
    if asked.has_words:
        source, key = "meetings_index_text t0", f"t0.{own.TEXT_KEY}"
        condition, matched = own.match(asked.every, asked.without, asked.groups)
        conditions.append(condition)
        parameters += matched
    else:
        source, key, conditions, parameters = by_tags(asked.groups)
    if asked.has_dates or entries:
        source += f" {own.JOIN} meetings_index_entry e ON e.sort_key = {key}"
    if asked.has_dates:
        lowest, highest = reach(asked)
        overlap, days = overlapping(asked)
        conditions += [f"{key} >= %s", f"{key} < %s", *overlap]
        parameters += [lowest, highest, *days]
    return Select(source, key, tuple(conditions), tuple(parameters))


def by_tags(groups: Sequence[Sequence[str]]) -> tuple[str, str, list[str], list]:
    """Source, key, conditions and parameters of the meetings with a tag of each group: the rarest first."""
    if not groups:
        return "meetings_index_entry t0", "t0.sort_key", [], []
    known = numbers([tag for group in groups for tag in group]) if len(groups) > 1 else {}
    first, *others = sorted(groups, key=lambda group: sum(known.get(tag, 0) for tag in group))
    source, conditions, parameters = "meetings_index_tag t0", ["t0.tag = %s"], [first[0]]
    if len(first) > 1:
        few = sum(known.get(tag, 0) for tag in first) < FEW if known else sum(numbers(first).values()) < FEW
        if few:
            marks = ", ".join(["%s"] * len(first))
            source = f"(SELECT DISTINCT sort_key FROM meetings_index_tag WHERE tag IN ({marks})) AS t0"
            conditions, parameters = [], [*first]
        else:
            source, conditions, parameters = "meetings_index_entry t0", [], []
            others = [first, *others]
    for at, group in enumerate(others, 1):
        if len(group) == 1:
            source += f" {backend().JOIN} meetings_index_tag t{at} ON t{at}.sort_key = t0.sort_key"
            conditions.append(f"t{at}.tag = %s")
        else:
            marks = ", ".join(["%s"] * len(group))
            conditions.append(
                f"EXISTS (SELECT 1 FROM meetings_index_tag g WHERE g.sort_key = t0.sort_key AND g.tag IN ({marks}))"
            )
        parameters += group
    return source, "t0.sort_key", conditions, parameters


def overlapping(asked: Asked) -> tuple[list[str], list[int]]:
    """The conditions that a meeting can lie between the days asked for, and their parameters."""
    conditions, days = ["(e.earliest IS NOT NULL OR e.latest IS NOT NULL)"], []
    if asked.last:
        conditions.append("(e.earliest IS NULL OR e.earliest <= %s)")
        days.append(asked.last.toordinal())
    if asked.first:
        conditions.append("(e.latest IS NULL OR e.latest >= %s)")
        days.append(asked.first.toordinal())
    return conditions, days


def reach(asked: Asked) -> tuple[int, int]:
    """The sort keys from which, and below which, all meetings of the days asked for stand; a query.

    A meeting's key is of its first day, so that one of a year before can still go on; wide ones stand anywhere.
    """
    lowest = max((asked.first.toordinal() - WIDE) << 32, FIRST_DAY) if asked.first else FIRST_DAY
    highest = (asked.last.toordinal() + 1) << 32 if asked.last else LAST_KEY
    overlap, days = overlapping(asked)
    ((first, last),) = rows(
        "SELECT min(w.sort_key), max(w.sort_key) FROM meetings_index_tag w"
        " JOIN meetings_index_entry e ON e.sort_key = w.sort_key"
        f" WHERE w.tag = %s AND {' AND '.join(overlap)}",
        [WIDE_TAG, *days],
    )
    return min(lowest, first or lowest), max(highest, (last or 0) + 1)
