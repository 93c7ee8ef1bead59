"""A set of statements, taken away as CSV in the neutral format with columns for readers."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from meetings import dates
from meetings.exports import csv
from meetings.exports.parties import Names
from meetings.exports.records import Keys, Records
from meetings.models import Meeting, Official
from meetings.table import TABLES

TABLE = TABLES["statements"]
AT = {name: at for at, name in enumerate(TABLE.header)}


class Statements:
    """Reads statements some at a time. ``base`` is put before every address."""

    def __init__(self, base: str):
        self.records = Records(TABLE, Keys(), more=("earliest", "latest", "speaker_id", "meeting_id"))
        self.names = Names()
        self.address = base + reverse("meetings:statement", args=["UID"])

    def csv_rows(self, pks: list[int]) -> Iterator[list[str]]:
        """The rows of a chunk; six queries and those for names not seen yet."""
        read = self.records.read(pks)
        speakers = self.names.of(Official, {more[2] for _pk, _cells, more in read})
        wanted = {more[3] for _pk, _cells, more in read} - {None}
        titles = dict(Meeting.objects.published().filter(pk__in=wanted).order_by().values_list("pk", "title"))
        for _pk, cells, (earliest, latest, speaker, meeting) in read:
            cells += (
                earliest.isoformat() if earliest else "",
                latest.isoformat() if latest else "",
                dates.words(cells[AT["said"]]),
                speakers[speaker][1] or cells[AT["speaker_as_written"]],
                titles.get(meeting, ""),
                self.address.replace("UID", cells[AT["uid"]]),
            )
            yield cells


def as_csv(statements: Iterable[list[int]], base: str) -> Iterator[bytes]:
    """Statements, as primary keys some at a time, with columns for readers that an import passes over."""
    reader = Statements(base)
    return csv.lines(TABLE, map(reader.csv_rows, statements), TABLE.extras)
