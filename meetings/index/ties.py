"""Who met whom, and who spoke for whom, in numbers.

Two parties met when both take part, not as interpreter, in a held meeting that is an encounter (`choices.ENCOUNTERS`),
and neither speaks for the other there. Persons who speak for the same body do meet.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from meetings.choices import ENCOUNTERS, Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import LETTERS, MET, tag


class Encounters:
    """The meetings of a status (held or planned) at which a party, a tag, met others or is to meet them."""

    def __init__(self, party: str, status: Status):
        self.party = party
        self.status = status
        self.scope = f"{MET[status]}-{party}"
        #: Whether the table of numbers has whom the party met: countries have more meetings than can be read.
        self.is_counted = party[0] == LETTERS["country"]

    @cached_property
    def met(self) -> tuple[list[int], str]:
        """The sort key of each, in order of time, and for each a line with the tags of those who were met, a blank on
        both sides of each tag; a query. Lines of one text are searched and counted faster than many texts."""
        found = hits.rows(
            "SELECT sort_key, ' ' || tags || ' ' FROM meetings_index_met WHERE scope = %s ORDER BY sort_key",
            [self.scope],
        )
        return [key for key, _line in found], "\n".join([line for _key, line in found])

    def numbers(self, letters: Sequence[str]) -> dict[str, int]:
        """How often the party met each one of the kinds with these ``letters``; of a country, only countries and
        organizations are known."""
        if self.is_counted:
            sql = f"SELECT tag, n FROM meetings_index_number WHERE scope = %s AND letter IN ({hits.marks(letters)})"
            return dict(hits.rows(sql, [self.scope, *letters]))
        number = Counter(self.met[1].split())
        return {one: n for one, n in number.items() if one[0] in letters}

    def ends(self, others: Collection[str]) -> dict[str, tuple[int, int]]:
        """The sort keys of the first and the last meeting of known date with each of the ``others``."""
        if self.is_counted:
            kinds = (tag("kind", kind) for kind in ENCOUNTERS)
            return ends(Asked().tagged(self.party).tagged(tag("status", self.status)).tagged(*kinds), [*others])
        keys, text = self.met
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        dated = starts[bisect_left(keys, hits.FIRST_DAY)]
        found = {}
        for one in others:
            if (first := text.find(f" {one} ", dated)) >= 0:
                last = text.rfind(f" {one} ", dated)
                found[one] = keys[bisect_right(starts, first) - 1], keys[bisect_right(starts, last) - 1]
        return found


def most_of(scope: str, letter: str, most: int) -> list[tuple[str, int]]:
    """The tags of a kind that have the highest numbers in a scope, with these; a query."""
    sql = "SELECT tag, n FROM meetings_index_number WHERE scope = %s AND letter = %s ORDER BY n DESC, tag LIMIT %s"
    return hits.rows(sql, [scope, letter, most])


def ends(asked: Asked, others: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The sort keys of the first and the last meeting of known date of the set that each of the ``others`` (tags) has
    too; none for those that have none. At most three queries, whatever the number of others."""
    if not others:
        return {}
    known = hits.numbers([*asked.tags, *others])
    least = min(known.get(tag, 0) for group in asked.groups for tag in group if len(group) == 1)
    rarer = [one for one in others if known.get(one, 0) <= least]
    commoner = [one for one in others if known.get(one, 0) > least]
    found: dict[str, tuple[int, int]] = {}
    for some, place in ((rarer, 0), (commoner, 1 << 62)):
        if some:
            found |= outermost(replace(asked.tagged(OTHER), known={**known, OTHER: place}), some)
    return found


#: Stands for each of several tags in a set.
OTHER = "?"


def outermost(asked: Asked, others: Sequence[str]) -> dict[str, tuple[int, int]]:
    """`ends` of a set with `OTHER` among its tags: one sub-select, made ready once, for all the others."""
    select = hits.selected(asked)
    conditions, parameters, rest = [], [], list(select.parameters)
    for condition in select.conditions:
        own = [rest.pop(0) for _mark in range(condition.count("%s"))]
        conditions.append(condition.replace("%s", "other.tag") if own == [OTHER] else condition)
        parameters += [] if own == [OTHER] else own
    one = replace(select, conditions=tuple(conditions))
    first, last = (
        one.sql(select.key, f"ORDER BY {select.key} {direction} LIMIT 1", select.dated) for direction in ("ASC", "DESC")
    )
    listed = " UNION ALL ".join(["SELECT %s AS tag"] * len(others))
    sql = f"SELECT other.tag, ({first}), ({last}) FROM ({listed}) AS other"
    rows = hits.rows(sql, [*parameters, *parameters, *others])
    return {tag: (first, last) for tag, first, last in rows if first is not None}
