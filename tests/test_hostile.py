"""No text in any address breaks a page: every parameter of every list, and every kind of path, is given nonsense."""

from urllib.parse import quote

import pytest

from meetings import filters
from meetings.filters.base import PAGING
from tests.test_pages import LISTS

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
    "officials": filters.OfficialFilter,
    "countries": filters.CountryFilter,
    "organizations": filters.OrganizationFilter,
    "places": filters.PlaceFilter,
    "topics": filters.TopicFilter,
    "statements": filters.StatementFilter,
    "sources": filters.SourceFilter,
}


@pytest.mark.parametrize("noun", LISTS)
def test_nonsense_in_a_parameter_is_a_page(article, client, noun):
    for name in [*FILTERS[noun].base_filters, *PAGING, "nonsense"]:
        for value in HOSTILE:
            response = client.get(f"/{noun}/?{name}={quote(value)}")
            assert response.status_code == 200, (name, value)
            assert b"<script>alert" not in response.content
            if name not in (*PAGING, "q", "nonsense"):
                assert response.context["count"] == 0, (name, value)


def test_nonsense_in_a_search_is_a_page(article, client):
    for value in HOSTILE:
        assert client.get(f"/search/?q={quote(value)}&{quote(value)}=1").status_code == 200
        assert client.get(f"/autocomplete/official/?q={quote(value)}").status_code in (200, 400)


def test_nonsense_in_a_path_is_not_found(article, client):
    for value in HOSTILE:
        for start in ("", "meetings/", *(f"{noun}/" for noun in LISTS), "autocomplete/"):
            response = client.get(f"/{start}{quote(value, safe='')}/")
            assert response.status_code in (400, 404), (start, value)


def test_too_many_parameters_are_refused_politely(article, client):
    response = client.get("/meetings/?" + "&".join(f"topic=t{number}" for number in range(2000)))
    assert response.status_code == 400
    assert b"<h1" in response.content
