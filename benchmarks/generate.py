"""A folder of invented meetings in the neutral format, with what to ask for and how many must be found.

    python3 -m benchmarks.generate --meetings 100000 --seed 1 --out var/bench/100000

Needs the standard library alone. The same arguments give the same bytes. Memory does not grow with the number.

Officials and countries are distributed by Zipf's law, half of the partners come from one's own region, and officials
take part only while they hold a post. The years 1900 to 2026 have 2.5 % more meetings each; the order of the records is
not that of their dates.
"""

import argparse
import json
import sys
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.probes import Made, Tally
from benchmarks.world import FIRST, LAST, OFFICIALS, World, opened, uid

#: So many meetings are written together.
CHUNK = 2_000

COLUMNS = {
    "meetings": (
        "uid", "title", "slug", "kind", "medium", "protocol", "status", "date", "place", "topics", "about", "summary",
        "publication",
    ),
    "participations": (
        "uid", "meeting", "official", "country", "name_as_written", "title_as_written", "position", "role", "order",
    ),
    "statements": ("uid", "speaker", "speaker_as_written", "meeting", "mode", "text", "order", "publication"),
    "citations": ("uid", "source", "meeting", "stance"),
}  # fmt: skip


class Sort(NamedTuple):
    """What a meeting can be: its share, the words in its title, and the vocabularies' values."""

    share: float
    words: str
    kind: str
    medium: str
    protocol: str


SORTS = (
    Sort(42, "meeting", "meeting", "in-person", ""),
    Sort(14, "talks", "meeting", "in-person", ""),
    Sort(4, "summit", "conference", "in-person", ""),
    Sort(12, "phone talks", "meeting", "phone", ""),
    Sort(6, "video talks", "meeting", "video", ""),
    Sort(4, "state visit", "visit", "in-person", "state"),
    Sort(8, "working visit", "visit", "in-person", "working"),
    Sort(6, "sidelines meeting", "meeting", "in-person", ""),
    Sort(2, "exhibition", "exhibition", "in-person", ""),
    Sort(2, "ceremony", "ceremony", "in-person", ""),
)
SORT_WEIGHTS = list(accumulate(sort.share for sort in SORTS))
#: How many parties a meeting has, from two on.
PARTY_WEIGHTS = list(accumulate([55, 20, 10, 5.5, 3.5, 2, 1.2, 0.8, 0.7, 0.6, 0.7]))
RARE_ROLES = ("guest", "mediator", "interpreter", "delegation")
STATUSES = ("held", "unconfirmed", "cancelled", "denied", "postponed")
STATUS_WEIGHTS = list(accumulate([90, 5, 2.5, 2, 0.5]))
LAST_DAY = date(LAST, 12, 31)


class Meetings:
    """Makes meetings one by one; rows of four files, and a `Made` for the tally."""

    def __init__(self, world: World, random: Random, sources: int):
        self.world = world
        self.random = random
        self.sources = sources
        self.parties = self.statements = 0

    def chunk(self, numbers: range, rows: dict[str, list[tuple]]) -> Iterator[Made]:
        """Adds the rows of some meetings."""
        draw = self.random.random
        lengths = []
        for _ in numbers:
            said = 0 if draw() < 0.3 else 1 + int(draw() ** 2 * 4.45)
            lengths.append([2, 15 + int(draw() * 31), *(10 + int(draw() * 26) for _ in range(said))])
        urn = self.random.choices(self.world.urn, k=sum(map(sum, lengths)))
        start = 0
        for number, own in zip(numbers, lengths, strict=True):
            end = start + sum(own)
            yield self.make(number, urn[start:end], own, rows)
            start = end

    def make(self, number: int, words: list[str], lengths: list[int], rows: dict[str, list[tuple]]) -> Made:
        world, draw = self.world, self.random.random
        year, day, years, status = self.time()
        sort = SORTS[bisect(SORT_WEIGHTS, draw() * SORT_WEIGHTS[-1])]
        countries = self.countries(2 + bisect(PARTY_WEIGHTS, draw() * PARTY_WEIGHTS[-1]))
        place = self.place(countries[0]) if draw() < 0.85 else None
        topics = sorted({world.pick(world.topic_weights) for _ in range(1 + int(draw() * 3))})
        about = world.countries[world.pick(world.country_weights)].slug if draw() < 0.1 else ""
        key = uid(0, number)
        first, second = world.countries[countries[0]], world.countries[countries[1]]
        ground = world.places[place] if place is not None else None
        title = f"{first.name} and {second.name}: {sort.words} on {words[0]} and {words[1]}"
        slug = f"{first.slug}-and-{second.slug}-{sort.words.replace(' ', '-')}-on-{words[0]}-and-{words[1]}"
        rows["meetings"].append(
            (
                key,
                f"{title} in {ground.name}" if ground else title,
                slug[:100],
                sort.kind,
                sort.medium,
                sort.protocol,
                status,
                day,
                ground.slug if ground else "",
                ";".join([world.topics[topic].slug for topic in topics]),
                about,
                text(words[2 : 2 + lengths[1]]),
                "published",
            )
        )
        officials = self.take_part(key, year, countries, rows["participations"])
        self.speak(key, words, lengths, officials, rows["statements"])
        rows["citations"].append((uid(6, number), uid(3, int(draw() * self.sources)), key, "supports"))
        choices = [("status", status), ("kind", sort.kind), ("medium", sort.medium)]
        choices += [("protocol", sort.protocol)] if sort.protocol else []
        choices += [("about", about)] if about == world.countries[0].slug else []
        choices += [("has", "statements")] if len(lengths) > 2 else []
        choices += [("has", "place")] if ground else []
        choices += [("has", "participants")] if officials else []
        return Made(officials, set(countries), place, topics, years, set(words), tuple(choices))

    def time(self) -> tuple[int, str, set[int], str]:
        """The year, the EDTF date, the years that it overlaps, and the status."""
        draw = self.random.random
        year = FIRST + self.world.pick(self.world.year_weights)
        how = draw()
        month = 1
        years = {year}
        if how < 0.92 - (0.3 if year < 1950 else 0):
            start = date(year, 1, 1) + timedelta(days=int(draw() * 365))
            month, text = start.month, start.isoformat()
            if draw() < 0.12:
                end = min(LAST_DAY, start + timedelta(days=1 + int(draw() * 4)))
                years.add(end.year)
                text = f"{text}/{end.isoformat()}" if end > start else text
        elif how < 0.98:
            month = 1 + int(draw() * 12)
            text = f"{year}-{month:02}"
        else:
            text = str(year)
        if year == LAST and month > 10:
            return year, text, years, "planned" if draw() < 0.9 else "cancelled"
        return year, text, years, STATUSES[bisect(STATUS_WEIGHTS, draw() * STATUS_WEIGHTS[-1])]

    def countries(self, number: int) -> list[int]:
        """Who takes part: the host's country, and others, many of them from the same region."""
        world, draw = self.world, self.random.random
        host = world.pick(world.country_weights)
        region = world.region[host]
        found = [host]
        while len(found) < number:
            how = draw()
            same, near = (0.03, 0.5) if len(found) == 1 else (0.4, 0.7)
            if how < same:
                found.append(found[int(draw() * len(found))])
            elif how < near:
                found.append(world.neighbours[region][world.pick(world.neighbour_weights[region])])
            else:
                found.append(world.pick(world.country_weights))
        return found

    def place(self, host: int) -> int:
        """Mostly in the host's country."""
        world = self.world
        country = host if self.random.random() < 0.8 else world.pick(world.country_weights)
        return world.places_of[country][world.pick(world.place_weights[country])]

    def take_part(self, meeting: str, year: int, countries: list[int], rows: list[tuple]) -> list[int]:
        """Adds the participations; the officials who are known. Some of them speak under a title of their own."""
        world, draw = self.world, self.random.random
        known: list[int] = []
        for order, country in enumerate(countries):
            self.parties += 1
            role = "host" if order == 0 else "participant" if draw() < 0.9 else RARE_ROLES[int(draw() * 4)]
            official, name, title, post = "", "", "", ""
            person = self.person(country, year, known) if draw() >= 0.05 else None
            if person is not None:
                known.append(person)
                official = world.officials[person].slug
                held = next(one for one in world.posts[person] if one.started <= year <= one.ended)
                title, post = ("", held.uid) if draw() < 0.7 else (held.title, "")
            elif draw() < 0.3:
                name = "Senior officials"
            rows.append(
                (uid(1, self.parties), meeting, official, world.countries[country].slug, name, title, post, role, order)
            )
        return known

    def person(self, country: int, year: int, known: list[int]) -> int | None:
        """An official of the country who is in office and not there yet."""
        active = self.world.active.get((country, year))
        if active is None:
            return None
        for _ in range(4):
            one = active.officials[self.world.pick(active.weights)]
            if one not in known:
                return one
        return None

    def speak(
        self, meeting: str, words: list[str], lengths: list[int], officials: list[int], rows: list[tuple]
    ) -> None:
        start = lengths[0] + lengths[1]
        for order, length in enumerate(lengths[2:]):
            self.statements += 1
            speaker = (
                self.world.officials[officials[int(self.random.random() * len(officials))]].slug if officials else ""
            )
            mode = "verbatim" if self.random.random() < 0.45 else "paraphrase"
            said = text(words[start : start + length])
            written = "" if speaker else "A spokesperson"
            rows.append((uid(4, self.statements), speaker, written, meeting, mode, said, order, "published"))
            start += length


def text(words: list[str]) -> str:
    return f"{' '.join(words).capitalize()}."


def generate(
    meetings: int, seed: int, folder: Path, told: Callable[[int], None] = lambda done: None, officials: int = OFFICIALS
) -> dict:
    """Writes the folder, and returns what stands in its ``probes.json``; ``told`` hears how many meetings are made."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    world = World(random, officials)
    sources = max(50, meetings // 200)
    world.write(folder, sources)
    tally = Tally(world)
    maker = Meetings(world, random, sources)
    with ExitStack() as stack:
        writers = {}
        for name, columns in COLUMNS.items():
            file, writers[name] = opened(folder, name, columns)
            stack.enter_context(file)
        for start in range(0, meetings, CHUNK):
            rows: dict[str, list[tuple]] = {name: [] for name in COLUMNS}
            for made in maker.chunk(range(start, min(meetings, start + CHUNK)), rows):
                tally.add(made)
            for name, some in rows.items():
                writers[name].writerows(some)
            told(start)
    tally.participations, tally.statements = maker.parties, maker.statements
    probes = tally.probes(seed)
    (folder / "probes.json").write_text(json.dumps(probes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return probes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    began = time.monotonic()

    def told(done: int) -> None:
        if done % 100_000 == 0 and done:
            print(f"{done:>9} meetings, {time.monotonic() - began:.0f} s", file=sys.stderr)

    probes = generate(options.meetings, options.seed, options.out, told)
    print(f"{probes['meetings']} meetings in {time.monotonic() - began:.1f} s: {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
