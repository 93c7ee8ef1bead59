"""When the meetings of a set were, or can have been: as counts of periods, or each on a line of its own."""

from datetime import date
from typing import NamedTuple

from meetings import dates
from meetings.index import hits, times
from meetings.index.asked import Asked
from meetings.index.periods import Period, around
from meetings.index.times import Bar, Extent, Times
from meetings.lenses import rows
from meetings.lenses.rows import Row

#: An axis of fewer days than these begins and ends with a month; a longer one, with a year.
SHORT = 1_100
#: Within how many days a meeting has to lie to be drawn in bars of a unit: in seven of them. Those of years and longer
#: units draw all: hardly any date is that uncertain.
LONGEST = {"day": 7, "week": 49, "month": 215}


class Mark(NamedTuple):
    """How a meeting is drawn: "held", "planned" or "other"; on the first and the last of the days on all of which it
    was (or is to be), and of those among which it can have been, if these are more. An end of None is not known."""

    group: str
    surely: tuple[date, date] | None
    possibly: tuple[date | None, date | None] | None

    @property
    def shape(self) -> str:
        """How much is known: one "day", all "days", or that it is "within" some; "" for nothing."""
        if self.possibly:
            return "within"
        return ("day" if self.surely[0] == self.surely[1] else "days") if self.surely else ""


class Line(NamedTuple):
    """A meeting by itself."""

    row: Row
    mark: Mark


class Timeline(NamedTuple):
    """The days of the axis (None: no meeting has a date); the ``bars`` of a ``unit``, or, where the unit is "", a line
    for each meeting; how many have no date, and whether those of some are open to one side. ``narrowed``: days are
    asked for. ``drawn`` are the bars without the ``long`` meetings, those that lasted, or whose date is uncertain, for
    so many units that they would hide what is known of each."""

    axis: Period | None
    unit: str
    bars: list[Bar]
    drawn: list[Bar]
    long: int
    lines: list[Line]
    undated: int
    some_open: bool
    narrowed: bool

    @property
    def earlier(self) -> Period | None:
        """As many days, months or years before."""
        return self.axis and self.axis.moved(-1)

    @property
    def later(self) -> Period | None:
        return self.axis and self.axis.moved(1)

    @property
    def opens(self) -> bool:
        """Whether a period can be seen closer."""
        return self.unit != "day" and len(self.bars) > 1

    @property
    def has_bars(self) -> bool:
        """Whether some period has a bar: all meetings can be long."""
        return any(bar.number for bar in self.drawn)

    @property
    def several(self) -> bool:
        """Whether some can stand in several bars."""
        return len(self.bars) > 1 and any(bar.number > bar.sure for bar in self.drawn)


def counted(times: Times, extent: Extent, asked: Asked, unit: str = "") -> Timeline:
    """As bars of a ``unit``, or of the one that fits, of dates that reach so far; the query of `Times.sides`, or
    two where a unit has a limit of `LONGEST`."""
    axis = extent.axis(asked)
    bars, drawn, long = [], [], 0
    if axis:
        unit = unit or axis.unit
        axis = widened(axis, asked, unit)
        periods = list(axis.split(unit))
        everyone = times.sides(periods)
        short = times.sides(periods, LONGEST[unit]) if unit in LONGEST else everyone
        bars, drawn, long = everyone.bars(), short.bars(), everyone.number - short.number
    return Timeline(axis, unit, bars, drawn, long, [], extent.undated, extent.some_open, asked.has_dates)


def each(extent: Extent, asked: Asked) -> Timeline:
    """As lines, the oldest first, those of no known date last; the queries of `rows.of`, one and those of
    `hits.selected`."""
    lines = [line_of(row) for row in rows.of(hits.page(asked, hits.ALL), topics=False)]
    lines.sort(key=place)
    axis = extent.axis(asked)
    if axis:
        axis = widened(axis, asked, "month" if axis.days < SHORT else "year")
    return Timeline(axis, "", [], [], 0, lines, extent.undated, extent.some_open, asked.has_dates)


def widened(axis: Period, asked: Asked, unit: str) -> Period:
    """Whole units on the sides where no day is asked for."""
    first = axis.first if asked.first else around(axis.first, unit).first
    return Period(first, axis.last if asked.last else around(axis.last, unit).last)


def line_of(row: Row) -> Line:
    edtf = dates.parse(row.date)
    surely, bounds = edtf.sure, (edtf.earliest, edtf.latest)
    group = times.group_of(row.status)
    return Line(row, Mark(group, surely, None if bounds in (surely, (None, None)) else bounds))


def place(line: Line) -> tuple:
    """Where a line stands among the others."""
    edtf = dates.parse(line.row.date)
    return not line.mark.shape, edtf.earliest or date.min, edtf.latest or date.max, line.row.title, line.row.uid
