"""Words near those that nothing has: a slip of the pen, another spelling, a word that has only begun.

Which are near is reckoned here, not in the database, so that both suggest the same.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import islice, product
from string import ascii_lowercase
from typing import Any, NamedTuple

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from meetings import words
from meetings.index.asked import Asked
from meetings.index.hits import Number, count, rows
from meetings.index.named import letter
from meetings.index.names import CALLED
from meetings.index.schema import backend
from meetings.marks import marks
from meetings.words import Term

#: What a reader types after the beginning of a word.
BEGINS = "*"
#: How many other searches are offered, and how many are tried for them.
OFFERED = 4
TRIED = 8
#: How many unknown words of a search are looked after, against how many words each is weighed, how many of these are
#: tried.
LOOKED_AFTER = 3
WEIGHED = 40
CHOSEN = 4
#: Words of texts are looked for with one slip undone; each word of these lengths has hundreds of such.
SHORTEST, LONGEST = 4, 15


class Near(NamedTuple):
    """A search near the one that found nothing, and how much it finds."""

    query: str
    number: Number


class Word(NamedTuple):
    """A word near another, and how many slips lie between them; the likeliest sorts first."""

    slips: int
    begins_otherwise: bool
    fewer: int
    word: str


def searches(query: str, number: Callable[[str], Number], models: Collection[Any] = ()) -> list[Near]:
    """Searches near one that finds nothing, with the ``number`` that each finds, the likeliest first.

    Words that nothing has are put right, or taken as the beginning of one; where all are known, one is left out.
    ``models``: it is a search for names of these nouns alone. A query for each word, four for each unknown one, one
    for how they are written; and those of the numbers.
    """
    wanted = [term for term in words.terms(query) if not term.without]
    typed = dict.fromkeys(word for term in wanted if not term.beginning for word in term.words)
    unknown = [word for word in typed if not is_known(word, models)][:LOOKED_AFTER]
    if not unknown:
        return tried((changed(query, {word: ""}) for word in typed), number) if len(wanted) > 1 else []
    begun = dict.fromkeys([word for word in unknown if Term((word,)) in wanted], BEGINS)
    others = [changed(query, begun)] if begun and not models else []
    near = {word: near_words(word, models)[:CHOSEN] for word in unknown}
    spelled = as_written(other.word for found in near.values() for other in found)
    likely = sorted(product(*near.values()), key=lambda chosen: (sum(one.slips for one in chosen), chosen))
    for chosen in likely:
        others.append(changed(query, {word: spelled[one.word] for word, one in zip(near, chosen, strict=True)}))
    return tried(others, number)


def tried(queries: Iterable[str], number: Callable[[str], Number]) -> list[Near]:
    """Those of the first few searches that find something."""
    found = (Near(query, number(query)) for query in islice(dict.fromkeys(queries), TRIED) if words.terms(query))
    return list(islice((near for near in found if near.number.n), OFFERED))


def changed(query: str, instead: dict[str, str]) -> str:
    """A search as typed with other words in the places of some; `BEGINS` comes after the word."""
    places = [(span, other) for word, other in instead.items() for span in marks(query, [Term((word,))])]
    for (start, end), other in sorted(places, reverse=True):
        query = query[: end if other == BEGINS else start] + other + query[end:]
    return " ".join(query.split())


def is_known(word: str, models: Collection[Any]) -> bool:
    """Whether a meeting has the word, or a name of one of the nouns begins so; one or two queries."""
    if models:
        return bool(vocabulary("word >= %s AND word < %s", [word, word + chr(0x10FFFF)], models, "LIMIT 1"))
    return bool(count(Asked().worded(f'"{word}"'), most=1).n)


def vocabulary(condition: str, parameters: list, models: Collection[Any], tail: str = "") -> list[str]:
    """The words that names of these nouns (none: of all) have, under a condition; one query."""
    if models:
        condition += f" AND substr(tag, 1, 1) IN ({', '.join(['%s'] * len(models))})"
        parameters = [*parameters, *map(letter, models)]
    return [
        word for (word,) in rows(f"SELECT DISTINCT word FROM meetings_index_name WHERE {condition} {tail}", parameters)
    ]


def slips_allowed(word: str) -> int:
    """How many slips a word may have and still be known by: none where a slip makes any word of any other."""
    if len(word) < 3 or any(character.isdigit() for character in word):
        return 0
    return 1 if len(word) < 6 else 2 if len(word) < 9 else 3


def near_words(word: str, models: Collection[Any] = ()) -> list[Word]:
    """The words of names, and for all nouns of texts too, that are near a word, the likeliest first; three queries."""
    most = slips_allowed(word)
    if not most:
        return []
    lengths = [len(word) - most, len(word) + most]
    of_names = vocabulary("length(word) BETWEEN %s AND %s", lengths, models)
    slips = {other: int(n) for other, n, _at in nearest(word, of_names, most)}
    if not models:
        with connection.cursor() as cursor:
            slips |= dict.fromkeys(backend().words_of_texts(cursor, one_slip_undone(word)), 1)
    slips.pop(word, None)
    weighed = sorted(slips, key=lambda other: (slips[other], other[0] != word[0], other))[:WEIGHED]
    numbers = {other: max(tags.values(), default=0) for other, tags in meetings_of(weighed, models).items()}
    return sorted(Word(slips[one], one[0] != word[0], -numbers.get(one, 0), one) for one in weighed)


def nearest(word: str, others: list[str], most: int) -> list[tuple]:
    """The words that are at most so many slips away: a letter left out, put in, changed, or two in the wrong order."""
    return process.extract(word, others, scorer=OSA.distance, score_cutoff=most, limit=None)


def one_slip_undone(word: str) -> list[str]:
    """The words in Latin letters that are one slip away."""
    if not (word.isascii() and SHORTEST <= len(word) <= LONGEST):
        return []
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {start + end[1:] for start, end in parts}
    found |= {start + end[1::-1] + end[2:] for start, end in parts}
    found |= {start + one + end[skipped:] for start, end in parts for one in ascii_lowercase for skipped in (0, 1)}
    return sorted(found - {word})


def meetings_of(found: Collection[str], models: Collection[Any]) -> dict[str, dict[str, int]]:
    """The tags of the names that have each word, with how many public meetings have them; one query."""
    if not found:
        return {}
    sql = (
        "SELECT DISTINCT w.word, w.tag, coalesce(n.n, 0) FROM meetings_index_name w LEFT JOIN meetings_index_number n"
        f" ON n.scope = '' AND n.tag = w.tag WHERE w.word IN ({', '.join(['%s'] * len(found))})"
    )
    letters = set(map(letter, models))
    tags: dict[str, dict[str, int]] = defaultdict(dict)
    for word, tagged, n in rows(sql, [*found]):
        if not letters or tagged[0] in letters:
            tags[word][tagged] = n
    return tags


def as_written(found: Iterable[str]) -> dict[str, str]:
    """How words are written in the name with most meetings, else as they are; one query, and one for each noun."""
    spelled = {word: word for word in found}
    wanted: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, tags in meetings_of(spelled, ()).items():
        tagged = max(tags, key=lambda one: (tags[one], one))
        # What has public meetings is public itself.
        if tags[tagged]:
            wanted[tagged[0]][int(tagged[1:])].append(word)
    for model in CALLED:
        keys = wanted[letter(model)]
        for pk, *names in model.objects.filter(pk__in=keys).values_list("pk", "name", "other_names") if keys else ():
            text = "\n".join(names)
            for word in keys[pk]:
                for start, end in marks(text, [Term((word,))])[:1]:
                    spelled[word] = text[start:end]
    return spelled


def records(query: str, model: Any, most: int) -> list[int]:
    """The primary keys of records, public or not, that have a name with each word of a search or one near it, the
    nearest and then those with most meetings first; two queries."""
    typed = [word for term in words.terms(query) if not term.without for word in term.words]
    own = [model]
    slips: list[dict[str, int]] = []
    of_names = vocabulary("word >= ''", [], own)
    for word in typed:
        begun = {other: 0 for other in of_names if other.startswith(word)}
        near = {other: int(n) for other, n, _at in nearest(word, of_names, slips_allowed(word))}
        slips.append({**dict(islice(near.items(), WEIGHED)), **dict(islice(begun.items(), WEIGHED))})
    tags = meetings_of(list({other for found in slips for other in found}), own)
    far: dict[str, int] = {}
    for at, found in enumerate(slips):
        own_slips: dict[str, int] = {}
        for other, n in found.items():
            for tagged in tags.get(other, ()):
                own_slips[tagged] = min(n, own_slips.get(tagged, n))
        far = {one: far.get(one, 0) + n for one, n in own_slips.items() if not at or one in far}
    numbers = {tagged: n for found in tags.values() for tagged, n in found.items()}
    return [int(one[1:]) for one in sorted(far, key=lambda one: (far[one], -numbers[one], one))[:most]]
