"""What a set rests on, and from when to when its sources tell of meetings: where a list ends, meetings do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.urls import reverse

from meetings import dates
from meetings.choices import Status
from meetings.index import ends, names
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
    """The main ones of a set's sources (uid, name, how many of its ``number`` meetings), the most frequent first; a
    query, and one for each."""
    found = main(sources, number)
    keys = dict(Source.objects.filter(uid__in=[uid for uid, *_rest in found]).values_list("uid", "pk")) if found else {}
    return list(told((tag("source", keys[uid]), uid, name, n) for uid, name, n in found))


def of_tags(numbers: Mapping[str, int], number: int) -> list[Covered]:
    """The same of sources by their tags."""
    found = main(sorted(((one, "", n) for one, n in numbers.items()), key=lambda one: (-one[2], one[0])), number)
    called = names.called({"source": (Source, [own for own, *_rest in found])})
    return list(told((own, *called[own], n) for own, _name, n in found if own in called))


def main(sources: Sequence[tuple[str, str, int]], number: int) -> list[tuple[str, str, int]]:
    """Those on which enough of the meetings rest."""
    return [one for one in sources if 100 * one[2] >= LEAST * number][:MOST]


def told(sources: Iterable[tuple[str, str, str, int]]) -> Iterator[Covered]:
    """Sources (tag, uid, name, number) with the years that they tell of; a query for each."""
    for own, uid, name, n in sources:
        known = ends.of(own, tag("status", Status.HELD))
        if known.first:
            yield Covered(name, reverse("meetings:source", args=[uid]), n, year(known.first), year(known.last))


def year(date: str) -> str:
    """The year of a date, or the first of those that it can mean."""
    edtf = dates.parse(date)
    day = edtf.earliest or edtf.latest
    return str(day.year) if day else dates.words(date)
