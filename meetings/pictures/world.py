"""The world that maps are drawn on: outlines of countries (world.json, made by scripts/build_world.py), and where on it
a point of the globe stands.

The projection is Gall's stereographic one: upright, so that an area between meridians and parallels is a rectangle.
Positions are of a world one wide, from its north-west corner.
"""

import json
from functools import cache, lru_cache
from math import atan, pi, radians, sqrt, tan
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("world.json")
#: As scripts/build_world.py has them: the meridian in the middle, the northern edge, and how wide the worlds of both
#: scales are.
MIDDLE, NORTH = 11.0, 84.0
FAR, NEAR = 2400, 14400
#: How high the world is, and how many times it can be enlarged: a degree is then a sixth of the picture.
HEIGHT, CLOSEST = 0.5625, 60
#: What latitudes are stretched by.
STRETCH = (1 + sqrt(2)) / (2 * pi)
#: The area of an address that is all of it.
WHOLE = "-180,-90,180,90"
#: Beyond so much, the outlines of a world 2,400 wide look coarse.
COARSE = 2.5

#: West, south, east, north, in degrees; one whose west is the greater crosses the 180th meridian.
Area = tuple[float, float, float, float]


class Shape(NamedTuple):
    """A country's outline: its key (two-letter code, or slug; "" is land of no country here), bounds (west, north,
    east, south), middle and size of its largest part, and its paths."""

    key: str
    box: tuple[float, float, float, float]
    at: tuple[float, float]
    size: float
    far: str
    near: str


@cache
def shapes() -> list[Shape]:
    """The outlines of all countries; land of none first."""
    found = json.loads(FILE.read_text(encoding="utf-8"))["shapes"]
    return [Shape(key, **one) for key, one in found.items()]


@cache
def by_key() -> dict[str, Shape]:
    """The outlines by their keys."""
    return {shape.key: shape for shape in shapes()}


@lru_cache(maxsize=10_000)
def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point of the globe stands. A map asks for each of its places half a dozen times."""
    y = STRETCH * (tan(radians(NORTH / 2)) - tan(radians(latitude / 2)))
    return ((longitude - MIDDLE + 180) % 360) / 360, y


class View(NamedTuple):
    """The part of the world that a picture shows: its north-west corner, and how many times it is enlarged."""

    x: float = 0
    y: float = 0
    scale: float = 1

    @classmethod
    def around(cls, x: float, y: float, scale: float) -> "View":
        """The view with this middle, as near as the edges of the world allow."""
        scale = min(max(scale, 1), CLOSEST)
        width, height = 1 / scale, HEIGHT / scale
        return cls(min(max(x - width / 2, 0), 1 - width), min(max(y - height / 2, 0), HEIGHT - height), scale)

    @classmethod
    def of(cls, area: Area | None) -> "View":
        """The view that shows an area as large as it can; the world without one."""
        if area is None:
            return cls()
        west, south, east, north = area
        (left, top), (_right, bottom) = projected(west, north), projected(east, south)
        # The eastern edge of the world is the western one, too.
        width = (east - west) % 360 / 360 or 1
        if left + width > 1 + 1e-9:
            # It goes over the edge of the map: all of it is between.
            left, width = 0, 1
        # What is smaller than the closest view is in the middle of that.
        scale = min(1 / max(width, 1 / CLOSEST), HEIGHT / max(bottom - top, HEIGHT / CLOSEST))
        return cls.around(left + width / 2, (top + bottom) / 2, scale)

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + 0.5 / self.scale, self.y + HEIGHT / self.scale / 2

    @property
    def is_world(self) -> bool:
        return self.scale <= 1

    @property
    def is_closest(self) -> bool:
        """Whether it cannot be enlarged; addresses have rounded degrees."""
        return self.scale > 0.98 * CLOSEST

    @property
    def area(self) -> str:
        """What the view shows, as the parameter of an address has it."""
        right, bottom = self.x + 1 / self.scale, self.y + HEIGHT / self.scale
        west, east = longitude(self.x), longitude(right)
        # Both edges of the world are one meridian.
        east -= 0.01 if east == west else 0
        return ",".join(f"{value:.2f}" for value in (west, latitude(bottom), east, latitude(self.y)))

    def has(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + 1 / self.scale and self.y <= y <= self.y + HEIGHT / self.scale

    def meets(self, box: tuple[float, float, float, float]) -> bool:
        """Whether the view shows a part of these bounds."""
        west, north, east, south = box
        return (
            west < self.x + 1 / self.scale and east > self.x and north < self.y + HEIGHT / self.scale and south > self.y
        )


def room(width: float, height: float) -> float:
    """How many times the world can be enlarged so that a part of it, of this size, has a margin around it."""
    return min(0.7 / max(width, 1e-9), 0.7 * HEIGHT / max(height, 1e-9))


def longitude(x: float) -> float:
    return (x * 360 + MIDDLE) % 360 - 180


def latitude(y: float) -> float:
    return 360 / pi * atan(tan(radians(NORTH / 2)) - y / STRETCH)
