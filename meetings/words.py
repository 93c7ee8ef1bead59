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
from itertools import chain, islice
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
ACRONYM = re.compile(r"(?<![^ '-])[^\W\d_](?:\.[^\W\d_])+(?![^ .'-])\.?")
POSSESSIVE = re.compile(r"(?<=[^ .'-])'s(?![^ .'-])")
COMPOUND = re.compile(r"[^ .'-]+(?:['-][^ .'-]+)*")
NUMBERED = re.compile(r"(?<=[^\W\d_])-(?=\d)")
WORD = re.compile("[^ ]+")
_MAY_SEAM = re.compile("[0-9'-]")
SEAMS = re.compile(r"['-]|(?<=[^\W\d_])(?=\d)")

NO_SEAMS = str.maketrans("", "", " .'-")

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
_TYPED = re.compile(r'(?:(?<=\s)|^)?(-(?=["\w]))?(?:"([^"]*)"?|([^\s"]+))')

_CJK = "\u2e80-\u2fdf\u3005\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_CJK_ONLY = re.compile(f"[{_CJK}]+")
RUN = re.compile(f"([{_CJK}]+)|[^{_CJK}]+")


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
        written = compounds if is_plain(joined) else _split(_written_all(compounds))
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


def query_tokens(q: str) -> list[str]:
    """The words to look for, as a reader typed them: in order, each once, the first 20. They hold no wildcards."""
    return list(islice(dict.fromkeys(tokens(q)), MOST_QUERY_TOKENS))


def slugify(name: str, max_length: int = 80) -> str:
    """An ASCII address for a name in any script: "Olivér Várhelyi" is "oliver-varhelyi".

    Cut between words if it can be; never empty, but "x" where nothing can be spelled out.
    """
    spelled = re.sub("['`]", "", anyascii(name).lower())
    spelled = ACRONYM.sub(_without_dots, spelled)
    slug = re.sub("[^a-z0-9]+", "-", spelled).strip("-")
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug or "x"


def _compounds(text: str) -> list[str]:
    """The words as written, their characters folded, with the hyphens and apostrophes that they have inside."""
    plain = text.translate(FOLDED)
    # Most texts have none of these, and imports read millions of texts.
    if _DOTTED.search(plain):
        plain = ACRONYM.sub(_without_dots, plain)
    if "'" in plain:
        plain = POSSESSIVE.sub("", plain)
    elif "-" not in plain:
        return plain.replace(".", " ").split()
    return COMPOUND.findall(plain)


def is_plain(joined: str) -> bool:
    """Whether words, joined by spaces, have one spelling each: most texts are written so."""
    return joined.isascii() and not (_MAY_SEAM.search(joined) and SEAMS.search(joined))


def _all_spellings(compounds: list[str]) -> list[str]:
    """The words that find these compounds, some more than once."""
    if is_plain(" ".join(compounds)):
        return compounds
    found = []
    for compound in compounds:
        for spelling in _spellings(compound):
            found += _split(spelling)
        if not compound.isascii():
            found += [run[1][-1] for run in RUN.finditer(compound) if run[1]]
    return found


def _written_all(compounds: list[str]) -> str:
    return " ".join(map(_written, compounds))


def _written(compound: str) -> str:
    return NUMBERED.sub("", compound.replace("'", "")).replace("-", " ")


def _spellings(compound: str) -> tuple[str, ...]:
    """A compound as folded, apart and joined; most words have one spelling."""
    if SEAMS.search(compound):
        return _written(compound), SEAMS.sub(" ", compound), SEAMS.sub("", compound)
    return (compound,)


def _split(folded: str) -> list[str]:
    if folded.isascii():
        return folded.split()
    words = []
    for run in RUN.finditer(folded):
        if run[1]:
            words += [run[1][at : at + 2] for at in range(max(len(run[1]) - 1, 1))]
        else:
            words += run[0].split()
    return words


def _without_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


class _Folding(dict):
    """Each character folded, by its code point, as `str.translate` asks for it; remembered once it was asked for."""

    def __missing__(self, code: int) -> str:
        folded = _character(chr(code))
        # First, as another thread may ask for it at once.
        if len(folded) != 1:
            MOVING.add(chr(code))
        self[code] = folded
        return folded


#: Characters, among those asked for, that fold to none or to several: after them words stand in other places.
MOVING: set[str] = set()
FOLDED = _Folding()


def _character(character: str) -> str:
    """One character folded. By itself, as what would reorder its neighbours is dropped: a text takes linear time."""
    if character in _SPELLED:
        return _SPELLED[character]
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    folded = "".join(_SPELLED.get(part, _kept(part)) for part in decomposed)
    # 2½ is no 21.
    return f" {folded}" if unicodedata.decomposition(character).startswith("<fraction>") else folded


def _kept(part: str) -> str:
    """A letter, digit or vowel sign as it is, nothing for an accent, a space for all else."""
    category = unicodedata.category(part)
    if category == "Nd":
        return str(unicodedata.decimal(part))
    invisible = category in ("Cf", "Me") or unicodedata.name(part, "").startswith("VARIATION SELECTOR")
    if invisible or unicodedata.combining(part):
        return ""
    return part if category[0] in "LMN" else " "
