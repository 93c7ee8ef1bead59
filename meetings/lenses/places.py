"""Where a set of meetings took place: points, countries, and what no map can show."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from meetings.choices import CountryKind, PlaceKind, Status
from meetings.index import facets, hits
from meetings.index.among import among
from meetings.index.asked import Asked
from meetings.index.tags import HELD, LETTERS, tag
from meetings.lenses import shades
from meetings.models import Country, Place

#: Places that have no point: a pin in the middle of a country would say what no one knows.
AREAS = (PlaceKind.COUNTRY, PlaceKind.REGION)
NOT_HELD = tuple(tag("status", one) for one in Status if one != Status.HELD)
#: The first shade looks like land where no one met.
LIGHTEST = 2


class Spot(NamedTuple):
    """A place on the map: a city, or a venue in none. ``n`` meetings took place there or within; so many of them
    were ``held``, as far as `Places.apart` says."""

    slug: str
    name: str
    country: str
    latitude: float
    longitude: float
    n: int
    held: int


class Rest(NamedTuple):
    """A place that is no point: an area (country or region), or one without coordinates. Of ``n`` meetings nothing
    nearer is known; ``within`` it there are so many."""

    slug: str
    name: str
    country: str
    kind: str
    n: int
    within: int

    @property
    def is_area(self) -> bool:
        return self.kind in AREAS


class Ground(NamedTuple):
    """A country and the number of meetings on its ground: the slug of the place that has just these meetings (or ""),
    of how many of them only the country is known, how many were ``held``, as of a `Spot`, and where it is: the key of
    its outline, its middle if that means anything (not of a ``former`` state)."""

    slug: str
    name: str
    place: str
    n: int
    only: int
    held: int
    key: str
    former: bool
    latitude: float | None
    longitude: float | None

    @property
    def has_middle(self) -> bool:
        """Whether it can be drawn where its middle is."""
        return not self.former and self.latitude is not None and self.longitude is not None


class Places(NamedTuple):
    """Where ``total`` meetings took place, the most frequent first; each stands at one of ``spots`` or ``rests``, or
    has no place. ``spot_of`` says at which spot a place (primary key) stands, ``states`` how many have each status. Not
    ``apart``: places where some were held are not told apart from others. Not ``exact``: of the newest
    `hits.MOST_COUNTED` meetings only."""

    spots: list[Spot]
    rests: list[Rest]
    grounds: list[Ground]
    spot_of: dict[int, Spot]
    states: dict[str, int]
    apart: bool
    exact: bool

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def greatest(self) -> int:
        """The greatest number of meetings that were held in a country."""
        return max((one.held for one in self.grounds), default=0)

    def shade(self, n: int) -> int:
        """How dark a country is where so many were held."""
        return shades.shade(n, self.greatest, LIGHTEST)

    @property
    def shown(self) -> int:
        """How many meetings the spots have."""
        return sum(spot.n for spot in self.spots)

    @property
    def placed(self) -> int:
        """How many meetings have a place, be it a whole country."""
        return self.shown + sum(rest.n for rest in self.rests)

    @property
    def unplaced(self) -> int:
        """How many meetings have no place."""
        return self.total - self.placed


class Node(NamedTuple):
    """A place of the set as it is looked at."""

    pk: int
    slug: str
    name: str
    kind: str
    within: int | None
    country: int | None
    latitude: float | None
    longitude: float | None

    @property
    def is_point(self) -> bool:
        return self.kind not in AREAS and self.latitude is not None and self.longitude is not None


COLUMNS = ("pk", "slug", "name", "kind", "within", "country", "latitude", "longitude")


def of(asked: Asked, chosen: Collection[int] = ()) -> Places:
    """Where the meetings of a set took place; ``chosen`` are the places that it is narrowed down to, which are told
    apart from what is around them. Three queries, and twice those of `facets.of_tags`."""
    tagged = facets.of_tags(asked, [LETTERS[name] for name in ("place", "ground", "status")], hits.ALL, ())
    numbers, places, grounds = numbers_of(tagged.numbers)
    less, countries = not_held(asked, tagged), countries_of(grounds)
    tree = Tree(places, numbers, less or {}, chosen)
    tree.look(countries)
    return Places(
        sorted(tree.spots, key=by_number),
        sorted(tree.rests, key=by_number),
        sorted(tree.grounds(grounds, countries), key=by_number),
        tree.spot_of,
        {name[1:]: n for name, n in tagged.numbers.items() if n and name[0] == LETTERS["status"]},
        less is not None,
        tagged.exact,
    )


def numbers_of(tags: Mapping[str, int]) -> tuple[dict[int, int], dict[int, Node], dict[int, int]]:
    """The numbers of places, these, and the numbers of countries, by primary key; a query."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for name, n in tags.items():
        if n and name[0] in (LETTERS["place"], LETTERS["ground"]):
            found[name[0]][int(name[1:])] = n
    numbers = found[LETTERS["place"]]
    rows = Place.objects.filter(pk__in=among(numbers)).order_by().values_list(*COLUMNS)
    return numbers, {row[0]: Node(*row) for row in rows}, found[LETTERS["ground"]]


def countries_of(keys: Collection[int]) -> dict[int, tuple]:
    """Name, slug, and where it is as `Ground` has that, of each country; a query."""
    rows = Country.objects.filter(pk__in=among(keys)).order_by()
    columns = rows.values_list("pk", "name", "iso2", "slug", "kind", "latitude", "longitude")
    return {
        pk: (name, slug, iso2 or slug, kind == CountryKind.FORMER_STATE, *middle)
        for pk, name, iso2, slug, kind, *middle in columns
    }


def not_held(asked: Asked, tagged: facets.Tagged) -> Mapping[str, int] | None:
    """How many of the meetings at each place and on each ground were not held; None where only the newest of them would
    be counted. No query where all were held, or none."""
    numbers, letters = tagged.numbers, [LETTERS["place"], LETTERS["ground"]]
    if any({*group} <= {*NOT_HELD} for group in asked.groups):
        return numbers
    if not any(numbers.get(one) for one in NOT_HELD):
        return {}
    if asked.is_all:
        held = facets.of_tags(asked.tagged(HELD), letters, hits.ALL, ()).numbers
        return {name: n - held.get(name, 0) for name, n in numbers.items()}
    if not tagged.exact:
        return None
    # The set is found first, and then its meetings are asked for their status.
    known = asked.known and {**asked.known, **dict.fromkeys(NOT_HELD, hits.ALL)}
    found = facets.of_tags(replace(asked.tagged(*NOT_HELD), known=known), letters, hits.ALL, ())
    return found.numbers if found.exact else None


def by_number(one) -> tuple:
    return -one.n, one.name


class Tree:
    """The places of a set from the outermost inwards. What stands at a point is not looked into."""

    def __init__(
        self, places: Mapping[int, Node], numbers: Mapping[int, int], less: Mapping[str, int], chosen: Collection[int]
    ):
        self.places, self.numbers, self.chosen = places, numbers, {pk for pk in chosen if pk in places}
        #: How many were not held, by tag.
        self.less = less
        self.within: dict[int, list[Node]] = defaultdict(list)
        for one in places.values():
            if one.within is not None:
                self.within[one.within].append(one)
        self.spots: list[Spot] = []
        self.rests: list[Rest] = []
        self.spot_of: dict[int, Spot] = {}
        #: The country that is a place, by primary key of the country: those looked at only.
        self.as_place: dict[int, tuple[str, int, int]] = {}

    def look(self, countries: Mapping[int, tuple]) -> None:
        """Finds what stands where."""
        for one in self.outermost():
            self.enter(one, countries)

    def outermost(self) -> Iterator[Node]:
        """The places that the others lie in: those chosen, if any."""
        for one in self.places.values():
            around = set(self.around(one))
            if (one.pk in self.chosen and not around & self.chosen) if self.chosen else not around:
                yield one

    def around(self, one: Node) -> Iterator[int]:
        """The places around one, nearest first."""
        seen = {one.pk}
        while (around := self.places.get(one.within or 0)) and around.pk not in seen:
            one = around
            seen.add(one.pk)
            yield one.pk

    def enter(self, one: Node, countries: Mapping[int, tuple]) -> None:
        n, country = self.numbers[one.pk], countries.get(one.country or 0, ("",))[0]
        if point := self.point(one):
            spot = Spot(one.slug, one.name, country, *point, n, self.held("place", one.pk, n))
            self.spots.append(spot)
            self.spot_of.update((pk, spot) for pk in self.inside(one))
            return
        inner = self.within[one.pk]
        rest = n - sum(self.numbers[other.pk] for other in inner)
        if rest:
            self.rests.append(Rest(one.slug, one.name, country, one.kind, rest, n))
        if one.kind == PlaceKind.COUNTRY and one.country:
            self.as_place[one.country] = one.slug, n, rest
        for other in inner:
            self.enter(other, countries)

    def held(self, name: str, pk: int, n: int) -> int:
        """How many of the ``n`` meetings at a place or on a ground were held."""
        return n - self.less.get(tag(name, pk), 0)

    def point(self, one: Node) -> tuple[float, float] | None:
        """Where a place stands: a venue that is not known better, where its city does."""
        if one.kind in AREAS:
            return None
        for found in (one, *(self.places[pk] for pk in self.around(one))):
            if found.is_point and found.latitude is not None and found.longitude is not None:
                return found.latitude, found.longitude
        return None

    def inside(self, one: Node) -> Iterator[int]:
        """A place and all within it."""
        yield one.pk
        for other in self.within[one.pk]:
            yield from self.inside(other)

    def grounds(self, numbers: Mapping[int, int], countries: Mapping[int, tuple]) -> Iterator[Ground]:
        for pk, n in numbers.items():
            if pk in countries:
                name, own, *where = countries[pk]
                slug, there, rest = self.as_place.get(pk, ("", 0, 0))
                yield Ground(own, name, slug if there == n else "", n, rest, self.held("ground", pk, n), *where)
