"""Who took part in some meetings, as plain data: names are looked up once and remembered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from meetings.exports import among
from meetings.models import Country, Official, Organization, Participation

#: Key and name of a record.
Named = tuple[str, str]


class Names:
    """Keys and names by primary key; a query for those not asked for before."""

    def __init__(self) -> None:
        self.known: dict[Any, dict[int | None, Named]] = defaultdict(lambda: {None: ("", "")})

    def of(self, model: Any, pks: Iterable[int | None]) -> dict[int | None, Named]:
        known = self.known[model]
        if missing := [pk for pk in set(pks) - known.keys() if pk is not None]:
            found = among(model._base_manager.all(), "id", missing).values_list("pk", model.KEY, "name")
            known.update((pk, (key, name)) for pk, key, name in found)
        return known


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


def parties(names: Names, pks: list[int]) -> dict[int, list[Party]]:
    """Who took part in each of some meetings, in order; one query and those for names."""
    rows = read(pks, "name_as_written", "title_as_written", "role")
    officials = names.of(Official, {row[1] for row in rows})
    countries = names.of(Country, {row[2] for row in rows})
    organizations = names.of(Organization, {row[3] for row in rows})
    found: dict[int, list[Party]] = defaultdict(list)
    for pk, official, country, organization, *written in rows:
        found[pk].append(Party(officials[official], countries[country], organizations[organization], *written))
    return found


def words(names: Names, pks: list[int]) -> dict[int, list[str]]:
    """The same in words, “Yoav Gallant (Israel)”; a party without a person by its own name."""
    rows = read(pks, "name_as_written")
    officials = names.of(Official, {row[1] for row in rows})
    countries = names.of(Country, {row[2] for row in rows})
    organizations = names.of(Organization, {row[3] for row in rows})
    found: dict[int, list[str]] = defaultdict(list)
    for pk, official, country, organization, written in rows:
        name = officials[official][1] or written
        side = countries[country][1] or organizations[organization][1]
        found[pk].append(f"{name} ({side})" if name and side else name or side)
    return found


def read(pks: list[int], *written: str) -> list[tuple]:
    """The participations in some meetings: meeting, official, country and organization, and more; one query."""
    rows = among(Participation.objects.all(), "meeting_id", pks).order_by("order", "id")
    return list(rows.values_list("meeting_id", "official_id", "country_id", "organization_id", *written))
