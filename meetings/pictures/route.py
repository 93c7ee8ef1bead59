"""The lines on a map from stop to stop of one official."""

from collections.abc import Iterable, Iterator, Sequence
from math import hypot

from meetings.lenses.stops import Stop
from meetings.pictures import marks
from meetings.pictures.marks import Layout, Mark
from meetings.pictures.svg import element
from meetings.pictures.world import View

#: How far a line bends, of its length, so that there and back are two.
BEND = 0.14
#: More lines than these are drawn fainter.
MANY = 40

Point = tuple[float, float]
#: Where lines begin and end, in pixels, and their kinds.
Ways = dict[tuple[Point, Point], str]


def ways(legs: Iterable[tuple[Stop, Stop]], found: Sequence[Mark], view: View) -> Ways:
    """The lines, each once; none between stops that stand as one, and none past a stop that is no point: no one knows
    the way there and from there."""
    where = {spot: (mark.x, mark.y) for mark in found for spot in mark.spots}
    lines = {}
    for one, other in legs:
        if one.spot and other.spot:
            start, end = (where.get(spot) or marks.position(spot, view) for spot in (one.spot, other.spot))
            if start != end:
                lines[start, end] = "to-come" if other.planned else "route" if other.sure else "unsure"
    return lines


def drawn(lines: Ways, layout: Layout) -> Iterator[str]:
    """The lines: dashed to what is planned, dotted where the order is not sure."""
    for (start, end), kind in lines.items():
        yield from line(start, end, f"{kind} faint" if len(lines) > MANY else kind, layout.letters / 10)


def line(start: Point, end: Point, kind: str, grown: float) -> Iterator[str]:
    """A bent line, with an arrowhead in its middle."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    middle_x, middle_y = (x1 + x2) / 2 - dy * BEND, (y1 + y2) / 2 + dx * BEND
    bent = f"M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}"
    yield element("path", class_=f"way {kind}", d=bent)
    if length > 12 * grown:
        # Half way, the curve is between its ends and the point that bends it, and runs as from end to end.
        x, y, ux, uy = (x1 + x2) / 2 - dy * BEND / 2, (y1 + y2) / 2 + dx * BEND / 2, dx / length, dy / length
        ux, uy = grown * ux, grown * uy
        tip, left, right = (
            f"{x + 4 * ux:.1f} {y + 4 * uy:.1f}",
            f"{x - 3 * ux - 2.5 * uy:.1f} {y - 3 * uy + 2.5 * ux:.1f}",
            f"{x - 3 * ux + 2.5 * uy:.1f} {y - 3 * uy - 2.5 * ux:.1f}",
        )
        yield element("path", class_="head", d=f"M{tip}L{left} {right}z")
