"""The course of what two have in common: first, last and longest gap in words that must be true, and marks in time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from meetings import dates
from meetings.choices import Status
from meetings.dates import Edtf, Part
from meetings.figures import commas
from meetings.index import ties
from meetings.index.prepared import Prepared
from meetings.index.tags import record_of
from meetings.lenses.addresses import addresses
from meetings.lenses.rows import Row
from meetings.lenses.shared import GROUNDS, Counted, Gap, Meeting, Periods, Shared, longest_gap
from meetings.lenses.visits import Unnamed
from meetings.models import Meeting as Record

#: More meetings than these are drawn as columns, in so many periods at most.
MARKS, COLUMNS = 100, 120
#: A time without a meeting is told of no fewer meetings than these, and of no fewer days: between two there always is
#: one, and it says no more than their dates; and in less than a year, few meet again.
GAP_OF, GAP_DAYS = 3, 365

DATES = Prepared(lambda keys: Record.objects.published().filter(pk__in=keys).order_by().values_list("pk", "date"))


class Facts(NamedTuple):
    """In words: when they met first and last, the longest gap and what it lies between ("" where there is none to
    tell, see `GAP_OF`), and how many of those meetings have no known date. Where not all meetings are read, no gap is
    known."""

    first: str
    last: str
    gap: str
    before: str
    after: str
    undated: int


class Moment(NamedTuple):
    """A meeting in time: the days that it can mean (None: unknown), whether it was on each of them for ``sure``, in
    what sense it is one, its address and what is said of it."""

    earliest: date | None
    latest: date | None
    sure: bool
    state: str
    address: str
    told: str

    @property
    def is_day(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


class Lane(NamedTuple):
    """The meetings on one's ground, and how many visits there do not count as meetings of the two."""

    name: str
    marks: list[Moment]
    beside: int = 0

    @property
    def told(self) -> str:
        """How many there are."""
        if not self.beside:
            return commas(len(self.marks))
        told = ngettext("%(n)s (one visit not counted)", "%(n)s (%(visits)s visits not counted)", self.beside)
        return told % {"n": commas(len(self.marks)), "visits": commas(self.beside)}


class Stage(NamedTuple):
    """The meetings that can have been in a period, and at how many of them the two met."""

    label: str
    met: int
    all: Counted


class Course(NamedTuple):
    """Either lanes of marks or columns of numbers; ``undated`` meetings are in neither, and so many visits of one to
    the other are not counted."""

    lanes: list[Lane]
    columns: list[Stage]
    undated: int
    beside: int = 0

    @property
    def has_vague(self) -> bool:
        """Whether just when they met is not known of some mark."""
        return any(one.state == "met" and not one.sure for lane in self.lanes for one in lane.marks)


def facts(shared: Shared) -> Facts:
    """One query; none for two who never met, two where not all meetings were read."""
    if not shared.exact:
        return outermost(shared.tie(Status.HELD))
    dated = [one for one in shared.met if one.is_dated]
    if not dated:
        return Facts("", "", "", "", "", len(shared.met))
    gap = longest_gap(dated) if len(dated) >= GAP_OF else None
    if gap and (gap.end - gap.start).days < GAP_DAYS:
        gap = None
    first, soonest, last, latest = (
        min(dated, key=begins),
        min(dated, key=ends),
        max(dated, key=ends),
        max(dated, key=begins),
    )
    wanted = {first.record, last.record, *((gap.before, gap.after) if gap else ())}
    written = {pk: dates.parse(text) for pk, text in DATES(sorted(wanted))}
    start, end = written[first.record], written[last.record]
    certain = is_sure(start, start.start) or first.latest == soonest.latest
    settled = is_sure(end, end.end) or last.earliest == latest.earliest
    return Facts(
        dates.words(start.text if certain else between(first.earliest, soonest.latest)),
        dates.words(end.text if settled else between(latest.earliest, last.latest)),
        length(gap, written[gap.before], written[gap.after]) if gap else "",
        dates.words(written[gap.before].text) if gap else "",
        dates.words(written[gap.after].text) if gap else "",
        len(shared.met) - len(dated),
    )


def outermost(tie: ties.Tie) -> Facts:
    """The first and the last of very many, as the index keeps them; a query."""
    ends = [record_of(key) for key in (tie.first, tie.last) if key]
    written = dict(DATES(sorted(set(ends))))
    first, last = (dates.words(written[one]) for one in ends) if ends else ("", "")
    return Facts(first, last, "", "", "", 0)


def begins(one: Meeting) -> tuple[int, int]:
    return one.earliest or 0, one.latest or date.max.toordinal()


def ends(one: Meeting) -> tuple[int, int]:
    return one.latest or date.max.toordinal(), one.earliest or 0


def is_sure(written: Edtf, side: Part | None) -> bool:
    """Whether a meeting began, or ended, on one certain day."""
    return written.form in ("date", "span") and side is not None and side.unit == "day" and not side.mark


def between(earliest: int | None, latest: int | None) -> str:
    """An unknown day between two day numbers, as EDTF."""
    start, end = (date.fromordinal(day).isoformat() if day else "" for day in (earliest, latest))
    return start if start == end else f"[{start}..{end}]"


def length(gap: Gap, before: Edtf, after: Edtf) -> str:
    """How long a gap is: whole years, months or days, and whether it is more, at least so much, or about."""
    over = gap.end.day < gap.start.day
    days, months = (
        (gap.end - gap.start).days,
        12 * (gap.end.year - gap.start.year) + gap.end.month - gap.start.month - over,
    )
    years = months // 12
    whole = gap.end.day == gap.start.day
    if years > 1:
        told, whole = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}, whole and months == 12 * years
    elif months > 1:
        told = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    else:
        told, whole = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}, True
    if any(part and part.mark for part in (before.end, after.start)):
        return gettext("about %(length)s") % {"length": told}
    if not is_sure(before, before.end) or not is_sure(after, after.start):
        return gettext("at least %(length)s") % {"length": told}
    return told if whole else gettext("more than %(length)s") % {"length": told}


def of(shared: Shared, rows: Mapping[int, Row], unnamed: Mapping[str, Unnamed]) -> Course | None:
    """The course as a picture; None where no date is known. ``rows`` has the meetings that are told one by one,
    ``unnamed`` what is not counted on whose ground."""
    dated = [one for one in shared.meetings if one.is_dated]
    if not dated:
        return None
    few = len(shared.meetings) <= MARKS
    beside = {ground: one.n for ground, one in unnamed.items()}
    lanes = lanes_of(shared, dated, rows, beside) if few else []
    columns = [] if few else columns_of(shared, dated, Periods(dated, COLUMNS))
    undated = len(shared.meetings) - len(dated)
    return Course(lanes, columns, undated, sum(beside.values())) if lanes or columns else None


def lanes_of(
    shared: Shared, dated: Sequence[Meeting], rows: Mapping[int, Row], beside: Mapping[str, int]
) -> list[Lane]:
    """The meetings by whose ground they were on, each lane in order of time."""
    meeting = addresses("meeting", "UID", "SLUG")
    names = names_of_grounds(shared)
    found: dict[str, list[Moment]] = {ground: [] for ground in GROUNDS}
    for one in reversed(dated):
        if row := rows.get(one.record):
            earliest, latest = (date.fromordinal(day) if day else None for day in (one.earliest, one.latest))
            told = f"{dates.words(row.date)}: {row.title} ({Status(row.status).label})"
            written = dates.parse(row.date)
            sure = is_sure(written, written.start) and is_sure(written, written.end)
            found[one.ground].append(Moment(earliest, latest, sure, one.state, meeting(row.uid, row.slug), told))
    every = (Lane(names[ground], marks, beside.get(ground, 0)) for ground, marks in found.items())
    return [lane for lane in every if lane.marks or lane.beside] if any(found.values()) else []


def names_of_grounds(shared: Shared) -> dict[str, str]:
    """What each of `GROUNDS` is called for these two."""
    if shared.noun == "country":
        own, other = (side.name for side in shared.sides)
    else:
        own, other = (gettext("At home for %(name)s") % {"name": side.name} for side in shared.sides)
    words = (own, other, gettext("At home for both"), gettext("Elsewhere"))
    return dict(zip(GROUNDS, (*words, gettext("By phone, video or letter"), gettext("Place not known")), strict=True))


def columns_of(shared: Shared, dated: Sequence[Meeting], periods: Periods) -> list[Stage]:
    """How many meetings can have been in each period, and at how many of these the two met."""
    every, met = [0] * len(periods), [0] * len(periods)
    for one in dated:
        for at in periods.of(one):
            every[at] += 1
            met[at] += one.state == "met"
    return [
        Stage(period.label, met[at], shared.naming_both(n, **period.bounds))
        for at, (period, n) in enumerate(zip(periods, every, strict=True))
    ]


def said_of(shared: Shared, drawn: Course) -> list[str]:
    """What a picture by itself says of its marks, and of what is not in it."""
    told = gettext("Blue: they met (pale: just when is not known). Framed: planned. Grey: other meetings.")
    if drawn.columns:
        told = gettext("How many meetings can have been then: blue where they met, grey where others name both.")
    said = [told]
    if drawn.undated:
        told = ngettext("%(n)s of unknown date is not drawn.", "%(n)s of unknown date are not drawn.", drawn.undated)
        said.append(told % {"n": commas(drawn.undated)})
    if drawn.beside and drawn.columns:
        told = ngettext(
            "One visit of one to the other is not counted.",
            "%(n)s visits of one to the other are not counted.",
            drawn.beside,
        )
        said.append(told % {"n": commas(drawn.beside)})
    if not shared.exact:
        said.append(gettext("Of the newest %(n)s meetings.") % {"n": commas(len(shared.meetings))})
    return said
