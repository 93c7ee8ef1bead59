"""The places of one official in order of time, by journeys."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import NamedTuple

from meetings import dates
from meetings.choices import Medium, Status
from meetings.index import hits
from meetings.index.among import among
from meetings.index.asked import Asked
from meetings.index.tags import tag
from meetings.lenses.places import Spot
from meetings.models import Meeting

#: A list of more meetings than these says nothing.
MOST = 200
#: A journey goes on with what can begin within so many days of its end.
DAYS = 5
#: Of what may have begun on any of more days than these, no one knows to which journey it belongs.
VAGUE = 14
COLUMNS = ("pk", "uid", "slug", "title", "date", "starts_at", "status", "place", "place__name", "place__kind")

Day = date


class Met(NamedTuple):
    """A meeting at a stop; ``date`` is EDTF, ``first`` the first day that it can mean, ``last`` the last. ``within`` is
    its place where that lies within the stop's; else ""."""

    uid: str
    slug: str
    title: str
    date: str
    planned: bool
    first: Day
    last: Day
    within: str


class Stop(NamedTuple):
    """One or more meetings in a row at one place. Not ``sure``: it may have come before the stop that it follows.
    ``spot`` is None where the place is no point; ``name`` and ``kind`` (a `PlaceKind`) are "" where none is known."""

    name: str
    kind: str
    spot: Spot | None
    sure: bool
    meetings: list[Met]

    @property
    def planned(self) -> bool:
        """Whether the stop is yet to be made."""
        return all(one.planned for one in self.meetings)


class Journey(NamedTuple):
    """Stops each of which can begin within `DAYS` of the end of those before."""

    stops: list[Stop]

    @property
    def first(self) -> date:
        """The first day on which it can have begun."""
        return min(met.first for stop in self.stops for met in stop.meetings)

    @property
    def last(self) -> date:
        """The last day on which it can have ended."""
        return max(met.last for stop in self.stops for met in stop.meetings)


class Stops(NamedTuple):
    """The journeys of an official in order of time, and how many of these meetings have no date."""

    journeys: list[Journey]
    undated: int

    @property
    def stops(self) -> list[Stop]:
        """All stops in their order."""
        return [stop for journey in self.journeys for stop in journey.stops]

    @property
    def routes(self) -> list[Journey]:
        """The journeys that lead from a stop to another."""
        return [one for one in self.journeys if len(one.stops) > 1]

    @property
    def route(self) -> list[Stop]:
        """The stops that a map joins and numbers: those of the only journey that leads from one to another. Of several
        journeys the lines would run into each other."""
        return self.routes[0].stops if len(self.routes) == 1 else []

    @property
    def unseen(self) -> list[int]:
        """The numbers of those of its stops that are no points."""
        return [at for at, stop in enumerate(self.route, start=1) if not stop.spot]


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
    return Stops([Journey(one) for one in journeys(known, spot_of)], len(dated) - len(known))


def began(text: str, starts_at: time | None) -> tuple[date, time, date, time] | None:
    """The first and the last moment at which a meeting of this date can have begun; None where that is not known."""
    edtf = dates.parse(text)
    start = edtf.start if edtf.form == "span" else None
    first, last = (start.earliest, start.latest) if start else (edtf.earliest, edtf.latest)
    if first is None or last is None:
        return None
    return first, starts_at or time.min, last, starts_at or time.max


def journeys(rows: list[tuple], spot_of: Mapping[int, Spot]) -> Iterator[list[Stop]]:
    """Meetings in order of time, by journeys; in these, those in a row at one place together, but for those yet to be
    held."""
    found: list[Stop] = []
    ended: date | None = None
    place, until = None, None
    for (first_day, first_time, last_day, last_time), row in rows:
        _pk, uid, slug, title, text, _time, status, at, name, kind = row
        spot, vague = spot_of.get(at), (last_day - first_day).days > VAGUE
        near = not vague and ended is not None and (first_day - ended).days <= DAYS
        here = bool(found) and (place, found[-1].planned) == (spot or at, status == Status.PLANNED)
        if found and not near and not (here and text == found[-1].meetings[0].date):
            yield found
            found, ended, here = [], None, False
        own = spot.name if spot else name or ""
        within = name if name and name != own else ""
        end = max(dates.bounds(text)[1] or last_day, last_day)
        met = Met(uid, slug, title, text, status == Status.PLANNED, first_day, end, within)
        if here:
            found[-1].meetings.append(met)
        else:
            sure = until is None or until < (first_day, first_time)
            found.append(Stop(own, kind or "", spot, sure, [met]))
        place, until = spot or at, max(until or (last_day, last_time), (last_day, last_time))
        if not vague:
            ended = max(ended or end, end)
    if found:
        yield found
