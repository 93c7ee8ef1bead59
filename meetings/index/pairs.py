"""How many meetings have two tags of a letter together: who met whom, as a table of numbers."""

import re
from collections import Counter
from itertools import chain, permutations
from typing import NamedTuple

from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.schema import backend
from meetings.index.tags import ALWAYS


class Pairs(NamedTuple):
    """The most frequent ``tags`` of a letter, of ``among`` different ones in the set, with the number of meetings that
    have each (``totals``) and, by tag, how many of these have which others too (``together``). Not ``exact``: of the
    newest `hits.MOST_COUNTED` meetings only."""

    tags: list[str]
    among: int
    totals: dict[str, int]
    together: dict[str, dict[str, int]]
    exact: bool


def of(asked: Asked, letter: str, most: int) -> Pairs:
    """The ``most`` frequent tags of a letter in a set of meetings; three queries where the index keeps the numbers (all
    meetings, countries), else those of `hits.newest`."""
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
    return Pairs(tags, hits.different(letter), dict(ranked), together, exact=True)


def counted(asked: Asked, letter: str, most: int) -> Pairs:
    """The numbers of the newest meetings of a set, one by one."""
    texts, number = hits.tags_of_each(asked)
    find = re.compile(rf" ({letter}\d+)").findall
    own = [find(f" {text}") for text in texts]
    totals = Counter(chain.from_iterable(own))
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:most]
    wanted = dict(ranked)
    shown = ([tag for tag in tags if tag in wanted] for tags in own)
    together: dict[str, dict[str, int]] = {tag: {} for tag in wanted}
    for (one, other), n in Counter(chain.from_iterable(permutations(tags, 2) for tags in shown)).items():
        together[one][other] = n
    return Pairs(list(wanted), len(totals), wanted, together, number.exact)
