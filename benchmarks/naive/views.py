"""How one would write it first: the ORM's filters, Django's Paginator, counts by GROUP BY, and nothing derived.

It looks for words in titles and summaries alone, as a first version would. Only the benchmark serves it.
"""

import csv
from io import StringIO
from itertools import islice
from pathlib import Path

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, StreamingHttpResponse
from django.template import Context, Engine
from django.urls import include, path

from meetings.models import Meeting, Official, Participation

ENGINE = Engine(dirs=[str(Path(__file__).parent / "templates")])
FACETS = (
    "participations__official__name",
    "participations__country__name",
    "place__name",
    "topics__name",
    "kind",
    "status",
)
SHOWN = 12
#: So many rows of a CSV file show how fast it goes.
MOST_ROWS = 10_000


def filtered(query):
    """The meetings that a query string asks for."""
    found = Meeting.objects.filter(publication="published").order_by("-earliest", "-id")
    for name, column in (("official", "participations__official"), ("country", "participations__country")):
        for slug in query.getlist(name):
            found = found.filter(**{f"{column}__slug": slug})
    if "from" in query:
        found = found.filter(latest__gte=f"{query['from']}-01-01", earliest__lte=f"{query['to']}-12-31")
    for word in query.get("q", "").split():
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return found.distinct()


def with_rows(meetings):
    return meetings.select_related("place").prefetch_related(
        "participations__official", "participations__country", "participations__position", "topics"
    )


def shown(name: str, **context) -> HttpResponse:
    return HttpResponse(ENGINE.get_template(name).render(Context(context)))


def meetings(request):
    found = filtered(request.GET)
    page = Paginator(with_rows(found), 25).get_page(request.GET.get("page"))
    facets = []
    if "facets" in request.GET:
        for column in FACETS:
            counted = found.order_by().values(column).annotate(n=Count("pk", distinct=True)).order_by("-n")
            facets.append((column, list(counted.values_list(column, "n")[:SHOWN])))
    return shown("list.html", page=page, facets=facets)


def official(request, slug):
    person = Official.objects.get(slug=slug)
    found = filtered(request.GET).filter(participations__official=person)
    others = Participation.objects.filter(meeting__participations__official=person).exclude(official=person)
    met = others.values("official__slug", "official__name").annotate(n=Count("meeting", distinct=True)).order_by("-n")
    return shown("profile.html", person=person, count=found.count(), meetings=with_rows(found)[:10], met=met)


def taken_away(request):
    """The beginning of a CSV file, row by row."""

    def lines():
        for meeting in islice(with_rows(filtered(request.GET)).iterator(chunk_size=200), MOST_ROWS):
            line = StringIO()
            csv.writer(line).writerow(
                [
                    meeting.uid,
                    meeting.title,
                    meeting.kind,
                    meeting.status,
                    meeting.date,
                    meeting.place.name if meeting.place else "",
                    "; ".join(one.shown_name for one in meeting.participations.all()),
                    "; ".join(topic.name for topic in meeting.topics.all()),
                    meeting.summary,
                ]
            )
            yield line.getvalue()

    return StreamingHttpResponse(lines(), content_type="text/csv")


urlpatterns = [
    path("meetings/", meetings),
    path("meetings.csv", taken_away),
    path("officials/<slug:slug>/", official),
    path("", include("diplomacy.urls")),
]
