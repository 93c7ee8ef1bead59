"""Keys and names of what records name, and dates in words: looked up once and remembered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from meetings import dates
from meetings.filters.keys import source_name
from meetings.index.among import among
from meetings.models import Source

#: So many records of a noun, and so many dates, are remembered; then all are forgotten, and memory has its end.
MOST = 50_000
MOST_DATES = 5_000


class Names:
    """The key and the name of records by primary key, ("", "") for None; of a source its address too. A query for those
    not asked for before."""

    def __init__(self) -> None:
        self.known: dict[Any, dict[int | None, tuple[str, ...]]] = defaultdict(lambda: {None: ("", "")})

    def of(self, model: Any, pks: Iterable[int | None]) -> dict[int | None, tuple[str, ...]]:
        """Of these records, and perhaps of others; good until it is asked again."""
        if len(self.known[model]) > MOST:
            del self.known[model]
        known = self.known[model]
        if missing := [pk for pk in set(pks) if pk is not None and pk not in known]:
            name, more = (source_name(), ["url"]) if model is Source else ("name", [])
            found = model._base_manager.filter(pk__in=among(missing)).order_by()
            known.update((pk, tuple(told)) for pk, *told in found.values_list("pk", model.KEY, name, *more))
        return known


class Said(dict[str, str]):
    """Dates in words: in most orders the same come one after the other."""

    def __missing__(self, date: str) -> str:
        if len(self) >= MOST_DATES:
            self.clear()
        said = self[date] = dates.words(date)
        return said
