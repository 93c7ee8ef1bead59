"""Heads of state and government from Wikidata: one CSV of posts, who holds or held them, and years.

`docs/imports-datasets.md` says what is made of what.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.choices import OrganizationKind, SourceKind
from meetings.imports import evidence, persons, titles
from meetings.imports.report import Report, Row
from meetings.imports.states import Country
from meetings.models import Official, derived_uid
from meetings.words import slugify

DATASET = "leaders"
SOURCE = derived_uid(DATASET, "source")
_COLUMNS = "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year"
HEADER = _COLUMNS.split(",")
_ITEMS = ("countryid", "position", "officeholder")
_YEARS = ("start_year", "end_year")
_ITEM = re.compile(r"Q[1-9][0-9]{0,14}")
_REIGNING = re.compile(r"^(.*\b[IVX]+\b[^,]*?)(?:,.*| of .*)$")
_YEAR = re.compile(r"[0-9]{4}")


class Term(NamedTuple):
    """A line of the file: a person in a post. No ``end``: it had none when the file was made, which is not told."""

    country_item: str
    country: str
    post_item: str
    post: str
    person_item: str
    person: str
    start: str
    end: str

    @property
    def uid(self) -> str:
        parts = (self.person_item, self.post_item, self.country_item, self.start)
        return derived_uid(DATASET, "/".join(parts))

    @property
    def name(self) -> str:
        """The person's name, without the title that Wikidata puts behind a monarch's: "Margrethe II of Denmark"."""
        return _REIGNING.sub(r"\1", self.person)

    @property
    def title(self) -> str:
        """The post, beginning with a capital."""
        return self.post[:1].upper() + self.post[1:]

    def mention(self) -> persons.Mention:
        """The line as a mention; a term without a beginning is known of its last year alone."""
        last = int(self.end) if self.end else timezone.now().year
        return persons.Mention(self.name, titles.offices(self.post), int(self.start or last), last)


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files: officials with their Wikidata ids, and positions by years."""
    leaders = Leaders(report)
    listed = [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    if not listed:
        report.problem(_("There is no CSV file in this folder."), str(paths[0]))
    for file in listed:
        leaders.collect(file)
    yield from leaders.rows()


def wrong(term: Term) -> Iterator[str]:
    """What is wrong with a line, by column."""
    for column, value in zip(HEADER, term, strict=True):
        shown = {"column": column, "value": value[:60]}
        if column in _ITEMS:
            if not _ITEM.fullmatch(value):
                yield _("%(column)s: “%(value)s” is no Wikidata id, such as Q42.") % shown
        elif column in _YEARS:
            if value and not (_YEAR.fullmatch(value) and value.isascii() and value != "0000"):
                yield _("%(column)s: “%(value)s” is no year of four digits, such as 2023.") % shown
        elif not value:
            yield _("%(column)s: It cannot be empty.") % shown
    if term.start and term.end and term.end < term.start:
        told = _("end_year: The post ends in %(end)s, before it starts in %(start)s.")
        yield told % {"start": term.start[:60], "end": term.end[:60]}


class Leaders:
    """Reads all lines first, as a person's terms are evidence for one another; they are as many as there are posts."""

    def __init__(self, report: Report):
        self.report = report
        self.terms: dict[Term, tuple[str, int]] = {}

    def collect(self, file: Path) -> None:
        """Reads one file; what is wrong in it is told as a problem."""
        line = 0
        try:
            self.report.size += file.stat().st_size
            with file.open(encoding="utf-8-sig", newline="") as text:
                lines = csv.reader(text, strict=True)
                line = 1
                if (header := next(lines, [])) != HEADER:
                    found = ",".join(header)[:200]
                    told = _("The columns are not those of the dataset, %(right)s, but “%(found)s”.")
                    self.report.problem(told % {"right": _COLUMNS, "found": found}, file.name, 1)
                    return
                for cells in lines:
                    line = lines.line_num
                    self.take(cells, file, line)
        except UnicodeDecodeError:
            self.report.problem(_("The file is not in UTF-8 from somewhere after this line."), file.name, line)
        except csv.Error as error:
            self.report.problem(_("This is no well-formed CSV: %(error)s.") % {"error": error}, file.name, line)
        except OSError as error:
            self.report.problem(error.strerror or str(error), str(file))

    def take(self, cells: list[str], file: Path, line: int) -> None:
        self.report.read += sum(len(cell) + 1 for cell in cells)
        if len(cells) != len(HEADER):
            told = _("The line has %(n)s cells, not %(right)s.") % {"n": len(cells), "right": len(HEADER)}
            self.report.problem(told, file.name, line)
            return
        found = Term(*(" ".join(cell.split()) for cell in cells))
        problems = list(wrong(found))
        for problem in problems:
            self.report.problem(problem, file.name, line)
        if problems:
            return
        if found in self.terms:
            told = _("the line says what line %(first)s says; it was made once.") % {"first": self.terms[found][1]}
            self.report.skip(told, file.name, line)
        elif _ITEM.fullmatch(found.person):
            told = _("%(id)s has no name in English at Wikidata; left out.") % {"id": found.person_item}
            self.report.skip(told, file.name, line)
        else:
            self.terms[found] = file.name, line

    def rows(self) -> Iterator[Row]:
        self.countries = self.known_countries()
        lands = {country.slug for country in self.countries.values()}
        self.ours = evidence.mentions(lands, evidence.posts(lands))
        told = _("The public sees an official once a published meeting or statement names them; editors see all.")
        self.report.notes.append(told)
        yield from source()
        slugs: dict[str, str] = {}
        for one, (file, line) in self.terms.items():
            if one.person_item not in slugs:
                slugs[one.person_item], row = self.official(one, file, line, set(slugs.values()))
                yield row
            country = self.countries.get(one.country_item)
            if country is None:
                told = _("“%(name)s” (%(id)s) is no country that is known here; the post was left out.")
                self.report.skip(told % {"name": one.country, "id": one.country_item}, file, line)
                continue
            values = {"uid": one.uid, "official": slugs[one.person_item], "title": one.title, "country": country.slug}
            values |= {"level": titles.level(one.post, country.slug), "started": one.start, "ended": one.end}
            yield Row("positions", values, file, line)
            cited = {"uid": derived_uid(DATASET, f"citation/{one.uid}"), "source": SOURCE, "position": one.uid}
            yield Row("citations", {**cited, "locator": f"{one.person_item}, {one.post_item}"}, file, line)

    def known_countries(self) -> dict[str, Country]:
        """The countries by their Wikidata id: ours of the same id, else of the same name,
        former states apart ("Somaliland")."""
        states = evidence.countries()
        by_item = {country.wikidata: country for country in states.by_slug.values() if country.wikidata}
        found = {one.country_item: by_item.get(one.country_item) or states.named(one.country) for one in self.terms}
        return {item: country for item, country in found.items() if country and country.latest is None}

    def official(self, one: Term, file: str, line: int, taken: set[str]) -> tuple[str, Row]:
        """The official who a person is: the one of the same Wikidata id, else one of ours by name, post and years, who
        then gets the id; else a new one."""
        there = (
            Official.objects.filter(wikidata=one.person_item, merged_into=None).values_list("slug", flat=True).first()
        )
        ours = self.one_of_ours(one, file, line)
        if there:
            return there, Row("officials", {"slug": there, "wikidata": one.person_item}, file, line, only_new=True)
        if ours and ours not in taken:
            return ours, Row("officials", {"slug": ours, "wikidata": one.person_item}, file, line)
        slug = slugify(one.name)
        if slug in taken or Official.objects.filter(slug=slug).exists():
            slug = slugify(f"{one.name} {one.person_item}")
        other = one.person if one.person != one.name else ""
        values = {"slug": slug, "name": one.name, "other_names": other, "wikidata": one.person_item}
        return slug, Row("officials", values, file, line, only_new=True)

    def one_of_ours(self, one: Term, file: str, line: int) -> str:
        """The official without a Wikidata id whom the terms of a person fit; "" where that is not sure. Who else may be
        the person is told, in every run."""
        terms = [other for other in self.terms if other.person_item == one.person_item]
        lands = [self.countries.get(other.country_item) for other in terms]
        ours = [self.ours.get(country.slug, []) if country else [] for country in lands]
        pairs = ((term.mention(), mention) for term, some in zip(terms, ours, strict=True) for mention in some)
        same, doubt = persons.candidates(pairs)
        free = set(Official.objects.filter(slug__in=same | doubt, wikidata="").values_list("slug", flat=True))
        same &= free
        found = same.pop() if len(same) == 1 else ""
        for slug in sorted((same | doubt & free) - {found}):
            told = _("%(name)s (%(id)s) may be the official “%(slug)s” that is here; they were kept apart.")
            self.report.doubt(told % {"name": one.person, "id": one.person_item, "slug": slug}, file, line)
        return found


def source() -> Iterator[Row]:
    """Wikidata as a source."""
    publisher = {"slug": "wikidata", "name": "Wikidata", "kind": OrganizationKind.COMMUNITY, "wikidata": "Q2013"}
    yield Row("organizations", publisher, only_new=True)
    values = {
        "uid": SOURCE,
        "kind": SourceKind.DATASET,
        "title": "Heads of state and government",
        "publisher": "wikidata",
    }
    values |= {"url": "https://www.wikidata.org/", "licence": "CC0 1.0", "language": "en"}
    yield Row("sources", values, only_new=True)
