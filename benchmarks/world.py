"""The invented world in which meetings take place: countries, officials and their posts, places, topics, sources."""

import csv
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.speech import TOPICS, Speech, drawn, written, zipf
from meetings.table import TABLES

FIRST, LAST = 1900, 2026
YEARS = range(FIRST, LAST + 1)
COUNTRIES, OFFICIALS, PLACES, REGIONS, PUBLISHERS = 200, 20_000, 1_500, 12, 40
VOCABULARY = 60_000
#: How many of the officials who meet most are watched for pairs.
WATCHED = 300

POSTS = (
    ("President", "head-of-state"),
    ("Prime Minister", "head-of-government"),
    ("Foreign Minister", "minister"),
    ("Defence Minister", "minister"),
    ("Trade Minister", "minister"),
    ("Deputy Foreign Minister", "other"),
    ("Special Envoy", "other"),
    ("State Secretary", "other"),
    ("Director General", "other"),
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _LETTERS for other in _LETTERS]
#: Spreads numbers over all uids, as random ones are; odd, so that no two numbers have the same.
_SPREAD, _ALL = 0x2545F4914F6CD, 1 << 50


def uid(noun: int, number: int) -> str:
    """The uid of the ``number``-th record of a noun."""
    n = (number * _SPREAD + noun * 0x1D872B41F) % _ALL
    return (
        f"{_PAIRS[n >> 40]}{_PAIRS[n >> 30 & 1023]}{_PAIRS[n >> 20 & 1023]}{_PAIRS[n >> 10 & 1023]}{_PAIRS[n & 1023]}"
    )


class Post(NamedTuple):
    """A post of an official, from the first to the last year."""

    uid: str
    title: str
    level: str
    started: int
    ended: int


class Name(NamedTuple):
    slug: str
    name: str


class Active(NamedTuple):
    """The officials of a country in a year, with cumulative weights."""

    officials: list[int]
    weights: list[float]


class World:
    """Everything but the meetings. Records are numbers here: places in the lists."""

    def __init__(self, random: Random, officials: int = OFFICIALS):
        self.random = random
        speech = Speech(random)
        self.make_countries(speech)
        self.make_officials(speech, officials)
        self.make_places(speech)
        self.topics = [Name(topic.lower(), topic) for topic in TOPICS[:60]]
        self.topic_weights = zipf(len(self.topics), 0.9)
        papers = (" Herald", " Gazette", " Times")
        self.publishers = [self.named(speech.word(2, 3), n, papers) for n in range(PUBLISHERS)]
        self.vocabulary = speech.vocabulary(VOCABULARY)
        self.urn = drawn(self.vocabulary, 1 << 20)
        self.watch()

    def pick(self, weights: Sequence[float]) -> int:
        return bisect(weights, self.random.random() * weights[-1])

    def named(self, word: str, number: int, endings: Sequence[str] = ("",)) -> Name:
        ending = endings[number % len(endings)]
        return Name((word + ending).lower().replace(" ", "-"), written(word, number) + ending)

    def make_countries(self, speech: Speech) -> None:
        words = speech.words(COUNTRIES, 2, 3, ("ia", "land", "stan", "a", "o", ""))
        self.countries = [self.named(word, n) for n, word in enumerate(words)]
        self.country_weights = zipf(COUNTRIES, 0.85)
        self.region = [self.random.randrange(REGIONS) for _ in words]
        self.neighbours = [[n for n in range(COUNTRIES) if self.region[n] == region] for region in range(REGIONS)]
        self.neighbour_weights = [list(accumulate((n + 1) ** -0.85 for n in some)) for some in self.neighbours]

    def make_officials(self, speech: Speech, wanted: int) -> None:
        """Officials with one to three posts after each other, and who of a country is in office when."""
        random = self.random
        given, family = speech.words(600, 1, 2), speech.words(6_000, 2, 3)
        self.year_weights = list(accumulate(1.025 ** (year - FIRST) for year in YEARS))
        self.officials: list[Name] = []
        self.family: list[str] = []
        self.citizenship: list[int] = []
        self.posts: list[list[Post]] = []
        slugs: set[str] = set()
        while len(self.officials) < wanted:
            one, other = random.randrange(len(given)), random.randrange(len(family))
            slug = f"{given[one]}-{family[other]}"
            if slug in slugs:
                continue
            slugs.add(slug)
            number = len(self.officials)
            self.officials.append(Name(slug, f"{written(given[one], one)} {written(family[other], other)}"))
            self.family.append(family[other])
            self.citizenship.append(number % COUNTRIES if number < 3 * COUNTRIES else self.pick(self.country_weights))
            self.posts.append(self.career(number))
        compatriots = defaultdict(list)
        for number, country in enumerate(self.citizenship):
            compatriots[country].append(number)
        self.active: dict[tuple[int, int], Active] = {}
        for country, officials in compatriots.items():
            for rank, official in enumerate(officials):
                posts = self.posts[official]
                for year in range(max(FIRST, posts[0].started), min(LAST, posts[-1].ended) + 1):
                    active = self.active.setdefault((country, year), Active([], []))
                    active.officials.append(official)
                    active.weights.append((active.weights[-1] if active.weights else 0.0) + (rank + 1) ** -0.9)

    def career(self, number: int) -> list[Post]:
        start = 1895 + self.pick(self.year_weights)
        end = start + self.random.randint(3, 30)
        inner = self.random.sample(range(start + 1, end), min(self.random.randint(0, 2), end - start - 1))
        spans = pairwise([start, *sorted(inner), end])
        return [
            Post(uid(2, 3 * number + at), *self.random.choice(POSTS), started, ended)
            for at, (started, ended) in enumerate(spans)
        ]

    def make_places(self, speech: Speech) -> None:
        """Cities, and venues within some of them."""
        random = self.random
        words = speech.words(PLACES, 2, 3, ("", "burg", "ville", "grad"))
        self.places = [self.named(word, n, ("", "", "", " City")) for n, word in enumerate(words)]
        self.ground = [n if n < COUNTRIES else self.pick(self.country_weights) for n in range(PLACES)]
        self.points = [(round(random.uniform(-55, 70), 4), round(random.uniform(-180, 180), 4)) for _ in words]
        self.within: list[int | None] = []
        self.places_of: list[list[int]] = [[] for _ in range(COUNTRIES)]
        for number, country in enumerate(self.ground):
            cities = [one for one in self.places_of[country] if self.within[one] is None]
            self.within.append(random.choice(cities) if number >= COUNTRIES and random.random() < 0.2 else None)
            self.places_of[country].append(number)
        self.place_weights = [zipf(len(some), 1.0) for some in self.places_of]

    def watch(self) -> None:
        """Finds those who can be expected to meet most; pairs of these are counted."""
        expected: dict[int, float] = defaultdict(float)
        for (country, year), active in self.active.items():
            share = (country + 1) ** -0.85 * 1.025 ** (year - FIRST) / active.weights[-1]
            before = 0.0
            for official, weight in zip(active.officials, active.weights, strict=True):
                expected[official] += share * (weight - before)
                before = weight
        ranked = sorted(expected, key=lambda official: (-expected[official], official))
        self.watched = frozenset(ranked[:WATCHED])
        self.surname = self.family[ranked[0]]
        self.namesakes = frozenset(n for n, name in enumerate(self.family) if name == self.surname)

    def write(self, folder: Path, sources: int) -> None:
        """Writes all of it in the neutral format."""
        write(
            folder,
            "countries",
            ("slug", "name", "iso3", "kind", "region"),
            (
                (*name, f"X{chr(65 + n // 26)}{chr(65 + n % 26)}", "state", f"Region {self.region[n] + 1}")
                for n, name in enumerate(self.countries)
            ),
        )
        write(folder, "organizations", ("slug", "name", "kind"), ((*name, "media") for name in self.publishers))
        write(folder, "officials", ("slug", "name"), self.officials)
        write(
            folder,
            "positions",
            ("uid", "official", "title", "level", "country", "started", "ended"),
            (
                (
                    post.uid,
                    self.officials[n].slug,
                    post.title,
                    post.level,
                    self.countries[self.citizenship[n]].slug,
                    post.started,
                    post.ended if post.ended <= LAST else "..",
                )
                for n, posts in enumerate(self.posts)
                for post in posts
            ),
        )
        write(
            folder,
            "places",
            ("slug", "name", "kind", "within", "country", "latitude", "longitude"),
            (
                (*name, *self.place_row(n), self.countries[self.ground[n]].slug, *self.points[n])
                for n, name in enumerate(self.places)
            ),
        )
        write(folder, "topics", ("slug", "name"), self.topics)
        write(
            folder,
            "sources",
            ("uid", "kind", "title", "publisher", "url"),
            (
                (
                    uid(3, n),
                    "news-report",
                    f"Report {n + 1}",
                    self.publishers[n % PUBLISHERS].slug,
                    f"https://example.org/report/{n + 1}",
                )
                for n in range(sources)
            ),
        )

    def place_row(self, number: int) -> tuple[str, str]:
        city = self.within[number]
        return ("city", "") if city is None else ("venue", self.places[city].slug)


def opened(folder: Path, name: str, columns: Sequence[str]):
    """A file of the neutral format with these of its columns, and what writes its rows."""
    for column in columns:
        TABLES[name].column(column)
    file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="", buffering=1 << 20)
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    return file, writer


def write(folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    file, writer = opened(folder, name, columns)
    with file:
        writer.writerows(rows)
