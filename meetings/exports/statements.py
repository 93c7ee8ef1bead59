"""A set of statements, taken away as CSV in the neutral format with columns for readers."""

from collections.abc import Iterable, Iterator, Sequence

from meetings.exports import csv
from meetings.exports.cited import sources
from meetings.exports.lanes import Work, lanes
from meetings.exports.names import Names, Said
from meetings.exports.records import Keys, Records
from meetings.index.among import among
from meetings.index.linked import linked
from meetings.lenses.addresses import addresses
from meetings.models import Meeting, Official
from meetings.table import TABLES

TABLE = TABLES["statements"]
NONE = ("", "")


class Statements:
    """Reads statements some at a time. ``base`` is put before every address."""

    def __init__(self, base: str):
        more, tagged = ("earliest", "latest", "speaker_id", "meeting_id"), ("topic", "about", "source")
        self.records = Records(TABLE, Keys(), more, tagged)
        self.names = Names()
        self.said = Said()
        self.base, self.address = base, addresses("statement", "UID")

    def csv_columns(self, pks: list[int]) -> list[Sequence[str]]:
        """The columns of a chunk; six queries and those for names not seen yet."""
        block = self.records.read(pks)
        cells, meetings = block.cells, block.more["meeting_id"]
        speakers = self.names.of(Official, block.more["speaker_id"])
        titles = self.titles(set(meetings) - {None})
        own = sources(self.names, "statement", block.pks, block.linked)
        elsewhere = {meeting for pk, meeting in zip(block.pks, meetings, strict=True) if pk not in own}
        public = [pk for pk in elsewhere if pk in titles]
        at_meeting = sources(self.names, "meeting", public, linked("meetings", public, ["source"])) if public else {}
        cited = [own.get(pk) or at_meeting.get(m, NONE) for pk, m in zip(block.pks, meetings, strict=True)]
        return [
            *cells.values(),
            [day or "" for day in block.more["earliest"]],
            [day or "" for day in block.more["latest"]],
            list(map(self.said.__getitem__, cells["said"])),
            [
                speakers[pk][1] or written
                for pk, written in zip(block.more["speaker_id"], cells["speaker_as_written"], strict=True)
            ],
            [titles.get(meeting, "") for meeting in meetings],
            [self.base + one for one in map(self.address, cells["uid"])],
            [names for names, _addresses in cited],
            [addresses for _names, addresses in cited],
        ]

    @staticmethod
    def titles(meetings: Iterable[int]) -> dict[int, str]:
        """The titles of the public ones of these meetings; a query."""
        return dict(Meeting.objects.published().filter(pk__in=among(meetings)).order_by().values_list("pk", "title"))


def as_csv(statements: Iterable[list[int]], base: str) -> Iterator[bytes]:
    """Statements, as primary keys some at a time, with columns for readers that an import passes over."""
    writer = csv.Writer(TABLE, TABLE.extras)

    def lane() -> Work:
        reader = Statements(base)
        return lambda pks: writer.rows(reader.csv_columns(pks))

    yield writer.header
    yield from lanes(lane, statements)
