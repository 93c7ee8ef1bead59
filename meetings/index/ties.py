"""Who met whom, and who spoke for whom, in numbers: from the table where one is kept, else from the meetings' tags.

Two parties met when both take part, not as interpreter and not on one side, in a held meeting that is an encounter
(`choices.ENCOUNTERS`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from meetings.choices import ENCOUNTERS, Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import LETTERS, MEETINGS, tag

#: Letters of parties of which the table keeps whom they met, and of whom they met.
KEPT = (LETTERS["country"], (LETTERS["country"], LETTERS["organization"]))


def encounters(party: str, status: Status) -> Asked:
    """The encounters of this status at which the party (a tag) takes part."""
    return Asked().tagged(party).tagged(tag("status", status)).tagged(*(tag("kind", kind) for kind in ENCOUNTERS))


def met(party: str, status: Status, letters: Sequence[str]) -> dict[str, int]:
    """How often a party (a tag) met, or is to meet, each one of the kinds with these ``letters``; a query, or two where
    no table has the numbers."""
    if party[0] == KEPT[0] and set(letters) <= set(KEPT[1]):
        sql = f"SELECT tag, n FROM meetings_index_number WHERE scope = %s AND letter IN ({hits.marks(letters)})"
        return dict(hits.rows(sql, [f"{MEETINGS[status]}-{party}", *letters]))
    return {one: n for one, n in counted(party, status).items() if n > 0 and one[0] in letters}


def counted(party: str, status: Status) -> Counter[str]:
    """How often the party met each one, counted in the tags and ties of its encounters."""
    select = hits.selected(encounters(party, status), entries=True)
    rows = hits.rows(select.sql("e.tags, e.ties"), select.parameters)
    rows = [(tags, ties) for tags, ties in rows if f"int/{party} " not in f"{ties} "]
    number = Counter(chain.from_iterable(tags.split() for tags, _ties in rows))
    ties = " ".join(ties for _tags, ties in rows)
    for apart in (r"\bint/(\w+)", rf"\bfor-(\w+)/{party}\b", rf"\bfor-{party}/(\w+)"):
        number.subtract(Counter(re.findall(apart, ties)))
    del number[party]
    return number


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
