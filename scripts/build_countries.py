"""Make fixtures/01_countries.json: the states and territories of the world, living and dissolved.

Reads
    countries-50m.json  the shapes of world-atlas 2.0.2, given as the argument and checked by its SHA-256
    countries.toml      facts written by hand: kinds, regions, former states, dates, points, Wikidata ids
    pycountry 26.2.16   the codes and names of ISO 3166-1
    Babel 2.18.0        the names in other languages (Unicode CLDR)

Run, in a virtual environment of its own (the product needs none of this)
    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    pip install pycountry==26.2.16 Babel==2.18.0
    python scripts/build_countries.py package/countries-50m.json

The same versions give the same bytes. world-atlas is ISC over Natural Earth's public domain, Babel BSD over
CLDR (Unicode licence), pycountry LGPL-2.1. The rules and the credits are told in fixtures/README.md.
"""

import argparse
import hashlib
import importlib.metadata
import json
import re
import sys
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path

import babel
import pycountry
from babel.languages import get_official_languages

SHAPES_SHA256 = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
VERSIONS = {"pycountry": "26.2.16", "Babel": "2.18.0"}
LANGUAGES = ["fr", "de", "es", "ar", "he", "ru", "zh"]
STAMP = "2026-11-01T00:00:00Z"
ROOT = Path(__file__).resolve().parent.parent

Ring = list[tuple[float, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make fixtures/01_countries.json.")
    parser.add_argument("shapes", type=Path, help="countries-50m.json of world-atlas 2.0.2")
    shapes = parser.parse_args().shapes.read_bytes()
    if hashlib.sha256(shapes).hexdigest() != SHAPES_SHA256:
        sys.exit("These are not the shapes of world-atlas 2.0.2: expected countries-50m.json " + SHAPES_SHA256)
    for package, wanted in VERSIONS.items():
        if (found := importlib.metadata.version(package)) != wanted:
            sys.exit(f"{package} {found} is installed, but the fixture is made with {wanted}.")
    facts = tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
    records = living(facts, largest_polygons(json.loads(shapes))) + [uncoded(r) for r in facts["records"]]
    records.sort(key=lambda r: (r["kind"] == "former-state", r["slug"]))
    names = {r["slug"]: r["name"] for r in records}
    for record in records:
        record["successors"] = [[slug] for slug in sorted(record["successors"], key=names.__getitem__)]
    (ROOT / "fixtures" / "01_countries.json").write_text(as_fixture(records), encoding="utf-8")


def living(facts: dict, polygons: dict[str, list[Ring]]) -> list[dict]:
    """A record for every entry of ISO 3166-1."""
    territories = facts["territories"].split()
    regions = {code: region for region, codes in facts["regions"].items() for code in codes.split()}
    wikidata = by_code(facts["wikidata"])
    existed_from = by_code(facts["existed_from"])
    records = []
    for entry in pycountry.countries:
        code = entry.alpha_2
        english = babel.Locale("en").territories[code]
        name = facts["names"].get(code) or in_full(english)
        point = facts["points"].get(code) or representative_point(polygons[entry.numeric])
        records.append(
            country(
                name=name,
                slug=slug(name),
                other_names=facts["other_names"].get(code, []) + english_names(entry) + foreign_names(code),
                iso2=code,
                iso3=entry.alpha_3,
                kind="territory" if code in territories else "state",
                region=regions[code],
                existed_from=existed_from.get(code, ""),
                point=point,
                wikidata=wikidata.get(code, ""),
            )
        )
    return records


def by_code(pairs: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in pairs.split())


def uncoded(facts: dict) -> dict:
    """A record of countries.toml that has no live ISO 3166-1 code."""
    return country(**{"kind": "former-state", "slug": slug(facts["name"])} | facts)


def country(
    *,
    name,
    slug,
    other_names,
    kind,
    region,
    point,
    iso2="",
    iso3="",
    iso3166_3="",
    existed_from="",
    existed_until="",
    successors=(),
    wikidata="",
) -> dict:
    """The fields in the model's order; Django writes many-to-many fields last."""
    return {
        "created_at": STAMP,
        "updated_at": STAMP,
        "name": name,
        "slug": slug,
        "other_names": "\n".join(distinct(other_names, name)),
        "iso2": iso2,
        "iso3": iso3,
        "iso3166_3": iso3166_3,
        "kind": kind,
        "region": region,
        "existed_from": existed_from,
        "existed_until": existed_until,
        "latitude": round(point[0], 4),
        "longitude": round((point[1] + 180) % 360 - 180, 4),
        "wikidata": wikidata,
        "successors": successors,
    }


def as_fixture(records: list[dict]) -> str:
    """The bytes that `dumpdata --natural-foreign --natural-primary --indent 2` writes."""
    entries = ({"model": "meetings.country", "fields": record} for record in records)
    return "[\n" + ",\n".join(json.dumps(e, indent=2, ensure_ascii=False) for e in entries) + "\n]\n"


def in_full(name: str) -> str:
    return name.replace("&", "and").replace("St. ", "Saint ")


def slug(name: str) -> str:
    """ASCII words joined by hyphens: "Côte d'Ivoire" is cote-divoire."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['.]", "", plain)).strip("-")


def english_names(entry) -> list[str]:
    """ISO's own names, as ISO words them, and CLDR's, in full and as printed."""
    english = babel.Locale("en").territories[entry.alpha_2]
    official = getattr(entry, "official_name", "").removeprefix("the ")
    return [official, entry.name, in_full(english), english]


def foreign_names(code: str) -> list[str]:
    """CLDR's names in the languages that readers search in, then in the country's own."""
    own = [o for o in get_official_languages(code, de_facto=True) if babel.localedata.exists(o)]
    return [babel.Locale.parse(o).territories.get(code, "") for o in LANGUAGES + own]


def distinct(names: list[str], taken: str) -> list[str]:
    """The names once each, in their order, less empty ones, `taken`, and those that differ in case only."""
    first = {name.casefold(): name for name in reversed(names) if name.casefold() not in ("", taken.casefold())}
    return [name for name in dict.fromkeys(names) if first.get(name.casefold()) == name]


def largest_polygons(topology: dict) -> dict[str, list[Ring]]:
    """The largest polygon (outer ring, then holes; points are longitude, latitude) by numeric ISO code."""
    arcs = [absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    largest: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for polygon in polygons:
            rings = [joined(ring, arcs) for ring in polygon]
            code = shape.get("id", "")
            if code not in largest or abs(centroid(rings[0])[2]) > abs(centroid(largest[code][0])[2]):
                largest[code] = rings
    return largest


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
    """One closed ring; ~i means arc i backwards. Past 180 degrees, longitudes go on: Fiji is in one piece."""
    ring: Ring = []
    for i in indexes:
        for x, y in arcs[i] if i >= 0 else arcs[~i][::-1]:
            turns = round((ring[-1][0] - x) / 360) if ring else 0
            ring.append((x + 360 * turns, y))
    return ring


def centroid(ring: Ring) -> tuple[float, float, float]:
    """Longitude and latitude of the centre of area, and the signed area in square degrees."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross / 2, x + (x1 + x2) * cross / 6, y + (y1 + y2) * cross / 6
    return (x / area, y / area, area) if area else (*ring[0], 0.0)


def representative_point(rings: list[Ring]) -> tuple[float, float]:
    """Latitude and longitude: the centre of area or, if that is outside, of the widest stretch beside it."""
    x, y, _ = centroid(rings[0])
    stretches = inside_at(rings, y)
    if any(west < x < east for west, east in stretches):
        return y, x
    west, east = max(stretches, key=lambda s: s[1] - s[0])
    return y, (west + east) / 2


def inside_at(rings: list[Ring], y: float) -> list[tuple[float, float]]:
    """The stretches of a parallel that lie inside the polygon, as pairs of longitudes."""
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


if __name__ == "__main__":
    main()
