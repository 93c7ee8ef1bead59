"""The numbers within officials and organizations that have become scopes (`tags.is_scope`), read from other tables."""

from collections import Counter
from collections.abc import Iterator

from meetings.index import hits, tags
from meetings.index.schema import backend
from meetings.index.tags import GROWN, own_scopes

#: Scope, tag, number, and the sort keys of the first and last meeting of known date where these are kept.
NumberRow = tuple[str, str, int, int | None, int | None]


def grown() -> list[str]:
    """The officials and organizations that are scopes; a query."""
    sql = f"SELECT tag FROM meetings_index_number WHERE scope = '' AND letter IN ({hits.marks(GROWN)}) AND n >= %s"
    return sorted(tag for (tag,) in hits.rows(sql, [*GROWN, tags.MANY]))


def rows_within(tag: str) -> Iterator[NumberRow]:
    """The numbers of an official or an organization, as the entries and the table of those who met have them; three
    queries."""
    entries = f"meetings_index_tag t {backend().JOIN} meetings_index_entry e ON e.sort_key = t.sort_key"
    found: Counter[str] = Counter()
    for (own,) in hits.rows(f"SELECT e.tags FROM {entries} WHERE t.tag = %s", [tag]):
        found.update(own.split())
    yield from ((tag, other, n, None, None) for other, n in found.items())
    for scope in own_scopes(tag)[1:]:
        yield from ((scope, other, *met) for other, met in whom(scope).items())


def whom(scope: str) -> dict[str, tuple[int, int | None, int | None]]:
    """Those whom an official or an organization met or is to meet (``met-o12``): how often, and the sort keys of the
    first and the last meeting of known date; a query."""
    numbers: Counter[str] = Counter()
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    sql = "SELECT sort_key, tags FROM meetings_index_met WHERE scope = %s ORDER BY sort_key"
    for key, line in hits.rows(sql, [scope]):
        others = line.split()
        numbers.update(others)
        if key >= hits.FIRST_DAY:
            last.update(dict.fromkeys(others, key))
            for other in others:
                first.setdefault(other, key)
    return {other: (n, first.get(other), last.get(other)) for other, n in numbers.items()}
