"""Where meetings took place, as a map."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple
from urllib.parse import quote

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext, ngettext

from meetings.choices import Status
from meetings.lenses import shades
from meetings.lenses.places import Ground, Places, Spot
from meetings.lenses.stops import Stop
from meetings.pictures import marks, world
from meetings.pictures.marks import HIGH, WIDE, Mark, Sizes
from meetings.pictures.svg import Drawing, element, link, shortened, text
from meetings.pictures.world import View

#: Pixels: a country that would be smaller than this is drawn as a square of the next size.
TOO_SMALL, SQUARE = 3.5, 5
#: A mark of this radius has room for its number; one more place than these has no list of its own.
ROOM, MOST_PLACES = 9, 20
#: How far the line from a stop to the next bends, of its length, so that there and back are two.
BEND = 0.14
#: How much larger marks are where the world is small.
GLANCE = 1.5
#: More lines than these are drawn fainter.
MANY = 40


class Links(NamedTuple):
    """What addresses begin with: of the list that has a place, and of the map that shows an area."""

    list_: str
    map_: str

    def places(self, slugs: Iterable[str]) -> str:
        return self.list_ + "&".join(f"place={quote(slug)}" for slug in slugs)

    def area(self, view: View) -> str:
        return self.map_.rstrip("?&") if view.is_world else f"{self.map_}area={view.area}"


def draw(places: Places, found: Sequence[Mark], view: View, stops: Sequence[Stop], links: Links) -> Drawing:
    """The map of a view, with the marks ``found`` in it; ``stops`` are joined in their order."""
    sizes = Sizes(found)
    parts = [
        element("rect", class_="sea", width=WIDE, height=HIGH),
        *land(places, view, links),
        *route(stops, found, view),
        *(drawn(mark, sizes, view, links) for mark in found),
        *named(found, sizes, stops),
        *([legend(sizes, found)] if found else []),
    ]
    # The frame cuts off what lies outside.
    return Drawing(WIDE, HIGH, element("svg", *parts, width=WIDE, height=HIGH, viewBox=f"0 0 {WIDE} {HIGH}"))


def small(places: Places) -> Drawing:
    """The world at a glance: nothing has a name or leads anywhere."""
    found = marks.of(places.spots, View())
    sizes = Sizes(found)
    spots = (
        element("circle", class_=kind(mark), cx=mark.x, cy=mark.y, r=GLANCE * sizes.radius(mark.n)) for mark in found
    )
    parts = [*land(places, View(), None), *spots]
    return Drawing(WIDE, HIGH, element("svg", *parts, width=WIDE, height=HIGH, viewBox=f"0 0 {WIDE} {HIGH}"))


def land(places: Places, view: View, links: Links | None) -> Iterator[str]:
    """The countries in view, those with meetings shaded; the smallest as squares."""
    grounds = {one.key: one for one in places.grounds}
    near = view.scale > world.COARSE
    unit = WIDE * view.scale
    outlines, squares = [], []
    for shape in world.shapes():
        ground = grounds.pop(shape.key, None)
        if not view.meets(shape.box):
            continue
        classes = look(ground, places)
        if shape.key and shape.size * unit < TOO_SMALL:
            squares.append(told(ground, square(shape.at, view, classes), links))
        elif path := shape.near if near else shape.far:
            outlines.append(told(ground, element("path", d=path, class_=classes), links))
    scale = unit / (world.NEAR if near else world.FAR)
    move = f"translate({-view.x * unit:.1f} {-view.y * unit:.1f}) scale({scale:.5g})"
    yield element("g", *outlines, transform=move)
    yield from squares
    for one in grounds.values():
        at = world.projected(one.longitude or 0, one.latitude or 0)
        if one.has_middle and view.has(*at):
            yield told(one, square(at, view, look(one, places)), links)


def look(ground: Ground | None, places: Places) -> str:
    """The classes of a country: hollow where no meeting was held."""
    if not ground:
        return "land"
    if not ground.held:
        return "land planned"
    return f"land shade-{places.shade(ground.n)}{' only' if ground.only else ''}"


def kind(mark: Mark) -> str:
    """The class of a mark: hollow where no meeting was held."""
    return "spot" if mark.held else "planned"


def square(at: tuple[float, float], view: View, classes: str) -> str:
    x, y = ((value - corner) * view.scale * WIDE for value, corner in zip(at, view[:2], strict=True))
    box = element("rect", class_=f"large {classes}", x=-SQUARE / 2, y=-SQUARE / 2, width=SQUARE, height=SQUARE)
    return element("g", box, transform=f"translate({x:.1f} {y:.1f})")


def told(ground: Ground | None, drawn: str, links: Links | None) -> str:
    """A country with its number, which leads to its meetings where a list has just these; without ``links`` it says
    nothing."""
    if not ground or not links:
        return drawn
    says = country_words(ground)
    if ground.place:
        return link(links.places([ground.place]), says, drawn)
    return element("g", element("title", text(says)), drawn)


def country_words(ground: Ground) -> str:
    says = f"{ground.name}: {meetings(ground.n)}"
    only = gettext("%(n)s of them known by country only") % {"n": intcomma(ground.only)}
    return f"{says}, {only}" if ground.only else says


def meetings(n: int) -> str:
    return ngettext("%(n)s meeting", "%(n)s meetings", n) % {"n": intcomma(n)}


def drawn(mark: Mark, sizes: Sizes, view: View, links: Links) -> str:
    """A mark with its number where there is room, which leads to its meetings or opens what is in it."""
    radius = sizes.radius(mark.n)
    inside = [element("circle", class_="large around", r=radius + 2)] if mark.is_many else []
    inside.append(element("circle", class_=f"large shape {kind(mark)}", r=radius))
    if radius >= ROOM:
        inside.append(element("text", text(intcomma(mark.n)), class_="large on-mark middle", y=3.5))
    at = f"translate({mark.x:.1f} {mark.y:.1f})"
    address = leads(mark, view, links)
    return element("g", link(address, words(mark), *inside) if address else "".join(inside), transform=at)


def leads(mark: Mark, view: View, links: Links) -> str:
    """The list of a place; of several, the view that shows them apart, or their list where there is none."""
    nearer = marks.opened(mark, view) if mark.is_many else None
    if nearer:
        return links.area(nearer)
    return links.places(spot.slug for spot in mark.spots) if len(mark.spots) <= MOST_PLACES else ""


def words(mark: Mark) -> str:
    """What a mark is, in words."""
    first, n = mark.spots[0], meetings(mark.n)
    if len(mark.spots) == 1:
        name = ", ".join(filter(None, (first.name, first.country)))
        return f"{name}: {n}"
    more = len(mark.spots) - 1
    message = ngettext("%(name)s and %(more)s other place: %(n)s", "%(name)s and %(more)s other places: %(n)s", more)
    return message % {"name": first.name, "more": intcomma(more), "n": n}


def named(found: Sequence[Mark], sizes: Sizes, stops: Sequence[Stop]) -> Iterator[str]:
    """The names of the largest marks, with the numbers of the stops there."""
    numbers: dict[Spot, list[int]] = {}
    for number, stop in enumerate(stops, 1):
        if stop.spot:
            numbers.setdefault(stop.spot, []).append(number)
    texts = [name(mark, sorted(n for spot in mark.spots for n in numbers.get(spot, []))) for mark in found]
    for one in marks.names(found, sizes, texts):
        yield element("text", text(one.text), class_=f"name{' end' if one.left else ''}", x=one.x, y=one.y)


def name(mark: Mark, stops: Sequence[int]) -> str:
    own = shortened(mark.spots[0].name, 22)
    own = f"{own} +{len(mark.spots) - 1}" if mark.is_many else own
    numbers = ", ".join(map(str, stops[:3])) + ("…" if len(stops) > 3 else "")
    return f"{numbers} {own}" if stops else own


def route(stops: Sequence[Stop], found: Sequence[Mark], view: View) -> Iterator[str]:
    """The lines from each stop that is a point to the next, each once; dashed to what is planned, dotted where the
    order is not sure."""
    where = {spot: (mark.x, mark.y) for mark in found for spot in mark.spots}
    placed = [stop for stop in stops if stop.spot]
    lines = {}
    for one, other in pairwise(placed):
        start, end = (where.get(stop.spot) or marks.position(stop.spot, view) for stop in (one, other) if stop.spot)
        if start != end:
            lines[start, end] = "to-come" if other.planned else "route" if other.sure else "unsure"
    for (start, end), kind in lines.items():
        yield from line(start, end, f"{kind} faint" if len(lines) > MANY else kind)


def line(start: tuple[float, float], end: tuple[float, float], kind: str) -> Iterator[str]:
    """A bent line, with an arrowhead in its middle."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    middle_x, middle_y = (x1 + x2) / 2 - dy * BEND, (y1 + y2) / 2 + dx * BEND
    bent = f"M{x1:.1f} {y1:.1f}Q{middle_x:.1f} {middle_y:.1f} {x2:.1f} {y2:.1f}"
    yield element("path", class_=f"way {kind}", d=bent)
    if length > 12:
        # Half way, the curve is between its ends and the point that bends it, and runs as from end to end.
        x, y, ux, uy = (x1 + x2) / 2 - dy * BEND / 2, (y1 + y2) / 2 + dx * BEND / 2, dx / length, dy / length
        tip, left, right = (
            f"{x + 4 * ux:.1f} {y + 4 * uy:.1f}",
            f"{x - 3 * ux - 2.5 * uy:.1f} {y - 3 * uy + 2.5 * ux:.1f}",
            f"{x - 3 * ux + 2.5 * uy:.1f} {y - 3 * uy - 2.5 * ux:.1f}",
        )
        yield element("path", class_="head", d=f"M{tip}L{left} {right}z")


def legend(sizes: Sizes, found: Sequence[Mark]) -> str:
    """How large marks are, in the lower corner that has fewer of them."""
    largest, lines = sizes.radius(sizes.shown[0]), len(sizes.shown)
    width, height = 2 * largest + 12 + 6 * len(intcomma(sizes.shown[0])), max(2 * largest, 13 * lines)
    right = corner(found, width, height, 0) > corner(found, width, height, WIDE - width)
    left = -width if right else 0
    inside = [element("rect", class_="sea", x=left - 6, y=-height - 6, width=width + 12, height=height + 12)]
    for at, n in enumerate(sizes.shown):
        radius = sizes.radius(n)
        inside.append(element("circle", class_="spot", cx=left + largest, cy=-radius, r=radius))
        inside.append(element("text", text(intcomma(n)), x=left + 2 * largest + 6, y=-13 * (lines - 1 - at) - 3))
    where = f"translate({WIDE - 10 if right else 10} {HIGH - 10})"
    return element("g", element("g", *inside, class_="large-corner"), transform=where)


def corner(found: Sequence[Mark], width: float, height: float, left: float) -> int:
    """How many marks lie in a lower corner."""
    return sum(left - 20 < mark.x < left + width + 20 and mark.y > HIGH - height - 20 for mark in found)


class Entry(NamedTuple):
    """What something on the map means: its classes, whether it is a point, and words."""

    classes: str
    is_point: bool
    words: str


def key(places: Places, found: Iterable[Mark]) -> Iterator[Entry]:
    """What is on the map, the lightest shade of countries first; nothing that is not there."""
    outlined, found = {shape.key for shape in world.shapes()}, list(found)
    drawn = [one for one in places.grounds if one.key in outlined or one.has_middle]
    for shade, n in shades.steps((one.n for one in drawn if one.held), places.shade):
        yield Entry(f"shade-{shade}", False, gettext("from %(n)s") % {"n": intcomma(n)})
    if any(one.held and one.only for one in drawn):
        yield Entry("land only", False, gettext("of some, only the country is known"))
    if any(mark.is_many for mark in found):
        yield Entry("around", True, gettext("several places: opens them"))
    if not (all(one.held for one in drawn) and all(mark.held for mark in found)):
        yield Entry("planned", True, gettext("none held (planned, cancelled…)"))


def with_key(drawing: Drawing, entries: Iterable[Entry]) -> Drawing:
    """The map with what is on it below, for a picture that stands by itself."""
    parts, x = [], 0.0
    for classes, is_point, told in entries:
        if is_point:
            parts.append(element("circle", class_=classes, cx=x + 8, cy=HIGH + 19, r=5.0))
        else:
            parts.append(element("rect", class_=classes, x=x, y=HIGH + 14, width=16, height=10))
        parts.append(element("text", text(told), x=x + 20, y=HIGH + 23))
        x += 30 + 6 * len(told)
    height = drawing.height + (28 if parts else 0)
    return Drawing(max(drawing.width, x), height, drawing.body + "".join(parts))


def states(places: Places) -> str:
    """How many of the meetings were not held, and what of them; "" where all were."""
    others = sorted(((n, one) for one, n in places.states.items() if one != Status.HELD), reverse=True)
    if not others:
        return ""
    n = sum(n for n, _one in others)
    message = ngettext(
        "%(n)s of them was not held, as far as is known: %(states)s.",
        "%(n)s of them were not held, as far as is known: %(states)s.",
        n,
    )
    labels = (str(Status(one).label).lower() for _n, one in others)
    told = message % {"n": intcomma(n), "states": ", ".join(labels)}
    return told if places.apart else f"{told} {gettext('The map does not tell them apart.')}"


def account(places: Places) -> str:
    """Where all meetings of the set are, in a sentence: the numbers together are that of the set."""
    spots, rests = len(places.spots), places.rests
    bare = [one for one in rests if not one.is_area]
    parts = [
        (
            places.shown,
            spots,
            ngettext("%(n)s at %(places)s place on the map", "%(n)s at %(places)s places on the map", spots),
        ),
        (sum(one.n for one in rests if one.kind == "country"), 0, gettext("%(n)s known by country only")),
        (sum(one.n for one in rests if one.kind == "region"), 0, gettext("%(n)s known by region only")),
        (
            sum(one.n for one in bare),
            len(bare),
            ngettext(
                "%(n)s at %(places)s place whose position is not known",
                "%(n)s at %(places)s places whose positions are not known",
                len(bare),
            ),
        ),
        (places.unplaced, 0, gettext("%(n)s without a place")),
    ]
    told = [message % {"n": intcomma(n), "places": intcomma(number)} for n, number, message in parts if n]
    of = ngettext("Of %(n)s meeting: %(told)s.", "Of %(n)s meetings: %(told)s.", places.total)
    return of % {"n": intcomma(places.total), "told": "; ".join(told)}
