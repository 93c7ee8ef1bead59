"""Which words for persons mean one person: brought together on evidence only; pure.

A *mention* is a name with the offices and the years in which a source, or our own records, have it. Two mentions of one
country are one person when, with at most so many years between them,

    names                                       offices share one       they share none
    the same, of two words or more              30 years                10 years
    the same, of one word                       15                      doubt up to 10
    one is how the other begins or ends         10, doubt up to 20      doubt up to 10
    spelled nearly the same                     10                      no
    one surname and first letter (Joe, Joseph)  0                       no

"The same" looks past case, accents, initials and a word written twice. "Nearly" is two slips of the pen in two words or
more, one slip in one word (two are a doubt: Soeharto and Suharto, but Sukarno). Other regnal numbers are other
persons; a number that one of the two lacks is no difference (King Hussein, King Hussein I). Namesakes stay apart:
“Lleras” (1960) is neither how “Carlos Lleras Restrepo” (1969) begins nor how it ends, and the two Ospinas are 24 years
apart. A beginning or an end that would fit two persons is a doubt.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple

from meetings import words
from meetings.imports.titles import slips

Verdict = Literal["same", "part", "doubt", "other"]

#: By how the names agree and whether an office is shared: years until which they are one person, and in doubt.
LIMITS: dict[tuple[str, bool], tuple[int, int]] = {
    ("equal", True): (30, 30),
    ("equal", False): (10, 10),
    ("equal in one word", True): (15, 30),
    ("equal in one word", False): (-1, 10),
    ("part", True): (10, 20),
    ("part", False): (-1, 10),
    ("near", True): (10, 10),
    ("near in one word", True): (-1, 10),
    ("surname", True): (0, 0),
}

_REGNAL = re.compile(r"[ivx]+")


@dataclass
class Mention:
    """A name as written, in some offices from ``first`` to ``last``. ``record`` is the slug of an official of ours."""

    name: str
    offices: frozenset[str]
    first: int
    last: int
    record: str = ""

    def gap(self, other: "Mention") -> int:
        """The years between the two; 0 where they overlap."""
        return max(0, self.first - other.last, other.first - self.last)


@dataclass
class Person:
    """What was brought together; ``record`` is the official that it is already, if any."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def record(self) -> str:
        return next((mention.record for mention in self.mentions if mention.record), "")

    @property
    def names(self) -> list[str]:
        """The spellings: the fullest first, the more frequent and the older before others."""
        seen: dict[str, int] = defaultdict(int)
        for mention in sorted(self.mentions, key=lambda mention: (mention.first, mention.name)):
            seen[once(mention.name)] += 1
        return sorted(seen, key=lambda name: (-len(key(name)), -seen[name]))

    @property
    def first(self) -> int:
        return min(mention.first for mention in self.mentions)

    def as_given(self) -> "Person":
        """The person as the source alone has it; as we have it, where the source does not."""
        return Person([mention for mention in self.mentions if not mention.record] or self.mentions)

    def __str__(self) -> str:
        last = max(mention.last for mention in self.mentions)
        years = str(self.first) if self.first == last else f"{self.first} to {last}"
        offices = sorted({office for mention in self.mentions for office in mention.offices})
        return f"{' and '.join(offices)} {self.names[0]} ({years})".strip()


class Doubt(NamedTuple):
    """Two persons who may be one; they were kept apart."""

    one: Person
    other: Person


def once(name: str) -> str:
    """A name without a word that follows itself: "Gustavo Gustavo Diaz Ordaz"."""
    return re.sub(r"\b(\w{3,}) \1\b", r"\1", name)


def key(name: str) -> tuple[str, ...]:
    """The words of a name that tell persons apart: folded, without initials (but a name of initials keeps them)."""
    tokens = words.tokens(once(name))
    return tuple(token for token in tokens if len(token) > 1 or _REGNAL.fullmatch(token)) or tuple(tokens)


def number(name: tuple[str, ...]) -> str:
    """The regnal number that ends a name: "ii"; empty where there is none."""
    return name[-1] if len(name) > 1 and _REGNAL.fullmatch(name[-1]) else ""


def agreement(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How two names agree: a name in LIMITS, or "" where they do not."""
    numbers = number(one), number(other)
    if all(numbers) and numbers[0] != numbers[1]:
        return ""
    if any(numbers) and not all(numbers):
        one, other = (name[:-1] if number(name) else name for name in (one, other))
    short, long = sorted((one, other), key=len)
    single = len(short) == 1 and not all(numbers)
    if short == long:
        return "equal in one word" if single else "equal"
    if short and len(short) < len(long) and short in (long[: len(short)], long[-len(short) :]):
        return "part"
    near = nearness(one, other) if len(short) == len(long) else ""
    surname = len(short) > 1 and short[-1] == long[-1] and short[0][0] == long[0][0]
    return near or ("surname" if surname else "")


def nearness(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Whether two names of as many words are near misses of each other."""
    wrong = [slips(a, b) for a, b in zip(one, other, strict=True)]
    if len(one) > 1:
        same = any(not w and len(a) > 3 for w, a in zip(wrong, one, strict=True))
        return "near" if sum(wrong) <= 2 and same else ""
    if len(one[0]) < 6 or len(other[0]) < 6:
        return ""
    return {1: "near", 2: "near in one word"}.get(wrong[0], "")


def compare(one: Mention, other: Mention) -> Verdict:
    """Whether two mentions in one country are one person. "part" is "same" if it fits no one else."""
    how = agreement(key(one.name), key(other.name))
    same, doubt = LIMITS.get((how, bool(one.offices & other.offices)), (-1, -1))
    gap = one.gap(other)
    if gap <= same:
        return "part" if how == "part" else "same"
    return "doubt" if gap <= doubt else "other"


def candidates(pairs: Iterable[tuple[Mention, Mention]]) -> tuple[set[str], set[str]]:
    """Of a person's mentions, each beside one of ours: the officials who are the person, and those who may be."""
    found: dict[Verdict, set[str]] = {"same": set(), "part": set(), "doubt": set(), "other": set()}
    for one, ours in pairs:
        found[compare(one, ours)].add(ours.record)
    return found["same"] | found["part"], found["doubt"]


def gather(mentions: Iterable[Mention]) -> tuple[list[Person], list[Doubt]]:
    """The persons whom the mentions of one country mean, oldest first, and the pairs of them that stay in doubt.

    Compares each with each: quadratic in the mentions of a country. Does not depend on their order.
    """
    given = sorted(mentions, key=lambda m: (m.first, m.last, m.name, sorted(m.offices), m.record))
    verdicts = {(a, b): compare(given[a], given[b]) for a, b in combinations(range(len(given)), 2)}
    groups = Groups(given)
    groups.join(pair for pair, verdict in verdicts.items() if verdict == "same")
    torn = groups.join_parts([pair for pair, verdict in verdicts.items() if verdict == "part"])
    doubted = [pair for pair, verdict in verdicts.items() if verdict == "doubt"] + torn
    people = groups.persons()
    return list(people.values()), [Doubt(people[a], people[b]) for a, b in groups.between(sorted(doubted))]


class Groups:
    """Mentions by number, joined into persons. Two officials of ours are never joined: an editor kept them apart."""

    def __init__(self, mentions: list[Mention]):
        self.mentions = mentions
        self.group = list(range(len(mentions)))

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            old, new = self.group[other], self.group[one]
            if len(self.records(old) | self.records(new)) < 2:
                self.group = [new if group == old else group for group in self.group]

    def join_parts(self, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Joins a part of a name to the one person that it fits; gives back the pairs that fit several."""
        fits: dict[int, set[int]] = defaultdict(set)
        for one, other in pairs:
            short, long = sorted((one, other), key=lambda at: len(key(self.mentions[at].name)))
            if self.group[short] != self.group[long]:
                fits[self.group[short]].add(self.group[long])
        torn = {group for group, others in fits.items() if len(others) > 1}
        several = [pair for pair in pairs if torn & {self.group[at] for at in pair}]
        self.join(pair for pair in pairs if pair not in several)
        return several

    def records(self, group: int) -> set[str]:
        """The officials of ours that a group holds."""
        found = (mention.record for mention, of in zip(self.mentions, self.group, strict=True) if of == group)
        return {record for record in found if record}

    def between(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The groups of the pairs, any two of them once."""
        seen = set()
        for one, other in pairs:
            groups = frozenset((self.group[one], self.group[other]))
            if len(groups) == 2 and groups not in seen:
                seen.add(groups)
                yield self.group[one], self.group[other]

    def persons(self) -> dict[int, Person]:
        """The persons by their group."""
        found: dict[int, Person] = defaultdict(Person)
        for mention, group in zip(self.mentions, self.group, strict=True):
            found[group].mentions.append(mention)
        return found
