"""A map as one layout has it: its marks, their names, the ways between them, and room to say how large marks are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.places import Places, Spot
from meetings.lenses.stops import Stop, Stops
from meetings.pictures import marks, route, world
from meetings.pictures.marks import HIGH, LETTER, WIDE, Box, Layout, Mark, Sizes, boxes, overlap
from meetings.pictures.svg import shortened
from meetings.pictures.world import View

#: How many letters a name has at most, and each of two.
LONGEST, EACH = 22, 14


class Named(NamedTuple):
    """A name beside a mark, or a number on a country: where it begins, ends or has its middle (``anchor``: the class
    that says which), what it says, and whether the numbers of stops are before it."""

    x: float
    y: float
    anchor: str
    text: str
    numbered: bool


class Laid(NamedTuple):
    """What of a map depends on its layout. ``gaps``: not all stops are on the map, ``in_journeys``: or joined;
    ``corner`` is None where there is no room for it, or no need."""

    layout: Layout
    marks: list[Mark]
    sizes: Sizes
    names: list[Named]
    lands: list[Named]
    ways: route.Ways
    gaps: bool
    in_journeys: bool
    corner: Box | None


def lay(places: Places, stops: Stops | None, view: View, layout: Layout) -> Laid:
    """The map of a view; ``stops`` are joined in their order."""
    found = marks.of(places.spots, view, layout)
    sizes = Sizes(found, layout)
    box = corner(sizes, found)
    taken = [*boxes(found, sizes), *([box] if box else [])]
    numbers = list(lands(places, view, layout, taken))
    stops = stops or Stops([], 0)
    named = list(names(found, sizes, numbers_of(stops.stops), taken))
    ways, gaps = route.ways(stops.legs, found, view), not all(stop.spot for stop in stops.stops)
    return Laid(layout, found, sizes, named, numbers, ways, gaps, stops.in_journeys, box)


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


def lands(places: Places, view: View, layout: Layout, taken: list[Box]) -> Iterator[Named]:
    """How many meetings are known by country only, on the countries with most of them (beside small ones) that have
    room there by all that is ``taken``, to which it adds these. A pin would say where they were."""
    shapes, letters = world.by_key(), layout.letters
    known = sorted((one for one in places.grounds if one.only and one.key in shapes), key=lambda one: -one.only)
    for one in known[: layout.names]:
        shape, half = shapes[one.key], LETTER * letters * len(commas(one.only)) / 2
        (x, y), wide = marks.pixels(shape.at, view), shape.size * view.scale * WIDE
        if wide < 4 * half:
            x += wide / 2 + half
        box = Box(x - half, y - 0.6 * letters, x + half, y + 0.6 * letters)
        if within(box) and not any(overlap(box, other) for other in taken):
            taken.append(box)
            yield Named(x, y + 0.35 * letters, "middle", commas(one.only), numbered=False)


def grown(box: Box, by: float) -> Box:
    return Box(box.west - by, box.north - by, box.east + by, box.south + by)


def within(box: Box) -> bool:
    """Whether a box lies in the picture."""
    return box.west >= 0 and box.east <= WIDE and box.north >= 0 and box.south <= HIGH


def names(
    found: Sequence[Mark], sizes: Sizes, stops: Mapping[Spot, Sequence[int]], taken: list[Box]
) -> Iterator[Named]:
    """The names of the largest marks that have room for them beside all that is ``taken``, first of which are the
    marks."""
    most, apart = sizes.layout.names, 0.4 * sizes.layout.letters
    # A name that touches another mark would be taken for its name.
    taken = [grown(box, apart) if at < len(found) else box for at, box in enumerate(taken)]
    for own, mark in enumerate(found[: most * 3]):
        # Of several places the numbers would be a riddle: they are told when the mark is opened.
        numbers = [] if mark.is_many else stops.get(mark.spots[0], [])
        name = ahead(numbers) + called(mark) + ("" if sizes.has_room(mark) else counted(mark))
        for named, box in around(mark, sizes, name, bool(numbers)):
            others = (one for at, one in enumerate(taken) if at != own)
            if within(box) and not any(overlap(box, other) for other in others):
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
    """What a mark is called: as its place, both of its places, or what is around the first."""
    first, *others = (one.name for one in mark.spots)
    if not others:
        return shortened(first, LONGEST)
    if len(others) == 1:
        return f"{shortened(first, EACH)}, {shortened(others[0], EACH)}"
    return gettext("around %(name)s") % {"name": shortened(first, LONGEST)}
