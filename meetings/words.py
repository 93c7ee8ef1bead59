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
from functools import lru_cache
from itertools import islice

from anyascii import anyascii

MOST_QUERY_TOKENS = 20

# Letters that have no decomposition, and signs that are written in several ways.
_SPELLED = dict(zip("łøđðħŧıəɓɗƙƴ", "loddhtiabdky", strict=True))
_SPELLED |= {"æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng", ".": ".", "ـ": ""}
_SPELLED |= dict.fromkeys("'’‘ʼʻʽʿʾ`´′׳״", "'")
_SPELLED |= dict.fromkeys("-‐‒–־", "-")

# These are for text whose characters are folded: words, spaces, and . ' - still in their places.
_ACRONYM = re.compile(r"(?<![^ '-])[^\W\d_](?:\.[^\W\d_])+(?![^ .'-])\.?")
_POSSESSIVE = re.compile(r"(?<=[^ .'-])'s(?![^ .'-])")
_COMPOUND = re.compile(r"[^ .'-]+(?:['-][^ .'-]+)*")
_NUMBERED = re.compile(r"(?<=[^\W\d_])-(?=\d)")
_SEAMS = re.compile(r"['-]|(?<=[^\W\d_])(?=\d)")

_CJK = "\u2e80-\u2fdf\u3005\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(f"([{_CJK}]+)|[^{_CJK}]+")


def fold(text: str) -> str:
    """The text as its search words with one space between them; the same again for what is already folded."""
    return " ".join(map(_written, _compounds(text)))


def tokens(text: str) -> list[str]:
    """The search words of a text, in order and as often as they come."""
    return _split(fold(text))


def searchable(*texts: str) -> str:
    """All words that find these texts, each once, with a space on both sides: what a `folded` column holds.

    A query matches when, for each of its `query_tokens`, the column contains " " + token (the beginning of a word).
    Empty when there is no word.
    """
    found: dict[str, None] = {}
    for compound in (compound for text in texts for compound in _compounds(text)):
        for spelling in _spellings(compound):
            found.update(dict.fromkeys(_split(spelling)))
        if not compound.isascii():
            found.update((run[1][-1], None) for run in _RUN.finditer(compound) if run[1])
    return f" {' '.join(found)} " if found else ""


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
    plain = _ACRONYM.sub(_without_dots, "".join(map(_character, text)))
    return _COMPOUND.findall(_POSSESSIVE.sub("", plain))


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


def _without_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


@lru_cache(maxsize=10_000)
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
