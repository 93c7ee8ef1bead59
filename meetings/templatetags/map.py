"""What stands around a map as HTML: ways to other views, tables of places and countries, the order of stops.

Every value that comes from a record goes through `html.escape`.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, takewhile
from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import dates
from meetings.figures import commas
from meetings.filters import MapFilter
from meetings.lenses.places import Ground, Places, Rest, Spot
from meetings.lenses.stops import Journey, Met, Stop, Stops
from meetings.pictures.keys import HEIGHT, SAMPLE, held_of
from meetings.pictures.laid import Laid
from meetings.pictures.map import ONLY_IN, Links, draw, states
from meetings.pictures.map_key import Entry, key, on_map, swatch
from meetings.pictures.svg import element, on_page
from meetings.pictures.world import View, projected

register = template.Library()

#: Parts of the world to begin with: west, south, east, north.
PARTS = [
    (_("World"), None),
    (_("Europe"), (-25, 34, 45, 72)),
    (_("Middle East"), (24, 12, 64, 43)),
    (_("Asia"), (45, -11, 150, 56)),
    (_("Africa"), (-20, -36, 54, 38)),
    (_("North America"), (-150, 7, -50, 66)),
    (_("South America"), (-92, -56, -30, 14)),
    (_("Oceania"), (110, -48, -170, 10)),
]


#: Why a stop is no point on the map, by the kind of its place.
NO_POINT = {"country": _("only the country is known"), "region": _("only the region is known")}


class Way(NamedTuple):
    """Another view: its name, its address, and whether it is the one that is shown."""

    label: str
    address: str
    here: bool


@register.simple_tag
def map_parts(view: View, links: Links) -> list[Way]:
    """The parts of the world; before them that where these meetings are, if the map shows it first."""
    found = [] if links.home.is_world else [Way(gettext("These meetings"), links.area(links.home), view == links.home)]
    for label, area in PARTS:
        address = f"{links.map_}area={','.join(map(str, area))}" if area else links.area(View())
        found.append(Way(str(label), address, View.of(area) == view))
    return found


@register.simple_tag
def map_world(links: Links) -> str:
    """The address of the map of the world."""
    return links.area(View())


@register.simple_tag
def map_drawing(places: Places, laid: Sequence[Laid], view: View, links: Links) -> SafeString:
    """The map, as wide and as narrow windows show it."""
    return on_page(draw(places, laid, view, links), gettext("Map"))


@register.simple_tag
def map_key(places: Places, laid: Sequence[Laid]) -> SafeString:
    """What is on the map, as wide and as narrow windows show it."""
    keys = {ONLY_IN[one.layout]: key(places, one) for one in laid}
    lists = (
        f'<ul class="legend map-legend {shown}">{"".join(map(entry, entries))}</ul>' for shown, entries in keys.items()
    )
    return SafeString(f'<div class="map-keys" data-part="key">{"".join(lists)}</div>')


def entry(one: Entry) -> str:
    """An item of the legend."""
    size = {"width": SAMPLE, "height": HEIGHT, "viewBox": f"0 0 {SAMPLE} {HEIGHT}"}
    drawn = element("svg", swatch(one), class_="picture", aria_hidden="true", **size) if one.look else ""
    return f"<li>{drawn}{escape(one.words)}</li>"


@register.simple_tag
def map_foremost(places: Places, links: Links) -> SafeString:
    """The countries and the places with most meetings, held or not: of several, at most three of each. Places of which
    no position is known are among them."""
    bare = (one._replace(n=one.within) for one in places.rests if not one.is_area)
    both: list[Spot | Rest] = sorted([*places.spots, *bare], key=lambda one: (-one.n, one.name))
    told = [
        foremost(
            gettext("Most meetings by country (where they took place, not who took part): %(names)s."),
            ahead(places.grounds),
            links,
        ),
        foremost(gettext("Most meetings by place: %(names)s."), ahead(both), links),
    ]
    return SafeString(" ".join(filter(None, told)))


def ahead(found: Sequence[Ground | Spot | Rest]) -> list[Ground | Spot | Rest]:
    """The first of several, as far as each has more meetings than the next: of equals none comes before the other."""
    after = [*(one.n for one in found[1:4]), 0]
    both = takewhile(lambda two: two[0].n > two[1], zip(found[:3], after, strict=False))
    return [one for one, _next in both] if len(found) > 1 else []


def foremost(message: str, found: Iterable[Ground | Spot | Rest], links: Links) -> str:
    """Names with their numbers, which lead to the list of a place where there is one; "" for none."""
    names = []
    for one in found:
        slug = one.place if isinstance(one, Ground) else one.slug
        n = linked(one.n, links, slug) if slug else commas(one.n)
        names.append(f"<bdi>{escape(one.name)}</bdi> ({', '.join([n, *map(escape, known(one))])})")
    return f"<span>{message % {'names': ', '.join(names)}}</span>" if names else ""


def known(one: Ground | Spot | Rest) -> Iterator[str]:
    """What else is to be known of a number: that not all were held, or where in the country is not known."""
    if isinstance(one, Rest):
        return
    if one.held < one.n:
        yield held_of(one.held)
    if isinstance(one, Ground) and one.only == one.n:
        yield gettext("where in it is not known")
    if isinstance(one, Ground) and not on_map(one):
        yield gettext("not drawn: it is no more") if one.former else gettext("not drawn")


@register.simple_tag
def map_states(places: Places) -> str:
    """How many of the meetings were not held."""
    return states(places)


@register.simple_tag
def map_closer(view: View, links: Links) -> str:
    """The address of the middle of the view, twice as large; "" where it is largest."""
    return "" if view.is_closest else links.area(View.around(*view.middle, view.scale * 2))


@register.simple_tag
def map_farther(view: View, links: Links) -> str:
    """The address of what is around the view; "" where it is the world."""
    return "" if view.is_world else links.area(View.around(*view.middle, view.scale / 2))


@register.simple_tag
def map_in_view(places: Places, view: View) -> list[Spot]:
    """The points that the view shows, the most frequent first."""
    return [spot for spot in places.spots if view.has(*projected(spot.longitude, spot.latitude))]


@register.simple_tag
def map_rests(places: Places, is_whole: bool) -> list[Rest]:
    """The places without a point, which only the view of the whole set has; those known by country only stand among the
    countries."""
    return [rest for rest in places.rests if rest.kind != "country"] if is_whole else []


@register.simple_tag
def map_places(spots: Sequence[Spot], rests: Sequence[Rest], links: Links, most: int | None) -> SafeString:
    """The table of places; of ``most``."""
    both: list[Spot | Rest] = [*spots, *rests]
    found = sorted(both, key=lambda one: (-one.n, one.name))[:most]
    return table((gettext("Place"), gettext("Country"), gettext("Meetings")), (place(one, links) for one in found))


def place(one: Spot | Rest, links: Links) -> str:
    note, n = "", linked(one.n, links, one.slug)
    if isinstance(one, Rest):
        note = (
            gettext("not on the map: only the region is known")
            if one.is_area
            else gettext("not on the map: its position is not known")
        )
        if one.n < one.within:
            within = linked(one.within, links, one.slug)
            n = gettext("%(n)s of %(within)s within") % {"n": commas(one.n), "within": within}
    elif one.held < one.n:
        note = held_of(one.held)
    told = f' <span class="soft">{escape(note)}</span>' if note else ""
    name = f"<bdi>{escape(one.name)}</bdi>{told}"
    return row(one.slug, name, f"<td><bdi>{escape(one.country)}</bdi></td><td>{n}</td>")


@register.simple_tag
def map_countries(grounds: Iterable[Ground], links: Links, most: int | None) -> SafeString:
    """The table of countries; of ``most``."""
    heads = (gettext("Country"), gettext("Meetings"), gettext("By country only"))
    return table(heads, (country(one, links) for one in list(grounds)[:most]), " countries")


def country(one: Ground, links: Links) -> str:
    n = linked(one.n, links, one.place) if one.place else commas(one.n)
    only = commas(one.only) if one.only else ""
    return row(one.slug, f"<bdi>{escape(one.name)}</bdi>", f"<td>{n}</td><td>{only}</td>")


def linked(n: int, links: Links, slug: str) -> str:
    return f'<a href="{escape(links.places([slug]))}">{commas(n)}</a>'


def row(key: str, name: str, cells: str) -> str:
    return f'<tr data-slug="{escape(key)}"><th scope="row">{name}</th>{cells}</tr>'


@register.simple_tag
def map_cut(filterset: MapFilter, *parts: Sequence) -> SafeString:
    """That a table is not of all, with the way to all; of one that need not be so long, the way back."""
    number = sum(map(len, parts))
    if number <= filterset.few:
        return SafeString("")
    told, numbers = "", {"most": filterset.few, "number": commas(number)}
    query, label = filterset.with_few_rows, gettext("Show only the %(most)s with most meetings") % numbers
    if filterset.most_rows:
        told = escape(gettext("The %(most)s with most meetings, of %(number)s.") % numbers) + " "
        query, label = filterset.with_all_rows, gettext("Show all")
    way = f'<a href="{escape(query or "?")}#after" rel="nofollow">{escape(label)}</a>'
    return SafeString(f'<p class="hint">{told}{way}</p>')


def table(heads: Iterable[str], rows: Iterable[str], kind: str = "") -> SafeString:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return SafeString(
        f'<table class="map-table{kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


@register.simple_tag
def map_journeys(stops: Stops, filterset: MapFilter) -> SafeString:
    """The stops of an official in order of time, numbered in each journey that leads from one to another."""
    is_one = len(stops.journeys) == 1
    return SafeString(f'<ol class="journeys">{"".join(journey(one, filterset, is_one) for one in stops.journeys)}</ol>')


def journey(one: Journey, filterset: MapFilter, is_one: bool) -> str:
    """A journey, which leads to the map of it alone, unless it ``is_one`` on this map; a single stop as it is."""
    own = "".join(f"<li>{stop(each)}</li>" for each in one.stops)
    if len(one.stops) == 1:
        return own
    when = escape(dates.words(f"{one.first}/{one.last}" if one.first < one.last else f"{one.first}"))
    query = escape(filterset.of_days(one.first, one.last))
    way = (
        f' <a href="{query}" rel="nofollow">{escape(gettext("See this journey on the map"))}</a>' if not is_one else ""
    )
    return f'<li class="journey"><p><b>{when}</b>{way}</p><ol class="stops">{"".join(own)}</ol></li>'


def stop(one: Stop) -> str:
    notes = [] if one.spot or not one.name else [NO_POINT.get(one.kind, gettext("its position is not known"))]
    notes += [] if one.sure else [gettext("perhaps before the one above")]
    notes += [gettext("planned")] if one.planned else []
    told = f' <span class="soft">({escape("; ".join(map(str, notes)))})</span>' if notes else ""
    days = (on_day(date, list(met)) for date, met in groupby(one.meetings, lambda met: met.date))
    return f"{stop_name(one)}{told}: {'; '.join(days)}"


def stop_name(one: Stop) -> str:
    """The name of a stop, with those of the places in it where its meetings lie."""
    if not one.name:
        return escape(gettext("No place known"))
    name, within = f"<bdi>{escape(one.name)}</bdi>", [*dict.fromkeys(met.within for met in one.meetings)]
    inner = ", ".join(f"<bdi>{escape(each)}</bdi>" for each in within if each)
    if not inner:
        return name
    return (
        gettext("%(name)s, with %(places)s") % {"name": name, "places": inner} if "" in within else f"{name} ({inner})"
    )


def on_day(date: str, own: Sequence[Met]) -> str:
    """The meetings of one date: one by its date, of several each by its title."""
    told = escape(dates.words(date))
    if len(own) == 1:
        return to(own[0], told)
    return f"{told}<ul>{''.join(f'<li>{to(met, escape(met.title))}</li>' for met in own)}</ul>"


def to(one: Met, told: str) -> str:
    address = escape(reverse("meetings:meeting", args=[one.uid, one.slug]))
    return f'<a href="{address}" title="{escape(one.title)}">{told}</a>'
