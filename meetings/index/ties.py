"""Who met whom, and who spoke for whom, in numbers.

Two parties met when both take part, not as interpreter, in a held meeting that is an encounter (`choices.ENCOUNTERS`),
and neither speaks for the other there. Persons who speak for the same body do meet.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import product
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
    """The meetings, held or planned, at which a party, a tag with so ``many`` meetings, met others or is to meet them.
    Of a country, only countries and organizations are known."""

    def __init__(self, party: str, many: int):
        self.scopes = {f"{name}-{party}": Status(status) for status, name in MET.items()}
        #: Whether the table of numbers has whom the party met; of others their meetings are read.
        self.is_kept = is_scope(party, {party: many})

    @cached_property
    def read(self) -> dict[Status, dict[str, Tie]]:
        """All whom the party met or is to meet, where no table has them; two queries."""
        return {
            status: {tag: Tie(*met) for tag, met in scopes.whom(scope).items()} for scope, status in self.scopes.items()
        }

    def most(self, letters: Sequence[str], number: int) -> dict[str, list[str]]:
        """The tags of each kind that the party met most often, and after them those that it is to meet most often; at
        most one query."""
        found: dict[str, list[str]] = {letter: [] for letter in letters}
        rows = self.kept(letters, number) if self.is_kept else self.ranked(letters, number)
        for letter, tag in rows:
            found[letter].append(tag)
        return {letter: list(dict.fromkeys(tags)) for letter, tags in found.items()}

    def kept(self, letters: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
        """The same, letter and tag, as the table has them; a query."""
        member = (
            "SELECT * FROM (SELECT scope, letter, n, tag FROM meetings_index_number"
            " WHERE scope = %s AND letter = %s ORDER BY n DESC, tag LIMIT %s) AS most"
        )
        pairs = list(product(self.scopes, letters))
        parameters = [one for scope, letter in pairs for one in (scope, letter, number)]
        rows = hits.repeated(" UNION ALL ".join([member] * len(pairs)), parameters)
        order = list(self.scopes)
        for _scope, letter, _n, tag in sorted(rows, key=lambda row: (order.index(row[0]), -row[2], row[3])):
            yield letter, tag

    def ranked(self, letters: Sequence[str], number: int) -> Iterator[tuple[str, str]]:
        """The same of those that were read."""
        for met, letter in product(self.read.values(), letters):
            own = ((-tie.n, tag) for tag, tie in met.items() if tag[0] == letter)
            yield from ((letter, tag) for _n, tag in nsmallest(number, own))

    def of(self, others: Sequence[str]) -> dict[Status, dict[str, Tie]]:
        """How often, and when, the party met each of these tags, and is to meet it, without those whom it never met; at
        most one query."""
        if not self.is_kept:
            return {status: {tag: met[tag] for tag in others if tag in met} for status, met in self.read.items()}
        found: dict[Status, dict[str, Tie]] = {status: {} for status in self.scopes.values()}
        if others:
            sql = (
                "SELECT scope, tag, n, first, last FROM meetings_index_number"
                f" WHERE scope IN ({hits.marks(list(self.scopes))}) AND tag IN ({hits.marks(others)})"
            )
            for scope, tag, *met in hits.rows(sql, [*self.scopes, *others]):
                found[self.scopes[scope]][tag] = Tie(*met)
        return found


def most_of(scope: str, letter: str, most: int) -> list[tuple[str, int]]:
    """The tags of a kind that have the highest numbers in a scope, with these; a query."""
    sql = "SELECT tag, n FROM meetings_index_number WHERE scope = %s AND letter = %s ORDER BY n DESC, tag LIMIT %s"
    return hits.rows(sql, [scope, letter, most])


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
