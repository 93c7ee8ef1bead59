"""Which territories of the gazetteer are one country: it has a record for each form of a state, we have one for all.

A territory is a country of ours when, in this order,
1. it still exists, and has one of our country's names (but for what it adds in brackets or behind a comma);
2. one of our former states has its name, and their years overlap;
3. a country of today that came of it has its name among its own ("Germany" of 1933, Persia, Dahomey), or the gazetteer
   names none that did, and one has it as its first;
4. one single country came of it, whose name is part of the territory's ("Kingdom of Greece", "Empire of Brazil").
Of the others, one whose successor has the same name is the same former state (three that are called Korea).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from meetings.imports import xml
from meetings.imports.states import Country, States, bag, parts

STILL = "9999"


class Territory(NamedTuple):
    """A form of state; its years in EDTF, empty where unknown. ``until`` is empty for what still exists."""

    id: str
    name: str
    long_name: str
    since: str
    until: str
    exists: bool
    successors: tuple[str, ...]
    file: str
    line: int

    @classmethod
    def of(cls, node: xml.Node, since: str, until: str, file: str) -> "Territory":
        listed = node.child("successors")
        after = tuple(child.text for child in (listed.children if listed else []))
        exists = until.startswith(STILL)
        name, long = node.get("short-form-name"), node.get("long-form-name")
        return cls(node.get("id"), name, long, since, "" if exists else until, exists, after, file, node.line)

    @property
    def all_names(self) -> list[str]:
        return [name for name in (self.name, self.long_name) if name]


def year(node: xml.Node | None) -> str | None:
    """A year in EDTF, marked where the gazetteer is not sure; None where it is no year. "" where it has none, or one
    before our era, which a date here cannot say."""
    text = node.text if node else ""
    if not text or (text[0] == "-" and text[1:].isdigit()):
        return ""
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text)):
        return None
    mark = "~" if node and "precision" in node.attributes else "?" if node and "certainty" in node.attributes else ""
    return text.zfill(4) + mark


class Territories:
    """All territories, by their id, with what came of each."""

    def __init__(self, territories: Iterable[Territory], states: States):
        self.states = states
        self.all = {one.id: one for one in territories}
        self.found: dict[str, Country | None] = {}

    def next(self, one: Territory) -> list[Territory]:
        """The direct successors. The gazetteer lists theirs too: those that began later are passed over."""
        listed = [self.all[id] for id in one.successors if id in self.all and id != one.id]
        later = {id for other in listed for id in self.after(other) if id != other.id}
        return [other for other in listed if other.id not in later or self.follows(one, other)] or listed

    @staticmethod
    def follows(one: Territory, other: Territory) -> bool:
        """Whether the other began when the one ended."""
        return bool(one.until and other.since) and abs(int(other.since[:4]) - int(one.until[:4])) <= 1

    def after(self, one: Territory) -> set[str]:
        """The ids of all that came of a territory."""
        found: set[str] = set()
        waiting = [one]
        while waiting:
            for id in waiting.pop().successors:
                if id in self.all and id not in found and id != one.id:
                    found.add(id)
                    waiting.append(self.all[id])
        return found

    def country(self, one: Territory) -> Country | None:
        """The country of ours that a territory is a form of."""
        if one.id not in self.found:
            self.found[one.id] = self.existing(one) if one.exists else self.former(one) or self.earlier(one)
        return self.found[one.id]

    def existing(self, one: Territory) -> Country | None:
        names = [*one.all_names, parts(one.name)[0], one.name.split(",")[0]]
        return next((country for name in names if (country := self.living(name))), None)

    def living(self, name: str) -> Country | None:
        country = self.states.named(name)
        return country if country and country.latest is None else None

    def former(self, one: Territory) -> Country | None:
        """Our former state of this name, whose years overlap."""
        for name in one.all_names:
            for country in self.formers.get(bag(name), ()):
                first = country.earliest.year if country.earliest else 0
                last = country.latest.year if country.latest else 9999
                if int(one.since[:4] or 0) <= last and first <= int(one.until[:4] or 9999):
                    return country
        return None

    @cached_property
    def formers(self) -> dict[tuple[str, ...], list[Country]]:
        found: dict[tuple[str, ...], list[Country]] = defaultdict(list)
        for country in self.states.by_slug.values():
            if country.latest is not None:
                for name in (parts(country.name)[0], *country.other_names):
                    found[bag(name)].append(country)
        return found

    def earlier(self, one: Territory) -> Country | None:
        """The country of today that a territory became, by its name."""
        later = [self.all[id] for id in self.after(one)]
        found = {country.slug: country for other in later if other.exists and (country := self.existing(other))}
        heirs = list(found.values())
        if not heirs:
            country = self.living(one.name)
            return country if country and bag(country.name) == bag(one.name) else None
        for name in one.all_names if len(heirs) == 1 else [one.name]:
            for country in heirs:
                if bag(name) in country.bags:
                    return country
        if len(heirs) == 1 and "," not in one.name:
            own = [set(bag(name)) for name in one.all_names]
            return heirs[0] if any(set(known) <= name for known in heirs[0].bags for name in own) else None
        return None

    def record(self, one: Territory) -> Territory:
        """The last form of the former state that a territory is a form of, where none is a country of ours."""
        seen = {one.id}
        while same := [other for other in self.next(one) if self.continues(other, one) and other.id not in seen]:
            one = max(same, key=lambda other: (other.until, other.since, other.id))
            seen.add(one.id)
        return one

    def continues(self, other: Territory, one: Territory) -> bool:
        """Whether a successor is the same former state under the same name."""
        return not other.exists and bag(other.name) == bag(one.name) and self.country(other) is None

    def forms(self, one: Territory) -> list[Territory]:
        """All forms of a former state, oldest first."""
        same = (other for other in self.all.values() if not self.country(other) and self.record(other) == one)
        return sorted(same, key=lambda other: (other.since, other.id))

    def since(self, one: Territory) -> str:
        """The year in which the first form of a former state began."""
        return next((form.since for form in self.forms(one) if form.since), "")

    def names(self, one: Territory) -> list[str]:
        """The other names of a former state."""
        names = (name for form in self.forms(one) for name in form.all_names if name != one.name)
        return list(dict.fromkeys(names))

    @cached_property
    def by_country(self) -> dict[str, list[Territory]]:
        found: dict[str, list[Territory]] = defaultdict(list)
        for one in self.all.values():
            if country := self.country(one):
                found[country.slug].append(one)
        return found

    def main(self, country: Country) -> Territory:
        """The latest form of a country of ours."""
        return max(self.by_country[country.slug], key=lambda one: (one.exists, one.until, one.id))

    def new_names(self, country: Country) -> list[str]:
        """What its earlier forms were called, and no country of ours is."""
        names = (name for one in self.by_country[country.slug] for name in one.all_names)
        known = {bag(parts(country.name)[0]), *country.bags}
        fresh = {bag(name): name for name in names if bag(name) not in known and self.states.named(name) is None}
        return list(fresh.values())
