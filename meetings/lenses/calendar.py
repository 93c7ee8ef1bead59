"""How many meetings of a set are on each day and in each month of a year.

A meeting is *sure* of the days on which it took place whatever its date means: of its day, or of those of a span. It
*may* lie on the others that its date can mean: "June 2023" is sure of no day, but of its month. The list of a day,
month or year has both, so that the two numbers together are the number of that list.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from meetings.choices import Status
from meetings.dates import Edtf
from meetings.index import spans
from meetings.index.asked import Asked
from meetings.index.periods import Period, around
from meetings.index.spans import Beside, Dated
from meetings.index.tags import tag
from meetings.index.times import group_of
from meetings.lenses import shades


@dataclass(slots=True)
class Tally:
    """How many meetings are on a day or in a period: by status those that are sure, and those that only may be, of
    which ``may_held`` were held."""

    sure: Counter[str] = field(default_factory=Counter)
    may: int = 0
    may_held: int = 0

    @property
    def n(self) -> int:
        return self.sure.total()

    @property
    def held(self) -> int:
        return self.of_group("held")

    @property
    def planned(self) -> int:
        """Planned or postponed."""
        return self.of_group("planned")

    @property
    def other(self) -> int:
        """Cancelled, denied or not confirmed."""
        return self.of_group("other")

    @property
    def unheld(self) -> int:
        """How many of those that are sure were not held, as far as is known."""
        return self.n - self.held

    @property
    def only_may(self) -> str:
        """Where none are sure, the kind of those that may be: ``only-may``, or ``may-unheld`` if none of them was held;
        "" otherwise."""
        return "" if self.n or not self.may else "only-may" if self.may_held else "may-unheld"

    def of_group(self, group: str) -> int:
        """How many are of one of `times.GROUPS`."""
        return sum(n for status, n in self.sure.items() if group_of(status) == group)


@dataclass
class Calendar:
    """A year, of which a month may be shown alone. ``first`` and ``last`` are the day numbers of what the set's own
    dates leave of the year, the first after the last where that is nothing. ``days`` (by number) and ``months`` have
    what is on them; ``found`` are the year's dates. Why the numbers of months, days and the year are ``unlike`` each
    other: how many meetings are in several "months"; in one or more of these, but on no "day" for sure; in none of them
    for sure, but in the "year"."""

    period: Period
    first: int
    last: int
    found: list[Dated]
    beside: Beside
    day: int | None = None
    days: dict[int, Tally] = field(default_factory=dict)
    months: dict[Period, Tally] = field(default_factory=dict)
    year: Tally = field(default_factory=Tally)
    unlike: Counter[str] = field(default_factory=Counter)

    def __post_init__(self):
        self.days = {day: Tally() for day in range(self.first, self.last + 1)}
        self.months = {month: Tally() for month in self.whole.split("month")}
        parts = [(*self.left(period), tally) for period, tally in self.months.items()]
        parts.append((self.first, self.last, self.year))
        for one in self.found:
            sure = one.sure
            self.add_to_days(one, sure)
            sure_in = [self.add_to_part(one, sure, *part) for part in parts]
            self.add_to_unlike(one, sure, sum(sure_in[:-1]), is_of_year=sure_in[-1])

    @staticmethod
    def add_to_part(one: Dated, sure: tuple[int, int] | None, first: int, last: int, tally: Tally) -> bool:
        """Counts the meetings of one date in a month or the year, if they can be in it; whether they surely are."""
        # Nothing may be left of a month, which then begins after its end.
        if first > last or (one.earliest or first) > last or (one.latest or last) < first:
            return False
        inside = one.earliest and one.latest and first <= one.earliest and one.latest <= last
        is_sure = bool(inside or (sure and sure[0] <= last and sure[1] >= first))
        add(tally, one, is_sure)
        return is_sure

    def add_to_unlike(self, one: Dated, sure: tuple[int, int] | None, months: int, *, is_of_year: bool) -> None:
        """Counts the meetings of one date, which are surely in so many months."""
        if months > 1:
            self.unlike["months"] += one.n
        if months and sure is None:
            self.unlike["day"] += one.n
        if is_of_year and not months:
            self.unlike["year"] += one.n

    def add_to_days(self, one: Dated, sure: tuple[int, int] | None) -> None:
        """Counts the meetings of one date on the days that it can mean."""
        for day in range(max(one.earliest or 0, self.first), min(one.latest or self.last, self.last) + 1):
            add(self.days[day], one, sure is not None and sure[0] <= day <= sure[1])

    @property
    def unit(self) -> str:
        """What is shown: a "month" or a "year"."""
        return "month" if self.period.number("month") == 1 else "year"

    @property
    def whole(self) -> Period:
        """The year that the period is, or is in."""
        return around(self.period.first, "year")

    def left(self, period: Period) -> tuple[int, int]:
        """The first and the last day (numbers) of what the set's own dates leave of a period."""
        return max(period.first.toordinal(), self.first), min(period.last.toordinal(), self.last)

    def tally(self, period: Period) -> Tally:
        """What is in the year, or in a month of it."""
        return self.months.get(period, self.year)

    @property
    def shown(self) -> Tally:
        """What is in the period shown."""
        return self.tally(self.period)

    @cached_property
    def greatest(self) -> int:
        """The most that were held on a day of the year."""
        return max((tally.held for tally in self.days.values()), default=0)

    def shade(self, tally: Tally) -> int:
        """How dark a day is drawn: by those that were held."""
        return shades.shade(tally.held, self.greatest)

    @property
    def steps(self) -> list[tuple[int, int]]:
        """The shades that days of the year have, with the least number that has each."""
        return shades.steps((tally.held for tally in self.days.values()), lambda n: shades.shade(n, self.greatest))

    @property
    def earlier(self) -> Period | None:
        """The nearest period before in which a meeting of the set begins."""
        return around(self.beside.before, self.unit) if self.beside.before else None

    @property
    def later(self) -> Period | None:
        return around(self.beside.after, self.unit) if self.beside.after else None


def add(tally: Tally, one: Dated, is_sure: bool) -> None:
    if is_sure:
        tally.sure[one.status] += one.n
    else:
        tally.may += one.n
        tally.may_held += one.n * (one.status == Status.HELD)


def of(asked: Asked, on: Edtf | None) -> Calendar | None:
    """The year or month ``on``, or that of a day, else the newest with meetings; None for a set without any of known
    date. At most five queries and those of `hits.selected`."""
    period = shown_on(on.earliest, on.latest) if on and on.earliest and on.latest else newest(asked)
    if period is None:
        return None
    year = around(period.first, "year")
    first, last = max(year.first, asked.first or date.min), min(year.last, asked.last or date.max)
    found = spans.dated(asked.within(first, last)) if first <= last else []
    beside = spans.beside(asked, period)
    if on is None and period == year and not (beside.before or beside.after):
        period = only_month(found, asked) or period
    day = on.earliest.toordinal() if on and on.earliest and on.one_day else None
    return Calendar(period, first.toordinal(), last.toordinal(), found, beside, day)


def shown_on(first: date, last: date) -> Period:
    """The year or month, or that of a day."""
    return around(first, "month") if first == last else Period(first, last)


def newest(asked: Asked) -> Period | None:
    """The month that the set's own dates are of, else the year of its newest meeting that was held, or of its newest,
    as far as days are asked for; at most two queries and those of `hits.selected`."""
    if asked.first and asked.last and around(asked.first, "month") == around(asked.last, "month"):
        return around(asked.first, "month")
    day = spans.newest(asked.tagged(tag("status", Status.HELD))) or spans.newest(asked)
    # One that began before the days asked for goes on in them, and one of an open date can lie in them.
    return around(asked.nearest(day), "year") if day else None


def only_month(found: Sequence[Dated], asked: Asked) -> Period | None:
    """The month in which all dates lie, if it is one, as far as days are asked for."""
    days = (day for one in found for day in (one.earliest or 1, one.latest or date.max.toordinal()))
    months = {around(asked.nearest(date.fromordinal(day)), "month") for day in days}
    return months.pop() if len(months) == 1 else None
