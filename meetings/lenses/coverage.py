"""What a set rests on, and from when to when its sources tell of meetings: where a list ends, meetings do not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from meetings import dates
from meetings.choices import Status
from meetings.index import ends, hits, names
from meetings.index.asked import Asked
from meetings.index.tags import LETTERS, tag
from meetings.models import Source

#: A source is told of that has so many of a hundred meetings of a set; so many sources at most.
LEAST, MOST = 5, 4
#: Where one begins or ends that has so many of a hundred, the numbers of meetings change: a picture shows where.
LARGE = 20
#: The sources of at most so many meetings are counted only to be told of: tags of these are read in a moment.
READ = 2_000


class Covered(NamedTuple):
    """A source, how many meetings of a set rest on it, and the first and the last day that its meetings, of whatever
    set, can have been on."""

    name: str
    url: str
    n: int
    first: date
    last: date

    @property
    def years(self) -> str:
        """Those that it tells of."""
        first, last = self.first.year, self.last.year
        return str(first) if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}


class Coverage(NamedTuple):
    """The main sources of a set of so many meetings. ``counted`` adds up those of each of its sources: it is more than
    their number where some have several, and less where not all sources are counted."""

    sources: list[Covered] = []
    number: int = 0
    counted: int = 0

    @property
    def others(self) -> int:
        """How many come from other sources; at least, where it is not ``exact``."""
        return max(self.number - sum(one.n for one in self.sources), 0)

    @property
    def exact(self) -> bool:
        return self.counted == self.number

    @property
    def large(self) -> list[Covered]:
        return [one for one in self.sources if 100 * one.n >= LARGE * self.number]


def of(sources: Sequence[tuple[str, str, int]], number: int) -> Coverage:
    """The main ones of a set's sources (uid, name, how many of its ``number`` meetings), the most frequent first; a
    query, and one for each."""
    found = main(sources, number)
    keys = dict(Source.objects.filter(uid__in=[uid for uid, *_rest in found]).values_list("uid", "pk")) if found else {}
    known = told((tag("source", keys[uid]), uid, name, n) for uid, name, n in found)
    return Coverage(list(known), number, sum(n for *_rest, n in sources))


def of_set(asked: Asked, number: hits.Number) -> Coverage:
    """The same of a set of so many, if these are not too many, whose sources have not been counted; two queries, one
    for each source, and those of `hits.selected`."""
    if number.n > READ or not number.exact:
        return Coverage([], number.n, 0)
    counted, _number = hits.tags_of(asked)
    return of_tags({one: n for one, n in counted.items() if is_source(one)}, number.n)


def is_source(one: str) -> bool:
    return one[0] == LETTERS["source"] and one[1:].isdigit()


def of_tags(numbers: Mapping[str, int], number: int) -> Coverage:
    """The same of sources by their tags."""
    found = main(sorted(((one, "", n) for one, n in numbers.items()), key=lambda one: (-one[2], one[0])), number)
    called = names.called({"source": (Source, [own for own, *_rest in found])})
    known = told((own, *called[own], n) for own, _name, n in found if own in called)
    return Coverage(list(known), number, sum(numbers.values()))


def main(sources: Sequence[tuple[str, str, int]], number: int) -> list[tuple[str, str, int]]:
    """Those on which enough of the meetings rest."""
    return [one for one in sources if 100 * one[2] >= LEAST * number][:MOST]


def told(sources: Iterable[tuple[str, str, str, int]]) -> Iterator[Covered]:
    """Sources (tag, uid, name, number) with the years that they tell of; a query for each."""
    for own, uid, name, n in sources:
        known = ends.of(own, tag("status", Status.HELD))
        first, last = dates.parse(known.first), dates.parse(known.last)
        begins, ended = first.earliest or first.latest, last.latest or last.earliest
        if begins and ended:
            yield Covered(name, reverse("meetings:source", args=[uid]), n, begins, max(begins, ended))
