"""The state of the day: which country record a source means by a name, given its id there and the date; pure.

A name is matched with the names of our countries, whatever the order of its words ("Germany, Federal Republic of") and
the small ones among them. Some names meant another state then than now: ERAS. A name that no country has is tried
without what follows its comma, then the source's id is ("korea-south" for "Korea").

What stands in brackets behind a name is another name ("Siam (Thailand)"), a government ("(government-in-exile)") or a
part of the state: "Serbia-Montenegro (Kosovo)", "United Kingdom (Wales)".
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from meetings import words

_SMALL = frozenset(["and", "of", "the", "for"])
_GOVERNMENT = re.compile(r"government|exile|provisional|transitional", re.IGNORECASE)


class Country(NamedTuple):
    """A country of ours, as far as names and dates go; an open or unknown side is None."""

    slug: str
    name: str
    other_names: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    successors: tuple[str, ...] = ()
    wikidata: str = ""
    point: tuple[float, float] | None = None

    @property
    def bags(self) -> set[tuple[str, ...]]:
        """All its names, see `bag`."""
        return {bag(name) for name in (self.name, *self.other_names)}

    def existed(self, day: date) -> bool:
        """Whether it can have existed on the day."""
        return (self.earliest is None or self.earliest <= day) and (self.latest is None or day < self.latest)


class State(NamedTuple):
    """The country that was meant. ``part`` is the part of it that the name adds; ``doubt`` why an editor had better
    look, if so."""

    country: Country
    part: str = ""
    doubt: str = ""


class Era(NamedTuple):
    """That a name meant the country with this slug from the one day until before the other."""

    name: str
    start: date
    end: date
    slug: str


def era(name: str, start: str, end: str, slug: str) -> Era:
    return Era(name, date.fromisoformat(start), date.fromisoformat(end), slug)


#: Names that a state left to others, or shared, with the state that they meant for a while. In the order of trying.
ERAS = [
    era("Germany", "1949-05-23", "1990-10-03", "west-germany"),
    era("Federal Republic of Germany", "1949-05-23", "1990-10-03", "west-germany"),
    era("Russia", "1922-12-30", "1991-12-26", "soviet-union"),
    era("Egypt", "1958-02-22", "1961-09-28", "united-arab-republic"),
    era("Syria", "1958-02-22", "1961-09-28", "united-arab-republic"),
    era("Vietnam", "1949-01-01", "1976-07-02", "south-vietnam"),
    era("China", "1912-01-01", "1949-10-01", "republic-of-china-1912-to-1949"),
    era("Republic of China", "1912-01-01", "1949-10-01", "republic-of-china-1912-to-1949"),
    era("Taiwan", "1945-10-25", "1949-10-01", "republic-of-china-1912-to-1949"),
    era("Yugoslavia", "1992-04-27", "2003-02-04", "serbia-and-montenegro"),
    era("Serbia", "1918-12-01", "1992-04-27", "yugoslavia"),
    era("Czech Republic", "1918-10-28", "1993-01-01", "czechoslovakia"),
    era("Tanzania", "1922-01-01", "1964-04-26", "tanganyika"),
]


def bag(name: str) -> tuple[str, ...]:
    """The words of a name in alphabetical order, without small ones: the same for "Korea, Republic of" as it is for
    "Republic of Korea"."""
    tokens = words.tokens(name)
    return tuple(sorted(token for token in tokens if token not in _SMALL)) or tuple(tokens)


_ERAS: dict[tuple[str, ...], list[Era]] = defaultdict(list)
for _era in ERAS:
    _ERAS[bag(_era.name)].append(_era)


class States:
    """The countries that we have, to be found by what a source calls them."""

    def __init__(self, countries: Iterable[Country]):
        self.by_slug = {country.slug: country for country in countries}
        self.by_name: dict[tuple[str, ...], list[Country]] = defaultdict(list)
        self.by_other_name: dict[tuple[str, ...], list[Country]] = defaultdict(list)
        for country in self.by_slug.values():
            self.by_name[bag(country.name)].append(country)
            for name in country.other_names:
                self.by_other_name[bag(name)].append(country)

    def of_day(self, label: str, day: date, identifier: str = "") -> State | None:
        """The state that a label means on a day; None where it means none of ours."""
        base, bracketed = parts(label)
        names = dict.fromkeys([base, base.split(",")[0], identifier.replace("-", " ")])
        found = [country for name in names if name and (country := self.named(name, day))]
        if not found:
            return None
        country = next((country for country in found if country.existed(day)), found[0])
        part = "" if self.same(bracketed, country, day) else bracketed
        doubt = "" if country.existed(day) else f"{country.name} did not exist then, as far as we know."
        return State(country, part, doubt)

    def named(self, name: str, day: date | None = None) -> Country | None:
        """The one country of this name (on a day, if given); None where there is none, or more than one."""
        folded = bag(name)
        for period in _ERAS.get(folded, ()):
            if day and period.start <= day < period.end and period.slug in self.by_slug:
                return self.by_slug[period.slug]
        for index in (self.by_name, self.by_other_name):
            found = index.get(folded, [])
            alive = [country for country in found if day and country.existed(day)] or found
            if len(alive) == 1:
                return alive[0]
        return None

    def after(self, slug: str) -> list[str]:
        """The countries that came after one, and after those: Serbia after Yugoslavia too."""
        found = [slug]
        for one in found:
            country = self.by_slug.get(one)
            found += [other for other in (country.successors if country else ()) if other not in found]
        return found[1:]

    def same(self, bracketed: str, country: Country, day: date) -> bool:
        """Whether what stands in brackets adds no part: nothing, a government, or another name of the same country."""
        if not bracketed or _GOVERNMENT.search(bracketed):
            return True
        other = self.named(bracketed, day) or self.named(bracketed)
        return other is not None and (other == country or other.slug in country.successors)


def parts(label: str) -> tuple[str, str]:
    """A label without the brackets at its end, and what stands in them."""
    match = re.fullmatch(r"(.*?)\s*\((.*)\)\s*", label)
    return (match[1], match[2].strip()) if match else (label.strip(), "")
