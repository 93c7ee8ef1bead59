"""Where names find room beside discs, so that no two lie on each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Pixels: a line of type, the mean width of a letter, how far a name stands from its disc, and the side of the squares
#: by which room is kept.
LINE, LETTER, GAP, SQUARE = 13, 6.4, 3, 8
#: How much larger the type is that is read on a telephone.
LARGE = 2.2
#: So many names may lie on discs, which count 1 in a square; a name counts this many.
SURE, FULL = 8, 1000

Disc = tuple[float, float, float]
Square = tuple[int, int]


class Label(NamedTuple):
    """A name, the ``side`` of its disc where it stands (right, left, top, bottom), and whether it has room there in
    large type too."""

    text: str
    side: str
    first: bool


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    @property
    def squares(self) -> set[Square]:
        """The squares that it touches."""
        across = range(int(self.left // SQUARE), int(self.right // SQUARE) + 1)
        down = range(int(self.top // SQUARE), int(self.bottom // SQUARE) + 1)
        return {(x, y) for x in across for y in down}


def beside(discs: Sequence[Disc], names: Sequence[str], width: float, height: float) -> list[Label | None]:
    """A label for each disc (x, y, radius) of a picture, or None where there is no room; the first come first. Those
    that have room in large type have it before all others."""
    room = Box(0, 0, width, height)
    large = sides(discs, names, room, LARGE, {})
    small = sides(discs, names, room, 1, large)
    return [Label(names[at], small[at], at in large) if at in small else None for at in range(len(discs))]


def sides(discs: Sequence[Disc], names: Sequence[str], room: Box, size: float, given: dict[int, str]) -> dict[int, str]:
    """The sides of discs where names have room that is left by all discs, by the names ``given`` and by those before.
    The first `SURE` may lie on small discs, or the greatest would lose their names to those around them."""
    own = [Box(x - r, y - r, x + r, y + r).squares for x, y, r in discs]
    taken: Counter[Square] = Counter()
    for at, disc in enumerate(own):
        taken.update(dict.fromkeys(disc, FULL if at < SURE else 1))
    found = {}
    for at in [*given, *(at for at in range(len(discs)) if at not in given)]:
        boxes = dict(around(discs[at], LETTER * size * len(names[at]), LINE * size))
        side = given.get(at) or free(boxes, room, taken, own[at], FULL if at < SURE else 1)
        if side:
            found[at] = side
            taken.update(dict.fromkeys(boxes[side].squares, FULL))
    return found


def free(boxes: dict[str, Box], room: Box, taken: Counter[Square], own: set[Square], most: int) -> str:
    """The first side whose box is free, but for the disc itself; else the first where less than ``most`` is."""
    inside = {side: box.squares - own for side, box in boxes.items() if box.within(room)}
    for limit in (1, most):
        for side, squares in inside.items():
            if all(taken[square] < limit for square in squares):
                return side
    return ""


def around(disc: Disc, long: float, high: float) -> Iterator[tuple[str, Box]]:
    """The sides of a disc, and the box that a name fills there."""
    x, y, r = disc
    gap = r + GAP
    yield "right", Box(x + gap, y - high / 2, x + gap + long, y + high / 2)
    yield "left", Box(x - gap - long, y - high / 2, x - gap, y + high / 2)
    yield "top", Box(x - long / 2, y - gap - high, x + long / 2, y - gap)
    yield "bottom", Box(x - long / 2, y + gap, x + long / 2, y + gap + high)
