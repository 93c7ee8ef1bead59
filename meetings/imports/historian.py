"""What the sets of the Office of the Historian have in common: files, dates, sources, rows for states and places."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from meetings import dates
from meetings.choices import CitedField, CountryKind, OrganizationKind, PlaceKind, SourceKind
from meetings.imports import xml
from meetings.imports.evidence import Places
from meetings.imports.localities import Locality, kind_of
from meetings.imports.report import Report, Row, Unreadable
from meetings.imports.states import Country, State, States, bag, parts
from meetings.models import derived_uid

HOST = "united-states"
PUBLISHER = "office-of-the-historian"
LICENCE = "Public domain in the United States; CC0 1.0 elsewhere"
#: The ids of presidents and secretaries of state, in all sets of the Office.
PEOPLE = "us-people"
#: The longest journey of these sets, Woodrow Wilson's to Paris, was of 96 days.
LONGEST = 100


def files(paths: Sequence[Path], roots: dict[str, str], report: Report) -> dict[str, list[Path]]:
    """The XML files among ``paths`` and in their folders, by root element; ``roots`` are those of the dataset, with
    what each is. What is none of them, or cannot be read, is told as a problem."""
    found: dict[str, list[Path]] = {root: [] for root in roots}
    for path in paths:
        listed = sorted(path.rglob("*.xml")) if path.is_dir() else [path]
        if not listed:
            report.problem(_("There is no XML file in this folder."), str(path))
        for file in listed:
            if (root := root_of(file, report)) is None:
                continue
            if root in found:
                found[root].append(file)
            else:
                told = _("This is no file of the dataset: its outermost element is <%(root)s>, not one of %(right)s.")
                right = ", ".join(f"<{root}> ({what})" for root, what in roots.items())
                report.problem(told % {"root": root[:60], "right": right}, file.name)
    return found


def root_of(file: Path, report: Report) -> str | None:
    """The root element of a file; None, and a problem told, where it cannot be read."""
    try:
        return xml.root_of(file)
    except Unreadable as error:
        report.problem(str(error), file.name, error.line)
    except OSError as error:
        report.problem(error.strerror or str(error), str(file))
    return None


def size(listed: Sequence[Path], passes: int) -> int:
    """The bytes that an import reads."""
    return passes * sum(file.stat().st_size for file in listed)


def required(node: xml.Node, tag: str, file: Path, report: Report) -> str:
    """The text of a child that has to be there and not be empty; "" and a problem told where it is not."""
    text = node.get(tag)
    if not text:
        report.problem(_("<%(tag)s> lacks its <%(child)s>.") % {"tag": node.tag, "child": tag}, file.name, node.line)
    return text


def span(node: xml.Node, file: str, report: Report) -> str:
    """A record's <start-date> and <end-date> in EDTF, one day where they are the same. "" and a problem told, at the
    date's own line, where one is no day, or the end comes first; a doubt told of one longer than `LONGEST`."""
    days = [node.child(tag) or xml.Node(tag, {}, node.line) for tag in ("start-date", "end-date")]
    right = [is_day(day, file, report) for day in days]
    start, end = (day.text for day in days)
    if not all(right):
        return ""
    first, last = dates.parse(start).earliest, dates.parse(end).latest
    length = (last - first).days if first and last else 0
    if length < 0:
        told = _("<end-date>: “%(end)s” ends before it starts, “%(start)s”: one of the two is wrong.")
        report.problem(told % {"start": start, "end": end}, file, days[1].line)
        return ""
    if length > LONGEST:
        told = _("“%(start)s” to “%(end)s” is %(length)s days: is one of the two wrong? It was taken as it is.")
        report.doubt(told % {"start": start, "end": end, "length": length}, file, days[1].line)
    return start if start == end else f"{start}/{end}"


def is_day(node: xml.Node, file: str, report: Report) -> bool:
    """Whether an element holds a day; a problem told where it does not."""
    if not is_date(node.text, node, file, report):
        return False
    if not dates.parse(node.text).one_day:
        told = _("<%(tag)s>: “%(value)s” is not a day, such as 2023-06-15.")
        report.problem(told % {"tag": node.tag, "value": node.text}, file, node.line)
        return False
    return True


def is_date(text: str, node: xml.Node, file: str, report: Report) -> bool:
    """Whether what was made of an element is EDTF; a problem told, at the element's line, where it is not."""
    try:
        dates.parse(text, allow_open=True)
    except dates.EdtfError as error:
        report.problem(f"<{node.tag}>: {error}", file, node.line)
        return False
    return True


def source(uid: str, title: str, url: str, **values: Any) -> Iterator[Row]:
    """A set as a source, with its publisher."""
    publisher = {
        "slug": PUBLISHER,
        "name": "Office of the Historian",
        "other_names": "Office of the Historian, U.S. Department of State",
        "kind": OrganizationKind.GOVERNMENT,
        "country": HOST,
    }
    yield Row("organizations", publisher, only_new=True)
    about = {"uid": uid, "kind": SourceKind.DATASET, "title": title, "publisher": PUBLISHER, "url": url}
    yield Row("sources", {**about, "licence": LICENCE, "language": "en", **values}, only_new=True)


def digest(content: tuple[str, ...]) -> bytes:
    """A few bytes that only the same texts have."""
    return blake2b("\0".join(content).encode(), digest_size=16).digest()


class Once:
    """What was read so far, so that an id or a record that comes twice is told. It grows by some 400 bytes a record."""

    def __init__(self, report: Report):
        self.report = report
        self.ids: dict[str, str] = {}
        self.said: dict[bytes, str] = {}

    def has_id(self, record: str, file: str, line: int) -> bool:
        """Whether another record had this id, which is told as a problem."""
        first = self.ids.setdefault(record, here := f"{file}, line {line}")
        if first != here:
            told = _("The id %(id)s stands at another record too: %(first)s.") % {"id": record, "first": first}
            self.report.problem(told, file, line)
        return first != here

    def first(self, record: str, content: tuple[str, ...], file: str, line: int) -> str:
        """The id of the record that said the same before, which is told as skipped; else this one's own.

        One that differs in its last text alone, the remarks, is a doubt.
        """
        first = self.said.setdefault(digest(content), record)
        like = self.said.setdefault(digest(content[:-1]), record)
        if first != record:
            told = _("record %(record)s is record %(first)s once more; it was made once, and has both ids.")
            self.report.skip(told % {"record": record, "first": first}, file, line)
        elif like != record:
            told = _("records %(first)s and %(record)s may be one visit, with two remarks; they were kept apart.")
            self.report.doubt(told % {"record": record, "first": like}, file, line)
        return first


class Ground:
    """The states and places that records name: rows for those that are not there yet."""

    def __init__(self, states: States, places: Places):
        self.states = states
        self.places = places

    def host(self) -> tuple[str, list[Row]]:
        """The United States' own place: its slug, and rows for it and, should no countries have been loaded, for the
        country."""
        values = {"slug": HOST, "name": "United States", "kind": CountryKind.STATE, "iso2": "US", "iso3": "USA"}
        country = self.states.by_slug.get(HOST) or Country(HOST, "United States")
        slug, rows = self.state(State(country), "", 0)
        return slug, [Row("countries", values, only_new=True), *rows]

    def state(self, state: State, file: str, line: int) -> tuple[str, list[Row]]:
        """The place of a state, or of the part of it that the record names: its slug, and rows for what it takes."""
        country = state.country
        slug = self.places.country(country.slug)
        values: dict[str, Any] = {
            "slug": slug,
            "name": country.name,
            "kind": PlaceKind.COUNTRY,
            "country": country.slug,
        }
        if country.point:
            values["latitude"], values["longitude"] = country.point
        rows = [Row("places", values, file, line, only_new=True)]
        if state.part:
            slug, more = self.region(state.part, country.slug, slug, file, line)
            rows += more
        return slug, rows

    def region(self, name: str, country: str, within: str, file: str, line: int) -> tuple[str, list[Row]]:
        """A region, or a colony, within the place of a state."""
        slug = self.places.slug(name, country)
        values = {"slug": slug, "name": name, "kind": PlaceKind.REGION, "within": within, "country": country}
        return slug, [Row("places", values, file, line, only_new=True)]

    def locality(self, locality: Locality, state: State, file: str, line: int) -> tuple[str, list[Row]]:
        """A place within a state: its slug, and rows for all that it takes. A state's own name is its own place."""
        within, rows = self.state(state, file, line)
        country = state.country
        namesake = self.states.named(locality.name)
        if namesake == country:
            return within, rows
        slug = self.places.slug(locality.name, country.slug)
        if any(spot.slug == slug for spot in self.places.named(locality.name)):
            return slug, []
        if locality.region and self.states.named(locality.region) != country:
            within, more = self.region(locality.region, country.slug, within, file, line)
            rows += more
        values: dict[str, Any] = {
            "slug": slug,
            "name": locality.name,
            "kind": PlaceKind.REGION if namesake else kind_of(locality.name),
            "within": within if within != slug else self.places.country(country.slug),
            "country": country.slug,
        }
        if point := self.places.point(locality.name, self.lands(locality, state)):
            values["latitude"], values["longitude"] = point
        return slug, [*rows, Row("places", values, file, line, only_new=True)]

    def lands(self, locality: Locality, state: State) -> list[str]:
        """The countries in which the place can lie today: the state, all that came after it, a colony's own record."""
        region = self.states.named(locality.region or state.part) if locality.region or state.part else None
        return [region.slug] if region else [state.country.slug, *self.states.after(state.country.slug)]


def inference(label: str, state: State) -> str:
    """Why a country is another one than its label says, for a citation's note; empty where the two agree."""
    country = state.country
    if bag(parts(label)[0]) in country.bags:
        return ""
    return f"“{label}” is read as {country.name}, by the date and the set's own id for it."


def citation(dataset: str, record: str, meeting: str, field: CitedField | str, **values: Any) -> Row:
    """That a record of the set says it; ``record`` is its id there."""
    uid = derived_uid(dataset, f"{record}/{meeting}/{field}")
    given = {"uid": uid, "source": derived_uid(dataset, "source"), "meeting": meeting, "field": field}
    return Row("citations", {**given, "locator": f"record {record}", **values})


def with_article(name: str) -> str:
    """A country's name as a sentence has it: the Soviet Union, the Netherlands, but Italy."""
    article = name.split()[0] in ("United", "Soviet", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives")
    article |= any(word in name.split() for word in ("Republic", "Islands", "Emirates", "Kingdom", "Union"))
    return f"the {name}" if article or name in ("Holy See", "West Bank") else name
