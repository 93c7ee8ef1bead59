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
from meetings.index.tags import LETTERS, MEETINGS, record_of, tag

#: Letters of parties of which the table keeps whom they met, and of whom they met.
KEPT = (LETTERS["country"], (LETTERS["country"], LETTERS["organization"]))


def encounters(party: str, status: Status, *others: str) -> Asked:
    """The encounters of this status at which the party, and others, take part; all by their tags."""
    asked = Asked().tagged(party)
    for other in others:
        asked = asked.tagged(other)
    return asked.tagged(tag("status", status)).tagged(*(tag("kind", kind) for kind in ENCOUNTERS))


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


def ends(sets: Sequence[Asked]) -> list[tuple[int, int]]:
    """The first and the last day (as day numbers) on which each set has a meeting, 0 and 0 where none is known; two
    queries in all."""
    found = outermost(sets, ("ASC", "DESC"))
    return [(found.get((at, "ASC"), 0) >> 32, found.get((at, "DESC"), 0) >> 32) for at in range(len(sets))]


def last(sets: Sequence[Asked]) -> list[int]:
    """The primary keys of the newest meetings of known date of all these sets; two queries."""
    return [record_of(key) for key in outermost(sets, ("DESC",)).values()]


def outermost(sets: Sequence[Asked], directions: Sequence[str]) -> dict[tuple[int, str], int]:
    """The sort keys of the outermost meetings of known date of each set (by its place), in each direction."""
    known = hits.numbers(list({tag for asked in sets for tag in asked.tags}))
    members: list[str] = []
    parameters: list = []
    for at, asked in enumerate(sets):
        select = hits.selected(replace(asked, known=known))
        for direction in directions:
            columns = f"{at} AS place, '{direction}' AS direction, {select.key} AS sort_key"
            limited = select.sql(columns, f"ORDER BY {select.key} {direction} LIMIT 1", select.dated)
            members.append(f"SELECT * FROM ({limited}) AS {direction}_{at}")
            parameters += select.parameters
    rows = hits.rows(" UNION ALL ".join(members), parameters) if members else []
    return {(at, direction): key for at, direction, key in rows}
