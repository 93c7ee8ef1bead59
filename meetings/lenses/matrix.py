"""Who meets whom as a table of numbers: countries, officials or organizations by each other, in a set of meetings."""

from collections.abc import Iterable
from itertools import chain, repeat
from typing import Any, NamedTuple

from meetings import words
from meetings.index import names, pairs
from meetings.index.asked import Asked
from meetings.index.tags import LETTERS
from meetings.lenses import shades
from meetings.models import Country, Official, Organization

#: What rows and columns can be, by the parameter that a cell's link narrows down by.
BY: dict[str, Any] = {"country": Country, "official": Official, "organization": Organization}


class Line(NamedTuple):
    """A row, and the column of the same place: a record's key and name, how many of the meetings it took part in, and
    at how many of them with each of the others, in their order; its own place holds 0. ``unheld`` are the places of
    those with whom none of these was held, as far as that is known."""

    key: str
    name: str
    total: int
    cells: list[int]
    unheld: frozenset[int] = frozenset()

    @property
    def held(self) -> list[int]:
        """The numbers of the others."""
        return [n for at, n in enumerate(self.cells) if at not in self.unheld] if self.unheld else self.cells


class Matrix(NamedTuple):
    """The rows of the most frequent, of ``among`` in the set, and the greatest number of a cell. Not ``exact``: of the
    newest meetings of the set only. ``alone`` as of `Pairs`."""

    lines: list[Line]
    among: int
    greatest: int
    exact: bool
    alone: int | None = None

    def shade(self, n: int) -> int:
        """How dark a number is drawn."""
        return shades.shade(n, self.greatest)

    @property
    def steps(self) -> list[tuple[int, int]]:
        """The shades that there are, with the least number that has each."""
        return shades.steps(chain.from_iterable(line.held for line in self.lines), self.shade)

    @property
    def differs(self) -> bool:
        """Whether the numbers of some row do not add up to its total."""
        return any(line.total != sum(line.cells) for line in self.lines)

    @property
    def has_unheld(self) -> bool:
        """Whether some did not meet, though meetings name them."""
        return any(line.unheld for line in self.lines)


def of(asked: Asked, by: str, order: str, most: int) -> Matrix:
    """The ``most`` frequent of a set, ordered by "number", "name" or "region" (of countries); at most five queries."""
    found = pairs.of(asked, LETTERS[by], most)
    called = names.called({by: (BY[by], found.tags)})
    tags = [tag for tag in found.tags if tag in called]
    regions = regions_of(tags) if order == "region" else {}
    totals = found.totals if order == "number" else {}
    # Those of no region last; names decide among equals.
    tags.sort(
        key=lambda tag: (-totals.get(tag, 0), not regions.get(tag), regions.get(tag, ""), words.fold(called[tag][1]))
    )
    lines = []
    for at, tag in enumerate(tags):
        numbers = found.together.get(tag, {})
        cells = list(map(numbers.get, tags, repeat(0)))
        cells[at] = 0
        # Most sets have none, and a table has forty thousand cells.
        places = enumerate(tags) if found.unheld else ()
        unheld = frozenset(place for place, other in places if (tag, other) in found.unheld)
        lines.append(Line(*called[tag], found.totals[tag], cells, unheld))
    return Matrix(lines, found.among, max((max(line.cells) for line in lines), default=0), found.exact, found.alone)


def regions_of(tags: Iterable[str]) -> dict[str, str]:
    """The regions of countries, by tag; a query."""
    rows = Country.objects.filter(pk__in=[int(tag[1:]) for tag in tags]).order_by().values_list("pk", "region")
    return {f"{LETTERS['country']}{pk}": region for pk, region in rows}
