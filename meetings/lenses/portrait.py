"""A record over the years: its meetings year by year, above them the posts or the people of these years, and where."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import NamedTuple

from django.db.models import Model
from django.utils import timezone

from meetings import dates
from meetings.choices import MeetingKind, PlaceKind, Status
from meetings.index import facets, hits, ties, years
from meetings.index.asked import Asked
from meetings.index.prepared import Prepared
from meetings.index.tags import HELD, LETTERS, day_of, tag
from meetings.models import Place, Position
from meetings.models.places import AROUND

#: Profiles of more meetings leave all this to a page of its own.
AT_ONCE = 300
#: At most so many columns stand side by side.
COLUMNS = 160
#: How many places are shown, how many within each, and of how many they are chosen.
PLACES, INNER, LOOKED_AT = 12, 4, 120
VISIT = tag("kind", MeetingKind.VISIT)
#: What the ties of those who only interpreted begin with.
INTERPRETED = "int/"
#: Parties go to places; of a topic, where was it?
PLACED = ("official", "country", "organization")


class Column(NamedTuple):
    """The meetings that can have been in the years from ``first`` to ``last``: those held then for sure; held ones
    that can be of other years too, or reached into them; planned ones; and others."""

    first: int
    last: int
    held: int = 0
    vague: int = 0
    planned: int = 0
    other: int = 0

    @property
    def number(self) -> int:
        """As many as the list of these years has."""
        return sum(self[2:])

    @property
    def label(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"


class Stretch(NamedTuple):
    """A time with a name, in years and parts of them: sure from ``start`` to ``end``, possible from ``soonest`` to
    ``latest``. None is not known; an ``open`` one goes on. A sure time may be none."""

    label: str
    soonest: float | None
    start: float | None
    end: float | None
    latest: float | None
    open: bool = False

    @property
    def ends(self) -> list[float]:
        return [one for one in self[1:5] if one is not None]

    @property
    def is_vague(self) -> bool:
        """Whether some of it is possible only: more than the day on which it begins or ends."""
        sides = ((self.soonest, self.start), (self.end, self.latest))
        return self.open or any(
            after - before > 1.5 / 367 if before is not None and after is not None else before is not after
            for before, after in sides
        )

    @property
    def is_broken(self) -> bool:
        """Whether nothing is known of where it begins, or ends."""
        return self.soonest is None or (self.latest is None and not self.open)


class Career(NamedTuple):
    """Bars and columns on one axis, which begins with the year ``first`` and ends before ``after``; ``undated``
    meetings are in no column; ``today`` is None where the axis does not reach it."""

    bars: list[Stretch]
    columns: list[Column]
    first: int
    after: int
    undated: int
    today: float | None

    @property
    def greatest(self) -> int:
        return max((column.number for column in self.columns), default=0)

    @property
    def is_drawn(self) -> bool:
        """Whether there is more to see than one column."""
        return bool(self.bars) or sum(column.number > 0 for column in self.columns) > 1

    @property
    def gap(self) -> int:
        """The most years in a row without a meeting, between two that have some."""
        years = [column.first for column in self.columns if column.number]
        return max((after - before - self.step for before, after in pairwise(years)), default=0)

    @property
    def step(self) -> int:
        """How many years a column has."""
        return max((column.last - column.first + 1 for column in self.columns), default=1)

    @property
    def kinds(self) -> list[str]:
        """Those that there are."""
        return [kind for kind in Column._fields[2:] if any(getattr(column, kind) for column in self.columns)]


class Site(NamedTuple):
    """A place, how many meetings name it or one within, and which within: the cities with most of them, say. How many
    of the meetings were ``held`` is None where it is not known."""

    slug: str
    name: str
    n: int
    inner: list["Site"]
    held: int | None = None


class Whereabouts(NamedTuple):
    """Places of meetings, whatever came of these, none of the places within another; how many meetings name one
    ``elsewhere``, how many name none, and how many were not held, as far as is known. Not ``exact``: of the newest
    meetings only. Whether all that were held are ``visits``, and whether someone may have ``interpreted`` at one."""

    places: list[Site]
    elsewhere: int
    unplaced: int
    unheld: int
    exact: bool
    visits: bool = False
    interpreted: bool = False

    @property
    def is_nested(self) -> bool:
        """Whether places within any of them are known."""
        return any(one.inner for one in self.places)

    @property
    def adds_up_to_less(self) -> bool:
        """Whether more meetings are at one of them than within what is shown of it."""
        return any(one.inner and one.n > sum(other.n for other in one.inner) for one in self.places)


def of(record: Model, number: int, bars: Iterable[Stretch] = (), *, most: int | None = None) -> dict:
    """The ``career`` of a record with so many meetings and, of a party, its ``whereabouts``: None is what it has not,
    and everything where there are more than ``most``. One query, two more for the whereabouts."""
    noun = str(record._meta.model_name)
    own = tag(noun, record.pk)
    asked = Asked(((own,),), known={own: number})
    if most is not None and number > most:
        return {"career": None, "whereabouts": None}
    placed = noun in PLACED and number > 0
    return {"career": career(years.of(asked), bars), "whereabouts": whereabouts(asked, number) if placed else None}


def posts(positions: Iterable[Position]) -> list[Stretch]:
    """The posts of an official of which a date is known, in the order of time."""
    bars = [post(one.title, one.started, one.ended) for one in positions]
    return sorted((bar for bar in bars if bar.ends), key=lambda bar: (min(bar.ends), bar.label))


def post(title: str, started: str, ended: str) -> Stretch:
    """The time of a post (EDTF), as far as it is known."""
    start, end = dates.parse(started), dates.parse(ended, allow_open=True)
    return Stretch(
        title,
        in_years(start.earliest),
        in_years(start.latest),
        in_years(end.earliest),
        in_years(end.latest, after=True),
        end.form == "open",
    )


def people(named: Iterable[tuple[str, ties.Tie]]) -> list[Stretch]:
    """Names, each from the first meeting of known date to the last, in the order of time."""
    ends = [(tie.first, tie.last, name) for name, tie in named if tie.first and tie.last]
    times = [(in_years(day_of(first)), in_years(day_of(last), after=True), name) for first, last, name in sorted(ends)]
    return [Stretch(name, start, start, end, end) for start, end, name in times]


def in_years(day: date | None, *, after: bool = False) -> float | None:
    """Where a day begins, or ends, on an axis of years."""
    return None if day is None else day.year + (day.timetuple().tm_yday - 1 + after) / 367


def career(found: Sequence[years.Years], bars: Iterable[Stretch]) -> Career:
    """The axis reaches from the first year that a meeting or a bar names to the last, and to today if a bar goes on."""
    bars, now = list(bars), in_years(timezone.localdate()) or 0.0
    named = [year for one in found for year in (one.first, one.last) if year is not None]
    named += [int(end) for bar in bars for end in bar.ends]
    if any(bar.open for bar in bars) or not named:
        named.append(int(now))
    columns = list(columns_of(found, max(min(named), 1), max(named)))
    first, after = columns[0].first, columns[-1].last + 1
    undated = sum(one.n for one in found if one.first is None and one.last is None)
    return Career(bars, columns, first, after, undated, now if first <= now < after else None)


def columns_of(found: Iterable[years.Years], first: int, last: int) -> Iterator[Column]:
    """As many columns as there is room for, of as many years each. A meeting is in all that it can touch, as it is in
    their lists; to be sure of a column, it can be in no other."""
    step = next(step for step in (1, 5, 10, 50, 100) if last // step - first // step < COLUMNS)
    start, number = first // step, last // step - first // step + 1
    counts = [[0, 0, 0, 0] for _at in range(number)]
    for begun, ended, kind, n in found:
        if begun is None and ended is None:
            continue
        low = 0 if begun is None else begun // step - start
        high = number - 1 if ended is None else ended // step - start
        sure = low == high and begun is not None and ended is not None
        place = {"planned": 2, "other": 3}.get(kind, 0 if sure else 1)
        for at in range(low, high + 1):
            counts[at][place] += n
    for at, numbers in enumerate(counts, start):
        yield Column(max(at * step, 1), min(at * step + step - 1, date.max.year), *numbers)


class Nested(NamedTuple):
    """A place as the table has it, and the primary keys of the places around it, the nearest first."""

    slug: str
    name: str
    kind: str
    around: tuple[int, ...]


FOUND = Prepared(
    lambda keys: Place.objects.filter(pk__in=keys).order_by().values_list("pk", "slug", "name", "kind", *AROUND)
)


def whereabouts(asked: Asked, number: int) -> Whereabouts:
    """The countries, or what else is outermost, with most of a party's meetings; two queries."""
    counted, held = counts(asked, number)
    numbers = {int(one[1:]): n for one, n in counted.numbers.items() if one[0] == LETTERS["place"] and "/" not in one}
    most = sorted(numbers, key=lambda pk: (-numbers[pk], pk))[:LOOKED_AT]
    rows = {pk: Nested(slug, name, kind, tuple(filter(None, around))) for pk, slug, name, kind, *around in FOUND(most)}
    found = {pk: rows[pk] for pk in most if pk in rows}
    grounds = outermost(found)
    places = []
    for pk in [pk for pk in found if pk in grounds][:PLACES]:
        inner = told_apart({other: place for other, place in found.items() if pk in place.around})
        within = [Site(*found[other][:2], numbers[other], []) for other in found if other in inner]
        of_held = None if held is None else held[tag("place", pk)]
        places.append(Site(*found[pk][:2], numbers[pk], within[:INNER], of_held))
    placed = counted.numbers.get(tag("has", "place"), 0)
    elsewhere = placed - sum(spot.n for spot in places)
    unheld = sum(counted.numbers.get(tag("status", status), 0) for status in Status if status != Status.HELD)
    visits = held is not None and 0 < held[HELD] == held[VISIT]
    interpreted = held is None or any(one.startswith(INTERPRETED) for one in counted.numbers)
    unplaced = number - placed if counted.exact else 0
    return Whereabouts(places, elsewhere, unplaced, unheld, counted.exact, visits, interpreted)


def counts(asked: Asked, number: int) -> tuple[facets.Tagged, Counter[str] | None]:
    """How many meetings have each tag, and how many held ones, where they are few enough to be read one by one; then
    their ties count too."""
    if number > AT_ONCE:
        return facets.of_tags(asked, [LETTERS[name] for name in ("place", "has", "status")], LOOKED_AT, ()), None
    texts, read = hits.tags_of_each(asked, ties=True)
    each = [text.split() for text in texts]
    every, held = Counter(chain(*each)), Counter(chain(*(tags for tags in each if HELD in tags)))
    return facets.Tagged(every, read.exact, read), held


def outermost(found: Mapping[int, Nested]) -> set[int]:
    """Of the places around each, itself among them, the country, else the last; none that has another of them in it."""
    grounds = set()
    for pk, place in found.items():
        known = [one for one in (pk, *place.around) if one in found]
        countries = [one for one in known if found[one].kind == PlaceKind.COUNTRY]
        grounds.add((countries or known)[-1])
    return grounds - {other for pk in grounds for other in found[pk].around}


def told_apart(found: Mapping[int, Nested]) -> set[int]:
    """Those of the places that say most: cities, and what neither has one of them in it nor lies within one. None of
    them lies within another."""
    cities = {pk for pk, place in found.items() if place.kind == PlaceKind.CITY}
    # A city within a city is a part of it.
    cities = {pk for pk in cities if cities.isdisjoint(found[pk].around)}
    outer = {other for pk in cities for other in found[pk].around}
    others = {pk for pk in found if pk not in cities | outer and cities.isdisjoint(found[pk].around)}
    return cities | {pk for pk in others if others.isdisjoint(found[pk].around)}
