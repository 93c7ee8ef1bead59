"""A map as one layout has it: its marks, their names, the ways between them, and room to say how large marks are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.places import Places, Spot
from meetings.lenses.stops import Stop, Stops
from meetings.pictures import marks, route, world
from meetings.pictures.marks import HIGH, LETTER, WIDE, Box, Layout, Mark, Sizes, boxes, overlap
from meetings.pictures.svg import shortened
from meetings.pictures.world import View

#: The classes of a name that begins and of one that ends at its mark; others have their middle where they have room.
ANCHORS = {0.0: "", 1.0: "end"}
#: So many marks are named rather than others, even on those that have so many times fewer meetings.
LARGEST, FAR_SMALLER = 5, 10
#: No mark.
NONE = -1
#: How many letters a name has at most, and each of two.
LONGEST, EACH = 22, 14


class Named(NamedTuple):
    """A name beside a mark, or a number on a country: where it begins, ends or has its middle (``anchor``: the class
    that says which), and its ``parts``: the numbers of stops ("" for none), each with the name that follows it."""

    x: float
    y: float
    anchor: str
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return written(self.parts)


class Written(NamedTuple):
    """What can be written somewhere, and the box that it fills there."""

    name: Named
    box: Box


class Laid(NamedTuple):
    """What of a map depends on its layout. ``figures`` are the numbers in the marks, or ""; ``route``: stops are joined
    and numbered; ``corner`` is None where there is no room for it, or no need."""

    layout: Layout
    marks: list[Mark]
    sizes: Sizes
    figures: list[str]
    names: list[Named]
    lands: list[Named]
    ways: route.Ways
    route: bool
    corner: Box | None


def lay(places: Places, stops: Stops | None, view: View, layout: Layout) -> Laid:
    """The map of a view; of the stops of one journey as they follow each other."""
    joined = stops.route if stops else []
    found, numbers = marks.of(places.spots, view, layout), numbers_of(joined)
    sizes = Sizes(found, layout.of(sum(len(mark.spots) for mark in found)))
    told = None if joined else corner(sizes, found)
    ways = route.ways(joined, found, view)
    room = Room(found, sizes, [told] if told else route.heads(ways, layout))
    names: dict[int, Named] = {}
    # The largest number first, be it of a place or of a country.
    known: list[tuple[int, int, Written | Mark]] = [] if joined else [*lands(places, view, layout)]
    known += [(mark.n, at, mark) for at, mark in enumerate(found[: layout.names])]
    numbered = []
    for _n, at, one in sorted(known, key=lambda one: -one[0]):
        if isinstance(one, Written):
            numbered += room.taken_by(partial(iter, [one]), one.box)
        else:
            ways_to = partial(named, one, sizes, numbers, bool(joined))
            names.update((at, name) for name in room.taken_by(ways_to, around(one, layout, sizes.reach(one)), at))
    figures = [figure(mark, at in names, sizes, numbers, bool(joined)) for at, mark in enumerate(found)]
    return Laid(layout, found, sizes, figures, [*names.values()], numbered, ways, bool(joined), told)


class Room:
    """What of the picture is taken: by the marks, by ``others``, and then by what is written."""

    def __init__(self, found: Sequence[Mark], sizes: Sizes, others: Iterable[Box]):
        self.marks = found
        self.reaches = [sizes.reach(mark) for mark in found]
        self.others = [*others]
        # A name that touches another mark would be taken for its name. That of one of the largest rather than none, and
        # rather on far smaller marks than nowhere.
        self.gaps = 0.4 * sizes.layout.letters, 0.1 * sizes.layout.letters

    def taken_by(self, written: Callable[[], Iterable[Written]], about: Box, own: int = NONE) -> list[Named]:
        """The first that has room, which it takes then; that of a mark may touch its ``own``. All lie ``about`` here:
        most of the picture is nowhere near."""
        others = [box for box in self.others if overlap(box, about)]
        discs = list(self.around(about, own))
        ways = [(self.gaps[1 if own == NONE else 0], discs)]
        if 0 <= own < LARGEST:
            large = [one for one in discs if one[3] * FAR_SMALLER > self.marks[own].n]
            ways += [(self.gaps[0], large), (self.gaps[1], discs), (self.gaps[1], large)]
        for gap, hindered in ways:
            for one, box in written():
                if not within(box) or any(overlap(box, other) for other in others):
                    continue
                if not any(marks.touches(box, x, y, reach + gap) for x, y, reach, _n in hindered):
                    self.others.append(box)
                    return [one]
        return []

    def around(self, about: Box, own: int) -> Iterator[tuple[float, float, float, int]]:
        """Where other marks are that reach into a box, how far they reach, and their numbers."""
        for at, (mark, reach) in enumerate(zip(self.marks, self.reaches, strict=True)):
            far = reach + self.gaps[0]
            beside = about.north - far < mark.y < about.south + far
            if beside and at != own and about.west - far < mark.x < about.east + far:
                yield mark.x, mark.y, reach, mark.n


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


def lands(places: Places, view: View, layout: Layout) -> Iterator[tuple[int, int, Written]]:
    """How many meetings are known by country only, as it stands on the countries with most of them that are as wide.
    A pin would say where they were."""
    shapes, letters = world.by_key(), layout.letters
    known = sorted((one for one in places.grounds if one.only and one.key in shapes), key=lambda one: -one.only)
    for at, one in enumerate(known[: layout.names]):
        shape, half = shapes[one.key], LETTER * letters * len(commas(one.only)) / 2
        (x, y), wide = marks.pixels(shape.at, view), shape.size * view.scale * WIDE
        # Beside its country, a number would lie on another, or in the sea.
        if wide >= 2 * half:
            box = Box(x - half, y - 0.6 * letters, x + half, y + 0.6 * letters)
            yield one.only, at, Written(Named(x, y + 0.35 * letters, "middle", (("", commas(one.only)),)), box)


def around(mark: Mark, layout: Layout, reach: float) -> Box:
    """What a mark's name can lie in."""
    far = reach + 2 * layout.letters
    wide = far + LETTER * layout.letters * (3 * LONGEST)
    return Box(mark.x - wide, mark.y - far, mark.x + wide, mark.y + far)


def within(box: Box) -> bool:
    """Whether a box lies in the picture."""
    return box.west >= 0 and box.east <= WIDE and box.north >= 0 and box.south <= HIGH


def named(mark: Mark, sizes: Sizes, stops: Mapping[Spot, Sequence[int]], joined: bool) -> Iterator[Written]:
    """What a mark can be called, and where that can stand: right, left, above or below it, with the box that it fills
    there. On a route stops are numbered, and nothing is counted."""
    letters, reach = sizes.layout.letters, sizes.reach(mark)
    gap, half = reach + 0.3 * letters, 0.6 * letters
    far = reach + half + 0.1 * letters
    for parts in called(mark, stops):
        if not joined and not sizes.has_room(mark):
            parts = (*parts[:-1], (parts[-1][0], parts[-1][1] + counted(mark)))
        width = LETTER * letters * len(written(parts))
        for x, y, of_it in (
            (mark.x + gap, mark.y, 0.0),
            (mark.x - gap, mark.y, 1.0),
            *((mark.x, mark.y + side, of_it) for of_it in (0.5, 0.0, 1.0, 0.25, 0.75) for side in (-far, far)),
            *((mark.x + gap, mark.y + side, 0.0) for side in (-half, half)),
            *((mark.x - gap, mark.y + side, 1.0) for side in (-half, half)),
        ):
            west = x - of_it * width
            anchor, own = ANCHORS.get(of_it, "middle"), Box(west, y - half, west + width, y + half)
            x = x if anchor != "middle" else west + width / 2
            yield Written(Named(x, y + 0.35 * letters, anchor, parts), own)


def figure(mark: Mark, is_named: bool, sizes: Sizes, stops: Mapping[Spot, Sequence[int]], joined: bool) -> str:
    """The number in a mark: how many meetings it has, unless that stands beside its name or is one; on a route, of a
    mark without a name, those of its stops."""
    if joined:
        return "" if is_named else ahead(numbers_at(mark, stops))
    return "" if is_named and (mark.n == 1 or not sizes.has_room(mark)) else commas(mark.n)


def counted(mark: Mark) -> str:
    """The number of a mark that has no room for it; "" for a single one."""
    if mark.is_mixed:
        return gettext(" (%(n)s, %(held)s held)") % {"n": commas(mark.n), "held": commas(mark.held)}
    return f" ({commas(mark.n)})" if mark.n > 1 else ""


def numbers_at(mark: Mark, stops: Mapping[Spot, Sequence[int]]) -> list[int]:
    """Which stops are at a mark."""
    return sorted(number for spot in mark.spots for number in stops.get(spot, []))


def ahead(stops: Sequence[int]) -> str:
    """The numbers of the first stops, as they stand before a name."""
    return ", ".join(map(str, stops[:4])) + ("…" if len(stops) > 4 else "")


def called(mark: Mark, stops: Mapping[Spot, Sequence[int]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """What a mark is called, the best first: as its place, both of its places, what is around the first, or that
    and more."""
    first, *others = mark.spots
    if not others:
        yield ((ahead(stops.get(first, [])), shortened(first.name, LONGEST)),)
        return
    names = {spot.name for spot in mark.spots}
    if len(names) == 1:
        yield ((ahead(numbers_at(mark, stops)), shortened(first.name, LONGEST)),)
    elif len(others) == 1:
        both = sorted(mark.spots, key=lambda spot: min(stops.get(spot, [0])))
        yield tuple((ahead(stops.get(spot, [])), shortened(spot.name, EACH)) for spot in both)
    about = gettext("around %(name)s") % {"name": shortened(first.name, LONGEST)}
    for name in (about, gettext("%(name)s, …") % {"name": shortened(first.name, EACH)}):
        yield ((ahead(numbers_at(mark, stops)), name),)


def written(parts: Iterable[tuple[str, str]]) -> str:
    """Names as they are written after their numbers."""
    return ", ".join(" ".join(filter(None, part)) for part in parts)
