"""Text to search words, the same for both databases, whose own ideas of case, accents and hyphens differ.

A word is folded: decomposed (NFKD), case-folded, without accents, Hebrew points or Arabic vowel signs, and ł, ø, ß, æ
and their like as ASCII letters. Vowel signs that stand on their own (Devanagari, Thai) stay.

    U.S.S.R., U.S.          ussr, us            dots inside an acronym vanish
    O'Brien, America's      obrien, america     an apostrophe inside a word vanishes, the possessive with its s
    F-35                    f35                 a hyphen between letter and digit vanishes
    al-Assad                al assad            every other hyphen parts words
    习近平                  习近 近平           Chinese and Japanese come in overlapping pairs

What is searched also holds each hyphened, apostrophed or numbered word joined and apart (f35 f 35, al assad alassad,
obrien o brien), so that a reader finds it typed either way.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from anyascii import anyascii

MOST_QUERY_TOKENS = 20

#: As much of a word, and of a document, as is looked for (characters): PostgreSQL keeps no longer ones.
LONGEST_WORD = 200
LONGEST_DOCUMENT = 250_000

#: Parts the fields of a `document`; no text has it as a word.
BREAK = "¶"

# Letters that have no decomposition, and signs that are written in several ways.
_SPELLED = dict(zip("łøđðħŧıəɓɗƙƴ", "loddhtiabdky", strict=True))
_SPELLED |= {"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", ".": ".", "ـ": ""}
_SPELLED |= dict.fromkeys("'’‘ʼʻʽʿʾ`´′׳״", "'")
_SPELLED |= dict.fromkeys("-‐‒–־", "-")

# These are for text whose characters are folded: words, spaces, and . ' - still in their places.
_DOTTED = re.compile(r"\.[^\W\d_]")
_ACRONYM = re.compile(r"(?<![^ '-])[^\W\d_](?:\.[^\W\d_])+(?![^ .'-])\.?")
_POSSESSIVE = re.compile(r"(?<=[^ .'-])'s(?![^ .'-])")
_COMPOUND = re.compile(r"[^ .'-]+(?:['-][^ .'-]+)*")
_NUMBERED = re.compile(r"(?<=[^\W\d_])-(?=\d)")
_WORD = re.compile("[^ ]+")
_MAY_SEAM = re.compile("[0-9'-]")
_SEAMS = re.compile(r"['-]|(?<=[^\W\d_])(?=\d)")

_NO_SEAMS = str.maketrans("", "", " .'-")

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
_TYPED = re.compile(r'(?:(?<=\s)|^)?(-(?=["\w]))?(?:"([^"]*)"?|([^\s"]+))')

_CJK = "\u2e80-\u2fdf\u3005\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_CJK_ONLY = re.compile(f"[{_CJK}]+")
_RUN = re.compile(f"([{_CJK}]+)|[^{_CJK}]+")


def fold(text: str) -> str:
    """The text as its search words with one space between them; the same again for what is already folded."""
    return _written_all(_compounds(text))


def tokens(text: str) -> list[str]:
    """The search words of a text, in order and as often as they come."""
    return _split(fold(text))


def searchable(*texts: str) -> str:
    """All words that find these texts, each once, with a space on both sides: what a `folded` column holds.

    A query matches when, for each of its `query_tokens`, the column contains " " + token (the beginning of a word).
    Empty when there is no word.
    """
    found = dict.fromkeys(chain.from_iterable(map(_all_spellings, map(_compounds, filter(None, texts)))))
    return f" {' '.join(found)} " if found else ""


def document(*texts: str) -> str:
    """The texts' words in order, each text in a field of its own, for an index that knows phrases: a `BREAK` parts the
    fields. The last field holds the other spellings of what is written with hyphens, apostrophes or digits."""
    fields, others = [], []
    for compounds in map(_compounds, texts):
        joined = " ".join(compounds)
        written = compounds if _is_plain(joined) else _split(_written_all(compounds))
        fields.append(written)
        if written is not compounds:
            known = set(written)
            others += [word for word in _all_spellings(compounds) if word not in known]
    parts = [" ".join([word[:LONGEST_WORD] for word in words]) for words in [*fields, dict.fromkeys(others)] if words]
    return f" {BREAK} ".join(parts)[:LONGEST_DOCUMENT].rstrip()


class Term(NamedTuple):
    """What a reader looks for, or wants to be without: a word, the beginning of one, or words in this order."""

    words: tuple[str, ...]
    without: bool = False
    beginning: bool = False


def terms(q: str) -> list[Term]:
    """A search as typed: words, `"a phrase"`, `-without`, `begin*`. Each once, the first 20.

    A hyphened word is looked for by its parts, in any order; as a phrase where it is quoted or excluded. A single
    Chinese or Japanese character is the beginning of a pair.
    """
    found: list[Term] = []
    for match in _TYPED.finditer(q.translate(_QUOTES)):
        minus, phrase, word = match.groups()
        typed = tuple(one[:LONGEST_WORD] for one in tokens(phrase if word is None else word))
        begins = bool(word and word.endswith("*"))
        parts = [typed] if minus or word is None else [(one,) for one in typed]
        for part in filter(None, parts):
            last = begins and part[-1] == typed[-1]
            alone = len(part) == 1 and len(part[0]) == 1 and _CJK_ONLY.fullmatch(part[0]) is not None
            found.append(Term(part, bool(minus), last or alone))
    return list(islice(dict.fromkeys(found), MOST_QUERY_TOKENS))


def begun(q: str) -> list[Term]:
    """A search as typed where each word may be the beginning of one, as lists of names take it."""
    return [term._replace(beginning=True) if len(term.words) == 1 and not term.without else term for term in terms(q)]


def marks(text: str, wanted: Iterable[Term]) -> list[tuple[int, int]]:
    """Where a text has the terms: start and end of each place, in order and apart. Those to be without are no matter.

    It finds what an index of the text's `document` finds. A text without the words costs 1 microsecond for each 100
    characters; what is around the words, 50.
    """
    wanted = [term for term in wanted if not term.without]
    found: list[tuple[int, int]] = []
    for start, end in _around(text, wanted):
        found += [(start + first, start + last) for first, last in _marks(text[start:end], wanted)]
    return _apart(found)


def query_tokens(q: str) -> list[str]:
    """The words to look for, as a reader typed them: in order, each once, the first 20. They hold no wildcards."""
    return list(islice(dict.fromkeys(tokens(q)), MOST_QUERY_TOKENS))


def slugify(name: str, max_length: int = 80) -> str:
    """An ASCII address for a name in any script: "Olivér Várhelyi" is "oliver-varhelyi".

    Cut between words if it can be; never empty, but "x" where nothing can be spelled out.
    """
    spelled = re.sub("['`]", "", anyascii(name).lower())
    spelled = _ACRONYM.sub(_without_dots, spelled)
    slug = re.sub("[^a-z0-9]+", "-", spelled).strip("-")
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug or "x"


def _compounds(text: str) -> list[str]:
    """The words as written, their characters folded, with the hyphens and apostrophes that they have inside."""
    plain = text.translate(_FOLDED)
    # Most texts have none of these, and imports read millions of texts.
    if _DOTTED.search(plain):
        plain = _ACRONYM.sub(_without_dots, plain)
    if "'" in plain:
        plain = _POSSESSIVE.sub("", plain)
    elif "-" not in plain:
        return plain.replace(".", " ").split()
    return _COMPOUND.findall(plain)


def _is_plain(joined: str) -> bool:
    """Whether words, joined by spaces, have one spelling each: most texts are written so."""
    return joined.isascii() and not (_MAY_SEAM.search(joined) and _SEAMS.search(joined))


def _all_spellings(compounds: list[str]) -> list[str]:
    """The words that find these compounds, some more than once."""
    if _is_plain(" ".join(compounds)):
        return compounds
    found = []
    for compound in compounds:
        for spelling in _spellings(compound):
            found += _split(spelling)
        if not compound.isascii():
            found += [run[1][-1] for run in _RUN.finditer(compound) if run[1]]
    return found


def _written_all(compounds: list[str]) -> str:
    return " ".join(map(_written, compounds))


def _written(compound: str) -> str:
    return _NUMBERED.sub("", compound.replace("'", "")).replace("-", " ")


def _spellings(compound: str) -> tuple[str, ...]:
    """A compound as folded, apart and joined; most words have one spelling."""
    if _SEAMS.search(compound):
        return _written(compound), _SEAMS.sub(" ", compound), _SEAMS.sub("", compound)
    return (compound,)


def _split(folded: str) -> list[str]:
    if folded.isascii():
        return folded.split()
    words = []
    for run in _RUN.finditer(folded):
        if run[1]:
            words += [run[1][at : at + 2] for at in range(max(len(run[1]) - 1, 1))]
        else:
            words += run[0].split()
    return words


def _around(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """The parts of a text, cut between words, without which it has none of the terms: only these need be read word by
    word."""
    if not text.isascii() and any(len(_FOLDED[ord(character)]) != 1 for character in set(text)):
        # What is folded stands in other places than what is written.
        return [(0, len(text))]
    plain = text.translate(_FOLDED)
    parts = []
    for term in wanted:
        first, following = _sought(term.words[0]), _following(len(term.words))
        for match in first.finditer(plain):
            after = following.match(plain, match.end())
            parts.append((plain.rfind(" ", 0, match.start()) + 1, after.end() if after else match.end()))
    return _apart(parts)


@lru_cache(maxsize=256)
def _sought(word: str) -> re.Pattern[str]:
    """A search word as it may stand in a folded text, with what vanishes from between its letters."""
    return re.compile("[.'-]*".join(map(re.escape, word)))


@lru_cache
def _following(number: int) -> re.Pattern[str]:
    """The rest of a compound, and as many more as a phrase of so many words can go on through."""
    return re.compile(rf"[^ ]*(?:[ .'-]*[^ .'-][^ ]*){{0,{number - 1}}}")


def _marks(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    """Where a text has the terms, word by word."""
    placed = _Places(text)
    firsts = {term.words[0] for term in wanted}
    found = []
    for number, match in enumerate(placed.matches):
        compound = match[0]
        whole = compound if compound.isalnum() else compound.translate(_NO_SEAMS)
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
        plain = text.translate(_FOLDED)
        origin: Sequence[int] = range(len(text))
        if not text.isascii():
            parts = [_FOLDED[ord(character)] for character in text]
            origin = [at for at, part in enumerate(parts) for _character in part]
        for sign, vanishing, vanishes in ((".", _ACRONYM, "."), ("'", _POSSESSIVE, "'s")):
            if sign not in plain:
                continue
            gone = {at for one in vanishing.finditer(plain) for at in range(*one.span()) if plain[at] in vanishes}
            if gone:
                origin = [place for at, place in enumerate(origin) if at not in gone]
                plain = "".join(character for at, character in enumerate(plain) if at not in gone)
        self.origin = [*origin, len(text)]
        self.matches = list(_COMPOUND.finditer(plain))
        self.known: dict[int, list[list[_Placed]]] = {}

    def spellings(self, number: int) -> list[list[_Placed]]:
        """The words of each spelling of a compound."""
        if number not in self.known:
            match = self.matches[number]
            if _is_plain(match[0]):
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
        lasts = [[own[run.end() - 1]] for run in _RUN.finditer(compound) if run[1]]
        seams = {found.start() for found in _SEAMS.finditer(compound)}
        if not seams:
            return [own, *lasts]
        numbered = {found.start() for found in _NUMBERED.finditer(compound)}
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
    for run in _RUN.finditer("".join(one for one, _start, _end in placed)):
        if run[1]:
            spans = [(at, min(at + 2, run.end())) for at in range(run.start(), max(run.end() - 1, run.start() + 1))]
        else:
            spans = [(run.start() + word.start(), run.start() + word.end()) for word in _WORD.finditer(run[0])]
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


def _without_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


class _Folding(dict):
    """Each character folded, by its code point, as `str.translate` asks for it; remembered once it was asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = _character(chr(code))
        return self[code]


_FOLDED = _Folding()


def _character(character: str) -> str:
    """One character folded. By itself, as what would reorder its neighbours is dropped: a text takes linear time."""
    if character in _SPELLED:
        return _SPELLED[character]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_SPELLED.get(part, _kept(part)) for part in decomposed)


def _kept(part: str) -> str:
    """A letter, digit or vowel sign as it is, nothing for an accent, a space for all else."""
    category = unicodedata.category(part)
    if category == "Nd":
        return str(unicodedata.decimal(part))
    invisible = category in ("Cf", "Me") or unicodedata.name(part, "").startswith("VARIATION SELECTOR")
    if invisible or unicodedata.combining(part):
        return ""
    return part if category[0] in "LMN" else " "
