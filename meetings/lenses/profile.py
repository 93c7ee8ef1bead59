"""Who met whom, and where a party was: what profiles tell of an official, country, organization, place or topic.

Two parties *met* when both take part, not as interpreter, in a held record of any kind but conference, exhibition or
exercise (`choices.ENCOUNTERS`). Planned meetings are counted apart.
"""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from meetings.choices import ENCOUNTERS, Role, Status
from meetings.models import Country, Meeting, Official, Organization, Participation, Statement
from meetings.models.places import AROUND

#: How many rows of each kind a profile shows.
SHOWN = 10

PARTIES = {"official": Official, "country": Country, "organization": Organization}


class Counterpart(NamedTuple):
    """A party that the profile's own one met (``met`` times) or is to meet (``planned``), and the lists of these."""

    kind: str
    slug: str
    name: str
    met: int
    planned: int
    first: date | None
    last: date | None
    met_address: str
    planned_address: str

    @property
    def url(self) -> str:
        return reverse(f"meetings:{self.kind}", args=[self.slug])


def meetings_address(**parameters) -> str:
    """The address of a list of meetings; a parameter may have a list of values."""
    return f"{reverse('meetings:meetings')}?{urlencode(parameters, doseq=True)}"


def counterparts(own: str, party, other: str) -> list[Counterpart]:
    """Parties of the kind ``other`` that ``party`` (of the kind ``own``) met, most met first; one query.

    No one meets those whom they speak for, or who speak for them, at that meeting.
    """
    taking_part = Participation.objects.published().exclude(role=Role.INTERPRETER)
    with_party = taking_part.filter(**{own: party}, meeting=OuterRef("meeting"))
    same_side = with_party.filter(**{other: OuterRef(other)})
    rows = taking_part.filter(Exists(with_party), ~Exists(same_side)).exclude(**{other: None}).exclude(**{own: party})
    encounter = Q(meeting__status=Status.HELD, meeting__kind__in=ENCOUNTERS)
    planned = Q(meeting__status=Status.PLANNED, meeting__kind__in=ENCOUNTERS)
    counted = (
        rows.filter(encounter | planned)
        .order_by()
        .values(slug=F(f"{other}__slug"), name=F(f"{other}__name"))
        .annotate(
            met=Count("meeting", filter=encounter, distinct=True),
            planned=Count("meeting", filter=planned, distinct=True),
            first=Min(Coalesce("meeting__earliest", "meeting__latest"), filter=encounter),
            last=Max(Coalesce("meeting__latest", "meeting__earliest"), filter=encounter),
        )
        .order_by("-met", "-planned", f"{other}__folded")
    )
    return [
        Counterpart(
            other,
            **row,
            met_address=shared(own, party.slug, other, row["slug"], Status.HELD),
            planned_address=shared(own, party.slug, other, row["slug"], Status.PLANNED),
        )
        for row in counted
    ]


def shared(own: str, slug: str, other: str, other_slug: str, status: Status) -> str:
    """The list of the meetings that a counterpart's number counts.

    It also has those at which one of the two interpreted, which no filter leaves out.
    """
    parties = {own: [slug, other_slug]} if own == other else {own: slug, other: other_slug}
    return meetings_address(**parties, status=status.value, kind=[kind.value for kind in ENCOUNTERS])


def latest(meetings) -> dict:
    """How many meetings, and the newest of them; four queries."""
    return {"meeting_count": meetings.count(), "meetings": list(meetings.for_list().by_date()[:SHOWN])}


def official_page(official: Official) -> dict:
    """An official's posts, meetings, counterparts and words; at most thirteen queries."""
    meetings = Meeting.objects.published().filter(
        Exists(Participation.objects.filter(meeting=OuterRef("pk"), official=official))
    )
    said = Statement.objects.published().filter(speaker=official)
    return {
        "official": official,
        "positions": official.positions.for_list(),
        **latest(meetings),
        "all_meetings": meetings_address(official=official.slug),
        "counterparts": counterparts("official", official, "official"),
        "country_counterparts": counterparts("official", official, "country"),
        "statement_count": said.count(),
        "statements": list(said.select_related("meeting", "quoted_by", "speaker").by_date()[:SHOWN]),
        "all_statements": f"{reverse('meetings:statements')}?{urlencode({'speaker': official.slug})}",
    }


def country_page(country: Country) -> dict:
    """A country as a party, as ground and as a subject; at most fourteen queries."""
    published = Meeting.objects.published()
    taking_part = Participation.objects.published().filter(country=country)
    spoke = taking_part.filter(official=OuterRef("speaker"), meeting=OuterRef("meeting"))
    said = Statement.objects.published().filter(Exists(spoke))
    return {
        "country": country,
        **latest(published.filter(Exists(taking_part.filter(meeting=OuterRef("pk"))))),
        "all_meetings": meetings_address(country=country.slug),
        "counterparts": counterparts("country", country, "country"),
        "organization_counterparts": counterparts("country", country, "organization"),
        "officials": spokespeople(taking_part),
        "statements": list(said.select_related("meeting", "quoted_by", "speaker").by_date()[:SHOWN]),
        "about": list(published.filter(about=country).by_date()[:SHOWN]),
        "about_count": published.filter(about=country).count(),
        "all_about": meetings_address(about=country.slug),
        "hosted_count": published.filter(on_soil(country), status__in=[Status.HELD, Status.PLANNED]).count(),
        "predecessors": list(country.predecessors.all()),
        "successors": list(country.successors.all()),
    }


def spokespeople(taking_part) -> list[dict]:
    """The officials of some participations: slug, name, count of meetings, and their title at the newest; one query."""
    title = Coalesce(NullIf("title_as_written", Value("")), "position__title")
    newest = Coalesce("meeting__earliest", "meeting__latest").desc(nulls_last=True)
    titles = taking_part.filter(official=OuterRef("official")).order_by(newest, "-meeting").values_list(title)
    return list(
        taking_part.exclude(official=None)
        .order_by()
        .values("official", slug=F("official__slug"), name=F("official__name"))
        .annotate(count=Count("meeting", distinct=True), title=Subquery(titles[:1]))
        .order_by("-count", "official__folded")[: 3 * SHOWN]
    )


def on_soil(country: Country) -> Q:
    """That a meeting's place, or one around it, is in the country."""
    condition = Q(place__country=country)
    for path in AROUND:
        condition |= Q(**{f"place__{path}__country": country})
    return condition


def organization_page(organization: Organization) -> dict:
    """A body as a party, and what it is made of; at most eleven queries."""
    taking_part = Participation.objects.filter(meeting=OuterRef("pk"), organization=organization)
    return {
        "organization": organization,
        "part_of": Organization.objects.published().filter(parts=organization).first(),
        **latest(Meeting.objects.published().filter(Exists(taking_part))),
        "all_meetings": meetings_address(organization=organization.slug),
        "counterparts": counterparts("organization", organization, "official"),
        "positions": list(organization.positions.published().select_related("official")[:SHOWN]),
        "parts": list(Organization.objects.published().filter(part_of=organization).order_by("folded")),
        "sources": list(organization.sources.published().by_date()[:SHOWN]),
    }


def place_page(place) -> dict:
    """What took place there or within; at most ten queries."""
    inside = type(place).objects.inside([place.pk])
    return {
        "place": place,
        "place_path": list(reversed(place.around())),
        "places": list(type(place).objects.published().filter(within=place).order_by("folded")),
        **latest(Meeting.objects.published().filter(place__in=inside)),
        "all_meetings": meetings_address(place=place.slug),
    }


def topic_page(topic) -> dict:
    """Meetings and statements on a topic; at most eight queries."""
    return {
        "topic": topic,
        **latest(Meeting.objects.published().filter(topics=topic)),
        "all_meetings": meetings_address(topic=topic.slug),
        "statements": list(
            topic.statements.published().select_related("speaker", "quoted_by", "meeting").by_date()[:SHOWN]
        ),
        "all_statements": f"{reverse('meetings:statements')}?{urlencode({'topic': topic.slug})}",
    }


def with_meetings(names):
    """Officials, countries, organizations, places or topics with ``meeting_count``, how many published meetings they
    take part in, host or are dealt with in, and ``held_count``, how many of these were held; no query of its own."""
    model = names.model._meta.model_name
    if model in PARTIES:
        rows = Participation.objects.published().filter(**{model: OuterRef("pk")})
        held = rows.filter(meeting__status=Status.HELD)
    else:
        rows = Meeting.objects.published().filter(of_outer(model))
        held = rows.filter(status=Status.HELD)
    counted = "meeting" if model in PARTIES else "pk"
    return names.annotate(meeting_count=number(rows, counted), held_count=number(held, counted))


def number(rows, counted: str) -> Coalesce:
    """How many different ``counted`` the rows have, for each record of the query around them."""
    one = rows.order_by().values(one=Value(1))
    return Coalesce(Subquery(one.annotate(n=Count(counted, distinct=True)).values("n")), 0)


def of_outer(model: str) -> Q:
    """That a meeting is on the outer topic, or at the outer place or within it."""
    if model == "topic":
        return Q(topics=OuterRef("pk"))
    condition = Q(place=OuterRef("pk"))
    for path in AROUND:
        condition |= Q(**{f"place__{path}": OuterRef("pk")})
    return condition
