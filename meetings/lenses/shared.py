"""What two officials, or two countries, have in common: each of their meetings, in what sense it was one, and where.

They *met* at a held encounter at which neither was an interpreter only (`lenses.profile`), and are *due* to at a
planned one; other meetings name both, such as conferences and what was cancelled.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.urls import reverse

from meetings.choices import ENCOUNTERS, GATHERINGS, Medium, MeetingKind, Role, Status
from meetings.index import hits, ties, together
from meetings.index.asked import Asked
from meetings.index.tags import LETTERS, PART, tag
from meetings.lenses.profile import meetings_address

#: So many of the newest meetings of two are read: two countries may have tens of thousands.
MOST_READ = 3_000

ENCOUNTER = frozenset(tag("kind", kind) for kind in ENCOUNTERS)
GATHERED = {tag("kind", kind): kind.value for kind in MeetingKind if kind in GATHERINGS}
UNHELD = {tag("status", status): status.value for status in Status if status != Status.HELD}
REMOTE = {tag("medium", medium): medium.value for medium in (Medium.PHONE, Medium.VIDEO, Medium.LETTER)}
HAS_PLACE = tag("has", "place")
#: On whose ground a meeting was: of one, the other or both, elsewhere, far from each other, or not known.
GROUNDS = ("own", "other", "both", "elsewhere", "remote", "unknown")


class Side(NamedTuple):
    """One of two officials, or of two countries (``noun``)."""

    noun: str
    pk: int
    slug: str
    name: str

    def __str__(self):
        return self.name

    @property
    def tag(self) -> str:
        return tag(self.noun, self.pk)

    def get_absolute_url(self) -> str:
        return reverse(f"meetings:{self.noun}", args=[self.slug])


class Counted(NamedTuple):
    """A number, and the address of the list that has so many meetings; "" where no filter gives just these, or where it
    is not known whether one does."""

    n: int
    address: str


class Meeting(NamedTuple):
    """A meeting that names both: when it can have been (day numbers), in what sense it was a meeting of the two ("met",
    "due", "other"), on whose ground (one of `GROUNDS`), and what the index says of it."""

    record: int
    earliest: int | None
    latest: int | None
    state: str
    ground: str
    tags: list[str]
    ties: str

    @property
    def is_dated(self) -> bool:
        return self.earliest is not None or self.latest is not None


class Shared:
    """The meetings that name both of ``sides``, the newest `MOST_READ` of them read; two queries."""

    def __init__(self, own: Side, other: Side):
        self.sides = own, other
        self.noun = own.noun
        self.asked = Asked(((own.tag,), (other.tag,)), known=hits.numbers([own.tag, other.tag]))
        found = together.of(self.asked, MOST_READ + 1)
        self.exact = len(found) <= MOST_READ
        self.reader = Reader(own, other)
        #: Newest first, those of unknown date last.
        self.meetings = [self.reader.read(entry) for entry in found[:MOST_READ]]
        self.met = [one for one in self.meetings if one.state == "met"]
        self.due = [one for one in self.meetings if one.state == "due"]
        self.lists: dict[Status, Counter[str]] = {}

    @cached_property
    def number(self) -> int:
        """How many meetings name both; at most two queries, and none where all were read."""
        return len(self.meetings) if self.exact else hits.count(self.asked, hits.ALL).n

    def times(self, status: Status) -> int:
        """At how many meetings the two met (held), or are due to (planned); the query of `tie`."""
        if self.exact:
            return len(self.met if status == Status.HELD else self.due)
        return self.tie(status).n

    def tie(self, status: Status) -> ties.Tie:
        """What the index keeps of the meetings at which they met, however many; one query."""
        own, other = (side.tag for side in self.sides)
        known = ties.Encounters(own, (self.asked.known or {}).get(own, 0)).of([other])
        return known[status].get(other, ties.Tie(0, None, None))

    def address(self, **parameters) -> str:
        """The list of the meetings that name both, narrowed down."""
        return meetings_address(**{self.noun: [side.slug for side in self.sides]}, **parameters)

    def listed(self, status: Status) -> Counter[str]:
        """How many of the list of encounters of a status have each tag; under "" all of them."""
        if status not in self.lists:
            wanted = tag("status", status)
            tags = [one.tags for one in self.meetings if wanted in one.tags and not ENCOUNTER.isdisjoint(one.tags)]
            self.lists[status] = Counter(chain.from_iterable(tags)) + Counter({"": len(tags)})
        return self.lists[status]

    def total(self, status: Status) -> Counted:
        """At how many meetings they met (or are due to); the query of `tie`, and those of `hits.count`."""
        n = self.times(status)
        if self.exact or not n:
            return self.counted(n, status)
        listed = self.asked.tagged(tag("status", status)).tagged(*ENCOUNTER)
        return self.encounters(n, status) if hits.count(listed, hits.ALL).n == n else Counted(n, "")

    def counted(self, n: int, status: Status = Status.HELD, tags: Sequence[str] = ("",), **parameters) -> Counted:
        """``n`` of the meetings at which they met (or are due to), with the list of encounters of the status that have
        one of ``tags``, no two of which a meeting has. It also has those at which one of the two interpreted."""
        same = n and self.exact and n == sum(self.listed(status)[one] for one in tags)
        return self.encounters(n, status, **parameters) if same else Counted(n, "")

    def encounters(self, n: int, status: Status, **parameters) -> Counted:
        """``n`` with the list of encounters."""
        return Counted(n, self.address(status=status.value, kind=[kind.value for kind in ENCOUNTERS], **parameters))

    def naming_both(self, n: int, **parameters) -> Counted:
        """``n`` of the meetings that were read, with the list of those that name both."""
        return Counted(n, self.address(**parameters) if n and self.exact else "")

    @property
    def reasons(self) -> Counter[str]:
        """Why how many of those that name both are no meetings of the two: the kind or the status of each, or
        "interpreter". None where not all were read."""
        others = [one for one in self.meetings if one.state == "other"] if self.exact else []
        return Counter(self.reader.reason(one) for one in others)

    @property
    def parts(self) -> int:
        """How many of the meetings at which they met are parts of others; 0 where not all were read."""
        if not self.exact:
            return 0
        tie = f" {PART}/{self.sides[0].tag} "
        return sum(tie in one.ties for one in self.met)


class Reader:
    """Says of entries of the index what they are to two sides."""

    def __init__(self, own: Side, other: Side):
        self.interpreted = tuple(f" int/{side.tag} " for side in (own, other))
        self.homes = tuple(map(home_of, (own, other)))

    def read(self, entry: together.Entry) -> Meeting:
        return Meeting(*entry[:3], self.state(entry), self.ground(entry), entry.tags, entry.ties)

    def state(self, entry: together.Entry) -> str:
        reason = self.reason(entry)
        return {"": "met", Status.PLANNED: "due"}.get(reason, "other")

    def reason(self, entry: together.Entry | Meeting) -> str:
        """Why it is no held meeting of the two: its kind, that one of them is an "interpreter", its status; else ""."""
        if ENCOUNTER.isdisjoint(entry.tags):
            return next((kind for one, kind in GATHERED.items() if one in entry.tags), "")
        if any(one in entry.ties for one in self.interpreted):
            return Role.INTERPRETER
        return next((status for one, status in UNHELD.items() if one in entry.tags), "")

    def ground(self, entry: together.Entry) -> str:
        if not REMOTE.keys().isdisjoint(entry.tags):
            return "remote"
        if HAS_PLACE not in entry.tags:
            return "unknown"
        own, other = (not home(entry).isdisjoint(entry.tags) for home in self.homes)
        return "both" if own and other else "own" if own else "other" if other else "elsewhere"


def home_of(side: Side):
    """The function from an entry to the tags of the ground that is home to a side: a country's own, and an official's
    that of the country for which they spoke there."""
    if side.noun == "country":
        own = frozenset([tag("ground", side.pk)])
        return lambda entry: own
    spoke = re.compile(rf" for-{LETTERS['country']}(\d+)/{side.tag}(?= )")
    return lambda entry: {tag("ground", pk) for pk in spoke.findall(entry.ties)}


class Gap(NamedTuple):
    """The longest time in which the two cannot have met on record: from the last day of one meeting to the first of the
    next (primary keys)."""

    before: int
    after: int
    start: date
    end: date


def longest_gap(meetings: Sequence[Meeting]) -> Gap | None:
    """The longest time that none of the meetings of known date can reach into, whenever within its bounds it was."""
    found: Gap | None = None
    before, reach = 0, 0
    for one in sorted((one for one in meetings if one.is_dated), key=lambda one: one.earliest or 0):
        first, last = one.earliest or 0, one.latest or date.max.toordinal()
        if before and first > reach and (not found or first - reach > (found.end - found.start).days):
            found = Gap(before, one.record, date.fromordinal(reach), date.fromordinal(first))
        if last > reach or not before:
            before, reach = one.record, last
    return found


class Period(NamedTuple):
    """So many years from one on."""

    year: int
    years: int

    @property
    def label(self) -> str:
        return str(self.year) if self.years == 1 else f"{self.year}–{self.year + self.years - 1}"

    @property
    def bounds(self) -> dict[str, str]:
        """As parameters of a filter."""
        return {"from": f"{self.year:04}", "to": f"{min(self.year + self.years - 1, date.max.year):04}"}


class Periods(list[Period]):
    """At most so many periods, all as long, from the first to the last year that meetings surely touch."""

    def __init__(self, meetings: Sequence[Meeting], most: int):
        bounds = [day for one in meetings for day in (one.earliest, one.latest) if day is not None]
        self.step = 1
        if bounds:
            first, last = (date.fromordinal(day).year for day in (min(bounds), max(bounds)))
            steps = (n * 10**zeros for zeros in range(4) for n in (1, 2, 5))
            self.step = next(step for step in steps if last // step - first // step < most)
            start = first // self.step
            super().__init__(
                Period(max(at * self.step, 1), self.size(at)) for at in range(start, last // self.step + 1)
            )

    def size(self, at: int) -> int:
        """There is no year 0."""
        return self.step - (at == 0)

    def of(self, meeting: Meeting) -> Iterator[int]:
        """The places of those in which a meeting can have been, as filters by date have it; none of an unknown one."""
        if meeting.is_dated:
            start = self[0].year // self.step
            first = 0 if meeting.earliest is None else date.fromordinal(meeting.earliest).year // self.step - start
            last = len(self) - 1
            if meeting.latest is not None:
                last = date.fromordinal(meeting.latest).year // self.step - start
            yield from range(first, last + 1)
