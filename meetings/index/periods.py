"""Stretches of the calendar, from centuries to days, and how an address writes them (``from`` and ``to``)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, Self

from meetings import dates

#: How many years each of the long units has.
YEARS = {"century": 100, "decade": 10, "year": 1}
#: The units, and how many of each are shown side by side if a reader asks for none.
FITTING = {"day": 62, "week": 30, "month": 144, "year": 160, "decade": 160, "century": 100}


class Period(NamedTuple):
    """All days from the first to the last."""

    first: date
    last: date

    @classmethod
    def of_days(cls, first: int, last: int) -> Self:
        """By the numbers of the days."""
        return cls(date.fromordinal(first), date.fromordinal(last))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def bounds(self) -> tuple[str, str]:
        """``from`` and ``to``: whole years, or months, are written as such."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if self.first.day > 1 or self.last != around(self.last, "month").last:
            return first, last
        length = 4 if first.endswith("-01-01") and last.endswith("-12-31") else 7
        return first[:length], last[:length]

    @property
    def words(self) -> str:
        first, last = self.bounds
        return dates.words(first if first == last else f"{first}/{last}")

    @property
    def within(self) -> list["Period"]:
        """The decade, the year and the month that it is a part of, the longest first."""
        found = (around(self.first, unit) for unit in ("decade", "year", "month"))
        return [one for one in found if one != self and one.last >= self.last]

    def moved(self, steps: int) -> "Period | None":
        """The period of the same length so many lengths later; None where the calendar ends."""
        months = [12 * day.year + day.month - 1 for day in self]
        try:
            if len(self.bounds[0]) > 7:
                return Period(*(day + timedelta(steps * self.days) for day in self))
            by = steps * (months[1] - months[0] + 1)
            first, last = (date((one + by) // 12, (one + by) % 12 + 1, 1) for one in months)
            return Period(first, around(last, "month").last)
        except (OverflowError, ValueError):
            return None

    def number(self, unit: str) -> int:
        """How many units it touches."""
        if unit == "day":
            return self.days
        if unit == "week":
            return (around(self.last, unit).first - around(self.first, unit).first).days // 7 + 1
        if unit == "month":
            return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1
        return self.last.year // YEARS[unit] - self.first.year // YEARS[unit] + 1

    @property
    def unit(self) -> str:
        """The shortest unit of which it does not have too many to be shown side by side."""
        return next(unit for unit, most in FITTING.items() if self.number(unit) <= most)

    def split(self, unit: str) -> Iterator["Period"]:
        """The units in order, the first and the last of them no longer than it is itself."""
        first = self.first
        while True:
            last = around(first, unit).last
            if last >= self.last:
                yield Period(first, self.last)
                return
            yield Period(first, last)
            first = last + timedelta(1)


def around(day: date, unit: str) -> Period:
    """The unit that a day lies in; weeks begin on Mondays."""
    if unit == "day":
        return Period(day, day)
    if unit == "week":
        first = day.toordinal() - day.weekday()
        return Period.of_days(first, min(first + 6, date.max.toordinal()))
    if unit == "month":
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    year = day.year // YEARS[unit] * YEARS[unit]
    return Period(date(max(year, 1), 1, 1), date(min(year + YEARS[unit] - 1, date.max.year), 12, 31))
