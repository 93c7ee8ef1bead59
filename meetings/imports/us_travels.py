"""“Travels Abroad” of the Office of the Historian: where presidents and secretaries of state of the United States went.

One file a person, <trips>, of country legs, <trip>; beside them <presidents> and <principal-position> with the terms in
office, and <person> with the names of secretaries. `docs/imports-datasets.md` says what is made of what.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from meetings.choices import CitedField, Level, MeetingKind, PlaceKind, Publication, Role, Status
from meetings.imports import evidence, historian, persons, titles, xml
from meetings.imports.localities import localities
from meetings.imports.remarks import made_as, protocol
from meetings.imports.report import Report, Row
from meetings.imports.states import State
from meetings.models import Official, derived_uid
from meetings.words import fold, slugify

DATASET = "us-travels"
SOURCE = derived_uid(DATASET, "source")
URL = "https://history.state.gov/departmenthistory/travels"
#: The files of the set, by root element.
ROOTS = {
    "trips": "a person's travels",
    "presidents": "presidents and their terms",
    "principal-position": "a post and who held it",
    "person": "a person",
    "code-table": "codes",
}
#: The posts of travellers, by role.
POSTS = {
    "president": ("President of the United States", Level.HEAD_OF_STATE),
    "secretary": ("Secretary of State", Level.MINISTER),
}
#: The titles by the same roles, where the term in office is not known.
TITLES = {"president": "President", "secretary": "Secretary of State"}

#: From a record's remarks, its date and the uid of its visit to rows for who else took part.
Participants = Callable[[str, str, str], Iterable[Row]]


class Term(NamedTuple):
    """A term in a post; ``ended`` is ".." for one that goes on."""

    role: str
    started: str
    ended: str
    file: str
    line: int

    def uid(self, who: str) -> str:
        return derived_uid(historian.PEOPLE, f"{who}/{self.role}/{self.started}")

    def mention(self, name: str) -> persons.Mention:
        last = date.max.year if self.ended == ".." else int(self.ended[:4])
        return persons.Mention(name, titles.offices(POSTS[self.role][0]), int(self.started[:4]), last)

    def covers(self, day: str) -> bool:
        return self.started <= day and (self.ended == ".." or day <= self.ended)


def land_of(label: str, state: State | None) -> str:
    """The country, or the part of it that a record names, as a title has it."""
    land = historian.with_article(state.country.name if state else label)
    return f"{state.part}, {land}" if state and state.part else land


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files; see `Travels`."""
    found = historian.files(paths, ROOTS, report)
    report.size = historian.size([file for listed in found.values() for file in listed], 1)
    report.size += historian.size(found["trips"], 1)
    yield from Travels(found, report).rows()


class Travels:
    """One import: first who travelled, then the legs, one after the other.

    ``participants_in`` reads who else took part out of the remarks: a leg's rows end with what it makes of them.
    """

    def __init__(self, files: dict[str, list[Path]], report: Report, participants_in: Participants | None = None):
        self.files = files
        self.report = report
        self.participants_in = participants_in
        self.terms: dict[str, list[Term]] = {}
        self.names: dict[str, str] = {}
        self.lives: dict[str, tuple[str, str]] = {}
        self.slugs: dict[str, str] = {}
        self.lines: dict[str, tuple[str, int]] = {}
        self.once = historian.Once(report)

    def rows(self) -> Iterator[Row]:
        self.read_terms()
        self.read_travellers()
        self.ground = historian.Ground(evidence.countries(), evidence.Places())
        yield self.ground.host()[1][0]
        yield from historian.source(SOURCE, "Travels Abroad of the President and the Secretary of State", URL)
        yield from self.people()
        for file in self.files["trips"]:
            for node in xml.nodes(file, self.report):
                if node.tag == "trip":
                    yield from self.leg(node, file)

    # Who travelled

    def read_terms(self) -> None:
        """The terms in office, and the names that stand beside them."""
        for file in self.files["presidents"]:
            for node in xml.nodes(file, self.report):
                if node.tag == "president" and (who := historian.required(node, "id", file, self.report)):
                    self.names.setdefault(who, node.get("name"))
                    self.lives[who] = node.get("birth-year"), node.get("death-year")
                    left = node.child("left-office-date")
                    serving = left is not None and left.attributes.get("still-in-office") == "true"
                    self.add_term(
                        who, "president", node, file, node.child("took-office-date"), None if serving else left
                    )
        for file in self.files["person"]:
            for node in xml.nodes(file, self.report, depth=0):
                if written := node.child("persName"):
                    parts = (written.get("forename"), written.get("surname"), written.get("genName"))
                    self.names[node.get("id")] = " ".join(part for part in parts if part)
                    self.lives[node.get("id")] = node.get("birth"), node.get("death")
        for file in self.files["principal-position"]:
            for root in xml.nodes(file, self.report, depth=0):
                for node in (root.child("principals") or root).children:
                    if node.tag == "principal" and (who := historian.required(node, "person-id", file, self.report)):
                        first, last = (node.at(tag, "date") for tag in ("started", "ended"))
                        last = last if last and last.text else None
                        self.add_term(who, root.get("id"), node, file, first, last)

    def add_term(
        self, who: str, role: str, node: xml.Node, file: Path, first: xml.Node | None, last: xml.Node | None
    ) -> None:
        """Keeps a term of a role that travels are of; one whose dates cannot be is told. No ``last``: it goes on."""
        started, ended = first.text if first else "", last.text if last else ".."
        if not historian.is_date(started, first or node, file.name, self.report):
            return
        both = f"{started}/{ended}" if started else ended
        if historian.is_date(both, last or node, file.name, self.report) and role in POSTS and started:
            self.terms.setdefault(who, []).append(Term(role, started, ended, file.name, node.line))

    def read_travellers(self) -> None:
        """The names of travellers, as their legs have them."""
        for file in self.files["trips"]:
            for node in xml.nodes(file, self.report):
                if node.tag == "trip" and node.attributes.get("who"):
                    who = node.attributes["who"]
                    self.lines.setdefault(who, (file.name, node.line))
                    if name := node.get("name"):
                        self.names[who] = name

    def people(self) -> Iterator[Row]:
        """The travellers and those whose terms were read, with their posts."""
        known = evidence.known_as(historian.PEOPLE, "official")
        held, made = evidence.posts([historian.HOST]), set(known.values())
        ours = [one for one in evidence.mentions([historian.HOST], held)[historian.HOST] if one.record not in made]
        for who in sorted({*self.terms, *self.lines}):
            file, line = self.lines.get(who) or self.terms[who][0][3:]
            name = self.names[who] = self.names.get(who) or who.replace("-", " ").title()
            found = self.one_of(ours, who, name, file, line)
            twin = self.twin(who, file, line)
            self.slugs[who] = known.get(who) or found or twin or self.free_slug(name)
            yield Row("officials", {"slug": self.slugs[who], "name": name}, file, line, only_new=True)
            yield Row(
                "external_ids",
                {"dataset": historian.PEOPLE, "identifier": who, "official": self.slugs[who]},
                file,
                line,
            )
            for term in self.terms.get(who, []):
                yield from self.position(who, term)

    def one_of(self, ours: list[persons.Mention], who: str, name: str, file: str, line: int) -> str:
        """The official of ours who is this person, by name, post and years; "" where that is not sure. Who else may be
        is told, in every run."""
        mentions = [term.mention(name) for term in self.terms.get(who, [])]
        same, doubt = persons.candidates(product(mentions, ours))
        one = same.pop() if len(same) == 1 else ""
        for slug in sorted(same | doubt - {one}):
            told = _("%(name)s may be the official “%(slug)s” that is here; they were kept apart.")
            self.report.doubt(told % {"name": name, "slug": slug}, file, line)
        return one

    def twin(self, who: str, file: str, line: int) -> str:
        """The official whom another id of these files names so too: the same person where the years of birth and death
        are the same; "" for none. Where they are not known, that is told, in every run."""
        for other in self.slugs:
            if fold(self.names[other]) == fold(self.names[who]):
                lives = [self.lives.get(one, ("", "")) for one in (who, other)]
                if lives[0] == lives[1] and all(lives[0]):
                    return self.slugs[other]
                if not all(all(life) for life in lives):
                    told = _("%(name)s (%(id)s) may be the one of the id %(other)s; they were kept apart.")
                    self.report.doubt(told % {"name": self.names[who], "id": who, "other": other}, file, line)
        return ""

    def free_slug(self, name: str) -> str:
        """A slug of the name that no other official has; a query."""
        slug = slugify(name)
        taken = {*self.slugs.values(), *Official.objects.filter(slug__startswith=slug).values_list("slug", flat=True)}
        return next(free for n in range(len(taken) + 1) if (free := f"{slug}-{n + 1}" if n else slug) not in taken)

    def position(self, who: str, term: Term) -> Iterator[Row]:
        title, level = POSTS[term.role]
        values = {"uid": term.uid(who), "official": self.slugs[who], "title": title, "level": level}
        values |= {"country": historian.HOST, "started": term.started, "ended": term.ended}
        yield Row("positions", values, term.file, term.line)
        about = {"uid": derived_uid(DATASET, f"position/{term.uid(who)}"), "source": SOURCE, "position": term.uid(who)}
        yield Row("citations", {**about, "locator": f"record {who}"}, term.file, term.line)

    # Where they went

    def leg(self, node: xml.Node, file: Path) -> Iterator[Row]:
        """One record: a visit, with its parts where it has several places."""
        record = historian.required(node, "id", file, self.report)
        who = node.attributes.get("who", "")
        label = historian.required(node, "country", file, self.report)
        day = historian.span(node, file.name, self.report)
        if not who:
            self.report.problem(_("<trip> lacks its “who”, the traveller's id."), file.name, node.line)
        if not (day and who and record and label) or self.once.has_id(record, file.name, node.line):
            return
        first = self.once.first(record, self.content(node), file.name, node.line)
        uid = derived_uid(DATASET, first)
        if first == record:
            yield from self.visit(node, uid, day, file.name)
            if self.participants_in is not None:
                yield from self.participants_in(node.get("remarks"), day, uid)
        yield Row("external_ids", {"dataset": DATASET, "identifier": record, "meeting": uid}, file.name, node.line)

    @staticmethod
    def content(node: xml.Node) -> tuple[str, ...]:
        """All that a record says."""
        said = ("start-date", "end-date", "country", "locale", "remarks")
        return (node.attributes.get("role", ""), node.attributes["who"], *(node.get(tag) for tag in said))

    def visit(self, node: xml.Node, uid: str, day: str, file: str) -> Iterator[Row]:
        """The visit at its one place, or in the country with a part for each of several."""
        record, label, locale, remarks = (node.get(tag) for tag in ("id", "country", "locale", "remarks"))
        state = self.state(node, day, file)
        around, rows = self.country(label, state, file, node.line)
        listed = localities(locale) if state else []
        spots = [(str(one), *self.ground.locality(one, state, file, node.line)) for one in listed if state]
        yield from (row for some in (rows, *(spot[2] for spot in spots)) for row in some)
        land = land_of(label, state)
        alone = spots[0] if len(spots) == 1 else (land, around)
        where = land if alone[1] == around else f"{alone[0]}, {land}"
        values = {
            "uid": uid,
            "title": f"Visit of {self.names[node.attributes['who']]} to {where}",
            "kind": MeetingKind.VISIT,
            "status": Status.HELD,
            "protocol": protocol(remarks) or "",
            "date": day,
            "place": alone[1],
            "publication": Publication.PUBLISHED,
        }
        yield Row("meetings", values, file, node.line)
        yield self.traveller(node, uid, day, file)
        yield historian.citation(DATASET, record, uid, "", quote=remarks)
        note = historian.inference(label, state) if state else ""
        quote = "\n".join(part for part in (locale, label) if part)
        yield historian.citation(DATASET, record, uid, CitedField.PLACE, quote=quote, note=note)
        if len(spots) > 1:
            for name, slug, _rows in spots:
                yield from self.part(node, values, f"{name}, {land}", slug, file)

    def state(self, node: xml.Node, day: str, file: str) -> State | None:
        """The state of the first day; what is doubtful about it is told."""
        label, country = node.get("country"), node.child("country")
        identifier = country.attributes.get("id", "") if country else ""
        state = self.ground.states.of_day(label, date.fromisoformat(day[:10]), identifier)
        if state is None:
            told = _("“%(label)s” is no country that is known here; the visit is placed in a region of that name.")
            self.report.doubt(told % {"label": label}, file, node.line)
        elif state.doubt:
            self.report.doubt(f"“{label}”, {day}: {state.doubt}", file, node.line)
        return state

    def country(self, label: str, state: State | None, file: str, line: int) -> tuple[str, list[Row]]:
        """The place of the state, or a region for a country that is not known: its slug, and rows for it."""
        if state is not None:
            return self.ground.state(state, file, line)
        values = {"slug": slugify(label), "name": label, "kind": PlaceKind.REGION}
        return slugify(label), [Row("places", values, file, line, only_new=True)]

    def part(self, node: xml.Node, whole: dict, where: str, slug: str, file: str) -> Iterator[Row]:
        """The part of a visit at one of its places; on which of its days that was, the record does not say."""
        uid = derived_uid(DATASET, f"{node.get('id')}/{slug}")
        day, several = whole["date"], "/" in whole["date"]
        values = {**whole, "uid": uid, "title": f"Visit of {self.names[node.attributes['who']]} to {where}"}
        values |= {"date": f"[{day.replace('/', '..')}]" if several else day, "place": slug, "part_of": whole["uid"]}
        yield Row("meetings", values, file, node.line)
        yield self.traveller(node, uid, day, file)
        note = "The record names several places for these days, and not which was visited when." if several else ""
        yield historian.citation(DATASET, node.get("id"), uid, "", quote=node.get("locale"), note=note)

    def traveller(self, node: xml.Node, meeting: str, day: str, file: str) -> Row:
        """The traveller's part in a visit, in the post of its first day."""
        who, role = node.attributes["who"], node.attributes.get("role") or node.get("role")
        title = made_as(node.get("remarks"))
        terms = [] if title else [t for t in self.terms.get(who, []) if t.role == role and t.covers(day[:10])]
        if not terms and not title:
            title = TITLES.get(role, role)
            if self.terms.get(who) and meeting == derived_uid(DATASET, node.get("id")):
                told = _("%(name)s was in no term of office on %(day)s; the title is the set's.")
                self.report.doubt(told % {"name": self.names[who], "day": day[:10]}, file, node.line)
        values = {
            "uid": derived_uid(DATASET, f"{meeting}/traveller"),
            "meeting": meeting,
            "official": self.slugs[who],
            "country": historian.HOST,
            "name_as_written": node.get("name"),
            "title_as_written": title,
            "position": terms[-1].uid(who) if terms else "",
            "role": Role.PARTICIPANT,
        }
        return Row("participations", values, file, node.line)
