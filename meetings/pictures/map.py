"""Where meetings took place, as a map."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext, ngettext

from meetings.choices import PlaceKind, Status
from meetings.figures import commas
from meetings.lenses.places import Ground, Places
from meetings.pictures import marks, route, world
from meetings.pictures.keys import held_of
from meetings.pictures.laid import Laid, Named, lay
from meetings.pictures.map_key import sizes_shown
from meetings.pictures.marks import HIGH, LARGE, SMALL, WIDE, Layout, Mark, Sizes
from meetings.pictures.svg import Drawing, element, link, text
from meetings.pictures.world import View

#: Pixels: a country that would be smaller than this is drawn as a square of the next size.
TOO_SMALL, SQUARE = 3.5, 5
#: A mark of more places than these has no list of its own.
MOST_PLACES = 20
#: The classes of what only one layout has (static/css/map.css shows one of them).
ONLY_IN = {LARGE: "for-wide", SMALL: "for-narrow"}
#: How many times a view of few places is larger than the world, at least and at most.
HELPS, CLOSE = 2, 10


class Links(NamedTuple):
    """What addresses begin with: of the list that has a place, and of the map that shows an area. The map that is asked
    for none shows the view ``home``."""

    list_: str
    map_: str
    home: View = View()

    def places(self, slugs: Iterable[str]) -> str:
        return self.list_ + "&".join(f"place={quote(slug)}" for slug in slugs)

    def area(self, view: View) -> str:
        if view == self.home:
            return self.map_.rstrip("?&")
        return f"{self.map_}area={world.WHOLE if view.is_world else view.area}"


def fitted(places: Places) -> View:
    """The view of all that the map has of a set, where that is much nearer than the world."""
    shapes = world.by_key()
    points = [(*world.projected(spot.longitude, spot.latitude), 0.0) for spot in places.spots]
    for one in places.grounds:
        if one.only and one.key in shapes:
            points.append((*shapes[one.key].at, shapes[one.key].size / 2))
        elif one.only and one.has_middle:
            points.append((*world.projected(one.longitude or 0, one.latitude or 0), 0.0))
    if not points:
        return View()
    west, east = min(x - half for x, _y, half in points), max(x + half for x, _y, half in points)
    north, south = min(y - half for _x, y, half in points), max(y + half for _x, y, half in points)
    view = View.around((west + east) / 2, (north + south) / 2, min(world.room(east - west, south - north), CLOSE))
    return view if view.scale >= HELPS else View()


def draw(places: Places, laid: Iterable[Laid], view: View, links: Links) -> Drawing:
    """The map of a view, as each layout has it."""
    parts = [element("rect", class_="sea", width=WIDE, height=HIGH), *land(places, view, links)]
    for one in laid:
        inside = [
            *route.drawn(one.ways, one.layout),
            *marked(one, view, links),
            *([sizes_shown(one, one.corner)] if one.corner else []),
        ]
        parts.append(element("g", "".join(inside), class_=ONLY_IN[one.layout]))
    return framed(parts)


def small(places: Places) -> Drawing:
    """Where a set met, at a glance: nothing leads anywhere."""
    view = fitted(places)
    return framed([*land(places, view, None), *marked(lay(places, None, view, SMALL), view, None)])


def framed(parts: Iterable[str]) -> Drawing:
    """The frame cuts off what lies outside."""
    return Drawing(WIDE, HIGH, element("svg", *parts, width=WIDE, height=HIGH, viewBox=f"0 0 {WIDE} {HIGH}"))


def marked(laid: Laid, view: View, links: Links | None) -> Iterator[str]:
    """The numbers on countries, the marks, and their names."""
    for one in laid.lands:
        yield element("text", text(one.text), class_=f"on-land {one.anchor}", x=one.x, y=one.y)
    for mark, figure in zip(laid.marks, laid.figures, strict=True):
        yield drawn(mark, figure, laid.sizes, view, links)
    for one in laid.names:
        yield element("text", lettered(one), class_=f"name {one.anchor}", x=one.x, y=one.y)


def lettered(name: Named) -> str:
    """A name, with the numbers of stops in bold."""
    return ", ".join(
        " ".join(filter(None, (stops and element("tspan", text(stops), class_="stop"), text(told))))
        for stops, told in name.parts
    )


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
    return f"land shade-{places.shade(ground.held)}"


def shape(mark: Mark, sizes: Sizes) -> Iterator[str]:
    """A mark's disc: hollow, but for that part of its area that was held."""
    if mark.held < mark.n:
        yield element("circle", class_="shape planned", r=sizes.radius(mark.n))
    if mark.held:
        yield element("circle", class_="shape spot", r=sizes.core(mark))


def square(at: tuple[float, float], view: View, classes: str) -> str:
    x, y = marks.pixels(at, view)
    box = element("rect", class_=f"large {classes}", x=-SQUARE / 2, y=-SQUARE / 2, width=SQUARE, height=SQUARE)
    return element("g", box, transform=f"translate({x:.1f} {y:.1f})")


def told(ground: Ground | None, drawn: str, links: Links | None) -> str:
    """A country with its number, which leads to its meetings where a list has just these; without ``links`` it says
    nothing."""
    if not ground or not links:
        return drawn
    says = country_words(ground)
    if ground.place:
        # Not a stop of the Tab key, which would make a hundred before the marks: the table has the same link.
        return element("a", element("title", text(says)), drawn, href=links.places([ground.place]), tabindex=-1)
    return element("g", element("title", text(says)), drawn)


def country_words(ground: Ground) -> str:
    says = f"{ground.name}: {numbered(ground)}"
    only = gettext("%(n)s of them known by country only") % {"n": commas(ground.only)}
    return f"{says}, {only}" if ground.only else says


def numbered(one: Ground | Mark) -> str:
    """How many meetings, and how many of them were held if not all were."""
    told = ngettext("%(n)s meeting", "%(n)s meetings", one.n) % {"n": commas(one.n)}
    return told if one.held == one.n else f"{told}, {held_of(one.held)}"


def drawn(mark: Mark, figure: str, sizes: Sizes, view: View, links: Links | None) -> str:
    """A mark with the ``figure`` in it, which leads to its meetings or opens what is in it; nowhere without
    ``links``."""
    radius, layout = sizes.radius(mark.n), sizes.layout
    inside = [element("circle", class_="hit", r=layout.hit)] if radius < layout.hit else []
    if mark.is_many:
        inside.append(element("circle", class_="around", r=sizes.reach(mark)))
    inside += shape(mark, sizes)
    if figure:
        room = "" if sizes.has_room(mark) else " over"
        inside.append(element("text", text(figure), class_=f"on-mark middle{room}", y=0.35 * layout.letters))
    at = f"translate({mark.x:.1f} {mark.y:.1f})"
    address = leads(mark, view, links, layout) if links else ""
    return element("g", link(address, words(mark), *inside) if address else "".join(inside), transform=at)


def leads(mark: Mark, view: View, links: Links, layout: Layout) -> str:
    """The list of a place; of several, the view that shows them apart, or their list where there is none."""
    nearer = marks.opened(mark, view, layout) if mark.is_many else None
    if nearer:
        return links.area(nearer)
    return links.places(spot.slug for spot in mark.spots) if len(mark.spots) <= MOST_PLACES else ""


def words(mark: Mark) -> str:
    """What a mark is, in words."""
    first, n = mark.spots[0], numbered(mark)
    if len(mark.spots) == 1:
        name = ", ".join(filter(None, (first.name, first.country)))
        return f"{name}: {n}"
    more = len(mark.spots) - 1
    message = ngettext("%(name)s and %(more)s other place: %(n)s", "%(name)s and %(more)s other places: %(n)s", more)
    return message % {"name": first.name, "more": commas(more), "n": n}


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
    told = message % {"n": commas(n), "states": ", ".join(labels)}
    return told if places.apart else f"{told} {gettext('The map does not tell them apart.')}"


def borders() -> str:
    """Whose lines the map has, since some are disputed."""
    return gettext(
        "Lines are Natural Earth's, which draws who holds land, but for Crimea, drawn as UN resolution 68/262 has it;"
        " they do not say whose land it is."
    )


def account(places: Places) -> str:
    """Where all meetings of the set are, in a sentence: the numbers together are that of the set."""
    spots, rests = len(places.spots), places.rests
    bare = [one for one in rests if not one.is_area]
    regions = [one for one in rests if one.kind == PlaceKind.REGION]
    parts = [
        (
            places.shown,
            spots,
            ngettext("%(n)s at %(places)s place on the map", "%(n)s at %(places)s places on the map", spots),
        ),
        (sum(one.n for one in rests if one.kind == "country"), 0, gettext("%(n)s known by country only")),
        (
            sum(one.n for one in regions),
            len(regions),
            ngettext(
                "%(n)s known by region only (%(places)s region)",
                "%(n)s known by region only (%(places)s regions)",
                len(regions),
            ),
        ),
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
    told = [message % {"n": commas(n), "places": commas(number)} for n, number, message in parts if n]
    of = ngettext("Of %(n)s meeting: %(told)s.", "Of %(n)s meetings: %(told)s.", places.total)
    return of % {"n": commas(places.total), "told": "; ".join(told)}
