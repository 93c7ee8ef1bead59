"""What the marks, shades and lines of a map mean."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.places import Ground, Places
from meetings.pictures import world
from meetings.pictures.keys import HEIGHT, SAMPLE, unheld
from meetings.pictures.laid import Laid
from meetings.pictures.marks import Box, Mark
from meetings.pictures.svg import element, text

#: The classes of discs that have another in their middle.
HOLLOW = ("around", "planned part")


class Entry(NamedTuple):
    """What something on the map means: what it looks like (a ``disc``, an ``area``, a ``line``, or "" for words alone),
    its classes, and words."""

    look: str
    classes: str
    words: str


def key(places: Places, laid: Laid) -> list[Entry]:
    """What is on the map, discs first; nothing that is not there."""
    return [*discs(laid.marks), *lines(laid), *areas(places, laid)]


def discs(found: Sequence[Mark]) -> Iterator[Entry]:
    if found:
        kind = "spot" if any(mark.held for mark in found) else "planned"
        yield Entry("disc", kind, gettext("meetings at a place: the larger, the more"))
    if any(mark.is_many for mark in found):
        yield Entry("disc", "around", gettext("several places: opens them"))
    if any(mark.is_mixed for mark in found):
        yield Entry("disc", "planned part", gettext("the solid part was held"))
    if not all(mark.held for mark in found):
        yield Entry("disc", "planned", unheld())


def lines(laid: Laid) -> Iterator[Entry]:
    if laid.route:
        yield Entry("", "", gettext("bold 1, 2, 3…: the stops in order of time"))
    kinds = {*laid.ways.values()}
    for kind, words in (
        ("route", gettext("from a stop to the next")),
        ("unsure", gettext("in this order or another")),
        ("past", gettext("by way of a stop that is not on the map")),
        ("to-come", gettext("to what is planned")),
    ):
        if kind in kinds:
            yield Entry("line", f"way {kind}", words)


def areas(places: Places, laid: Laid) -> Iterator[Entry]:
    """The shades of countries by what was held there, the lightest first."""
    drawn = [one for one in places.grounds if on_map(one)]
    shaded: dict[int, list[int]] = {}
    for n in sorted({one.held for one in drawn} - {0}):
        shaded.setdefault(places.shade(n), []).append(n)
    if shaded:
        all_held = all(one.held == one.n for one in drawn)
        yield Entry("", "", gettext("Meetings in a country:") if all_held else gettext("Meetings held in a country:"))
    for shade, (least, *more) in sorted(shaded.items()):
        span = gettext("%(least)s to %(most)s") % {"least": commas(least), "most": commas(more[-1])} if more else ""
        yield Entry("area", f"shade-{shade}", span or commas(least))
    if laid.lands:
        yield Entry("", "", gettext("a number on land: so many known by country only"))
    if not all(one.held for one in drawn):
        yield Entry("area", "planned", gettext("none held there"))


def on_map(one: Ground) -> bool:
    """Whether a map can show a country: as its outline, or where its middle is."""
    return one.has_middle or one.key in world.by_key()


def swatch(entry: Entry) -> str:
    """What an entry looks like, in a box `SAMPLE` wide and `HEIGHT` high; "" for words alone."""
    if entry.look == "line":
        return element("path", class_=entry.classes, d=f"M0 {HEIGHT / 2:g}h{SAMPLE}")
    if entry.look == "area":
        return element("rect", class_=entry.classes, x=2, y=1, width=SAMPLE - 4, height=HEIGHT - 2)
    if not entry.look:
        return ""
    where = {"cx": SAMPLE / 2, "cy": HEIGHT / 2}
    disc = element("circle", class_=entry.classes, r=5.0, **where)
    return disc + element("circle", class_="spot", r=2.5, **where) if entry.classes in HOLLOW else disc


def sizes_shown(laid: Laid, box: Box) -> str:
    """How large marks are."""
    kind, sizes = "spot" if any(mark.held for mark in laid.marks) else "planned", laid.sizes
    letters, lines, largest = sizes.layout.letters, len(sizes.shown), sizes.radius(sizes.shown[0])
    width, height = box.east - box.west, box.south - box.north
    inside = [element("rect", class_="sea", x=-6, y=6 - height, width=width, height=height)]
    for at, n in enumerate(sizes.shown):
        radius = sizes.radius(n)
        inside.append(element("circle", class_=kind, cx=largest, cy=-radius, r=radius))
        y = -1.3 * letters * (lines - 1 - at) - 0.3 * letters
        inside.append(element("text", text(commas(n)), x=2 * largest + 0.6 * letters, y=y))
    return element("g", *inside, transform=f"translate({box.west + 6:.1f} {box.south - 6:.1f})")
