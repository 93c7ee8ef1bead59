"""Two officials, or two countries: all that lies between them, as their page tells it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from meetings.choices import Status
from meetings.dates import bounds
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.prepared import Prepared
from meetings.index.tags import HAS_STATEMENTS, tag
from meetings.lenses import course, coverage, ledger, profile, rows, visits
from meetings.lenses.shared import Shared, Side
from meetings.lenses.tallies import Tallies
from meetings.models import Position, Statement

#: How many meetings are told one by one.
LINES = course.MARKS
#: How many statements are shown, and among how many of the newest they are looked for.
SAID, SEARCHED = 6, 100

#: At which meeting statements were made, and by whom.
SPEAKERS = Prepared(
    lambda keys: (
        Statement.objects.published()
        .filter(pk__in=keys)
        .exclude(Q(meeting=None) | Q(speaker=None))
        .order_by()
        .values_list("pk", "meeting", "speaker")
    )
)


class Said(NamedTuple):
    """What was said for one side about the other, the newest of it, and the list of all about it."""

    by: Side
    about: Side
    statements: list[Statement]
    address: str


def between(own: Side, other: Side) -> dict:
    """What the pages of officials and of countries share; seven queries, one more of countries, ten more where not all
    are read, and those of `coverage.of_tags` and of `visits.of`.

    Where meetings that do not name both may have been of the two, no gap between the others is told."""
    shared = Shared(own, other)
    tallies = Tallies(shared)
    facts, unnamed = course.facts(shared), tallies.unnamed
    lines = ledger.of(in_order(shared), own, other)
    met, due = (shared.total(status) for status in (Status.HELD, Status.PLANNED))
    return {
        "own": own,
        "other": other,
        "shared": shared,
        "met": met,
        "due": due,
        "beside": shared.number - met.n - due.n,
        "unnamed": list(unnamed.values()),
        "silent": tallies.silent() if unnamed else [],
        "facts": facts._replace(gap="") if unnamed else facts,
        "mostly": tallies.mostly(),
        "covered": coverage.of_tags(tallies.sources, len(shared.meetings)),
        "course": course.of(shared, {line.row.pk: line.row for line in lines}, unnamed),
        "lines": lines,
        "all_meetings": shared.address(),
        "in_order": shared.address(sort="date"),
        "earlier": shared.number - len(lines),
        "tallies": tallies,
        "grounds": tallies.by_ground(),
        "topics": tallies.by_topic(),
    }


class Picture(NamedTuple):
    """What the picture of two that is taken away shows, and what it says of itself."""

    course: course.Course
    said: list[str]


def picture(own: Side, other: Side) -> Picture | None:
    """The course of two by itself; None where there is none to draw. Three queries, four of countries."""
    shared = Shared(own, other)
    read = rows.of(in_order(shared), parties=False, topics=False)
    drawn = course.of(shared, {row.pk: row for row in read}, visits.of(shared, {}))
    return Picture(drawn, course.said_of(shared, drawn)) if drawn else None


def in_order(shared: Shared) -> list[int]:
    """The newest `LINES` meetings from the oldest of them on, those of unknown date last."""
    newest = shared.meetings[:LINES]
    dated = [one.record for one in newest if one.is_dated]
    return dated[::-1] + [one.record for one in newest if not one.is_dated]


def country_page(own: Side, other: Side) -> dict:
    """The relationship of two countries; seven queries beside those of `between`."""
    found = between(own, other)
    tallies = found["tallies"]
    return {
        **found,
        "sides": list(zip((own, other), tallies.by_side(), strict=True)),
        "couples": tallies.by_couple(),
        "said": said_about(own, other),
        "searched": SEARCHED,
    }


def official_page(own: Side, other: Side) -> dict:
    """All that lies between two officials; at most four queries beside those of `between`."""
    found = between(own, other)
    return {
        **found,
        "sides": list(zip((own, other), posts(found["shared"]), strict=True)),
        "statements": said_together(found["shared"]),
        "all_said": found["shared"].address(has="statements"),
    }


def posts(shared: Shared) -> list[list[Position]]:
    """The posts of each official that they can have held between the first and the last of their meetings; a query."""
    days = [day for one in shared.meetings for day in (one.earliest, one.latest) if day is not None]
    found = Position.objects.filter(official__in=[side.pk for side in shared.sides])
    held = list(found.select_related("country", "organization"))
    return [[one for one in held if one.official_id == side.pk and touches(one, days)] for side in shared.sides]


def touches(post: Position, days: Sequence[int]) -> bool:
    """Whether a post can have been held between the first and the last of these days; none: at any time."""
    began, ended = bounds(post.started)[0], bounds(post.ended)[1]
    if not days:
        return True
    return not (began and began.toordinal() > max(days)) and not (ended and ended.toordinal() < min(days))


def said_about(own: Side, other: Side) -> list[Said]:
    """What those who spoke for each country at a meeting said there about the other, among the newest `SEARCHED`
    statements about it; at most five queries."""
    newest = [hits.page(Asked(shelf="statements").tagged(tag("about", one.pk)), SEARCHED) for one in (other, own)]
    speakers = {pk: by for pk, *by in SPEAKERS(sorted({pk for keys in newest for pk in keys}))}
    meetings = sorted({meeting for meeting, _speaker in speakers.values()})
    spoke = {(meeting, official, country) for meeting, official, country, *_title in profile.SPOKE(meetings)}
    keys = [
        [pk for pk in found if pk in speakers and (*speakers[pk], side.pk) in spoke][:SAID]
        for side, found in zip((own, other), newest, strict=True)
    ]
    records = {one.pk: one for one in profile.statements([*keys[0], *keys[1]])} if any(keys) else {}
    listed = reverse("meetings:statements")
    return [
        Said(by, about, [records[pk] for pk in found if pk in records], f"{listed}?{urlencode({'about': about.slug})}")
        for by, about, found in ((own, other, keys[0]), (other, own, keys[1]))
        if found
    ]


def said_together(shared: Shared) -> list[Statement]:
    """What one of the two said at a meeting that names both, the newest of it; at most two queries."""
    meetings = [one.record for one in shared.meetings if HAS_STATEMENTS in one.tags][:SEARCHED]
    own = {side.pk for side in shared.sides}
    keys = [pk for pk, _meeting, speaker in profile.SAID(meetings) if speaker in own]
    return profile.statements(keys[:SAID]) if keys else []
