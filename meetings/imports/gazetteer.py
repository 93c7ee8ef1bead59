"""The gazetteer of the Office of the Historian: states and territories with their years and successors, and places.

One file a <territory>, one a <locale>; the old <country> files, whose codes contradict ISO's, are passed over.
`docs/imports-datasets.md` says what is made of what.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from meetings.choices import CountryKind
from meetings.imports import evidence, historian, xml
from meetings.imports.localities import kind_of
from meetings.imports.report import Report, Row
from meetings.imports.states import Country, State, States
from meetings.imports.territories import Territories, Territory, year
from meetings.imports.values import Wrong, decimal
from meetings.models import derived_uid
from meetings.words import slugify

DATASET = "us-gazetteer"
SOURCE = derived_uid(DATASET, "source")
URL = "https://history.state.gov/"
ROOTS = {"territory": "a state or territory", "locale": "a place", "country": "an older list of countries"}
#: Predecessors that are another town, or the region around, and have no <locale> of their own that would tell.
NO_NAMES = frozenset(["Blantyre", "Calabria", "Kiel"])


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files; see `Gazetteer`."""
    files = historian.files(paths, ROOTS, report)
    del files["country"]
    report.size = historian.size([file for listed in files.values() for file in listed], 1)
    yield from Gazetteer(files, report).rows()


class Gazetteer:
    """One import: the territories all together, as each is told by its successors, then the places one by one."""

    def __init__(self, files: dict[str, list[Path]], report: Report):
        self.files = files
        self.report = report
        self.known = evidence.known_as(DATASET, "country")
        self.states = States(
            country for country in evidence.countries().by_slug.values() if not self.made_here(country)
        )
        self.places = evidence.Places()
        self.slugs: dict[str, str] = {}
        self.points: dict[str, list[tuple[str, float, float]]] = {}
        self.former: set[str] = set()
        self.own: set[str] = set()
        self.made: set[str] = set()

    def made_here(self, country: Country) -> bool:
        """Whether all that we have of a country comes from this set: it is no evidence for what the set means."""
        return country.slug in self.known.values() and country.point is None and not country.wikidata

    def rows(self) -> Iterator[Row]:
        told = _("The public sees a place once a published meeting took place there or within it; editors see all.")
        self.report.notes.append(told)
        yield historian.Ground(self.states, self.places).host()[1][0]
        yield from historian.source(SOURCE, "Gazetteer of the Office of the Historian", URL)
        yield Row("external_ids", {"dataset": DATASET, "identifier": "source", "source": SOURCE})
        yield from self.countries()
        yield from self.locales()
        yield from self.same_places()

    # States and territories

    def countries(self) -> Iterator[Row]:
        territories = Territories(self.territories(), self.states)
        for one in territories.all.values():
            if country := territories.country(one):
                self.slugs[one.id] = country.slug
            elif not one.exists:
                self.slugs[one.id] = self.slug(territories.record(one))
            else:
                told = _("%(name)s is no country of ours, but a part of one, or disputed; it was left out.")
                self.report.skip(told % {"name": one.name}, one.file, one.line)
        for one in territories.all.values():
            if territories.country(one):
                yield from self.other_names(territories, one)
            elif one.id in self.slugs and territories.record(one) == one:
                yield from self.former_state(territories, one)
        for one in filter(lambda one: one.id in self.slugs, territories.all.values()):
            identifier = f"territory:{one.id}"
            values = {"dataset": DATASET, "identifier": identifier, "country": self.slugs[one.id]}
            yield Row("external_ids", values, one.file, one.line)

    def territories(self) -> Iterator[Territory]:
        for file in self.files["territory"]:
            for node in xml.nodes(file, self.report, depth=0):
                if historian.required(node, "id", file, self.report) and historian.required(
                    node, "short-form-name", file, self.report
                ):
                    since, until = (self.year(node.child(tag), file.name) for tag in ("valid-since", "valid-until"))
                    if since is not None and until is not None:
                        yield Territory.of(node, since, until, file.name)

    def year(self, node: xml.Node | None, file: str) -> str | None:
        """A year in EDTF, "" where there is none; None, and a problem told, where it is no year."""
        found = year(node)
        if found is None and node is not None:
            told = _("<%(tag)s>: “%(value)s” is no year of four digits, such as 1918, or 9999 for what still exists.")
            self.report.problem(told % {"tag": node.tag, "value": node.text[:60]}, file, node.line)
        return found

    def slug(self, one: Territory) -> str:
        """The slug of a former state: the one that it got before, else one that no other country has."""
        if known := self.known.get(f"territory:{one.id}"):
            return known
        plain = slugify(one.name)
        return plain if plain not in self.states.by_slug else slugify(self.name(one))

    def name(self, one: Territory) -> str:
        """The name of a former state, with its years where a country of ours has the name already."""
        country = self.states.named(one.name)
        if country is None:
            return one.name
        return f"{one.name} ({' to '.join(part.strip('~?') for part in (one.since, one.until) if part)})"

    def former_state(self, territories: Territories, one: Territory) -> Iterator[Row]:
        """A state or territory that is no more, which none of ours is."""
        since = territories.since(one)
        if since and one.until and since[:4] > one.until[:4]:
            told = _("%(name)s ends in %(until)s, before it begins in %(since)s: the beginning was left out.")
            self.report.doubt(told % {"name": one.name, "until": one.until, "since": since}, one.file, one.line)
            since = ""
        after = {self.slugs[other.id] for other in territories.next(one) if other.id in self.slugs}
        values = {
            "slug": self.slugs[one.id],
            "name": self.name(one),
            "other_names": "\n".join(territories.names(one)),
            "kind": CountryKind.FORMER_STATE,
            "existed_from": since,
            "existed_until": one.until,
            "successors": sorted(after - {self.slugs[one.id]}),
        }
        yield Row("countries", values, one.file, one.line)

    def other_names(self, territories: Territories, one: Territory) -> Iterator[Row]:
        """What a country of ours was called too; and where its years are others than ours, a doubt."""
        country = territories.country(one)
        if country is None or territories.main(country) != one:
            return
        self.compare_years(country, one)
        if more := territories.new_names(country):
            names = "\n".join([*country.other_names, *more])
            yield Row("countries", {"slug": country.slug, "other_names": names}, one.file, one.line)

    def compare_years(self, country: Country, one: Territory) -> None:
        """Tells of a former state that ended in another year than ours."""
        if country.latest and one.until and one.until[:4] != f"{country.latest.year:04}":
            told = _("%(name)s ends in %(until)s; here it ends in %(ours)s, which was kept.")
            words = {"name": country.name, "until": one.until, "ours": country.latest.year}
            self.report.doubt(told % words, one.file, one.line)

    # Places

    def locales(self) -> Iterator[Row]:
        ground = historian.Ground(self.states, self.places)
        read = [(file, node) for file in self.files["locale"] for node in xml.nodes(file, self.report, depth=0)]
        self.own = {slugify(node.get("name")) for _file, node in read}
        for file, node in read:
            identifier, name = (historian.required(node, tag, file, self.report) for tag in ("id", "name"))
            if (point := self.point(node, file.name)) and identifier and name:
                yield from self.locale(node, ground, name, point, file.name)

    def former_names(self, node: xml.Node) -> list[str]:
        """What a place was called before: "Petrograd, Leningrad", "Christiana(1925)". What has a <locale> is a place of
        its own; none for one whose successor has: Peking is not Peiping's name, but Beijing's."""
        if slugify(node.get("successors")) in self.own:
            return []
        names = (name.strip() for name in re.split("[,;]", re.sub(r"\(.*?\)", "", node.get("predecessors"))))
        return [name for name in names if name and name not in NO_NAMES and slugify(name) not in self.own]

    def point(self, node: xml.Node, file: str) -> tuple[float, float] | None:
        """Where a place lies; None, and a problem told, where that is nowhere."""
        try:
            latitude, longitude = decimal(node.get("latitude")), decimal(node.get("longitude"))
            if abs(latitude) > 90 or abs(longitude) > 180:
                told = _("%(latitude)s, %(longitude)s is off the globe: latitude is -90 to 90, longitude -180 to 180.")
                raise Wrong(told % {"latitude": latitude, "longitude": longitude})
        except Wrong as error:
            self.report.problem(str(error), file, node.line)
            return None
        return latitude, longitude

    def locale(
        self, node: xml.Node, ground: historian.Ground, name: str, point: tuple[float, float], file: str
    ) -> Iterator[Row]:
        """A place in the territory that it is in today."""
        territory, identifier, former = node.get("current-territory"), node.get("id"), self.former_names(node)
        country = self.states.by_slug.get(self.slugs.get(territory, "")) or self.states.named(
            territory.replace("-", " ")
        )
        if country is None:
            told = _("%(name)s lies in “%(territory)s”, which is no country that is known here; it was left out.")
            self.report.doubt(told % {"name": name, "territory": territory}, file, node.line)
            return
        around, rows = ground.state(State(country), file, node.line)
        yield from rows
        self.former.update(former)
        for spelling in (name, *former):
            self.points.setdefault(spelling, []).append((country.slug, *point))
        slug = around if self.states.named(name) == country else self.places.slug(name, country.slug)
        if slug in self.made:
            slug = slugify(f"{slug} {identifier}")
        self.made.add(slug)
        if slug != around:
            yield from self.place(node, slug, around, country.slug, point, file)
        values = {"dataset": DATASET, "identifier": f"locale:{identifier}", "place": slug}
        yield Row("external_ids", values, file, node.line)

    def place(
        self, node: xml.Node, slug: str, around: str, country: str, point: tuple[float, float], file: str
    ) -> Iterator[Row]:
        """The place itself. One that was here before, from elsewhere, and has a point keeps what it has."""
        name = node.get("name")
        ours = next((spot for spot in self.places.named(name) if spot.slug == slug), None)
        if ours and ours.latitude is not None and slug != slugify(f"{name} {country}"):
            return
        values: dict[str, object] = {"slug": slug, "latitude": point[0], "longitude": point[1]}
        if ours is None:
            labels = node.child("alternate-names")
            others = [*(other.get("label") for other in (labels.children if labels else [])), *self.former_names(node)]
            names = "\n".join(dict.fromkeys(other for other in others if other))
            values |= {"name": name, "other_names": names, "kind": kind_of(name), "within": around, "country": country}
        yield Row("places", values, file, node.line)

    def same_places(self) -> Iterator[Row]:
        """Points for places of former states, of colonies and under former names that have none: they are where the
        town of today is."""
        for name, points in self.points.items():
            for spot in self.places.named(name):
                if spot.latitude is None and spot.slug not in self.made:
                    region = self.states.named(spot.within) if spot.within else None
                    here = spot.country if name in self.former else ""
                    lands = {here, *self.states.after(spot.country), region.slug if region else ""}
                    found = {(latitude, longitude) for land, latitude, longitude in points if land in lands}
                    if len(found) == 1:
                        latitude, longitude = found.pop()
                        yield Row("places", {"slug": spot.slug, "latitude": latitude, "longitude": longitude})
