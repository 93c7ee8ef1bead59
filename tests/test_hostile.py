"""No text in any address breaks a page: every parameter of every list, and every kind of path, is given nonsense."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import filters
from meetings.choices import Publication
from meetings.filters.base import PAGING
from tests import factories
from tests.pages import LISTS

pytestmark = pytest.mark.django_db

HOSTILE = [
    "'",
    '"><script>alert(1)</script>',
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "%",
    "_" * 200,
    "-1",
    "9" * 400,
    "٢٠٢٣",
    "2023-13-45/..",
    "[..]",
    "(" * 60,
    "‮שלום",
    "😀" * 50,
    "../../etc/passwd",
]

FILTERS = {
    "meetings": filters.MeetingFilter,
    "meetings/calendar": filters.CalendarFilter,
    "meetings/map": filters.MapFilter,
    "meetings/network": filters.NetworkFilter,
    "meetings/matrix": filters.MatrixFilter,
    "meetings/timeline": filters.TimelineFilter,
    "officials": filters.OfficialFilter,
    "countries": filters.CountryFilter,
    "organizations": filters.OrganizationFilter,
    "places": filters.PlaceFilter,
    "topics": filters.TopicFilter,
    "statements": filters.StatementFilter,
    "sources": filters.SourceFilter,
}


@pytest.fixture
def something(db):
    """A published record of every noun, so that showing all rows would be seen."""
    body, official = factories.OrganizationFactory(), factories.OfficialFactory()
    place, topic = factories.PlaceFactory(), factories.TopicFactory()
    meeting = factories.MeetingFactory(place=place, publication=Publication.PUBLISHED)
    meeting.topics.add(topic)
    factories.ParticipationFactory(meeting=meeting, official=official, organization=body)
    factories.CitationFactory(meeting=meeting, source=factories.SourceFactory(publisher=body))
    factories.StatementFactory(meeting=meeting, speaker=official, publication=Publication.PUBLISHED)


def test_every_list_has_something(something, client):
    factories.CountryFactory()
    assert {noun: client.get(f"/{noun}/").context["count"] for noun in LISTS} == dict.fromkeys(LISTS, 1)


@pytest.mark.parametrize("noun", FILTERS)
def test_nonsense_in_parameters_is_a_page(something, client, noun):
    parameters = [*FILTERS[noun].base_filters, *PAGING, "nonsense"]
    for value in map(quote, HOSTILE):
        assert client.get(f"/{noun}/?q={value}").status_code == 200, value
        response = client.get(f"/{noun}/?" + "&".join(f"{name}={value}" for name in parameters))
        assert response.status_code == 200, value
        assert b"<script>alert" not in response.content
        wrong = set(response.context["filterset"].form.errors)
        assert wrong >= set(parameters) - {"q", "nonsense"}, value
        assert response.context["count"] == 0


def test_nonsense_in_a_search_is_a_page(client):
    for value in HOSTILE:
        assert client.get(f"/search/?q={quote(value)}&{quote(value)}=1").status_code == 200
        assert client.get(f"/autocomplete/official/?q={quote(value)}").status_code in (200, 400)


def test_nonsense_in_a_path_is_not_found(client):
    for value in HOSTILE:
        for start in ("", "meetings/", *(f"{noun}/" for noun in LISTS), "autocomplete/"):
            response = client.get(f"/{start}{quote(value, safe='')}/")
            assert response.status_code in (400, 404), (start, value)
        for noun in ("officials", "countries"):
            response = client.get(f"/{noun}/{quote(value, safe='')}/with/{quote(value, safe='')}/")
            assert response.status_code in (400, 404), (noun, value)


@pytest.mark.parametrize("name", ["topic", "from", "kind", "nonsense"])
def test_very_many_values_are_told_and_cost_little(client, name):
    """What is told, shown and looked up does not grow with what is asked."""
    number = 4000
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/meetings/?" + "&".join(f"{name}={one}" for one in range(number)))
    assert response.status_code == 200
    assert len(queries) < 12
    assert len(response.content) < 200_000
    assert name in response.context["filterset"].form.errors or response.context["filterset"].unknown == [name]


def test_very_many_parameters_are_told_and_cost_little(client):
    response = client.get("/meetings/?" + "&".join(f"p{one}=1" for one in range(4000)))
    assert response.status_code == 200
    assert len(response.content) < 200_000
    assert len(response.context["filterset"].unknown) == 20


def test_more_parameters_than_anyone_types_are_refused(client):
    response = client.get("/meetings/?" + "&".join(f"topic={one}" for one in range(6000)))
    assert response.status_code == 400
    assert b"<h1" in response.content
