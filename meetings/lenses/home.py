"""What the front page shows."""

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from meetings.choices import Mode, Status
from meetings.models import Country, Meeting, Official, Participation, Source, Statement

#: How many meetings of each sort the front page shows.
SHOWN = 6


def home_page() -> dict:
    """The newest held meetings, the planned ones, a quotation and the numbers; at most eight queries."""
    published = Meeting.objects.published().with_parties()
    quoted = Statement.objects.published().filter(mode=Mode.VERBATIM, quoted_by=None)
    return {
        "latest": list(published.filter(status=Status.HELD).by_date()[:SHOWN]),
        "planned": planned(published.filter(status=Status.PLANNED)),
        "statement": quoted.select_related("speaker", "meeting").by_date().first(),
        "numbers": numbers(),
    }


def planned(meetings) -> list[Meeting]:
    """What may still come, soonest first; then what had its day and is not known to have been held, newest first."""
    today = timezone.localdate()
    coming = list(meetings.within_dates(first=today).by_date(oldest_first=True)[:SHOWN])
    room = SHOWN - len(coming)
    rest = meetings.filter(Q(latest__lt=today) | Q(earliest=None, latest=None)).by_date()
    return coming + list(rest[:room] if room else [])


def numbers() -> list[tuple[str, int, str]]:
    """How many there are of each noun: label, number, address; one query."""
    meetings = Meeting.objects.published()
    parties = Country.objects.filter(pk__in=Participation.objects.published().values("country"))
    nouns = [
        (gettext("meetings held"), meetings.filter(status=Status.HELD), "meetings", "?status=held"),
        (gettext("meetings planned"), meetings.filter(status=Status.PLANNED), "meetings", "?status=planned"),
        (gettext("officials"), Official.objects.published(), "officials", ""),
        (gettext("countries taking part"), parties, "countries", "?sort=-meetings"),
        (gettext("statements"), Statement.objects.published(), "statements", ""),
        (gettext("sources"), Source.objects.published(), "sources", ""),
    ]
    counted = [
        queryset.order_by().values_list(Value(rank)).annotate(n=Count("pk"))
        for rank, (_label, queryset, _noun, _query) in enumerate(nouns)
    ]
    found = dict(counted[0].union(*counted[1:], all=True))
    return [
        (label, found.get(rank, 0), f"{reverse(f'meetings:{noun}')}{query}")
        for rank, (label, _queryset, noun, query) in enumerate(nouns)
    ]


def sources():
    """The public sources, newest first, for the credits; one query."""
    return Source.objects.published().for_list().by_date()
