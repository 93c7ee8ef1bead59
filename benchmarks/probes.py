"""What to ask for, and how many meetings each question must find: counted while the meetings are made.

The meaning is that of the product's filters: words are whole ones of titles, summaries, statements and names; dates are
those that overlap; a place includes the venues within it.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple
from urllib.parse import urlencode

from benchmarks.world import World

#: The ranks of the two words that are asked for together.
TWO_WORDS = (24, 30)
YEAR = 1990


class Made(NamedTuple):
    """A meeting, as far as it is counted. Officials, countries and places are numbers of the world."""

    officials: list[int]
    countries: set[int]
    place: int | None
    topics: Iterable[int]
    years: set[int]
    words: set[str]
    choices: tuple[tuple[str, str], ...]


class Tally:
    """Counts the meetings that each probe can ask for, in memory that does not grow with their number."""

    def __init__(self, world: World):
        self.world = world
        self.meetings = self.participations = self.statements = 0
        self.officials: Counter[int] = Counter()
        self.countries: Counter[int] = Counter()
        self.pairs: Counter[tuple[int, int]] = Counter()
        self.country_pairs: Counter[tuple[int, int]] = Counter()
        self.places: Counter[int | None] = Counter()
        self.topics: Counter[int] = Counter()
        self.years: Counter[int] = Counter()
        self.words: Counter[str] = Counter()
        self.choices: Counter[tuple[str, str]] = Counter()
        self.namesakes = 0
        self.one, self.other = (world.vocabulary[rank] for rank in TWO_WORDS)
        self.both: Counter[int] = Counter()

    def add(self, made: Made) -> None:
        self.meetings += 1
        self.officials.update(made.officials)
        self.countries.update(made.countries)
        self.country_pairs.update(combinations(sorted(made.countries), 2))
        watched = sorted(self.world.watched.intersection(made.officials))
        if len(watched) > 1:
            self.pairs.update(combinations(watched, 2))
        if made.place is not None:
            self.places[made.place] += 1
            self.places[self.world.within[made.place]] += 1
        self.topics.update(made.topics)
        self.years.update(made.years)
        self.words.update(made.words)
        self.choices.update(made.choices)
        if not self.world.namesakes.isdisjoint(made.officials):
            self.namesakes += 1
        if self.one in made.words and self.other in made.words:
            self.both.update(made.countries)

    def probes(self, seed: int) -> dict[str, Any]:
        """The content of ``probes.json``: addresses to ask for, with the number of meetings that each must find."""
        officials, countries, words = (ranked(counted) for counted in (self.officials, self.countries, self.words))
        del self.places[None]
        asked = {
            "newest": ((), self.meetings),
            "official common": self.official(officials[0][0]),
            "official middling": self.official(officials[len(officials) // 2][0]),
            "official rare": self.official(rarest(officials, 5)),
            "country common": self.country(countries[0][0]),
            "country rare": self.country(countries[-1][0]),
            "place": self.place(ranked(self.places)[0][0]),
            "topic": self.topic(ranked(self.topics)[0][0]),
            "year": ((("from", str(YEAR)), ("to", str(YEAR))), self.years[YEAR]),
            "word common": self.word(words[0][0]),
            "word middling": self.word(next(word for word, n in words if n <= self.meetings / 100)),
            "word rare": self.word(rarest(words, max(3, self.meetings // 20_000))),
            "surname": ((("q", self.world.surname),), self.namesakes),
            "two words and a country": self.two_words(countries[0][0]),
        }
        for name, noun, pairs, records in (
            ("two officials", "official", self.pairs, self.world.officials),
            ("two countries", "country", self.country_pairs, self.world.countries),
        ):
            for pair, n in ranked(pairs)[:1]:
                asked[name] = tuple((noun, records[one].slug) for one in pair), n
        for (name, value), n in sorted(self.choices.items()):
            asked[f"{name} {value}"] = ((name, value),), n
        return {
            "seed": seed,
            "meetings": self.meetings,
            "participations": self.participations,
            "statements": self.statements,
            "official": self.world.officials[officials[0][0]].slug,
            "country": self.world.countries[countries[0][0]].slug,
            "probes": {
                name: {"query": f"?{urlencode(query)}" if query else "", "count": n}
                for name, (query, n) in asked.items()
            },
        }

    def official(self, number: int):
        return (("official", self.world.officials[number].slug),), self.officials[number]

    def country(self, number: int):
        return (("country", self.world.countries[number].slug),), self.countries[number]

    def place(self, number: int):
        return (("place", self.world.places[number].slug),), self.places[number]

    def topic(self, number: int):
        return (("topic", self.world.topics[number].slug),), self.topics[number]

    def word(self, word: str):
        return (("q", word),), self.words[word]

    def two_words(self, number: int):
        query = (("q", f"{self.one} {self.other}"), ("country", self.world.countries[number].slug))
        return query, self.both[number]


def ranked(counted: Counter) -> list[tuple]:
    """The most frequent first; equals in their own order, so that the same are chosen again."""
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def rarest(found: list[tuple], fewest: int):
    """The rarest one that comes ``fewest`` times, or as often as the most frequent does."""
    fewest = min(fewest, found[0][1])
    return next(one for one, n in reversed(found) if n >= fewest)
