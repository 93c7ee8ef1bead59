"""A set of meetings, taken away: as CSV in the neutral format with columns for readers, and as JSON."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from meetings.exports import csv
from meetings.exports.cited import citations, sources
from meetings.exports.lanes import Work, lanes
from meetings.exports.names import Names, Said
from meetings.exports.parties import parties, words
from meetings.exports.records import Keys, Records
from meetings.index.among import among
from meetings.lenses.addresses import addresses
from meetings.models import ExternalId, Place
from meetings.table import SEPARATOR, TABLES

TABLE = TABLES["meetings"]
NONE = ("", "")


class Meetings:
    """Reads meetings some at a time, with what stands around them. ``base`` is put before every address; what is
    ``tagged`` is read from the index (`Records`)."""

    def __init__(self, base: str, *tagged: str):
        self.records = Records(TABLE, Keys(), more=("earliest", "latest", "place_id"), tagged=tagged)
        self.names = Names()
        self.said = Said()
        self.base, self.address = base, addresses("meeting", "UID", "SLUG")

    def csv_columns(self, pks: list[int]) -> list[Sequence[str]]:
        """The columns of a chunk; four queries and those for names not seen yet."""
        block = self.records.read(pks)
        present = words(self.names, block.pks)
        places = self.names.of(Place, block.more["place_id"])
        cited = sources(self.names, "meeting", block.pks, block.linked)
        return [
            *block.cells.values(),
            [day or "" for day in block.more["earliest"]],
            [day or "" for day in block.more["latest"]],
            list(map(self.said.__getitem__, block.cells["date"])),
            [places[place][1] for place in block.more["place_id"]],
            [present.get(pk, "") for pk in block.pks],
            [self.base + one for one in map(self.address, block.cells["uid"], block.cells["slug"])],
            [cited.get(pk, NONE)[0] for pk in block.pks],
            [cited.get(pk, NONE)[1] for pk in block.pks],
        ]

    def json_objects(self, pks: list[int]) -> Iterator[dict[str, Any]]:
        """The meetings of a chunk as the API shows them in lists; seven queries and those for names."""
        block = self.records.read(pks)
        present = parties(self.names, block.pks)
        places = places_of(block.more["place_id"])
        cited, identified = citations(self.names, block.pks), external_ids(block.pks)
        rows = zip(*block.cells.values(), strict=True)
        for pk, cells, *more in zip(block.pks, rows, *block.more.values(), strict=True):
            given, (earliest, latest, place) = dict(zip(block.cells, cells, strict=True)), more
            yield {
                "uid": given["uid"],
                "url": self.base + self.address(given["uid"], given["slug"]),
                **{name: given[name] for name in ("title", "slug", "kind", "medium", "protocol", "status")},
                "date": {
                    "edtf": given["date"],
                    "earliest": earliest,
                    "latest": latest,
                    "words": self.said[given["date"]] or None,
                },
                "time_note": given["time_note"],
                **{name: given[name] or None for name in ("starts_at", "ends_at")},
                "time_zone": given["time_zone"],
                "place": places[place],
                "participants": [party.as_object() for party in present.get(pk, ())],
                "topics": split(given["topics"]),
                "about": split(given["about"]),
                "summary": given["summary"],
                "outcome": given["outcome"],
                "citations": cited.get(pk, []),
                "part_of": given["part_of"] or None,
                "external_ids": identified.get(pk, []),
                "updated_at": given["updated_at"],
            }


def as_csv(meetings: Iterable[list[int]], base: str) -> Iterator[bytes]:
    """Meetings, as primary keys some at a time, with columns for readers that an import passes over."""
    writer = csv.Writer(TABLE, TABLE.extras)

    def lane() -> Work:
        reader = Meetings(base, "topic", "about", "source")
        return lambda pks: writer.rows(reader.csv_columns(pks))

    yield writer.header
    yield from lanes(lane, meetings)


def as_json(meetings: Iterable[list[int]], base: str, count: int) -> Iterator[bytes]:
    """``{"count": .., "results": [..]}`` with the meetings; the chunks' queries."""

    def lane() -> Work:
        reader = Meetings(base, "topic", "about")
        return lambda pks: ",\n".join(
            [json.dumps(one, ensure_ascii=False) for one in reader.json_objects(pks)]
        ).encode()

    yield b'{"count": %d, "results": [' % count
    mark = b""
    for objects in filter(None, lanes(lane, meetings)):
        yield mark + objects
        mark = b",\n"
    yield b"]}\n"


def split(cell: str) -> list[str]:
    return cell.split(SEPARATOR) if cell else []


PLACE = ("pk", "slug", "name", "country__slug", "latitude", "longitude")


def places_of(pks: Iterable[int | None]) -> dict[int | None, dict[str, Any] | None]:
    """Places as the API shows them in a meeting, None for None; one query."""
    found: dict[int | None, dict[str, Any] | None] = {None: None}
    for pk, *told in Place.objects.filter(pk__in=among(pk for pk in set(pks) if pk)).order_by().values_list(*PLACE):
        found[pk] = dict(zip(("slug", "name", "country", "latitude", "longitude"), told, strict=True))
    return found


def external_ids(pks: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """Ids in other datasets, by meeting; one query."""
    found: dict[int, list] = defaultdict(list)
    rows = ExternalId.objects.filter(meeting__in=among(pks)).order_by("dataset", "identifier")
    for pk, dataset, identifier in rows.values_list("meeting", "dataset", "identifier"):
        found[pk].append({"dataset": dataset, "identifier": identifier})
    return found
