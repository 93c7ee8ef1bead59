"""Who took part in some meetings, as plain data: names are looked up once and remembered."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from meetings.exports.names import Names
from meetings.exports.rows import rows_of
from meetings.index.among import among
from meetings.models import Country, Official, Organization, Participation

#: Key and name of a record.
Named = tuple[str, ...]


class Party(NamedTuple):
    """A participation: the links as (key, name), ("", "") where there is none, and the source's words."""

    official: Named
    country: Named
    organization: Named
    name_as_written: str
    title_as_written: str
    role: str

    def as_object(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            **{name: as_object(getattr(self, name)) for name in ("official", "country", "organization")},
            "name_as_written": self.name_as_written,
            "title_as_written": self.title_as_written,
            "role": self.role,
        }


def as_object(named: Named) -> dict[str, str] | None:
    return {"slug": named[0], "name": named[1]} if named[0] else None


def parties(names: Names, pks: Sequence[int]) -> dict[int, list[Party]]:
    """Who took part in each of some meetings, in order; one query and those for names."""
    rows, officials, countries, organizations = read(names, pks, "name_as_written", "title_as_written", "role")
    found: dict[int, list[Party]] = defaultdict(list)
    for pk, official, country, organization, *written in rows:
        found[pk].append(Party(officials[official], countries[country], organizations[organization], *written))
    return found


def words(names: Names, pks: Sequence[int]) -> dict[int, str]:
    """The same in words, “Yoav Gallant (Israel); …”; a party without a person by its own name."""
    rows, officials, countries, organizations = read(names, pks, "name_as_written")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, official, country, organization, written in rows:
        name = officials[official][1] or written
        side = countries[country][1] or organizations[organization][1]
        found[pk].append(f"{name} ({side})" if name and side else name or side)
    return {pk: "; ".join(present) for pk, present in found.items()}


def read(names: Names, pks: Sequence[int], *written: str) -> tuple:
    """The participations in some meetings: rows of meeting, official, country and organization, and more; and the names
    of these three."""
    present = Participation.objects.filter(meeting__in=among(pks)).order_by("order", "id")
    rows = rows_of(present.values_list("meeting_id", "official_id", "country_id", "organization_id", *written))
    linked = enumerate((Official, Country, Organization), 1)
    return rows, *(names.of(model, {row[at] for row in rows}) for at, model in linked)
