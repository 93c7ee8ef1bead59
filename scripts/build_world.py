"""Make meetings/pictures/world.json: the outlines of countries that maps are drawn on.

Reads
    countries-50m.json  the shapes of world-atlas 2.0.2, given as the argument and checked by its SHA-256
    LICENSE             beside it
    pycountry 26.2.16   the two-letter codes of ISO 3166-1, as the shapes have its numbers

Run, in a virtual environment of its own (the product needs none of this)
    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    pip install pycountry==26.2.16
    python scripts/build_world.py package/countries-50m.json

The same versions give the same bytes. world-atlas is ISC (Copyright 2013-2019 Michael Bostock) over Natural Earth's
public domain; pycountry is LGPL-2.1. The file that is made holds where it comes from.

The projection is James Gall's stereographic one (1855), a cylinder that cuts the globe at 45 degrees: shapes stay
upright and nearly true where most people live, and an area between meridians and parallels is a rectangle. Its middle
is 11 degrees east, so that Russia is in one piece. Points are whole numbers: `far` of a world 2,400 wide, `near` of one
14,400 wide, both from the north-west corner. Antarctica, where no one meets, is left out.
"""

import argparse
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import hypot, pi, radians, tan
from pathlib import Path

import pycountry

SHAPES_SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
PYCOUNTRY = "26.2.16"
TARGET = Path(__file__).resolve().parent.parent / "meetings" / "pictures" / "world.json"
MIDDLE, NORTH = 11.0, 84.0
#: How wide the world is, how far a simplified line may be from the true one, and the least size of an island.
SCALES = {"far": (2400, 1.6, 4.5), "near": (14400, 2.2, 7.0)}
#: Shapes without a code that are countries here, with their slugs.
NAMED = {"Kosovo": "kosovo"}
ANTARCTICA = "010"
#: Land that the shapes count to another state than is done here: that state, and west, south, east and north of each
#: part. It is overseas, with a code of its own in ISO 3166-1; or Crimea, which the shapes draw by who holds it, and the
#: map as resolution 68/262 of the United Nations' General Assembly has it.
APART: dict[str, tuple[str, list[tuple[float, float, float, float]]]] = {
    "GF": ("FR", [(-55, 2, -51, 6)]),
    "GP": ("FR", [(-62, 15.8, -60.9, 16.6)]),
    "MQ": ("FR", [(-61.3, 14.3, -60.7, 15)]),
    "RE": ("FR", [(55, -21.5, 56, -20.8)]),
    "YT": ("FR", [(44.9, -13.1, 45.4, -12.6)]),
    "BQ": ("NL", [(-68.5, 12, -68.1, 12.4), (-63.3, 17.4, -62.9, 17.7)]),
    "UA": ("RU", [(32.4, 44.3, 36.7, 46.3)]),
    "SJ": ("NO", [(9, 74, 35, 81), (-10, 70, -7, 72)]),
}

Ring = list[tuple[float, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make meetings/pictures/world.json.")
    parser.add_argument("shapes", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    shapes_path = parser.parse_args().shapes
    shapes = shapes_path.read_bytes()
    if hashlib.sha256(shapes).hexdigest() != SHAPES_SHA256:
        sys.exit("These are not the shapes of world-atlas 2.0.2: expected countries-50m.json " + SHAPES_SHA256)
    if (found := importlib.metadata.version("pycountry")) != PYCOUNTRY:
        sys.exit(f"pycountry {found} is installed, but the outlines are made with {PYCOUNTRY}.")
    rings: dict[str, list[Ring]] = {}
    for key, own in polygons(json.loads(shapes)):
        for ring in own:
            rings.setdefault(owner(key, ring), []).append(ring)
    outlines = {key: shape(own) for key, own in sorted(rings.items())}
    world = {
        "source": "world-atlas 2.0.2 (ISC), countries-50m.json, from Natural Earth (public domain)",
        "sha256": SHAPES_SHA256,
        "licence": " ".join((shapes_path.parent / "LICENSE").read_text().split()),
        "shapes": outlines,
    }
    rows = (
        json.dumps(world, separators=(",", ":")).replace('},"', '},\n"').replace("{", "{\n", 2).replace(',"', ',\n"', 3)
    )
    TARGET.write_text(rows + "\n", encoding="utf-8")
    for scale in SCALES:
        size = sum(len(one[scale]) for one in outlines.values())
        print(f"{scale}: {size:,} bytes of paths")


def polygons(topology: dict) -> Iterator[tuple[str, list[Ring]]]:
    """The rings of each shape (points are longitude, latitude), by key: a country's two-letter code, its slug, or ""
    for what is none."""
    arcs = [absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    for found in topology["objects"]["countries"]["geometries"]:
        code = found.get("id", "")
        if code != ANTARCTICA:
            entry = pycountry.countries.get(numeric=code) if code else None
            parts = [found["arcs"]] if found["type"] == "Polygon" else found["arcs"]
            yield (
                entry.alpha_2 if entry else NAMED.get(found["properties"]["name"], ""),
                [joined(ring, arcs) for part in parts for ring in part],
            )


def owner(key: str, ring: Ring) -> str:
    """The key of what a ring of a state is."""
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    for own, (state, parts) in APART.items():
        for west, south, east, north in parts:
            if state == key and west <= min(xs) and max(xs) <= east and south <= min(ys) and max(ys) <= north:
                return own
    return key


def absolute(arc: list[list[int]], transform: dict) -> Ring:
    """TopoJSON keeps whole-number steps from point to point: as degrees."""
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def joined(indexes: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring; ~i means arc i backwards. Past 180 degrees, longitudes go on: the middle is no farther than 180
    degrees from the middle of the map."""
    ring: Ring = []
    for i in indexes:
        for x, y in (arcs[i] if i >= 0 else arcs[~i][::-1])[1 if ring else 0 :]:
            turns = round((ring[-1][0] - x) / 360) if ring else 0
            ring.append((x + 360 * turns, y))
    turns = round((MIDDLE - (min(ring)[0] + max(ring)[0]) / 2) / 360)
    return [(x + 360 * turns, y) for x, y in ring]


def shape(rings: list[Ring]) -> dict:
    """The paths of both scales, the bounds of all (of a world one wide), and middle and size of the largest ring."""
    drawn = [[projected(*point) for point in ring] for ring in rings]
    boxes = [bounds(ring) for ring in drawn]
    largest = max(boxes, key=extent)
    x, y = (largest[0] + largest[2]) / 2, (largest[1] + largest[3]) / 2
    west, north, east, south = zip(*boxes, strict=True)
    box = [min(west), min(north), max(east), max(south)]
    told = {"box": [round(one, 5) for one in box], "at": [round(x, 5), round(y, 5)], "size": round(extent(largest), 5)}
    return told | {name: path(drawn, boxes, *scale) for name, scale in SCALES.items()}


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Gall's projection, of a world one wide."""
    y = (1 + 2**0.5) * (tan(radians(NORTH / 2)) - tan(radians(latitude / 2)))
    return (longitude - MIDDLE) / 360 + 0.5, y / (2 * pi)


def bounds(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def extent(box: tuple[float, float, float, float]) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def path(rings: list[Ring], boxes: list, width: int, off: float, least: float) -> str:
    """SVG: a closed line of whole-number steps for each ring that is large enough, the largest in any case."""
    most = max(map(extent, boxes))
    parts = []
    for ring, box in zip(rings, boxes, strict=True):
        if extent(box) * width >= least or extent(box) == most:
            points = [(round(x), round(y)) for x, y in simplified([(x * width, y * width) for x, y in ring], off)]
            steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)]
            if len(steps) > 2:
                parts.append(f"M{joint(points[:1])}l{joint(steps[:-1])}z")
    return "".join(parts)


def joint(pairs: list[tuple[int, int]]) -> str:
    """Numbers with as little between them as SVG allows."""
    return " ".join(str(number) for pair in pairs for number in pair).replace(" -", "-")


def simplified(ring: Ring, off: float) -> Ring:
    """A closed line without the points that are nearer than ``off`` to it (Ramer, Douglas and Peucker). The ring is
    halved at its point farthest from the first, so that shared borders mostly stay shared."""
    farthest = max(range(len(ring)), key=lambda at: hypot(ring[at][0] - ring[0][0], ring[at][1] - ring[0][1]))
    return reduced(ring[: farthest + 1], off)[:-1] + reduced(ring[farthest:], off)


def reduced(line: Ring, off: float) -> Ring:
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = hypot(x2 - x1, y2 - y1)

    def away(point: tuple[float, float]) -> float:
        x, y = point
        if not length:
            return hypot(x - x1, y - y1)
        return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length

    at = max(range(1, len(line) - 1), key=lambda index: away(line[index]))
    if away(line[at]) <= off:
        return [line[0], line[-1]]
    return reduced(line[: at + 1], off)[:-1] + reduced(line[at:], off)


if __name__ == "__main__":
    main()
