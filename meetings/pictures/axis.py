"""Days from left to right. Places are percentages of the width, so that letters keep their size on a phone."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext

from meetings.index.periods import Period, around
from meetings.pictures.svg import element, text

#: From one tick to the next: every so many units.
STEPS = (
    *(("day", 1), ("week", 1), ("month", 1), ("month", 3), ("month", 6)),
    *(("year", years) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)
MOST_TICKS = 10
#: Pixels below an axis for the names of its ticks.
BELOW = 20
#: The least width of a picture on a phone, and of an axis that has all its names, across a page or beside titles; a
#: letter of these names; between a tick and its name, and between two names.
NARROW, WIDE, BESIDE = 288, 540, 430
LETTER, ASIDE, APART = 6.4, 3, 4
#: A name that begins further right, in percent, would not fit beside its tick: it stands at the end of the axis.
LAST = 94


class Tick(NamedTuple):
    """A day of the axis, and what it is called there."""

    day: date
    label: str


class Axis:
    """The days that a picture shows, from left to right."""

    def __init__(self, period: Period):
        self.period = period
        #: The width of a day, in percent.
        self.day = 100 / period.days

    def at(self, day: date) -> float:
        """Where a day begins, in percent."""
        return self.day * (day - self.period.first).days

    def span(self, first: date, last: date) -> dict[str, str]:
        """The attributes of a rectangle over days, as far as they are shown."""
        left, right = max(self.at(first), 0), min(self.at(last) + self.day, 100)
        return {"x": percent(left), "width": percent(right - left)}

    def has(self, first: date, last: date) -> bool:
        """Whether it shows any of these days."""
        return first <= self.period.last and last >= self.period.first

    @cached_property
    def ticks(self) -> list[Tick]:
        """Days with a name, about `MOST_TICKS` at most, as far apart as one unit or some."""
        unit, step = next(one for one in STEPS if self.period.number(one[0]) // one[1] <= MOST_TICKS)
        days = [day for day in starts(self.period, unit, step) if day >= self.period.first]
        return [Tick(day, label(day, unit, first=not at)) for at, day in enumerate(days)]


def round_step(least: float) -> int:
    """The first of 1, 2, 5, 10, 20, 50 … that is no less: from one line or name of an axis to the next."""
    ten = 1
    while 5 * ten < least:
        ten *= 10
    return next(step for step in (ten, 2 * ten, 5 * ten) if step >= least)


def starts(period: Period, unit: str, step: int) -> Iterator[date]:
    """The first days of every so many units that a period touches."""
    if unit == "year":
        years = range(period.first.year // step * step, period.last.year + 1, step)
        return (date(year, 1, 1) for year in years if year)
    parts = (around(part.first, unit).first for part in period.split(unit))
    return (day for day in parts if unit != "month" or (day.month - 1) % step == 0)


def percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"


def label(day: date, unit: str, *, first: bool) -> str:
    """What a tick is called; a month has its year where this begins."""
    if unit in ("day", "week"):
        return format_date(day, "j M")
    if unit == "month" and day.month > 1:
        return format_date(day, "M Y" if first else "M")
    return str(day.year)


def fluid(body: str, height: float, **attributes: object) -> str:
    """A picture as wide as there is room, with letters of their own size."""
    return element("svg", body, class_="picture fluid", width="100%", height=float(height), **attributes)


def nested(body: str, width: float, height: float, x: float = 0, y: float = 0) -> str:
    """The same as a part of a picture."""
    places = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    return element("svg", body, **places, overflow="visible")


def named(axis: Axis, y: float, *, amid: bool = False, least: float = WIDE) -> Iterator[str]:
    """The ticks, with their names below, of an axis that has all if it is at ``least`` so wide; on a phone every second
    has none, nor has one whose name would cover another. Where each bar has a tick, names stand ``amid`` the bars."""
    ticks = axis.ticks
    if amid:
        ends = [*(axis.at(tick.day) for tick in ticks[1:]), 100.0]
        for at, (tick, end) in enumerate(zip(ticks, ends, strict=True)):
            middle = percent((axis.at(tick.day) + end) / 2)
            css = "soft minor" if at % 2 else "soft"
            yield element("text", text(tick.label), x=middle, y=y + 14, class_=css, text_anchor="middle")
        return
    for x in (percent(axis.at(tick.day)) for tick in ticks):
        yield element("line", x1=x, x2=x, y1=y, y2=y + 5, class_="axis")
    wide = apart(axis, [*begun(axis), *ticks], least)
    narrow = apart(axis, [tick for tick in wide if tick in [*begun(axis), *ticks[::2]]], NARROW)
    for tick in wide:
        begin, css = axis.at(tick.day), "soft" if tick in narrow else "soft minor"
        side: dict[str, object] = {"x": percent(begin), "dx": ASIDE}
        if begin > LAST:
            side = {"x": "100%", "text_anchor": "end"}
        yield element("text", text(tick.label), y=y + 14, class_=css, **side)


def begun(axis: Axis) -> list[Tick]:
    """The year that an axis of years begins in, where it has no tick of its own."""
    first, ticks = axis.period.first, axis.ticks
    is_of_years = len(ticks) > 1 and ticks[1].label.isdigit()
    return [Tick(first, str(first.year))] if is_of_years and ticks[0].day.year > first.year else []


def apart(axis: Axis, ticks: Iterable[Tick], width: float) -> list[Tick]:
    """Those whose names do not come near each other where the axis is so wide, from the last on."""
    found: list[Tick] = []
    free = float("inf")
    for tick in reversed(list(ticks)):
        at, long = axis.at(tick.day), LETTER * len(tick.label)
        left = width * at / 100 + ASIDE if at <= LAST else width - long
        if left + long + APART <= free:
            found.append(tick)
            free = left
    return found[::-1]


def now(axis: Axis, top: float, bottom: float | str) -> Iterator[str]:
    """Where today is, if it is on the axis."""
    today = timezone.localdate()
    if axis.period.first <= today <= axis.period.last and axis.period.days > 1:
        x = percent(axis.at(today))
        told = element("title", text(gettext("Today")))
        yield element("line", told, x1=x, x2=x, y1=top, y2=bottom, class_="axis", stroke_dasharray="1 3")
