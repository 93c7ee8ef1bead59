"""The same address again: answered without making the page, until something is written."""

import gzip

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meetings import index
from meetings.index import version
from meetings.models import Country, Source
from tests import factories
from tests.admin_pages import page_of, send

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [
    "/",
    "/about/data/",
    "/meetings/",
    "/meetings/?country=atlantis",
    "/meetings/facets/",
    "/meetings/matrix/",
    "/meetings/timeline/",
    "/countries/",
]


@pytest.fixture
def meeting():
    meeting = factories.MeetingFactory(published=True, title="Old title")
    country = factories.CountryFactory(slug="atlantis", name="Atlantis")
    factories.ParticipationFactory(meeting=meeting, country=country)
    return meeting


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_made_once_and_then_costs_a_query(client, meeting, address):
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address)
        unchanged = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert len(queries) == 2
    assert {one.headers["Cache-Control"] for one in (first, again, unchanged)} == {"no-cache"}
    assert not again.cookies
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.mark.parametrize("end", ["", "years/", "with/borduria/"])
def test_pages_of_records_and_of_two_leave_the_room_to_lists(client, meeting, end):
    factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory(slug="borduria"))
    response = client.get(f"/countries/atlantis/{end}")
    assert (response.status_code, "ETag" in response) == (200, False)


def test_what_an_editor_saves_is_seen_at_once(admin_client, client, meeting):
    first = client.get("/meetings/")
    send(admin_client, page_of(meeting), title="New title")
    again = client.get("/meetings/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, b"New title" in again.content) == (200, True)
    country = Country.objects.get(slug="atlantis")
    send(admin_client, page_of(country), name="Borduria")
    assert b"Borduria" in client.get("/meetings/").content
    assert b"Borduria" in client.get("/countries/").content


def test_pages_of_other_addresses_hosts_and_languages_are_others(client, meeting, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other"]
    tags = {client.get(address)["ETag"] for address in [*ADDRESSES, "/meetings/?page=2"]}
    tags.add(client.get("/meetings/", headers={"host": "other"})["ETag"])
    tags.add(client.get("/meetings/", secure=True)["ETag"])
    settings.LANGUAGE_CODE = "fr"
    tags.add(client.get("/meetings/")["ETag"])
    assert len(tags) == len(ADDRESSES) + 4


def test_a_page_reloaded_by_force_is_made_anew(client, meeting):
    first = client.get("/meetings/")
    meeting.title = "Written past the index"
    meeting.save()
    assert client.get("/meetings/").content == first.content
    assert b"past the index" in client.get("/meetings/", headers={"cache-control": "no-cache"}).content


def test_conditions_mean_what_http_says(client, meeting):
    """RFC 9110: If-Match asks for the very page, by strong comparison; a page has no time that it was changed at."""
    tag = client.get("/meetings/")["ETag"]
    for condition, status in (
        ({"if-match": tag}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": '"another"'}, 412),
        ({"if-match": f"W/{tag}"}, 412),
        ({"if-none-match": f"W/{tag}"}, 304),
        ({"if-unmodified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"if-modified-since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
    ):
        assert (client.get("/meetings/", headers=condition).status_code, condition) == (status, condition)


@pytest.mark.parametrize(
    "write",
    [index.refresh, index.rebuild, lambda: index.refresh_names(Country, []), lambda: index.refresh_names(Source, [])],
)
def test_every_writer_of_the_index_changes_the_version(write):
    before = version.current()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert version.current() == before
    write()
    assert version.current() != before


def test_nothing_is_kept_inside_a_transaction(client, meeting):
    with transaction.atomic():
        meeting.title = "Not committed"
        meeting.save()
        index.refresh_around(meeting)
        assert b"Not committed" in client.get("/meetings/").content
        transaction.set_rollback(True)
    assert b"Not committed" not in client.get("/meetings/").content


def test_a_browser_gets_a_page_compressed_and_asks_whether_it_has_changed(client, meeting):
    plain = client.get("/meetings/")
    small = client.get("/meetings/", headers={"accept-encoding": "gzip"})
    unchanged = client.get("/meetings/", headers={"accept-encoding": "gzip", "if-none-match": small["ETag"]})
    assert small["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small["Vary"]
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert (unchanged.status_code, unchanged.content) == (304, b"")
