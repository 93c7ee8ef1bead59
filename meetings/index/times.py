"""How many meetings of a set can lie in each of some periods, by how sure that is."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise, product
from typing import NamedTuple, Protocol

from meetings.choices import Status
from meetings.index import hits, spans, years
from meetings.index.asked import Asked
from meetings.index.periods import Period
from meetings.index.tags import tag
from meetings.index.tally import BEYOND

#: The tags of statuses, the most common first.
STATUSES = {tag("status", status): status for status in (Status.HELD, *Status)}
#: What counts together.
GROUPS = ("held", "planned", "other")
SIDES = ("earliest", "latest")
DATED = f"NOT (earliest = 0 AND latest = {BEYOND})"
WITHIN = f"earliest > 0 AND latest < {BEYOND} AND latest - earliest < {{}}"


class Bar(NamedTuple):
    """How many meetings can lie in a period: held on days that are all in it; held, but perhaps, or partly, in another
    one; planned or postponed; and others (cancelled, denied or not confirmed)."""

    period: Period
    sure: int
    vague: int
    planned: int
    other: int

    @property
    def held(self) -> int:
        return self.sure + self.vague

    @property
    def number(self) -> int:
        return self.held + self.planned + self.other


class Extent(NamedTuple):
    """The days from the first to the last that the dates of a set name, if there are any; how many meetings have no
    date; and whether the dates of some are open to one side."""

    period: Period | None
    undated: int
    some_open: bool

    def axis(self, asked: Asked) -> Period | None:
        """The days that a set is asked for, or on the sides where it is not, those that there are."""
        if self.period is None:
            return None
        first, last = self.period
        return Period(asked.first or min(first, asked.last or first), asked.last or max(last, asked.first or last))


class Times(Protocol):
    """When the meetings of a set can lie."""

    def extent(self) -> Extent: ...

    def sides(self, periods: Sequence[Period], longest: int | None = None) -> "Sides":
        """The numbers of periods that follow one another; only of what lies within ``longest`` days, if given."""


def of(asked: Asked) -> Times:
    """From the days that the index counts, where these are enough; else from every meeting of the set."""
    tags = only_statuses(asked)
    return Read(asked) if tags is None else Kept(asked, tags)


def only_statuses(asked: Asked) -> list[str] | None:
    """The tags of statuses that a set is of, if it is of nothing else than these and days."""
    if asked.has_words or any(one not in STATUSES for one in asked.tags):
        return None
    return [one for one in STATUSES if all(one in group for group in asked.groups)]


def group_of(status: str) -> str:
    """Which of `GROUPS` a meeting belongs to."""
    return years.KINDS.get(status, "other")


class Sides:
    """How many meetings of each group begin, and end, in which of some periods that follow one another; and how many do
    both in the same."""

    def __init__(self, periods: Sequence[Period]):
        self.periods = periods
        #: The first days of all, and the first after them.
        self.edges = [one.first.toordinal() for one in periods] + [periods[-1].last.toordinal() + 1]
        self.begun, self.ended, self.sure = Counter[tuple[str, int]](), Counter[tuple[str, int]](), Counter[int]()

    def place(self, day: int) -> int:
        """The number of the period that a day lies in, from 1 on; 0 is before all, and one more than all, after."""
        return bisect_right(self.edges, day)

    @property
    def number(self) -> int:
        """How many can lie in any of the periods."""
        begun = sum(n for (_group, at), n in self.begun.items() if at < len(self.edges))
        return begun - sum(self.ended[group, 0] for group in GROUPS)

    def bars(self) -> list[Bar]:
        """Of those that have begun by the end of a period, all but those that ended before it."""
        held, planned, other = map(self.there, GROUPS)
        return [
            Bar(period, self.sure[at], held[at] - self.sure[at], planned[at], other[at])
            for at, period in enumerate(self.periods, 1)
        ]

    def there(self, group: str) -> list[int]:
        steps = (self.begun[group, at] - self.ended[group, at - 1] for at in range(len(self.edges)))
        return list(accumulate(steps))


class Read:
    """What the database adds up from every meeting of a set: by years, and by days if bars are shorter. For each of
    both, a query and those of `hits.selected`, and some 1.2 microseconds for each meeting."""

    def __init__(self, asked: Asked):
        self.asked = asked
        self.years = years.bounds(asked)

    def extent(self) -> Extent:
        days = [day for one in self.years for day in (*one.earliest, *one.latest) if day is not None]
        undated = sum(one.n for one in self.years if not one.is_dated)
        some_open = any((one.earliest[0] is None) != (one.latest[0] is None) for one in self.years)
        return Extent(Period.of_days(min(days), max(days)) if days else None, undated, some_open)

    def sides(self, periods: Sequence[Period], longest: int | None = None) -> Sides:
        sides = Sides(periods)
        place, begun, ended = sides.place, sides.begun, sides.ended
        for earliest, latest, group, n in self.found(periods) if longest is None else self.within(longest):
            first = place(earliest or 0)
            last = first if earliest == latest else place(latest or BEYOND)
            begun[group, first] += n
            ended[group, last] += n
            if first == last and group == "held":
                sides.sure[first] += n
        return sides

    def found(self, periods: Sequence[Period]) -> Iterator[tuple[int | None, int | None, str, int]]:
        """How many of each group of `GROUPS` lie within which days; any days of its years stand for a meeting's own
        where no period begins or ends within a year."""
        if all(len(bound) == 4 for period in periods for bound in period.bounds):
            yield from ((one.earliest[0], one.latest[1], one.kind, one.n) for one in self.years if one.is_dated)
        else:
            for earliest, latest, status, n in self.days:
                if earliest is not None or latest is not None:
                    yield earliest, latest, group_of(status), n

    def within(self, longest: int) -> Iterator[tuple[int, int, str, int]]:
        """The same of those that lie within so many days."""
        for earliest, latest, status, n in self.days:
            if earliest is not None and latest is not None and latest - earliest < longest:
                yield earliest, latest, group_of(status), n

    @cached_property
    def days(self) -> list[tuple[int | None, int | None, str, int]]:
        """How many of each status lie within which days."""
        return spans.bounds(self.asked)


class Kept:
    """How many meetings of some statuses can lie between which days, as the index counts them; a query for each
    question. Those of a set between days are all that can lie there."""

    def __init__(self, asked: Asked, tags: Sequence[str]):
        self.asked, self.tags = asked, tags
        self.table = f"{asked.table}_span"

    def extent(self) -> Extent:
        if not self.tags:
            return Extent(None, 0, some_open=False)
        known, open_ = ("earliest > 0", f"latest < {BEYOND}"), ("earliest = 0", f"latest = {BEYOND}")
        first, last = (self.asked.first or date.min).toordinal(), (self.asked.last or date.max).toordinal()
        questions = (
            *((f"{end}({side})", where) for end in ("min", "max") for side, where in zip(SIDES, known, strict=True)),
            ("sum(n)", f"{open_[0]} AND {open_[1]}"),
            ("count(*)", f"{open_[0]} AND latest >= {first} AND {known[1]}"),
            ("count(*)", f"{known[0]} AND earliest <= {last} AND {open_[1]}"),
        )
        one = ", ".join(f"(SELECT {what} FROM {self.table} WHERE tag = %s AND {where})" for what, where in questions)
        sql = " UNION ALL ".join([f"SELECT {one}"] * len(self.tags))
        found = hits.rows(sql, [tag for tag in self.tags for _question in questions])
        days = [day for row in found for day in row[:4] if day is not None]
        undated = 0 if self.asked.has_dates else sum(row[4] or 0 for row in found)
        period = Period.of_days(min(days), max(days)) if days else None
        return Extent(period, undated, any(row[5] or row[6] for row in found))

    def sides(self, periods: Sequence[Period], longest: int | None = None) -> Sides:
        sides = Sides(periods)
        for place, *numbers in self.counted(sides.edges, DATED if longest is None else WITHIN.format(longest)):
            sides.sure[place], *others = [n or 0 for n in numbers]
            for at, group in enumerate(GROUPS):
                sides.begun[group, place], sides.ended[group, place] = others[2 * at : 2 * at + 2]
        return sides

    def counted(self, edges: Sequence[int], which: str) -> list[tuple[int, ...]]:
        """Before the first of the days (0), and from each to the next (from 1 on): how many held ones begin and end
        there; and of each group, how many of ``which`` begin, and how many end. Each sum is one walk along a key."""
        parts = ", ".join(f"({at}, {first}, {beyond})" for at, (first, beyond) in enumerate(pairwise([0, *edges])))
        wanted = [("held", "earliest", "latest < beyond"), *((*one, which) for one in product(GROUPS, SIDES))]
        sums, given = [], []
        for group, side, more in wanted:
            tags = [tag for tag in self.tags if group_of(STATUSES[tag]) == group]
            among = f"tag IN ({hits.marks(tags)}) AND {side} >= first AND {side} < beyond AND {more}"
            sums.append(f"(SELECT sum(n) FROM {self.table} WHERE {among})" if tags else "0")
            given += tags
        sql = f"WITH part (place, first, beyond) AS (VALUES {parts}) SELECT place, {', '.join(sums)} FROM part"
        return hits.rows(sql, given)
