"""Where the main sources of a set end, on an axis of days: fewer meetings after that may be no slump.

Where they begin is not shown: the first meeting that a list tells of may well be the first that there was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import ngettext

from meetings.figures import commas
from meetings.index.periods import around
from meetings.lenses.coverage import Coverage
from meetings.lenses.timeline import SHORT
from meetings.pictures.axis import NARROW, Axis, percent
from meetings.pictures.svg import element, text

#: Percent of an axis: nothing is to be seen before an end that is nearer to its beginning, or after one at its end.
LEAST, MOST = 4, 96
#: A source that told of a meeting within so many days goes on, as far as is known.
FRESH = 366
#: Pixels: a line of labels, the width of a letter at most, from a line to its label, between two labels.
ROW, LETTER, ASIDE, APART = 15, 6.4, 4, 8


class End(NamedTuple):
    """A line at ``x`` (percent), and its label, on the left of it or on the right, in a row from 0, the lowest."""

    x: float
    label: str
    row: int = 0

    @property
    def is_left(self) -> bool:
        return self.x > 50

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the label reaches on a phone, where it needs most."""
        x, width = NARROW * self.x / 100, ASIDE + LETTER * len(self.label)
        return (x - width, x) if self.is_left else (x, x + width)


def of(axis: Axis, coverage: Coverage, unit: str = "") -> list[End]:
    """The ends of the large sources within an axis, each after the ``unit`` (or what the axis is made of) that its last
    meeting is in."""
    unit = unit or ("month" if axis.period.days < SHORT else "year")
    fresh = timezone.localdate() - timedelta(FRESH)
    last = (one.last for one in coverage.large if one.last < min(fresh, axis.period.last))
    numbers = Counter((around(day, unit).last, day.year) for day in last)
    found = [End(axis.at(day) + axis.day, label(year, n)) for (day, year), n in numbers.items()]
    return in_rows(one for one in found if LEAST <= one.x <= MOST)


def label(year: int, n: int) -> str:
    told = ngettext("%(year)s: a source ends", "%(year)s: %(n)s sources end", n)
    return told % {"year": year, "n": commas(n)}


def in_rows(found: Iterable[End]) -> list[End]:
    """Each in the lowest row where it covers no other; none below another whose label its own line would cross."""
    placed: list[End] = []
    for one in sorted(found, key=lambda one: abs(one.x - 50)):
        left, right = one.reach
        beside = [other for other in placed if other.reach[0] < right + APART and left < other.reach[1] + APART]
        placed.append(one._replace(row=max((other.row + 1 for other in beside), default=0)))
    return placed


def height(found: Sequence[End]) -> int:
    """What the labels take above a picture."""
    return ROW * max((one.row + 1 for one in found), default=0)


def lines(found: Sequence[End], top: float, bottom: float | str) -> Iterator[str]:
    """The lines through a part of a picture."""
    for one in found:
        x = percent(one.x)
        yield element("line", x1=x, x2=x, y1=top, y2=bottom, class_="axis source-end", pointer_events="none")


def flags(found: Sequence[End], bottom: float) -> Iterator[str]:
    """The labels, at the top of a picture, and their lines down to the ``bottom``."""
    for one in found:
        y = height(found) - ROW * one.row
        yield from lines([one], y - ROW + 2, bottom)
        side = {"dx": -ASIDE, "text_anchor": "end"} if one.is_left else {"dx": ASIDE}
        yield element("text", text(one.label), x=percent(one.x), y=y - 4, class_="soft halo", **side)
