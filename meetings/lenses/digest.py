"""What a profile says first: how many meetings there are, and when the first and the last were held."""

from typing import Any, NamedTuple

from meetings import dates
from meetings.choices import Status
from meetings.index import ends
from meetings.index.asked import Asked
from meetings.index.tags import PART, tag
from meetings.models import Meeting

HELD, PLANNED = tag("status", Status.HELD), tag("status", Status.PLANNED)


class Digest(NamedTuple):
    """How many meetings were held, are planned, and are neither; in words, the dates of the first and the last that
    were held ("" where none is known)."""

    held: int
    planned: int
    neither: int
    first: str
    last: str


def wanted(own: str) -> list[tuple[str, str]]:
    """Where the index keeps the numbers of a tag's meetings: all, parts of others, held, planned; and of all held."""
    return [("", own), (PART, own), (HELD, own), (PLANNED, own), ("", HELD)]


def of(own: str, number: int, held: int, planned: int, all_held: int) -> Digest:
    """The numbers of `wanted`, with their ends; a query, and none where nothing was held."""
    known = {own: number, HELD: all_held}
    found: Any = ()
    if held:
        keys = ends.keys(Asked(((own,), (HELD,)), known=known))
        found = list(Meeting.objects.published().filter(pk__in=keys).by_date().values_list("date", flat=True))
    first, last = (dates.words(found[at]) if found else "" for at in (-1, 0))
    return Digest(held, planned, number - held - planned, first, last)
