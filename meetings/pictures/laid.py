"""A map as one layout has it: its marks, their names, the ways between them, and room to say how large marks are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.places import Spot
from meetings.lenses.stops import Stop
from meetings.pictures import marks, route
from meetings.pictures.marks import HIGH, LETTER, WIDE, Box, Layout, Mark, Sizes, boxes, overlap
from meetings.pictures.svg import shortened
from meetings.pictures.world import View

#: How many letters a name has at most, and each of two.
LONGEST, EACH = 22, 14


class Named(NamedTuple):
    """A name beside a mark: where it begins, ends or has its middle (``anchor``: the class that says which), what it
    says, and whether the numbers of stops are before it."""

    x: float
    y: float
    anchor: str
    text: str
    numbered: bool


class Laid(NamedTuple):
    """What of a map depends on its layout. ``gaps``: not all stops are on the map; ``corner`` is None where there is no
    room for it, or no need."""

    layout: Layout
    marks: list[Mark]
    sizes: Sizes
    names: list[Named]
    ways: route.Ways
    gaps: bool
    corner: Box | None


def lay(spots: Sequence[Spot], stops: Sequence[Stop], view: View, layout: Layout) -> Laid:
    """The map of a view; ``stops`` are joined in their order."""
    found = marks.of(spots, view, layout)
    sizes = Sizes(found, layout)
    box = corner(sizes, found)
    named = names(found, sizes, numbers_of(stops), [box] if box else [])
    gaps = not all(stop.spot for stop in stops)
    return Laid(layout, found, sizes, list(named), route.ways(stops, found, view), gaps, box)


def corner(sizes: Sizes, found: Sequence[Mark]) -> Box | None:
    """Where there is room to tell how large marks are; None where marks are in each corner, or all are of one size."""
    if sizes.greatest == 1:
        return None
    letters = sizes.layout.letters
    width = 2 * sizes.radius(sizes.shown[0]) + 0.6 * letters * (len(commas(sizes.shown[0])) + 1) + 12
    height = max(2 * sizes.radius(sizes.shown[0]), 1.3 * letters * len(sizes.shown)) + 12
    for south in (HIGH - 4.0, height + 4):
        for west in (4.0, WIDE - width - 4):
            box = Box(west, south - height, west + width, south)
            if not any(overlap(box, taken) for taken in boxes(found, sizes)):
                return box
    return None


def numbers_of(stops: Sequence[Stop]) -> dict[Spot, list[int]]:
    """Which stops, counted from 1, are at a spot."""
    numbers: dict[Spot, list[int]] = {}
    for number, stop in enumerate(stops, 1):
        if stop.spot:
            numbers.setdefault(stop.spot, []).append(number)
    return numbers


def names(
    found: Sequence[Mark], sizes: Sizes, stops: Mapping[Spot, Sequence[int]], taken: Sequence[Box]
) -> Iterator[Named]:
    """The names of the largest marks that have room for them beside all marks and what else is ``taken``."""
    most = sizes.layout.names
    taken = [*boxes(found, sizes), *taken]
    for own, mark in enumerate(found[: most * 3]):
        # Of several places the numbers would be a riddle: they are told when the mark is opened.
        numbers = [] if mark.is_many else stops.get(mark.spots[0], [])
        name = ahead(numbers) + called(mark) + ("" if sizes.has_room(mark) else counted(mark))
        for named, box in around(mark, sizes, name, bool(numbers)):
            others = (one for at, one in enumerate(taken) if at != own)
            inside = box.west >= 0 and box.east <= WIDE and box.north >= 0 and box.south <= HIGH
            if inside and not any(overlap(box, other) for other in others):
                taken.append(box)
                yield named
                most -= 1
                break
        if not most:
            return


def around(mark: Mark, sizes: Sizes, name: str, numbered: bool) -> Iterator[tuple[Named, Box]]:
    """Where a name can stand: right, left, above or below its mark, with the box that it fills there."""
    letters, reach = sizes.layout.letters, sizes.reach(mark)
    width, gap, half = LETTER * letters * len(name), reach + 0.3 * letters, 0.6 * letters
    far = reach + half + 0.1 * letters
    for x, y, anchor, west in (
        (mark.x + gap, mark.y, "", mark.x + gap),
        (mark.x - gap, mark.y, "end", mark.x - gap - width),
        (mark.x, mark.y - far, "middle", mark.x - width / 2),
        (mark.x, mark.y + far, "middle", mark.x - width / 2),
    ):
        yield Named(x, y + 0.35 * letters, anchor, name, numbered), Box(west, y - half, west + width, y + half)


def counted(mark: Mark) -> str:
    """The number of a mark that has no room for it; "" for a single one."""
    if mark.is_mixed:
        return gettext(" (%(n)s, %(held)s held)") % {"n": commas(mark.n), "held": commas(mark.held)}
    return f" ({commas(mark.n)})" if mark.n > 1 else ""


def ahead(stops: Sequence[int]) -> str:
    """The numbers of the first stops, as they stand before a name."""
    return ", ".join(map(str, stops[:3])) + ("… " if len(stops) > 3 else " ") if stops else ""


def called(mark: Mark) -> str:
    """What a mark is called: as its place, both of its places, or what is around the first. Those where most were held
    come first, for that part of a mark stands out."""
    first, *others = (one.name for one in sorted(mark.spots, key=lambda one: -one.held))
    if not others:
        return shortened(first, LONGEST)
    if len(others) == 1:
        return f"{shortened(first, EACH)}, {shortened(others[0], EACH)}"
    return gettext("around %(name)s") % {"name": shortened(first, LONGEST)}
