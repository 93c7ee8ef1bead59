"""The meetings of two sides one after the other, with who was there on each side, in which post."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from meetings.choices import Role
from meetings.index.prepared import Prepared
from meetings.lenses import rows
from meetings.lenses.shared import Side
from meetings.models import Participation

#: How many persons a line names on each side.
NAMED = 4

PRESENT = ("meeting", "official", "country", "official__slug", *rows.PARTY[1:], "role")
TAKING_PART = Prepared(
    lambda keys: Participation.objects.filter(meeting__in=keys).order_by("order", "pk").values_list(*PRESENT)
)


class Person(NamedTuple):
    """Who was there on a side: slug of an official, name, title and body for which they spoke then, and whether as an
    interpreter. What is not known is empty."""

    slug: str
    name: str
    title: str
    body: str
    interprets: bool


class LedgerLine(NamedTuple):
    """A meeting, those there on both sides in their order, and how many parties it has beside these."""

    row: rows.Row
    own: list[Person]
    other: list[Person]
    beside: int


def of(keys: Sequence[int], own: Side, other: Side) -> list[LedgerLine]:
    """The public ones of these meetings (primary keys), in this order; two queries."""
    present = defaultdict(list)
    for pk, *party in TAKING_PART(keys):
        present[pk].append(party)
    return [line(row, present[row.pk], own, other) for row in rows.of(keys, parties=False, topics=False)]


def line(row: rows.Row, parties: Sequence[Sequence], own: Side, other: Side) -> LedgerLine:
    """A party is on a side if it is the official, or speaks for the country."""
    at = 0 if own.noun == "official" else 1
    found = [[person(*one[2:]) for one in parties if one[at] == side.pk] for side in (own, other)]
    return LedgerLine(row, found[0], found[1], len(parties) - len(found[0]) - len(found[1]))


def person(slug, name, written, title_written, post, country, organization, role) -> Person:
    """As `rows.party` has it, with a link; nobody's name where the body as a whole takes part."""
    called, title, for_country, body = rows.party(
        *(one or "" for one in (name, written, title_written, post, country, organization))
    )
    return Person(slug or "", called, title, body or for_country, role == Role.INTERPRETER)
