"""What a reader asks of the index: tags, dates, and words with the names that they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection

from meetings.words import Term, terms

#: The beginning of more names than these is too short to look for.
MOST_NAMES = 300

#: What a name says of a record: an official may take part in a meeting or only be quoted, a country be its ground.
SAYS = {
    "meetings": {"o": "ov", "c": "ch", "g": "g", "p": "p", "t": "t"},
    "statements": {"o": "v", "t": "t"},
}


class TooMany(ValueError):
    """The beginning of a word that is the beginning of too many names."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Words in this order (the last perhaps only begun), or one of the tags of what is named so."""

    words: tuple[str, ...]
    beginning: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A set of public records of a shelf: those that have one tag of each group, the words, and days from
    ``first`` to ``last``.

    A tag is a letter for what it says (see `index.tags`) and a key: ``o12`` is the official with primary key 12.
    ``known`` says how many records have each of all the tags; where it is not given, whoever needs it looks it up.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    every: tuple[Alternatives, ...] = ()
    without: tuple[Alternatives, ...] = ()
    first: date | None = None
    last: date | None = None
    shelf: str = "meetings"
    known: Mapping[str, int] | None = field(default=None, compare=False)

    def tagged(self, *tags: str) -> "Asked":
        """Those of the set that also have one of ``tags``; how many have these is not known."""
        return replace(self, groups=(*self.groups, tags), known=None)

    def worded(self, query: str) -> "Asked":
        """Those of the set that also have the words of a search; a query. Raises TooMany."""
        found = [(term, Alternatives(term.words, term.beginning, names(term, self.shelf))) for term in terms(query)]
        return replace(
            self,
            every=tuple(one for term, one in found if not term.without),
            without=tuple(one for term, one in found if term.without),
        )

    def on(self, shelf: str) -> "Asked":
        """The same words and names, as a search of meetings has them, asked of another shelf."""
        letters = "".join(SAYS[shelf].values())

        def said(one: Alternatives) -> Alternatives:
            return replace(one, tags=tuple(tag for tag in one.tags if tag[0] in letters))

        return Asked(every=tuple(map(said, self.every)), without=tuple(map(said, self.without)), shelf=shelf)

    def within(self, first: date | None = None, last: date | None = None) -> "Asked":
        """Those of the set that can lie on or after ``first``, and on or before ``last``."""
        return replace(self, first=first or self.first, last=last or self.last)

    def nearest(self, day: date) -> date:
        """The day, or the nearest to it that is asked for."""
        return min(max(day, self.first or date.min), self.last or date.max)

    @property
    def is_all(self) -> bool:
        """Whether nothing is asked for, so that the set is the whole shelf."""
        return not (self.groups or self.has_words or self.has_dates)

    @property
    def table(self) -> str:
        """What the names of the shelf's tables begin with."""
        return f"{self.shelf}_index"

    @property
    def tags(self) -> list[str]:
        """All tags of all groups."""
        return [tag for group in self.groups for tag in group]

    @property
    def has_words(self) -> bool:
        return bool(self.every or self.without)

    @property
    def has_dates(self) -> bool:
        return bool(self.first or self.last)

    @property
    def only_dates(self) -> bool:
        """Whether the set is of all records between days, the first not after the last."""
        swapped = self.first and self.last and self.last < self.first
        return self.has_dates and not (self.groups or self.has_words or swapped)

    @property
    def only_tags(self) -> list[str] | None:
        """The tags, where the set is of nothing else: each a group by itself."""
        if self.has_words or self.has_dates or any(len(group) > 1 for group in self.groups):
            return None
        return [tag for (tag,) in self.groups]


def names(term: Term, shelf: str) -> tuple[str, ...]:
    """The tags of the officials, parties, places and topics whose names have a term; a query.

    Names are looked up when they are asked for, so that a new name costs nothing at the meetings.
    """
    conditions, parameters = [], []
    for at, word in enumerate(term.words):
        if term.beginning and at == len(term.words) - 1:
            conditions.append("word >= %s AND word < %s")
            parameters += [word, word + chr(0x10FFFF)]
        else:
            conditions.append("word = %s")
            parameters.append(word)
    members = [f"SELECT tag, name FROM meetings_index_name WHERE {one}" for one in conditions]
    # A whole word has as many namesakes as it has: only what has begun can be gone on with.
    tail = f"ORDER BY tag LIMIT {MOST_NAMES + 1}" if term.beginning else "ORDER BY tag"
    with connection.cursor() as cursor:
        cursor.execute(f"{' INTERSECT '.join(members)} {tail}", parameters)
        found = cursor.fetchall()
    if term.beginning and len(found) > MOST_NAMES:
        raise TooMany(" ".join(term.words))
    named = dict.fromkeys(tag for tag, name in found if has_phrase(name, term))
    return tuple(letter + tag[1:] for tag in named for letter in SAYS[shelf].get(tag[0], ""))


def has_phrase(name: str, term: Term) -> bool:
    """Whether a name's document has the words of a term side by side."""
    return len(term.words) == 1 or f" {' '.join(term.words)}{'' if term.beginning else ' '}" in f" {name} "
