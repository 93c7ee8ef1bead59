"""What a set rests on, and from when to when its sources tell of meetings: where a list ends, meetings do not."""

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from meetings import dates
from meetings.choices import Status
from meetings.index import ends
from meetings.index.tags import tag
from meetings.models import Source

#: A source is told of that has so many of a hundred meetings of a set; so many sources at most.
LEAST, MOST = 5, 4


class Covered(NamedTuple):
    """A source, how many meetings of a set rest on it, and in words the first and the last year that it tells of, of
    whatever set."""

    name: str
    url: str
    n: int
    first: str
    last: str


def of(sources: Sequence[tuple[str, str, int]], number: int) -> list[Covered]:
    """The main ones of a set's sources (uid, name, how many of its ``number`` meetings); none where fewer than two
    are. A query, and one for each."""
    main = [(uid, name, n) for uid, name, n in sources if 100 * n >= LEAST * number][:MOST]
    if len(main) < 2:
        return []
    keys = dict(Source.objects.filter(uid__in=[uid for uid, *_rest in main]).values_list("uid", "pk"))
    found = []
    for uid, name, n in main:
        known = ends.of(tag("source", keys[uid]), tag("status", Status.HELD))
        if known.first:
            address = reverse("meetings:source", args=[uid])
            found.append(Covered(name, address, n, year(known.first), year(known.last)))
    return found


def year(date: str) -> str:
    """The year of a date, or the first of those that it can mean."""
    edtf = dates.parse(date)
    day = edtf.earliest or edtf.latest
    return str(day.year) if day else dates.words(date)
