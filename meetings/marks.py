"""Where the words of a search stand in a text, which stays as it is written."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from meetings.words import (
    ACRONYM,
    COMPOUND,
    FOLDED,
    MOVING,
    NO_SEAMS,
    NUMBERED,
    POSSESSIVE,
    RUN,
    SEAMS,
    WORD,
    Term,
    is_plain,
)


def marks(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """Where a text has the terms: start and end of each place, in order and apart. Those to be without are no matter.

    It finds what an index of the text's `document` finds. A text without the words costs 1 microsecond for each 100
    characters, one with words and a character that folds to none or several 10; what is around the words, 50.
    """
    wanted = [term for term in wanted if not term.without]
    found: list[tuple[int, int]] = []
    for start, end in _around(text, wanted):
        found += [(start + first, start + last) for first, last in _marks(text[start:end], wanted)]
    return _apart(found)


def _around(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """The parts of a text, cut between words, without which it has none of the terms: only these need be read word by
    word."""
    plain = text.translate(FOLDED)
    parts = []
    for term in wanted:
        first, following = _sought(term.words[0]), _following(len(term.words))
        read = 0
        for match in first.finditer(plain):
            # Of a word by itself, all in the part found last is read with it.
            if match.start() >= read:
                after = following.match(plain, match.end())
                parts.append((plain.rfind(" ", 0, match.start()) + 1, after.end() if after else match.end()))
                read = parts[-1][1] if len(term.words) == 1 else 0
    return _apart(parts if not parts or MOVING.isdisjoint(text) else _moved(text, parts))


def _moved(text: str, parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a folded text as they stand in the text; a character of which only some is in a part, with all of it."""
    ends = list(accumulate(len(FOLDED[ord(character)]) for character in text))
    return [
        (bisect_right(ends, start), max(bisect_right(ends, end), bisect_left(ends, end) + 1)) for start, end in parts
    ]


@lru_cache(maxsize=256)
def _sought(word: str) -> re.Pattern[str]:
    """A search word as it may stand in a folded text, with what vanishes from between its letters."""
    return re.compile("(?:'s(?=[.'-])|[.'-])*".join(map(re.escape, word)))


@lru_cache
def _following(number: int) -> re.Pattern[str]:
    """The rest of a compound, and as many more as a phrase of so many words can go on through."""
    return re.compile(rf"[^ ]*(?:[ .'-]*[^ .'-][^ ]*){{0,{number - 1}}}")


def _marks(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """Where a text has the terms, word by word."""
    if text.isascii() and text.isalpha():
        only = text.lower()
        is_found = any(
            len(term.words) == 1 and (only.startswith(*term.words) if term.beginning else only == term.words[0])
            for term in wanted
        )
        return [(0, len(text))] if is_found else []
    placed = _Places(text)
    firsts = {term.words[0] for term in wanted}
    found = []
    for number, match in enumerate(placed.matches):
        compound = match[0]
        whole = compound if compound.isalnum() else compound.translate(NO_SEAMS)
        if any(first in whole for first in firsts):
            for spelling in placed.spellings(number):
                for at, word in enumerate(spelling):
                    ends = [placed.follow(term, number, spelling, at) for term in wanted]
                    found += [(word.start, end) for end in ends if end]
    return found


class _Placed(NamedTuple):
    """A search word, its beginning in the text, and its end there, after the ends of its characters if it has two."""

    word: str
    start: int
    ends: tuple[int, ...]


class _Places:
    """The compounds of a text, with where their words stand in it."""

    def __init__(self, text: str):
        plain = text.translate(FOLDED)
        origin: Sequence[int] = range(len(text))
        if not text.isascii():
            parts = [FOLDED[ord(character)] for character in text]
            origin = [at for at, part in enumerate(parts) for _character in part]
        for sign, vanishing, vanishes in ((".", ACRONYM, "."), ("'", POSSESSIVE, "'s")):
            if sign not in plain:
                continue
            gone = {at for one in vanishing.finditer(plain) for at in range(*one.span()) if plain[at] in vanishes}
            if gone:
                origin = [place for at, place in enumerate(origin) if at not in gone]
                plain = "".join(character for at, character in enumerate(plain) if at not in gone)
        self.origin = [*origin, len(text)]
        self.matches = list(COMPOUND.finditer(plain))
        self.known: dict[int, list[list[_Placed]]] = {}

    def spellings(self, number: int) -> list[list[_Placed]]:
        """The words of each spelling of a compound."""
        if number not in self.known:
            match = self.matches[number]
            if is_plain(match[0]):
                ends = (max(self.origin[match.end()], self.origin[match.end() - 1] + 1),)
                self.known[number] = [[_Placed(match[0], self.origin[match.start()], ends)]]
            else:
                self.known[number] = list(map(_placed_words, self.spelled(number)))
        return self.known[number]

    def spelled(self, number: int) -> list[list[tuple[str, int, int]]]:
        """The characters of each spelling of a compound, with the beginning and end of each in the text. What vanishes
        after a character there (an accent, a dot, the possessive) goes with it."""
        compound, first = self.matches[number][0], self.matches[number].start()
        places = self.origin[first : first + len(compound) + 1]
        own = [(one, at, max(after, at + 1)) for one, (at, after) in zip(compound, pairwise(places), strict=True)]
        lasts = [[own[run.end() - 1]] for run in RUN.finditer(compound) if run[1]]
        seams = {found.start() for found in SEAMS.finditer(compound)}
        if not seams:
            return [own, *lasts]
        numbered = {found.start() for found in NUMBERED.finditer(compound)}
        written = [
            (" " if one == "-" else one, start, end)
            for at, (one, start, end) in enumerate(own)
            if one != "'" and at not in numbered
        ]
        parted = []
        for at, one in enumerate(own):
            parted += [(" ", one[1], one[2])] if at in seams else []
            parted += [one] if one[0] not in "'-" else []
        return [written, parted, [one for one in own if one[0] not in "'-"], *lasts]

    def follow(self, term: Term, number: int, spelling: list[_Placed], at: int) -> int:
        """Where a term that begins with this word of a compound ends in the text; 0 where it does not."""
        last = len(term.words) - 1
        for step, word in enumerate(term.words):
            if at == len(spelling):
                rest = term._replace(words=term.words[step:])
                after = self.spellings(number + 1) if number + 1 < len(self.matches) else []
                return max((self.follow(rest, number + 1, other, 0) for other in after), default=0)
            placed = spelling[at]
            begins = term.beginning and step == last and placed.word.startswith(word)
            if not begins and placed.word != word:
                return 0
            if step == last:
                # Of a pair of characters, only as much as was asked for.
                return placed.ends[len(word) - 1 if len(placed.ends) > 1 else -1]
            at += 1
        return 0


def _placed_words(placed: Sequence[tuple[str, int, int]]) -> list[_Placed]:
    """The words of characters, each with its beginning and its characters' ends in the text: split as `_split` does."""
    found = []
    for run in RUN.finditer("".join(one for one, _start, _end in placed)):
        if run[1]:
            spans = [(at, min(at + 2, run.end())) for at in range(run.start(), max(run.end() - 1, run.start() + 1))]
        else:
            spans = [(run.start() + word.start(), run.start() + word.end()) for word in WORD.finditer(run[0])]
        for first, end in spans:
            own = placed[first:end]
            ends = tuple(one[2] for one in own)
            found.append(_Placed("".join(one[0] for one in own), own[0][1], ends if run[1] else ends[-1:]))
    return found


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
