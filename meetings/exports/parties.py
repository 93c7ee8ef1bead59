"""Who took part in some meetings, as plain data: names are looked up once and remembered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from meetings.models import Country, Official, Organization, Participation

#: Key and name of a record.
Named = tuple[str, str]


class Names:
    """Keys and names by primary key; a query for those not asked for before."""

    def __init__(self) -> None:
        self.known: dict[Any, dict[int | None, Named]] = defaultdict(lambda: {None: ("", "")})

    def of(self, model: Any, pks: Iterable[int | None]) -> dict[int | None, Named]:
        known = self.known[model]
        if missing := set(pks) - known.keys():
            found = model._base_manager.filter(pk__in=missing).values_list("pk", model.KEY, "name")
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

    @property
    def words(self) -> str:
        """“Yoav Gallant (Israel)”; a party without a person by its own name."""
        side = self.country[1] or self.organization[1]
        name = self.official[1] or self.name_as_written
        return f"{name} ({side})" if name and side else name or side

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
    rows = list(
        Participation.objects.filter(meeting__in=pks)
        .order_by("order", "id")
        .values_list(
            "meeting_id", "official_id", "country_id", "organization_id", "name_as_written", "title_as_written", "role"
        )
    )
    officials = names.of(Official, {row[1] for row in rows})
    countries = names.of(Country, {row[2] for row in rows})
    organizations = names.of(Organization, {row[3] for row in rows})
    found: dict[int, list[Party]] = defaultdict(list)
    for pk, official, country, organization, *written in rows:
        found[pk].append(Party(officials[official], countries[country], organizations[organization], *written))
    return found
