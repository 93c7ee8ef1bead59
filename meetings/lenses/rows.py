"""Meetings as rows of a list: plain values, read without making a record of each meeting, party, place and topic."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from meetings.index.prepared import Prepared
from meetings.models import Meeting, Participation

#: How many parties a row names.
SHOWN = 6


class Party(NamedTuple):
    """Who took part: a person by name, in which capacity, and whom they spoke for. What is not known is empty."""

    name: str
    title: str
    country: str
    organization: str


class Link(NamedTuple):
    """A record's slug and name."""

    slug: str
    name: str


class Whole(NamedTuple):
    """The meeting that another is a part of."""

    uid: str
    slug: str
    title: str


class Row(NamedTuple):
    """A public meeting on one line of a list. ``earliest`` is the day of one that has a certain day."""

    pk: int
    uid: str
    slug: str
    title: str
    status: str
    kind: str
    date: str
    earliest: datetime.date | None
    place: Link | None
    part_of: Whole | None = None
    parties: Sequence[Party] = ()
    topics: Sequence[Link] = ()
    #: Where in it the words of a search were found, and the source that is quoted there.
    snippet: str = ""
    snippet_of: str = ""

    @property
    def text(self) -> str:
        """The meeting's own words that the row shows, in lines."""
        parties = [text for party in self.parties[:SHOWN] for text in party]
        place = self.place.name if self.place else ""
        return "\n".join([self.title, place, *parties, *(topic.name for topic in self.topics)])


MEETING = ("pk", "uid", "slug", "title", "status", "kind", "date", "earliest", "place__slug", "place__name")
WHOLE = ("whole__uid", "whole__slug", "whole__title")
PARTY = (
    "meeting",
    "official__name",
    "name_as_written",
    "title_as_written",
    "position__title",
    "country__name",
    "organization__name",
)


MEETINGS = Prepared(
    lambda keys: Meeting.objects.published().filter(pk__in=keys).with_whole().values_list(*MEETING, *WHOLE)
)
PARTIES = Prepared(
    lambda keys: Participation.objects.filter(meeting__in=keys).order_by("order", "pk").values_list(*PARTY)
)
TOPICS = Prepared(
    lambda keys: (
        Meeting.topics.through.objects.filter(meeting__in=keys)
        .order_by("topic__folded", "topic__slug")
        .values_list("meeting", "topic__slug", "topic__name")
    )
)


def of(keys: Iterable[int], *, parties: bool = True, topics: bool = True) -> list[Row]:
    """The public ones of these meetings (primary keys), in this order; a query, one more each for their ``parties`` and
    ``topics``."""
    keys = list(keys)
    taking_part, on = parties_of(keys) if parties else {}, topics_of(keys) if topics else {}
    found = {}
    for *own, earliest, slug, name, uid, its_slug, title in MEETINGS(keys):
        day = datetime.date.fromisoformat(earliest) if isinstance(earliest, str) else earliest
        pk, place, whole = own[0], Link(slug, name) if slug else None, Whole(uid, its_slug, title) if uid else None
        found[pk] = Row._make([*own, day, place, whole, taking_part.get(pk, ()), on.get(pk, ()), "", ""])
    return [found[pk] for pk in keys if pk in found]


def parties_of(keys: Sequence[int]) -> dict[int, list[Party]]:
    """Who took part in each of the meetings; a query."""
    found = defaultdict(list)
    for pk, *own in PARTIES(keys):
        found[pk].append(party(*(value or "" for value in own)))
    return found


def party(official: str, written: str, title_written: str, post: str, country: str, organization: str) -> Party:
    """The official's name or the source's words, and the title as written or the post's, but for one that only says
    the name once more (`Participation.shown_title`)."""
    name, title = official or written, title_written or post
    return Party(name, "" if title == (name or country or organization) else title, country, organization)


def topics_of(keys: Sequence[int]) -> dict[int, list[Link]]:
    """The topics of each of the meetings, by name; a query."""
    found = defaultdict(list)
    for pk, slug, name in TOPICS(keys):
        found[pk].append(Link(slug, name))
    return found
