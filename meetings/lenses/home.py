"""What the front page shows."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from meetings import dates
from meetings.choices import Mode, SourceKind, Status
from meetings.index import anniversaries, hits
from meetings.index.asked import Asked
from meetings.index.counts import public
from meetings.index.tags import LETTERS, tag
from meetings.lenses import places, rows
from meetings.models import Official, Source, Statement

#: How many meetings of each sort the front page shows, and among how many quotations it looks for one at first hand.
SHOWN = 6
QUOTED = 20
#: How many sources stand beside the licences; their list has all.
CREDITED = 20


def home_page() -> dict:
    """The newest held meetings, the planned ones, those of this day, where all were, a quotation and the numbers; at
    most twenty-eight queries."""
    today = timezone.localdate()
    return {
        **latest(),
        **planned(today),
        "where": places.of(Asked()),
        **on_this_day(today),
        "statement": quotation(),
        "numbers": numbers(),
    }


def latest() -> dict:
    """The newest held meetings, without the stops of a visit that is among them; whether all name one party alone."""
    found = rows.of(hits.page(Asked().tagged(tag("status", Status.HELD)), 2 * SHOWN), topics=False)
    uids = {row.uid for row in found}
    shown = [row for row in found if row.part_of is None or row.part_of.uid not in uids][:SHOWN]
    return {"latest": shown, "alone": all(len(row.parties) < 2 for row in shown)}


def on_this_day(today: date) -> dict:
    """What was held on this day of other years; where that is nothing, on the next day of which any is known."""
    found = anniversaries.on_this_day(today, SHOWN)
    known = {"today": today, "on_this_day": rows.of(found, topics=False)}
    if not found and (day := anniversaries.next_day(today)):
        known |= {"next_day": day, "on_next_day": rows.of(anniversaries.on_this_day(day, SHOWN), topics=False)}
    return known


def planned(today: date) -> dict:
    """What may still come, soonest first; then what had its day and is not known to have been held, newest first; then
    what has no known date. How many of these are ``coming``, whether all of them are ``sure`` not to have had their
    day, and how many have ``passed``."""
    asked = Asked().tagged(tag("status", Status.PLANNED))
    coming = hits.page(asked.within(first=today), SHOWN, oldest_first=True)
    newest = hits.page(asked, SHOWN + len(coming)) if len(coming) < SHOWN else []
    found = rows.of([*coming, *(key for key in newest if key not in coming)][:SHOWN], topics=False)
    bounds = [dates.bounds(row.date) for row in found]
    return {
        "planned": found,
        "coming": len(coming),
        "sure": all(earliest and earliest > today for earliest, _latest in bounds[: len(coming)]),
        "passed": sum(latest is not None for _earliest, latest in bounds[len(coming) :]),
    }


def quotation() -> Statement | None:
    """The newest words of an official, not at second hand."""
    keys = hits.page(Asked(shelf="statements").tagged(tag("mode", Mode.VERBATIM)), QUOTED)
    quoted = Statement.objects.published().filter(pk__in=keys, quoted_by=None).select_related("speaker", "meeting")
    return min(quoted, key=lambda statement: keys.index(statement.pk), default=None)


def numbers() -> list[tuple[str, int, str]]:
    """How many there are of each noun: label, number, address; five queries."""
    held, planned = tag("status", Status.HELD), tag("status", Status.PLANNED)
    by_status = hits.numbers([held, planned])
    nouns = [
        (gettext("meetings held"), by_status.get(held, 0), "meetings", "?status=held"),
        (gettext("meetings planned"), by_status.get(planned, 0), "meetings", "?status=planned"),
        (gettext("officials"), public(Official).count(), "officials", ""),
        (gettext("countries taking part"), hits.different(LETTERS["country"]), "countries", "?sort=-meetings"),
        (gettext("statements"), hits.count(Asked(shelf="statements")).n, "statements", ""),
        (gettext("sources"), public(Source).count(), "sources", ""),
    ]
    return [(label, number, f"{reverse(f'meetings:{noun}')}{query}") for label, number, noun, query in nouns]


def datasets():
    """What is to be credited: public sources that are datasets; one query."""
    return public(Source).filter(kind=SourceKind.DATASET).for_list().order_by("title", "pk")


def sources():
    """The newest public sources, for the credits; one query."""
    return public(Source).for_list().by_date()[:CREDITED]
