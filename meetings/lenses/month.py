"""The meetings of a month of the calendar: on their days, across them, and beside the month where only it is known."""

from calendar import Calendar as Weeks
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from django.utils.formats import get_format

from meetings import dates
from meetings.choices import Status
from meetings.index import spans
from meetings.index.among import among
from meetings.index.asked import Asked
from meetings.index.periods import Period
from meetings.index.spans import sure_days
from meetings.lenses.calendar import Calendar
from meetings.models import Meeting

#: How many meetings are shown of what has no sure day, or one more: to say so would take as much room. How many records
#: are read for a month.
EACH, MOST = 8, 300
#: How many visits of several days go side by side across a week.
LANES = 4
#: What is read of a meeting.
ENTRY = ("uid", "slug", "title", "status", "date", "place__name", "whole__title")


class Entry(NamedTuple):
    """A meeting, the title of the public one that it is a part of ("": none), and the days (numbers) on which it surely
    is, if there are any."""

    uid: str
    slug: str
    title: str
    status: str
    date: str
    place: str
    whole: str
    sure: tuple[int, int] | None

    @property
    def is_long(self) -> bool:
        return self.sure is not None and self.sure[0] < self.sure[1]


class Bar(NamedTuple):
    """A visit across the days of a week: in which column (from 0) it begins, how many it takes, and whether it goes on
    ``before`` and ``after`` them."""

    entry: Entry
    at: int
    width: int
    before: bool
    after: bool


@dataclass(slots=True)
class Week:
    """Day numbers, 0 outside the month, and the visits across them, those that do not overlap in one lane."""

    days: list[int]
    lanes: list[list[Bar]] = field(default_factory=list)

    def across(self, day: int) -> list[Bar]:
        """The visits that are shown on a day."""
        at = self.days.index(day)
        return [bar for lane in self.lanes for bar in lane if bar.at <= at < bar.at + bar.width]

    def put(self, entry: Entry) -> None:
        """Draws a visit in the first lane that has room for it, if any has."""
        if entry.sure is None:
            return
        inside = [at for at, day in enumerate(self.days) if day and entry.sure[0] <= day <= entry.sure[1]]
        if not inside:
            return
        first, last = self.days[inside[0]], self.days[inside[-1]]
        bar = Bar(entry, inside[0], len(inside), entry.sure[0] < first, entry.sure[1] > last)
        for lane in self.lanes:
            if lane[-1].at + lane[-1].width <= bar.at:
                lane.append(bar)
                return
        if len(self.lanes) < LANES:
            self.lanes.append([bar])


class Some(NamedTuple):
    """Meetings of which no day is sure: how many there are that lie in ``period`` (None: in more than the year), and
    the first of them."""

    period: Period | None
    n: int
    entries: list[Entry]


class Month(NamedTuple):
    """The weeks of a month, the meetings ``on`` each day (by number; the first few), and ``some`` of no sure day."""

    weeks: list[Week]
    on: dict[int, list[Entry]]
    some: list[Some]

    @property
    def statuses(self) -> list[str]:
        """Those of the meetings that are shown, held first."""
        across = (bar.entry for week in self.weeks for lane in week.lanes for bar in lane)
        entries = chain(across, *self.on.values(), *(some.entries for some in self.some))
        found = {entry.status for entry in entries}
        return [status for status in (Status.HELD, *(one for one in Status if one != Status.HELD)) if status in found]


def of(asked: Asked, seen: Calendar) -> Month | None:
    """The meetings of the month shown; None where a year is, or nothing is left of the month. Two queries and those of
    `hits.selected`."""
    first, last = seen.left(seen.period)
    if seen.unit != "month" or first > last:
        return None
    found = read(asked.within(date.fromordinal(first), date.fromordinal(last)), first, last)
    weeks = weeks_of(seen.period)
    on: dict[int, list[Entry]] = defaultdict(list)
    for one in sorted((one for one in found if one.is_long), key=lambda one: one.sure or ()):
        for week in weeks:
            week.put(one)
    for one in found:
        if one.sure and not one.is_long:
            on[one.sure[0]].append(one)
    return Month(weeks, on, some_of(seen, [one for one in found if not one.sure]))


def read(asked: Asked, first: int, last: int) -> list[Entry]:
    """The first meetings of each date, with what is sure of their days between two (numbers); two queries and those of
    `hits.selected`."""
    keys = spans.first_of_each(asked, EACH + 1, MOST)
    rows = Meeting.objects.published().filter(pk__in=among(keys)).with_whole().values_list("pk", *ENTRY)
    found = {pk: own for pk, *own in rows}
    entries = []
    for uid, slug, title, status, written, place, whole in (found[pk] for pk in keys if pk in found):
        sure = sure_days(written)
        inside = sure if sure and sure[0] <= last and sure[1] >= first else None
        entries.append(Entry(uid, slug, title, status, written, place or "", whole or "", inside))
    return entries


def weeks_of(period: Period) -> list[Week]:
    """The weeks, from the day on which they begin where the reader's language is spoken."""
    before = period.first.toordinal() - 1
    rows = Weeks(first_weekday()).monthdayscalendar(period.first.year, period.first.month)
    return [Week([day and before + day for day in row]) for row in rows]


def first_weekday() -> int:
    """From 0, Monday."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7


def some_of(seen: Calendar, entries: Sequence[Entry]) -> list[Some]:
    """Those of no sure day in the month, the narrowest first."""
    first, last = seen.left(seen.period)
    periods = (seen.period, seen.whole, None)
    numbers: Counter[Period | None] = Counter()
    for one in seen.found:
        sure = one.sure
        overlaps = (one.earliest or first) <= last and (one.latest or last) >= first
        if overlaps and not (sure and sure[0] <= last and sure[1] >= first):
            numbers[narrowest(periods, one.earliest, one.latest)] += one.n
    shown = defaultdict(list)
    for entry in entries:
        shown[narrowest(periods, *bounds_of(entry.date))].append(entry)
    return [Some(one, n, fitted(shown[one], EACH, n)) for one in periods if (n := numbers[one])]


def fitted(entries: Sequence[Entry], room: int, number: int) -> list[Entry]:
    """As many of so many as there is room for; one more where it would be the only one that is not shown."""
    return list(entries[: room + (number == room + 1)])


def bounds_of(text: str) -> tuple[int | None, int | None]:
    """The first and the last day (numbers) that a date can mean; None is unknown."""
    first, last = dates.bounds(text)
    return first.toordinal() if first else None, last.toordinal() if last else None


def narrowest(periods: Sequence[Period | None], first: int | None, last: int | None) -> Period | None:
    """The first of the periods that has all of a date."""
    for period in periods:
        if period and first and last and period.first.toordinal() <= first and last <= period.last.toordinal():
            return period
    return None
