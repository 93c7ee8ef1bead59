"""How many meetings of a set can lie in each of some periods, by how sure that is."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from meetings.choices import Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.periods import Period
from meetings.index.tags import tag
from meetings.index.tally import BEGIN, BEYOND, END

#: The tags of statuses, the most common first.
STATUSES = {tag("status", status): status for status in (Status.HELD, *Status)}
#: The tag of an entry's status, and its parameters.
WHENS = " ".join(f"WHEN ' ' || e.tags || ' ' LIKE %s THEN '{one}'" for one in STATUSES)
STATUS_OF = f"CASE {WHENS} END"
LIKE = [f"% {one} %" for one in STATUSES]


class Bar(NamedTuple):
    """How many meetings can lie in a period: held on one known day, held otherwise (on several days, or on a date that
    is not known to the day), planned or postponed, and others (cancelled, denied, unconfirmed)."""

    period: Period
    day: int
    vague: int
    planned: int
    other: int

    @property
    def held(self) -> int:
        return self.day + self.vague

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


def extent(numbers: Mapping[tuple[int | None, int | None], int]) -> Extent:
    """Of so many meetings with each first and last day (None is unknown)."""
    days = [day for bounds in numbers for day in bounds if day is not None]
    some_open = any((earliest is None) != (latest is None) for earliest, latest in numbers)
    return Extent(Period.of_days(min(days), max(days)) if days else None, numbers.get((None, None), 0), some_open)


class Times(Protocol):
    """When the meetings of a set can lie."""

    def extent(self) -> Extent: ...

    def bars(self, periods: Sequence[Period]) -> list[Bar]:
        """The numbers of periods that follow one another."""


def of(asked: Asked) -> Times:
    """From the days that the index counts, where these are enough; else from every meeting of the set."""
    tags = only_statuses(asked)
    return Read(asked) if tags is None else Kept(asked, tags)


def only_statuses(asked: Asked) -> list[str] | None:
    """The tags of statuses that a set is of, if it is of nothing else than these and days."""
    if asked.has_words or any(one not in STATUSES for one in asked.tags):
        return None
    return [one for one in STATUSES if all(one in group for group in asked.groups)]


class Sides:
    """How many meetings of each status begin and end in which period, those of one day apart."""

    def __init__(self, periods: Sequence[Period]):
        self.periods = periods
        self.edges = [one.first.toordinal() for one in periods] + [periods[-1].last.toordinal() + 1]
        fields = Bar._fields[1:]
        self.begun = {name: [0] * (len(periods) + 2) for name in fields}
        self.ended = {name: [0] * (len(periods) + 3) for name in fields}

    def place(self, day: int) -> int:
        """The number of the period that a day lies in, from 1 on; 0 is before, and one more than there are after."""
        return bisect_right(self.edges, day)

    def add(self, tag: str, n: int, begun: int | None, ended: int | None, *, one_day: bool) -> None:
        """So many that begin in one period and end in another; None is not told here."""
        name = field_of(STATUSES[tag], one_day=one_day)
        if begun is not None:
            self.begun[name][begun] += n
        if ended is not None:
            self.ended[name][ended + 1] += n

    def bars(self) -> list[Bar]:
        """Of those that have begun by the end of a period, all but those that ended before it."""
        numbers = []
        for name in Bar._fields[1:]:
            steps = (one - other for one, other in zip(self.begun[name], self.ended[name], strict=False))
            numbers.append(list(accumulate(steps))[1:-1])
        return [Bar(*one) for one in zip(self.periods, *numbers, strict=True)]


def field_of(status: str, *, one_day: bool) -> str:
    """The number of a bar that a meeting counts in."""
    if status == Status.HELD:
        return "day" if one_day else "vague"
    return "planned" if status in (Status.PLANNED, Status.POSTPONED) else "other"


class Read:
    """Every meeting of a set, read in a query and those of `hits.selected`; a microsecond for each."""

    def __init__(self, asked: Asked):
        select = hits.selected(asked, entries=True)
        sql = select.sql(f"e.earliest, e.latest, {STATUS_OF}")
        self.found = Counter(hits.rows(sql, [*LIKE, *select.parameters]))

    def extent(self) -> Extent:
        numbers: Counter[tuple[int | None, int | None]] = Counter()
        for (earliest, latest, _tag), n in self.found.items():
            numbers[earliest, latest] += n
        return extent(numbers)

    def bars(self, periods: Sequence[Period]) -> list[Bar]:
        sides = Sides(periods)
        for (earliest, latest, tag), n in self.found.items():
            if earliest is not None or latest is not None:
                begun, ended = sides.place(earliest or 0), sides.place(BEYOND if latest is None else latest)
                sides.add(tag, n, begun, ended, one_day=earliest == latest)
        return sides.bars()


class Kept:
    """The days on which meetings of some statuses begin and end, as the index counts them: a query for each question.

    Those of a set between days are all that can lie there.
    """

    def __init__(self, asked: Asked, tags: Sequence[str]):
        self.asked, self.tags = asked, tags
        self.table = f"{asked.table}_day"

    @property
    def kinds(self) -> list[str]:
        return [f"{tag}{side}" for tag in self.tags for side in ("", BEGIN, END)]

    def extent(self) -> Extent:
        if not self.tags:
            return Extent(None, 0, some_open=False)
        least, most, undated, beyond = (
            f"(SELECT {what} FROM {self.table} WHERE kind = '{{kind}}' AND day {which})"
            for what, which in (
                ("min(day)", f"BETWEEN 1 AND {BEYOND - 1}"),
                ("max(day)", f"BETWEEN 1 AND {BEYOND - 1}"),
                ("sum(n)", "= 0"),
                ("sum(n)", f"= {BEYOND}"),
            )
        )
        one = f"SELECT '{{kind}}', {least}, {most}, {undated}, {beyond}"
        found = hits.rows(" UNION ALL ".join(one.format(kind=kind) for kind in self.kinds))
        days = [day for _kind, first, last, _undated, _beyond in found for day in (first, last) if day]
        undated_ones = 0 if self.asked.has_dates else sum(row[3] or 0 for row in found if row[0] in STATUSES)
        some_open = any((row[3] and row[0] not in STATUSES) or row[4] for row in found)
        return Extent(Period.of_days(min(days), max(days)) if days else None, undated_ones, bool(some_open))

    def bars(self, periods: Sequence[Period]) -> list[Bar]:
        sides = Sides(periods)
        for at, kind, n in self.counted(sides.edges) if self.tags else ():
            tag, slash, _side = kind.partition("/")
            begun, ended = (at if not slash or kind.endswith(side) else None for side in (BEGIN, END))
            sides.add(tag, n, begun, ended, one_day=not slash)
        return sides.bars()

    def counted(self, edges: Sequence[int]) -> list[tuple[int, str, int]]:
        """How many begin and end before the first of the edges (0), and from each to the next (from 1 on)."""
        between = zip([0, *edges], edges, strict=False)
        values = ", ".join(f"({at}, {first}, {last})" for at, (first, last) in enumerate(between))
        return hits.rows(
            f"WITH part (at, first, beyond) AS (VALUES {values})"
            f" SELECT at, kind, sum(n) FROM part JOIN {self.table}"
            f" ON kind IN ({hits.marks(self.kinds)}) AND day >= first AND day < beyond GROUP BY at, kind",
            self.kinds,
        )
