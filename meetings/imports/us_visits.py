"""“Visits By Foreign Leaders” of the Office of the Historian: who came to the United States.

One file a decade, <visits>, of <visit>. `docs/imports-datasets.md` says what is made of what.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from meetings import dates
from meetings.choices import CitedField, MeetingKind, Publication, Role, Status
from meetings.imports import evidence, historian, titles, xml
from meetings.imports.remarks import protocol
from meetings.imports.report import Report, Row
from meetings.imports.states import State
from meetings.imports.visitors import Visitors
from meetings.models import derived_uid

DATASET = "us-visits"
SOURCE = derived_uid(DATASET, "source")
URL = "https://history.state.gov/departmenthistory/visits"
ROOTS = {"visits": "visits of a decade"}

#: From a record's description, its date and the uid of its visit to rows for who else took part.
Participants = Callable[[str, str, str], Iterable[Row]]


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files; see `Visits`."""
    files = historian.files(paths, ROOTS, report)["visits"]
    report.size = historian.size(files, 2)
    yield from Visits(files, report).rows()


class Visits:
    """One import: first who the visitors are, from all files together, then the visits, one after the other.

    ``participants_in`` reads who else took part out of the description: a visit's rows end with what it makes of them.
    """

    def __init__(self, files: Sequence[Path], report: Report, participants_in: Participants | None = None):
        self.files = files
        self.report = report
        self.participants_in = participants_in
        self.once = historian.Once(report)
        self.unknown: set[str] = set()

    def rows(self) -> Iterator[Row]:
        states = evidence.countries()
        self.ground = historian.Ground(states, evidence.Places())
        self.visitors = Visitors(DATASET, self.report)
        for _file, node in self.nodes():
            if (day := self.first_day(node)) is not None:
                state = self.state(node, day)
                for person in titles.people(node.get("visitor")):
                    self.visitors.add(self.group(node), state.country.slug if state else "", person, day)
        place, host = self.ground.host()
        yield from host
        yield from historian.source(SOURCE, "Visits By Foreign Leaders", URL)
        yield from self.visitors.rows()
        for file, node in self.nodes():
            yield from self.visit(node, place, file)

    def nodes(self) -> Iterator[tuple[str, xml.Node]]:
        for file in self.files:
            for node in xml.nodes(file, self.report):
                if node.tag == "visit":
                    yield file.name, node

    @staticmethod
    def first_day(node: xml.Node) -> date | None:
        """The first day, where it is one; what is wrong with it is told when the visit is read."""
        try:
            return dates.parse(node.get("start-date")).earliest
        except dates.EdtfError:
            return None

    @staticmethod
    def group(node: xml.Node) -> str:
        """The set's own id of the country: the persons of one id are compared with each other."""
        country = node.child("from")
        return (country.attributes.get("id", "") or country.text) if country else ""

    def state(self, node: xml.Node, day: date) -> State | None:
        country = node.child("from")
        return self.ground.states.of_day(country.text, day, country.attributes.get("id", "")) if country else None

    def visit(self, node: xml.Node, place: str, file: str) -> Iterator[Row]:
        """One record: the visitors as guests, the United States as host."""
        record, visitor, label = (self.required(node, tag, file) for tag in ("id", "visitor", "from"))
        day = historian.span(node, file, self.report)
        if not (day and record and visitor and label) or self.once.has_id(record, file, node.line):
            return
        content = tuple(node.get(tag) for tag in ("start-date", "end-date", "visitor", "from", "description"))
        first = self.once.first(record, content, file, node.line)
        uid = derived_uid(DATASET, first)
        if first == record:
            yield from self.made(node, uid, day, place, file)
            if self.participants_in is not None:
                yield from self.participants_in(node.get("description"), day, uid)
        yield Row("external_ids", {"dataset": DATASET, "identifier": record, "meeting": uid}, file, node.line)

    def required(self, node: xml.Node, tag: str, file: str) -> str:
        return historian.required(node, tag, Path(file), self.report)

    def made(self, node: xml.Node, uid: str, day: str, place: str, file: str) -> Iterator[Row]:
        """The visit with its participants and citations."""
        first = date.fromisoformat(day[:10])
        record, visitor, label = node.get("id"), node.get("visitor"), node.get("from")
        state = self.state(node, first)
        self.doubt(label, day, state, file, node.line)
        name = state.country.name if state else label
        values = {
            "uid": uid,
            "title": Truncator(f"Visit of {visitor} ({name}) to the United States").chars(250),
            "kind": MeetingKind.VISIT,
            "status": Status.HELD,
            "protocol": protocol(node.get("description")) or "",
            "date": day,
            "place": place,
            "publication": Publication.PUBLISHED,
        }
        yield Row("meetings", values, file, node.line)
        country = state.country.slug if state else ""
        guests = titles.people(visitor)
        for order, person in enumerate(guests):
            values = {"uid": derived_uid(DATASET, f"{record}/guest/{order}"), "meeting": uid, "country": country}
            values |= self.visitors.participation(self.group(node), country, person, first)
            yield Row("participations", {**values, "role": Role.GUEST, "order": order}, file, node.line)
        values = {"uid": derived_uid(DATASET, f"{record}/host"), "meeting": uid, "country": historian.HOST}
        yield Row("participations", {**values, "role": Role.HOST, "order": len(guests)}, file, node.line)
        yield historian.citation(DATASET, record, uid, "", quote=node.get("description"))
        note = historian.inference(label, state) if state else ""
        quote = f"{visitor}\n{label}"
        yield historian.citation(DATASET, record, uid, CitedField.PARTICIPANTS, quote=quote, note=note)

    def doubt(self, label: str, day: str, state: State | None, file: str, line: int) -> None:
        """Tells of a country that is not known here, once, or that did not exist on the day."""
        if state is None and label not in self.unknown:
            self.unknown.add(label)
            told = _("“%(label)s” is no country that is known here; its visitors speak for none.")
            self.report.doubt(told % {"label": label}, file, line)
        elif state is not None and state.doubt:
            self.report.doubt(f"“{label}”, {day}: {state.doubt}", file, line)
