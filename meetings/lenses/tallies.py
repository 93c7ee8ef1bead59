"""What the meetings of two have in numbers: on whose ground they were, who spoke for each, and on what, when."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import chain, product
from typing import Any, NamedTuple

from meetings.choices import PlaceKind
from meetings.index.names import called
from meetings.index.prepared import Prepared
from meetings.index.tags import LETTERS, tag
from meetings.lenses import profile, visits
from meetings.lenses.addresses import addresses
from meetings.lenses.course import names_of_grounds
from meetings.lenses.shared import GROUNDS, REMOTE, Counted, Meeting, Periods, Shared, Side
from meetings.models import Country, Official, Place, Topic

#: How many officials of each side, couples of them, countries of elsewhere and topics are shown.
PEOPLE, COUPLES, ELSEWHERE, TOPICS = 12, 8, 12, 12
#: How many periods a table of topics has, and how many shades.
PERIODS, SHADES = 8, 4

#: The places that are whole countries, as filters name them.
PLACES = Prepared(
    lambda keys: (
        Place.objects.filter(country__in=keys, kind=PlaceKind.COUNTRY, merged_into=None)
        .order_by("-pk")
        .values_list("country", "pk", "slug")
    )
)
NAMED: dict[str, Any] = {"ground": Country, "official": Official, "topic": Topic}


class Territory(NamedTuple):
    """On whose ground (one of `GROUNDS`, and its name) how many of the meetings were; elsewhere, in which countries,
    and in how many others; and which visits there are not among them."""

    ground: str
    name: str
    number: Counted
    countries: list[tuple[str, Counted]]
    others: int
    beside: visits.Unnamed | None


class Representative(NamedTuple):
    """Who spoke for a country at how many of the meetings, the years of the first and the last, and their title at the
    last."""

    slug: str
    name: str
    title: str
    number: Counted
    years: str


class Couple(NamedTuple):
    """An official of each side, at how many meetings both spoke, and the page of the two."""

    own: str
    other: str
    n: int
    address: str


class TopicLine(NamedTuple):
    """A topic, how many meetings are on it, and how many of them can have been in each period."""

    slug: str
    name: str
    total: Counted
    cells: list[Counted]


class Topics(NamedTuple):
    """The most frequent topics by periods, of ``among``, how many ``meetings`` have any, and how many of these no known
    date; and the greatest number of a cell."""

    periods: Periods
    lines: list[TopicLine]
    among: int
    meetings: int
    undated: int
    greatest: int

    def shade(self, n: int) -> int:
        """How dark a number is drawn, from 1 to `SHADES`; 0 for none."""
        return -(-SHADES * n // max(self.greatest, SHADES)) if n else 0


class Tallies:
    """The numbers of the meetings of two; two queries, for names and places, one for titles of officials, and one for
    meetings that do not name both."""

    def __init__(self, shared: Shared):
        self.shared = shared
        self.grounds = grouped(shared.met)
        self.elsewhere = tallied(self.grounds["elsewhere"], "ground")
        #: In which countries they met, whoever's ground that was.
        self.hosts = tallied(shared.met, "ground")
        self.topics = tallied(shared.meetings, "topic")
        #: What the meetings rest on; nothing where not all are read.
        self.sources = tallied(shared.meetings if shared.exact else [], "source")
        self.spoke = Spoke(shared) if shared.noun == "country" else None
        shown = {
            "ground": list({*first(self.elsewhere, ELSEWHERE), *first(self.hosts, 1)}),
            "topic": first(self.topics, TOPICS),
            "official": self.spoke.shown if self.spoke else [],
        }
        self.names = called({name: (NAMED[name], tags) for name, tags in shown.items()})

    def by_ground(self) -> list[Territory]:
        """On whose ground they met; the queries of `unnamed`."""
        homes, places = self.homes, self.places
        names = names_of_grounds(self.shared)
        found = []
        for ground, meetings in self.grounds.items():
            number, countries = Counted(len(meetings), ""), []
            if ground in ("own", "other") and homes:
                number = self.placed(len(meetings), places.get(homes[ground == "other"]))
            elif ground == "remote":
                number = self.shared.counted(len(meetings), tags=tuple(REMOTE), medium=list(REMOTE.values()))
            elif ground == "elsewhere":
                countries = [
                    (self.names[one][1], self.placed(self.elsewhere[one], places.get(int(one[1:]))))
                    for one in first(self.elsewhere, ELSEWHERE)
                    if one in self.names
                ]
            beside = self.unnamed.get(ground)
            if meetings or beside:
                others = len(self.elsewhere) - len(countries) if countries else 0
                found.append(Territory(ground, names[ground], number, countries, others, beside))
        return found

    def mostly(self) -> tuple[str, int] | None:
        """The country in which they met most often, and how often, if that is one, and more than once; None where not
        all meetings are read, or where others may have been meetings of the two."""
        if self.unnamed:
            return None
        (most, n), (_next, less) = [*self.hosts.most_common(2), ("", 0), ("", 0)][:2]
        return (self.names[most][1], n) if self.shared.exact and most in self.names and n > max(less, 1) else None

    @cached_property
    def unnamed(self) -> dict[str, visits.Unnamed]:
        """What else may have been meetings of the two, by whose ground it was on; a query, and that of `places`."""
        return visits.of(self.shared, self.places if self.homes and self.shared.exact else {})

    @property
    def homes(self) -> list[int]:
        """The two, if they are countries."""
        return [side.pk for side in self.shared.sides if side.noun == "country"]

    @cached_property
    def places(self) -> dict[int, tuple[int, str]]:
        """The places that the two and countries of elsewhere are: primary key and slug, by the country's; a query."""
        countries = [*self.homes, *(int(one[1:]) for one in first(self.elsewhere, ELSEWHERE))]
        return {country: (pk, slug) for country, pk, slug in PLACES(countries)}

    def placed(self, n: int, place: tuple[int, str] | None) -> Counted:
        """A number with the list of the meetings at a place, where this has as many."""
        return self.shared.counted(n, tags=(tag("place", place[0]),), place=place[1]) if place else Counted(n, "")

    def by_topic(self) -> Topics:
        """On what the meetings that name both were, in which years."""
        having = [one for one in self.shared.meetings if any(own[0] == LETTERS["topic"] for own in one.tags)]
        periods = Periods(having, PERIODS)
        if len(periods) == 1:
            # The numbers of all would stand there once more.
            periods.clear()
        cells: dict[str, list[int]] = {one: [0] * len(periods) for one in first(self.topics, TOPICS)}
        for one in having:
            own, at = [cells[topic] for topic in one.tags if topic in cells], list(periods.of(one)) if periods else []
            for numbers in own:
                for place in at:
                    numbers[place] += 1
        lines = [
            self.topic(*self.names[one], self.topics[one], cells[one], periods) for one in cells if one in self.names
        ]
        greatest = max((max(numbers, default=0) for numbers in cells.values()), default=0)
        undated = sum(not one.is_dated for one in having)
        return Topics(periods, lines, len(self.topics), len(having), undated, greatest)

    def topic(self, slug: str, name: str, total: int, cells: list[int], periods: Periods) -> TopicLine:
        number = self.shared.naming_both
        numbers = [number(n, topic=slug, **period.bounds) for n, period in zip(cells, periods, strict=True)]
        return TopicLine(slug, name, number(total, topic=slug), numbers)

    def by_side(self) -> list[list[Representative]]:
        """Who spoke for each country at the meetings at which the two met; a query."""
        if self.spoke is None:
            return []
        newest = {record for side in self.spoke.sides for record in side.last.values()}
        titles = {(one[0], f"o{one[1]}"): one[3] or one[4] or "" for one in profile.SPOKE(sorted(newest))}
        return [
            [
                Representative(
                    *self.names[one],
                    titles.get((side.last.get(one, 0), one), ""),
                    self.shared.counted(side.numbers[one], tags=(one,), official=self.names[one][0]),
                    side.years(one),
                )
                for one in first(side.numbers, PEOPLE)
                if one in self.names
            ]
            for side in self.spoke.sides
        ]

    @property
    def most_people(self) -> int:
        """How many officials of a side are shown at most, where there are more; else 0."""
        sides = self.spoke.sides if self.spoke else ()
        return PEOPLE if any(len(side.numbers) > PEOPLE for side in sides) else 0

    def by_couple(self) -> list[Couple]:
        """Who met whom of them most often."""
        pair = addresses("official_pair", "ONE", "OTHER")
        return [
            Couple(
                self.names[own][1], self.names[other][1], n, pair(*sorted((self.names[own][0], self.names[other][0])))
            )
            for (own, other), n in (self.spoke.couples if self.spoke else ())
            if own in self.names and other in self.names
        ]

    def silent(self) -> list[tuple[Side, int]]:
        """For whom of two countries no official spoke, and at how many of the meetings at which they met."""
        numbers = self.spoke.silent if self.spoke else (0, 0)
        return [(side, n) for side, n in zip(self.shared.sides, numbers, strict=True) if n]


class Spokespeople:
    """At how many meetings officials (tags) spoke for a side, with the years, and the newest record of each."""

    def __init__(self) -> None:
        self.numbers: Counter[str] = Counter()
        self.last: dict[str, int] = {}
        self.reached: dict[str, tuple[int, int]] = {}

    def add(self, meeting: Meeting, officials: Iterable[str]) -> None:
        """Meetings come newest first, those of unknown date last."""
        day = meeting.earliest or meeting.latest
        for one in officials:
            self.numbers[one] += 1
            self.last.setdefault(one, meeting.record)
            if day:
                year = date.fromordinal(day).year
                self.reached[one] = year, self.reached.get(one, (year, year))[1]

    def years(self, one: str) -> str:
        return "–".join(map(str, dict.fromkeys(self.reached.get(one, ()))))


class Spoke:
    """Who spoke for two countries at the meetings at which these met."""

    def __init__(self, shared: Shared):
        finds = [re.compile(rf" for-{side.tag}/({LETTERS['official']}\d+)(?= )").findall for side in shared.sides]
        self.sides = Spokespeople(), Spokespeople()
        #: At how many no official spoke for each.
        self.silent = [0, 0]
        couples: Counter[tuple[str, str]] = Counter()
        for meeting in shared.met:
            own, other = (find(meeting.ties) for find in finds)
            self.sides[0].add(meeting, own)
            self.sides[1].add(meeting, other)
            self.silent = [n + (not found) for n, found in zip(self.silent, (own, other), strict=True)]
            couples.update((one, another) for one, another in product(own, other) if one != another)
        self.couples = sorted(couples.items(), key=lambda item: (-item[1], item[0]))[:COUPLES]

    @property
    def shown(self) -> list[str]:
        people = chain.from_iterable(first(side.numbers, PEOPLE) for side in self.sides)
        return list(dict.fromkeys([*people, *(one for couple, _n in self.couples for one in couple)]))


def grouped(meetings: Iterable[Meeting]) -> dict[str, list[Meeting]]:
    """The meetings by whose ground they were on."""
    found: dict[str, list[Meeting]] = {ground: [] for ground in GROUNDS}
    for one in meetings:
        found[one.ground].append(one)
    return found


def tallied(meetings: Iterable[Meeting], name: str) -> Counter[str]:
    """How many meetings have each tag of a parameter."""
    letter = LETTERS[name]
    return Counter(one for meeting in meetings for one in meeting.tags if one[0] == letter)


def first(numbers: Mapping[str, int], most: int) -> list[str]:
    """The most frequent."""
    return sorted(numbers, key=lambda one: (-numbers[one], one))[:most]
