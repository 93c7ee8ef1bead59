"""A set of meetings, taken away: as CSV in the neutral format with columns for readers, and as JSON."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from meetings import dates
from meetings.exports import csv
from meetings.exports.parties import Names, parties, words
from meetings.exports.records import Keys, Records, iso
from meetings.models import Citation, ExternalId, Place
from meetings.table import SEPARATOR, TABLES

TABLE = TABLES["meetings"]
#: Where columns stand in the cells of a meeting.
AT = {name: at for at, name in enumerate(TABLE.header)}


#: So many dates are remembered.
MOST_DAYS = 5000


class Day(NamedTuple):
    """The first and the last day that a date can mean, "" where there is none, and the date in words."""

    earliest: str
    latest: str
    words: str


class Meetings:
    """Reads meetings some at a time, with what stands around them. ``base`` is put before every address."""

    def __init__(self, base: str):
        self.records = Records(TABLE, Keys(), more=["place_id"])
        self.names = Names()
        self.address = addresses(base)
        self.days: dict[str, Day] = {}

    def day(self, date: str) -> "Day":
        """What a date means, remembered for a while: in most orders the same days come one after the other."""
        if (found := self.days.get(date)) is None:
            if len(self.days) >= MOST_DAYS:
                self.days.clear()
            earliest, latest = dates.bounds(date)
            found = self.days[date] = Day(iso(earliest), iso(latest), dates.words(date))
        return found

    def csv_rows(self, pks: list[int]) -> Iterator[list[str]]:
        """The rows of a chunk; five queries and those for names not seen yet."""
        read = self.records.read(pks)
        present = words(self.names, pks)
        places = self.names.of(Place, {place for _pk, _cells, (place,) in read})
        date, uid, slug = AT["date"], AT["uid"], AT["slug"]
        for pk, cells, (place,) in read:
            earliest, latest, said = self.day(cells[date])
            address = self.address(cells[uid], cells[slug])
            cells += (earliest, latest, said, places[place][1], "; ".join(present.get(pk, ())), address)
            yield cells

    def json_objects(self, pks: list[int]) -> Iterator[dict[str, Any]]:
        """The meetings of a chunk as the API shows them in lists; ten queries and those for names."""
        read = self.records.read(pks)
        present = parties(self.names, pks)
        places = {
            place["pk"]: place
            for place in Place.objects.filter(pk__in={place for _pk, _cells, (place,) in read} - {None}).values(
                "pk", "slug", "name", "country__slug", "latitude", "longitude"
            )
        }
        cited, identified = citations(pks), external_ids(pks)
        for pk, cells, (place,) in read:
            given = dict(zip(TABLE.header, cells, strict=True))
            yield {
                "uid": given["uid"],
                "url": self.address(given["uid"], given["slug"]),
                **{name: given[name] for name in ("title", "slug", "kind", "medium", "protocol", "status")},
                "date": {
                    "edtf": given["date"],
                    **{name: value or None for name, value in self.day(given["date"])._asdict().items()},
                },
                "time_note": given["time_note"],
                **{name: given[name] or None for name in ("starts_at", "ends_at")},
                "time_zone": given["time_zone"],
                "place": place_object(places[place]) if place else None,
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
    reader = Meetings(base)
    return csv.lines(TABLE, map(reader.csv_rows, meetings), TABLE.extras)


def as_json(meetings: Iterable[list[int]], base: str, count: int) -> Iterator[bytes]:
    """``{"count": .., "results": [..]}`` with the meetings; the chunks' queries."""
    reader = Meetings(base)
    yield b'{"count": %d, "results": [' % count
    mark = ""
    for pks in meetings:
        objects = [json.dumps(one, ensure_ascii=False) for one in reader.json_objects(pks)]
        if objects:
            yield (mark + ",\n".join(objects)).encode()
            mark = ",\n"
    yield b"]}\n"


def addresses(base: str) -> Callable[[str, str], str]:
    """The function from uid and slug to a meeting's address, without asking the router each time."""
    before, between, after = split_address(reverse("meetings:meeting", args=["UID", "SLUG"]))

    def address(uid: str, slug: str) -> str:
        return f"{base}{before}{uid}{between}{slug}{after}"

    return address


def split_address(pattern: str) -> tuple[str, str, str]:
    before, _mark, rest = pattern.partition("UID")
    between, _mark, after = rest.partition("SLUG")
    return before, between, after


def split(cell: str) -> list[str]:
    return cell.split(SEPARATOR) if cell else []


def place_object(place: Any) -> dict[str, Any]:
    return {
        "slug": place["slug"],
        "name": place["name"],
        "country": place["country__slug"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
    }


def citations(pks: list[int]) -> dict[int, list[dict[str, str]]]:
    """Who says so, by meeting; one query."""
    found: dict[int, list] = defaultdict(list)
    rows = Citation.objects.filter(meeting__in=pks).order_by("field", "stance", "id")
    for pk, *values in rows.values_list("meeting", "source__uid", "field", "quote", "stance", "note"):
        found[pk].append(dict(zip(("source", "field", "quote", "stance", "note"), values, strict=True)))
    return found


def external_ids(pks: list[int]) -> dict[int, list[dict[str, str]]]:
    """Ids in other datasets, by meeting; one query."""
    found: dict[int, list] = defaultdict(list)
    rows = ExternalId.objects.filter(meeting__in=pks).order_by("dataset", "identifier")
    for pk, dataset, identifier in rows.values_list("meeting", "dataset", "identifier"):
        found[pk].append({"dataset": dataset, "identifier": identifier})
    return found
