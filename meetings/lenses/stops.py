"""The places of one official in order of time."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple

from meetings import dates
from meetings.choices import Medium, Status
from meetings.index import hits
from meetings.index.among import among
from meetings.index.asked import Asked
from meetings.index.tags import tag
from meetings.lenses.places import Spot
from meetings.models import Meeting

#: A line through more meetings than these says nothing.
MOST = 200
#: Of more stops than these, only those of one journey are joined: the next can begin within so many days.
FEW, DAYS = 12, 14
COLUMNS = ("pk", "uid", "slug", "title", "date", "starts_at", "status", "place", "place__name", "place__kind")


class Met(NamedTuple):
    """A meeting at a stop; ``date`` is EDTF."""

    uid: str
    slug: str
    title: str
    date: str
    planned: bool


class Stop(NamedTuple):
    """One or more meetings in a row at one place. At least so many ``days`` lie between its beginning and that of the
    stop that it follows (None: there is none); not ``sure``: it may have come before that. ``spot`` is None where the
    place is no point; ``name`` and ``kind`` (a `PlaceKind`) are "" where none is known."""

    name: str
    kind: str
    spot: Spot | None
    sure: bool
    days: int | None
    meetings: list[Met]

    @property
    def planned(self) -> bool:
        """Whether the stop is yet to be made."""
        return all(one.planned for one in self.meetings)


class Stops(NamedTuple):
    """The ``stops`` of an official in order of time, and how many of these meetings have no date."""

    stops: list[Stop]
    undated: int

    @property
    def in_journeys(self) -> bool:
        """Whether only the stops of one journey are joined."""
        return len(self.stops) > FEW

    @property
    def legs(self) -> list[tuple[Stop, Stop]]:
        """Each stop that is joined with the next."""
        return [
            (one, other)
            for one, other in pairwise(self.stops)
            if not self.in_journeys or (other.days is not None and other.days <= DAYS)
        ]


def of(asked: Asked, spot_of: Mapping[int, Spot]) -> Stops | None:
    """The stops of a set of meetings, those held and those planned, in person: who calls or writes goes nowhere. None
    where there are more than `MOST`. Two queries and those of `hits.selected`."""
    states = [tag("status", one) for one in (Status.HELD, Status.PLANNED)]
    keys = hits.page(asked.tagged(*states).tagged(tag("medium", Medium.IN_PERSON)), MOST + 1)
    if len(keys) > MOST:
        return None
    rows = Meeting.objects.filter(pk__in=among(keys)).order_by().values_list(*COLUMNS)
    dated = [(began(row[4], row[5]), row) for row in rows]
    # Of what may have been in any order, that at one place stands together.
    known = sorted(((when, row) for when, row in dated if when), key=lambda one: (one[0], one[1][8] or "", one[1][0]))
    return Stops(list(stops(known, spot_of)), len(dated) - len(known))


def began(text: str, starts_at: time | None) -> tuple[date, time, date, time] | None:
    """The first and the last moment at which a meeting of this date can have begun; None where that is not known."""
    edtf = dates.parse(text)
    start = edtf.start if edtf.form == "span" else None
    first, last = (start.earliest, start.latest) if start else (edtf.earliest, edtf.latest)
    if first is None or last is None:
        return None
    return first, starts_at or time.min, last, starts_at or time.max


def stops(rows: list[tuple], spot_of: Mapping[int, Spot]) -> Iterator[Stop]:
    """Meetings in order of time; those in a row at one place together, but for those yet to be held."""
    here: Stop | None = None
    place: object = None
    until: tuple | None = None
    for (first_day, first_time, last_day, last_time), (
        _pk,
        uid,
        slug,
        title,
        text,
        _time,
        status,
        at,
        name,
        kind,
    ) in rows:
        spot, met = spot_of.get(at), Met(uid, slug, title, text, status == Status.PLANNED)
        if here and (place, here.planned) == (spot or at, met.planned):
            here.meetings.append(met)
        else:
            if here:
                yield here
            sure = until is None or until < (first_day, first_time)
            days = (first_day - until[0]).days if until else None
            here, place = Stop(spot.name if spot else name or "", kind or "", spot, sure, days, [met]), spot or at
        until = max(until or (last_day, last_time), (last_day, last_time))
    if here:
        yield here
