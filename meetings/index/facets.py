"""Counts beside the options of a filter."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast

from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import is_scope


class Wanted(NamedTuple):
    """A facet to count: ``queryset`` grouped by ``value`` (a look-up or expression), shown as ``label``.

    Several of one name add up: a place counts the meetings at it and those within it.
    """

    name: str
    queryset: QuerySet
    value: object
    label: object


@dataclass(frozen=True, slots=True)
class Counted:
    """That ``count`` records of a facet's set have ``value``."""

    value: str
    label: str
    count: int


def count(wanted: Iterable[Wanted]) -> dict[str, list[Counted]]:
    """The counts of every value of every wanted facet, most frequent first: one UNION ALL, one query."""
    members = [
        facet.queryset.order_by()
        .annotate(
            facet=Value(facet.name),
            option=as_text(facet.value),
            option_label=as_text(facet.label),
        )
        .values_list("facet", "option", "option_label")
        .annotate(n=Count("pk", distinct=True))
        for facet in wanted
    ]
    numbers: dict[str, Counter] = defaultdict(Counter)
    for name, value, label, number in members[0].union(*members[1:], all=True) if members else ():
        if value:
            numbers[name][value, label] += number
    return {name: [Counted(*key, number) for key, number in by_number(found)] for name, found in numbers.items()}


def by_number(found: Counter) -> list[tuple[tuple[str, str], int]]:
    """Values, labels and counts: most frequent first, then by label."""
    return sorted(found.items(), key=lambda item: (-item[1], item[0][1]))


def as_text(expression) -> Cast:
    """Every member of a UNION has the same column types."""
    return Cast(F(expression) if isinstance(expression, str) else expression, CharField())


class Tagged(NamedTuple):
    """How many meetings have each tag; not ``exact``: of the newest `hits.MOST_COUNTED` only. ``number`` is that of the
    meetings, where they were counted on the way."""

    numbers: dict[str, int]
    exact: bool
    number: hits.Number | None = None


def has_table(asked: Asked) -> bool:
    """Whether a table has the numbers of all tags: of all meetings, or of a scope's; at most one query."""
    tags = asked.only_tags
    return tags is not None and (not tags or (len(tags) == 1 and is_scope(tags[0], hits.informed(asked))))


def of_tags(asked: Asked, letters: Iterable[str], most: int, chosen: Collection[str]) -> Tagged:
    """How many of the meetings asked for have each tag that begins with one of ``letters``: at least the ``most``
    frequent of each letter, and those ``chosen``. At most two queries."""
    if has_table(asked):
        return Tagged(from_table(asked, letters, most, chosen), exact=True)
    numbers, number = hits.tags_of(asked)
    return Tagged(numbers, number.exact, number)


def most_frequent(numbers: Mapping[str, int], most: int, chosen: Collection[str]) -> dict[str, list[tuple[str, int]]]:
    """By letter, the ``most`` tags with the highest numbers, the highest first, and those ``chosen``.

    There may be tens of thousands, which take longer to sort than to count: all but the first few are passed over.
    """
    values = defaultdict(list)
    for one, n in numbers.items():
        values[one[0]].append(n)
    least = {letter: nlargest(most, found)[-1] for letter, found in values.items()}
    found = defaultdict(list)
    for one, n in numbers.items():
        if n >= least[one[0]]:
            found[one[0]].append((one, n))
    for ranked in found.values():
        ranked.sort(key=lambda item: (-item[1], item[0]))
        del ranked[most:]
    for one in sorted(chosen, key=lambda one: (-numbers.get(one, 0), one)):
        if one in numbers and (one, numbers[one]) not in found[one[0]]:
            found[one[0]].append((one, numbers[one]))
    return found


def from_table(asked: Asked, letters: Iterable[str], most: int, chosen: Collection[str]) -> dict[str, int]:
    """The numbers that are kept: of all records, or within the one tag asked for; two queries."""
    scope = "".join(asked.only_tags or ())
    members, parameters = [], []
    for letter in letters:
        members.append(
            f"SELECT * FROM (SELECT tag, n FROM {asked.table}_number WHERE scope = %s AND letter = %s"
            f" ORDER BY n DESC, tag LIMIT {most}) AS most_{letter}"
        )
        parameters += [scope, letter]
    return dict(hits.repeated(" UNION ALL ".join(members), parameters)) | hits.numbers(list(chosen), scope, asked.shelf)
