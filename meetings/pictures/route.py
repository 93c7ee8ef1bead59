"""The lines on a map from stop to stop of a journey."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from meetings.lenses.stops import Stop
from meetings.pictures import marks
from meetings.pictures.marks import Box, Layout, Mark
from meetings.pictures.svg import element
from meetings.pictures.world import View

#: How far a line bends, of its length, so that there and back are two.
BEND = 0.14
#: How many times an arrowhead is larger than seven pixels.
HEAD = 1.5

Point = tuple[float, float]
#: Where lines begin and end, in pixels, and their kinds.
Ways = dict[tuple[Point, Point], str]


def ways(stops: Sequence[Stop], found: Sequence[Mark], view: View) -> Ways:
    """The lines from each stop on the map to the next, each once; none between stops that stand as one. One past
    stops that are no points says so by its kind."""
    where = {spot: (mark.x, mark.y) for mark in found for spot in mark.spots}
    on_map = [(at, stop.spot, stop) for at, stop in enumerate(stops) if stop.spot]
    lines = {}
    for (before, one, _stop), (at, other, stop) in pairwise(on_map):
        start, end = (where.get(spot) or marks.position(spot, view) for spot in (one, other))
        if start != end:
            known = "past" if at - before > 1 else "route" if stop.sure else "unsure"
            lines[start, end] = "to-come" if stop.planned else known
    return lines


def drawn(lines: Ways, layout: Layout) -> Iterator[str]:
    """The lines: dashed to what is planned, dotted where the order or a stop between is not sure."""
    for (start, end), kind in lines.items():
        yield from line(start, end, kind, layout.letters / 10)


def heads(lines: Ways, layout: Layout) -> Iterator[Box]:
    """What the arrowheads take: a name on one would hide which way a line leads."""
    size = HEAD * 4 * layout.letters / 10
    for start, end in lines:
        x, y = middle(start, end, BEND / 2)
        yield Box(x - size, y - size, x + size, y + size)


def middle(start: Point, end: Point, bend: float) -> Point:
    """The point half way, so far aside."""
    (x1, y1), (x2, y2) = start, end
    return (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend


def line(start: Point, end: Point, kind: str, grown: float) -> Iterator[str]:
    """A bent line, with an arrowhead in its middle."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    middle_x, middle_y = middle(start, end, BEND)
    bent = f"M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}"
    yield element("path", class_=f"way {kind}", d=bent)
    if length > 16 * grown:
        # Half way, the curve is between its ends and the point that bends it, and runs as from end to end.
        (x, y), ux, uy = middle(start, end, BEND / 2), dx / length, dy / length
        ux, uy = HEAD * grown * ux, HEAD * grown * uy
        tip, left, right = (
            f"{x + 4 * ux:.1f} {y + 4 * uy:.1f}",
            f"{x - 3 * ux - 2.5 * uy:.1f} {y - 3 * uy + 2.5 * ux:.1f}",
            f"{x - 3 * ux + 2.5 * uy:.1f} {y - 3 * uy - 2.5 * ux:.1f}",
        )
        yield element("path", class_="head", d=f"M{tip}L{left} {right}z")
