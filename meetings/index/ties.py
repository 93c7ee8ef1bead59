"""Who met whom, and who spoke for whom, in numbers.

Two parties met when both take part, not as interpreter, in a held meeting that is an encounter (`choices.ENCOUNTERS`),
and neither speaks for the other there. Persons who speak for the same body do meet.
"""

from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from meetings.choices import Status
from meetings.index import hits, scopes
from meetings.index.tags import MET, is_scope


class Tie(NamedTuple):
    """At how many meetings, and the sort keys of the first and the last of known date."""

    n: int
    first: int | None
    last: int | None


class Encounters:
    """The meetings of a status (held or planned) at which a party, a tag with so ``many`` meetings, met others or is to
    meet them. Of a country, only countries and organizations are known."""

    def __init__(self, party: str, many: int, status: Status):
        self.scope = f"{MET[status]}-{party}"
        #: Whether the table of numbers has whom the party met; of others their meetings are read.
        self.is_kept = is_scope(party, {party: many})

    @cached_property
    def read(self) -> dict[str, Tie]:
        """All whom the party met, where no table has them; a query."""
        return {tag: Tie(*met) for tag, met in scopes.whom(self.scope).items()}

    def most(self, letter: str, number: int) -> list[str]:
        """The tags of a kind that the party met most often; at most one query."""
        if self.is_kept:
            return [tag for tag, _n in most_of(self.scope, letter, number)]
        return [
            tag for _n, tag in nsmallest(number, ((-met.n, tag) for tag, met in self.read.items() if tag[0] == letter))
        ]

    def of(self, others: Sequence[str]) -> dict[str, Tie]:
        """How often, and when, the party met each of these tags, without those whom it never met; at most one query."""
        if self.is_kept:
            return ties(self.scope, others)
        return {tag: self.read[tag] for tag in others if tag in self.read}


def most_of(scope: str, letter: str, most: int) -> list[tuple[str, int]]:
    """The tags of a kind that have the highest numbers in a scope, with these; a query."""
    return [(tag, tie.n) for tag, tie in of_most(scope, letter, most).items()]


def of_most(scope: str, letter: str, most: int) -> dict[str, Tie]:
    """The ties of a scope that have the highest numbers, the highest first; a query."""
    sql = (
        "SELECT tag, n, first, last FROM meetings_index_number WHERE scope = %s AND letter = %s"
        " ORDER BY n DESC, tag LIMIT %s"
    )
    return {tag: Tie(*met) for tag, *met in hits.rows(sql, [scope, letter, most])}


def who_spoke(country: str, letter: str, most: int) -> dict[str, tuple[Tie, int]]:
    """Those of a kind who spoke for a country (a tag) most often, the most frequent first, each with how many meetings
    name both; a query."""
    named = "SELECT n FROM meetings_index_number named WHERE named.scope = %s AND named.tag = spoke.tag"
    sql = (
        f"SELECT tag, n, first, last, ({named}) FROM meetings_index_number spoke WHERE scope = %s AND letter = %s"
        " ORDER BY spoke.n DESC, spoke.tag LIMIT %s"
    )
    found = hits.rows(sql, [country, f"for-{country}", letter, most])
    return {tag: (Tie(*spoke), number) for tag, *spoke, number in found}


def ties(scope: str, tags: Sequence[str]) -> dict[str, Tie]:
    """The ties of a scope with each of these tags; a query."""
    sql = f"SELECT tag, n, first, last FROM meetings_index_number WHERE scope = %s AND tag IN ({hits.marks(tags)})"
    return {tag: Tie(*met) for tag, *met in hits.rows(sql, [scope, *tags])} if tags else {}
