"""What a profile says first: how many meetings there are, and when the first and the last were held."""

from typing import NamedTuple

from meetings import dates
from meetings.choices import Status
from meetings.index import ends
from meetings.index.tags import PART, tag

HELD, PLANNED = tag("status", Status.HELD), tag("status", Status.PLANNED)


class Digest(NamedTuple):
    """How many meetings were held, are planned, and are neither; how many of all are parts of others; in words, the
    dates of the first and the last that were held ("" where none is known), whether these are ``one``, and whether the
    date of others is not known."""

    held: int
    planned: int
    neither: int
    parts: int
    first: str
    last: str
    one: bool
    undated: bool


def wanted(own: str) -> list[tuple[str, str]]:
    """Where the index keeps the numbers of a tag's meetings: all, parts of others, held, planned."""
    return [("", own), (PART, own), (HELD, own), (PLANNED, own)]


def of(own: str, number: int, parts: int, held: int, planned: int) -> Digest:
    """The numbers of `wanted`, with their ends; a query, and none where nothing was held."""
    first, last, *known = ends.of(own, HELD) if held else ends.Ends()
    return Digest(held, planned, number - held - planned, parts, dates.words(first), dates.words(last), *known)
