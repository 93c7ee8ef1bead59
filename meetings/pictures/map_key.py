"""What the marks, shades and lines of a map mean."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext

from meetings.lenses import shades
from meetings.lenses.places import Places
from meetings.lenses.stops import Stop
from meetings.pictures import world
from meetings.pictures.marks import HIGH, WIDE, Mark, Sizes
from meetings.pictures.route import legs
from meetings.pictures.svg import Drawing, element, text

#: Pixels: the width and height of what stands before an entry's words, the mean width of a letter, and a row.
SWATCH, TALL, LETTER, ROW = 16, 12, 6.0, 18


class Entry(NamedTuple):
    """What something on the map means: what it looks like (a ``disc``, an ``area``, a ``line``, or "" for words alone),
    its classes, and words."""

    look: str
    classes: str
    words: str


def key(places: Places, found: Iterable[Mark], stops: Sequence[Stop]) -> list[Entry]:
    """What is on the map, discs first; nothing that is not there."""
    return [*discs(list(found)), *lines(stops), *areas(places)]


def discs(found: Sequence[Mark]) -> Iterator[Entry]:
    if any(mark.held for mark in found):
        yield Entry("disc", "spot", gettext("meetings at a place"))
    if any(mark.is_many for mark in found):
        yield Entry("disc", "around", gettext("at several: opens them"))
    if not all(mark.held for mark in found):
        yield Entry("disc", "planned", gettext("none held (planned, cancelled…)"))


def lines(stops: Sequence[Stop]) -> Iterator[Entry]:
    kinds = {kind for _one, _other, kind in legs(stops)}
    if any(stop.spot for stop in stops):
        yield Entry("", "", gettext("1, 2, 3… before names: the stops in order of time"))
    if "route" in kinds:
        yield Entry("line", "way route", gettext("from a stop to the next"))
    if "unsure" in kinds:
        yield Entry("line", "way unsure", gettext("in this order or another"))
    if "to-come" in kinds:
        yield Entry("line", "way to-come", gettext("to what is planned"))
    if stops and not all(stop.spot for stop in stops):
        yield Entry("", "", gettext("No line to or from a stop that is not on the map"))


def areas(places: Places) -> Iterator[Entry]:
    """The shades of countries, the lightest first."""
    outlined = {shape.key for shape in world.shapes()}
    drawn = [one for one in places.grounds if one.key in outlined or one.has_middle]
    shaded = shades.steps((one.n for one in drawn if one.held), places.shade)
    if shaded:
        yield Entry("", "", gettext("Meetings in a country:"))
    for shade, n in shaded:
        yield Entry("area", f"shade-{shade}", gettext("from %(n)s") % {"n": intcomma(n)})
    if any(one.held and one.only for one in drawn):
        yield Entry("area", "land only", gettext("of some, only the country is known"))
    if not all(one.held for one in drawn):
        yield Entry("area", "planned", gettext("none held there"))


def swatch(entry: Entry, x: float = 0, y: float = 0) -> str:
    """What an entry looks like, in a box `SWATCH` wide and `TALL` high; "" for words alone."""
    if entry.look == "line":
        return element("path", class_=entry.classes, d=f"M{x:g} {y + TALL / 2:g}h{SWATCH}")
    if entry.look == "area":
        return element("rect", class_=entry.classes, x=float(x), y=y + 1.0, width=SWATCH, height=TALL - 2)
    if not entry.look:
        return ""
    where = {"cx": x + SWATCH / 2, "cy": y + TALL / 2}
    disc = element("circle", class_=entry.classes, r=5.0, **where)
    return disc + element("circle", class_="spot", r=2.5, **where) if entry.classes == "around" else disc


def with_key(drawing: Drawing, entries: Iterable[Entry]) -> Drawing:
    """The map with what is on it below, for a picture that stands by itself."""
    parts, x, y = [], 0.0, HIGH + 12.0
    for entry in entries:
        before = SWATCH + 4 if entry.look else 0
        width = before + LETTER * len(entry.words)
        if x and (x + width > drawing.width or not entry.look):
            x, y = 0.0, y + ROW
        parts.append(swatch(entry, x, y))
        parts.append(element("text", text(entry.words), x=x + before, y=y + 10))
        x += width + 12
    return Drawing(drawing.width, y + ROW if parts else drawing.height, drawing.body + "".join(parts))


def sizes_shown(sizes: Sizes, found: Sequence[Mark]) -> str:
    """How large marks are, in the lower corner that has fewer of them."""
    letters, lines = sizes.layout.letters, len(sizes.shown)
    largest, step = sizes.radius(sizes.shown[0]), 1.3 * letters
    width, height = (
        2 * largest + 1.2 * letters + 0.6 * letters * len(intcomma(sizes.shown[0])),
        max(2 * largest, step * lines),
    )
    right = corner(found, width, height, 0) > corner(found, width, height, WIDE - width)
    left = -width if right else 0
    inside = [element("rect", class_="sea", x=left - 6, y=-height - 6, width=width + 12, height=height + 12)]
    for at, n in enumerate(sizes.shown):
        radius = sizes.radius(n)
        inside.append(element("circle", class_="spot", cx=left + largest, cy=-radius, r=radius))
        x, y = left + 2 * largest + 0.6 * letters, -step * (lines - 1 - at) - 0.3 * letters
        inside.append(element("text", text(intcomma(n)), x=x, y=y))
    where = f"translate({WIDE - 10 if right else 10} {HIGH - 10})"
    return element("g", *inside, class_="large-corner", transform=where)


def corner(found: Sequence[Mark], width: float, height: float, left: float) -> int:
    """How many marks lie in a lower corner."""
    return sum(left - 20 < mark.x < left + width + 20 and mark.y > HIGH - height - 20 for mark in found)
