"""How many meetings have two tags of a letter together: who met whom, as a table of numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, permutations
from typing import NamedTuple

from meetings.choices import Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.tags import ALWAYS, HELD, tag

#: With more meetings that were not held than these, it is not looked for those of whom none was.
FEW = 2_000
#: With more meetings than these, those that name one alone are not counted one by one.
MANY = 5_000
NOT_HELD = [tag("status", one) for one in Status if one != Status.HELD]

#: A tag, or a tag with another.
Those = tuple[str] | tuple[str, str]


class Pairs(NamedTuple):
    """The most frequent ``tags`` of a letter, of ``among`` different ones in the set, with the number of meetings that
    have each (``totals``) and, by tag, how many of these have which others too (``together``). ``unheld`` are the tags,
    and the tags with another, of whose meetings none was held, where that is looked for. ``alone`` is how many meetings
    have one tag or none; None where that is not counted. Not ``exact``: of the newest `hits.MOST_COUNTED` only."""

    tags: list[str]
    among: int
    totals: dict[str, int]
    together: dict[str, dict[str, int]]
    unheld: frozenset[Those]
    exact: bool
    alone: int | None


def of(asked: Asked, letter: str, most: int) -> Pairs:
    """The ``most`` frequent tags of a letter in a set of meetings; at most six queries where the index keeps the
    numbers (all meetings, countries); else those of `hits.newest`."""
    return kept(letter, most) if asked.is_all and letter in ALWAYS else counted(asked, letter, most)


def kept(letter: str, most: int) -> Pairs:
    """The numbers that the index keeps, of all meetings: those of a tag come as one text, as there are tens of
    thousands."""
    ranked = hits.rows(
        "SELECT tag, n FROM meetings_index_number WHERE scope = '' AND letter = %s AND n > 0"
        f" ORDER BY n DESC, tag LIMIT {most}",
        [letter],
    )
    tags = [tag for tag, _n in ranked]
    sql = (
        f"SELECT scope, {backend().TOGETHER}(tag || ' ' || n, ' ') FROM meetings_index_number"
        f" WHERE letter = %s AND scope IN ({hits.marks(tags)}) GROUP BY scope"
    )
    texts = hits.rows(sql, [letter, *tags]) if tags else ()
    parts = ((tag, text.split(" ")) for tag, text in texts)
    together = {tag: dict(zip(found[::2], map(int, found[1::2]), strict=True)) for tag, found in parts}
    totals = dict(ranked)
    unheld, alone = one_by_one(letter)
    known = all_of(numbers([tag for tag in tags if tag in totals] for tags in unheld), totals, together)
    return Pairs(tags, hits.different(letter), totals, together, known, exact=True, alone=alone)


def one_by_one(letter: str) -> tuple[list[list[str]], int | None]:
    """The tags of each of all meetings that was not held, and how many meetings have one tag or none; as far as they
    are not too many to be read. Two queries, or one where nothing is read."""
    found = hits.numbers([HELD, *NOT_HELD])
    others, find = sum(n for one, n in found.items() if one != HELD), finder(letter)
    if sum(found.values()) <= MANY:
        texts, _number = hits.tags_of_each(Asked())
        unheld = [find(text) for text in texts if HELD not in text.split()]
        return unheld, sum(len(find(text)) < 2 for text in texts)
    if not 0 < others <= FEW:
        return [], None
    texts, _number = hits.tags_of_each(Asked().tagged(*NOT_HELD))
    return list(map(find, texts)), None


def all_of(
    some: Mapping[Those, int], totals: Mapping[str, int], together: Mapping[str, Mapping[str, int]]
) -> frozenset[Those]:
    """Those of which ``some`` are as many as there are."""
    return frozenset(
        those
        for those, n in some.items()
        if n == (totals.get(those[0]) if len(those) == 1 else together.get(those[0], {}).get(those[1]))
    )


def finder(letter: str) -> Callable[[str], list[str]]:
    """Finds the tags of a letter among those of a meeting."""
    find = re.compile(rf" ({letter}\d+)").findall
    return lambda text: find(f" {text}")


def numbers(found: Iterable[Sequence[str]]) -> Counter[Those]:
    """How many meetings have each of their tags, and each two."""
    own: Counter[Those] = Counter()
    for tags in found:
        own.update((tag,) for tag in tags)
        own.update(permutations(tags, 2))
    return own


def counted(asked: Asked, letter: str, most: int) -> Pairs:
    """The numbers of the newest meetings of a set, one by one."""
    texts, number = hits.tags_of_each(asked)
    own = list(map(finder(letter), texts))
    totals = Counter(chain.from_iterable(own))
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:most]
    wanted = dict(ranked)
    shown = [[tag for tag in tags if tag in wanted] for tags in own]
    together: dict[str, dict[str, int]] = {tag: {} for tag in wanted}
    for (one, other), n in Counter(chain.from_iterable(permutations(tags, 2) for tags in shown)).items():
        together[one][other] = n
    others = [tags for tags, text in zip(shown, texts, strict=True) if HELD not in text.split()] if number.exact else []
    unheld = all_of(numbers(others), wanted, together)
    alone = sum(len(tags) < 2 for tags in own) if number.exact else None
    return Pairs(list(wanted), len(totals), wanted, together, unheld, number.exact, alone)
