"""The marks of a map: points, those that would lie over each other as one, with their sizes and names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import floor, hypot, log10, sqrt
from typing import NamedTuple

from meetings.figures import commas
from meetings.lenses.places import Spot
from meetings.pictures.world import CLOSEST, View, projected, room

#: Pixels of a map.
WIDE, HIGH = 720, 405
#: How wide letters are, of their height: those of a name, and those of a number inside its mark, which are bold.
LETTER, DIGIT = 0.56, 0.6


class Layout(NamedTuple):
    """How marks are laid out, in pixels of the map: how ``near`` points stand before they become one, and how near
    those of a ``few`` do; the radii of the ``largest`` of all and of a single meeting (at most), how large ``letters``
    are, and how many marks have their name beside them. No two of many are nearer than a finger needs: ``hit`` is how
    far from the middle of one it can be touched."""

    near: float
    few: float
    largest: float
    of_one: float
    letters: float
    names: int

    @property
    def hit(self) -> float:
        return self.near / 2

    def of(self, number: int) -> "Layout":
        """The layout of so many places: those of a few are told apart where many would lie on each other."""
        return self._replace(near=self.few) if number < FEW else self


#: For a map that is shown about as large as it is, or as a file; and for one half as large, as on a telephone
#: (static/css/map.css says from which width on).
LARGE, SMALL = Layout(26, 20, 21, 4.8, 10, 40), Layout(60, 32, 36, 10, 21, 12)
#: So many places are not few; and so near, of their radii, the discs of many become one.
FEW, APART = 12, 0.85


class Mark(NamedTuple):
    """One place, or several near each other that stand where the first does; in pixels."""

    x: float
    y: float
    spots: list[Spot]

    @property
    def n(self) -> int:
        return sum(spot.n for spot in self.spots)

    @property
    def is_many(self) -> bool:
        return len(self.spots) > 1

    @property
    def held(self) -> int:
        """How many of its meetings were held."""
        return sum(spot.held for spot in self.spots)

    @property
    def is_mixed(self) -> bool:
        """Whether only some of them were."""
        return 0 < self.held < self.n


def position(spot: Spot, view: View) -> tuple[float, float]:
    """Where a place stands in the picture, in pixels; perhaps outside."""
    return pixels(projected(spot.longitude, spot.latitude), view)


def pixels(at: tuple[float, float], view: View) -> tuple[float, float]:
    """Where a point of the world stands in the picture."""
    return (at[0] - view.x) * view.scale * WIDE, (at[1] - view.y) * view.scale * WIDE


def of(spots: Sequence[Spot], view: View, layout: Layout = LARGE) -> list[Mark]:
    """The marks of what is in view, the largest first. Each place joins the nearest mark so far, if that is near; those
    where most were held come first, for that part of a mark stands out."""
    placed = [(spot, *position(spot, view)) for spot in sorted(spots, key=lambda one: -one.held)]
    placed = [(spot, x, y) for spot, x, y in placed if 0 <= x <= WIDE and 0 <= y <= HIGH]
    layout = layout.of(len(placed))
    near = layout.near
    cells: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for spot, x, y in placed:
        column, row = int(x // near), int(y // near)
        around = (mark for dx in (-1, 0, 1) for dy in (-1, 0, 1) for mark in cells[column + dx, row + dy])
        mark = min(around, key=lambda one: hypot(one.x - x, one.y - y), default=None)
        if mark and hypot(mark.x - x, mark.y - y) < near:
            mark.spots.append(spot)
        else:
            cells[column, row].append(Mark(x, y, [spot]))
    found = [mark for cell in cells.values() for mark in cell]
    return ranked(found) if len(placed) < FEW else apart(found, layout)


def ranked(found: Iterable[Mark]) -> list[Mark]:
    return sorted(found, key=lambda mark: (-mark.n, mark.x, mark.y))


def apart(found: Sequence[Mark], layout: Layout) -> list[Mark]:
    """The marks, the largest first; what would lie on a larger one is part of that."""
    while True:
        sizes, kept = Sizes(found, layout), list[Mark]()
        large: list[tuple[Mark, float]] = []
        for mark in ranked(found):
            reach = sizes.reach(mark)
            for other, far in large:
                if hypot(other.x - mark.x, other.y - mark.y) < APART * (far + reach):
                    other.spots.extend(mark.spots)
                    break
            else:
                kept.append(mark)
                if 2 * reach > layout.near:
                    large.append((mark, reach))
        if len(kept) == len(found):
            return ranked(kept)
        found = kept


def opened(mark: Mark, view: View, layout: Layout = LARGE) -> View | None:
    """A nearer view of a mark's places, in which they stand apart; None where there is none."""
    points = [projected(spot.longitude, spot.latitude) for spot in mark.spots]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if view.is_closest or hypot(width, height) * WIDE * CLOSEST < layout.near:
        return None
    scale = max(room(width, height), view.scale * 2)
    return View.around((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, scale)


class Sizes:
    """How large marks are: their areas are as their numbers, but that each has room for a number of three digits."""

    def __init__(self, marks: Sequence[Mark], layout: Layout = LARGE):
        self.layout = layout
        self.greatest = max((mark.n for mark in marks), default=1)
        self.unit = min(layout.largest / sqrt(self.greatest), layout.of_one)

    def radius(self, n: int) -> float:
        return max(self.unit * sqrt(n), self.needed(min(n, 999)))

    def needed(self, n: int) -> float:
        """The radius of a disc that a number has just room in."""
        return room_of(len(commas(n))) * self.layout.letters

    def reach(self, mark: Mark) -> float:
        """The radius of a mark with the ring that one of several places has."""
        return self.radius(mark.n) + (self.layout.letters / 5 if mark.is_many else 0)

    def core(self, mark: Mark) -> float:
        """The radius of that part of a mark that was held."""
        return self.radius(mark.n) * sqrt(mark.held / mark.n)

    def has_room(self, mark: Mark) -> bool:
        """Whether a mark, or that part of it that was held, has room for its number, as it is written. One of which
        less than the half was held has none: the number would be read as that of this part."""
        return self.needed(mark.n) <= (self.core(mark) if mark.held else self.radius(mark.n)) and (
            not mark.is_mixed or 2 * mark.held >= mark.n
        )

    @property
    def shown(self) -> list[int]:
        """Two or three round numbers that tell how large marks are, the greatest first."""
        return sorted({rounded(self.greatest), rounded(max(self.greatest // 5, 1)), 1}, reverse=True)


@cache
def room_of(characters: int) -> float:
    """The radius of a disc around so many, of their height."""
    return hypot(DIGIT * characters, 0.72) / 2


def rounded(n: int) -> int:
    """A number of one digit and noughts, not above ``n``."""
    step = 10 ** floor(log10(n))
    return n // step * step


class Box(NamedTuple):
    """A part of the picture, in pixels."""

    west: float
    north: float
    east: float
    south: float


def boxes(marks: Sequence[Mark], sizes: Sizes) -> list[Box]:
    """What marks take."""
    return [Box(m.x - r, m.y - r, m.x + r, m.y + r) for m in marks if (r := sizes.reach(m))]


def overlap(one: Box, other: Box) -> bool:
    return one.west < other.east and other.west < one.east and one.north < other.south and other.north < one.south


def touches(box: Box, x: float, y: float, radius: float) -> bool:
    """Whether a disc reaches into a box."""
    west, north, east, south = box
    dx = west - x if x < west else x - east if x > east else 0
    dy = north - y if y < north else y - south if y > south else 0
    return dx * dx + dy * dy < radius * radius
