"""Lists too large to be counted at once: more than so many, pages without a last one, options counted on demand."""

import re

import pytest

from meetings.filters import MeetingFilter, indexed
from meetings.index import facets, hits
from meetings.index.hits import Number
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def twelve():
    country = factories.CountryFactory(slug="atlantis", name="Atlantis")
    for number in range(12):
        meeting = factories.MeetingFactory(published=True, title=f"Talks {number}", kind="visit")
        factories.ParticipationFactory(meeting=meeting, country=country)


@pytest.fixture
def uncounted(monkeypatch):
    """As if the index had counted no further than to seven."""
    monkeypatch.setattr(MeetingFilter, "number", Number(7, exact=False))
    monkeypatch.setattr(indexed, "FEW", 5)
    monkeypatch.setattr(facets, "has_table", lambda asked: False)


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def heading(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", re.search(r'<h2 id="results">(.*?)</h2>', html, re.S)[1]).split())


def numbers(html: str) -> list[str]:
    (paging,) = re.findall(r'<nav class="paging".*?</nav>', html, re.S) or [""]
    return re.sub("<[^>]+>", "", paging).split()


class TestMoreThanWereCounted:
    @pytest.mark.parametrize(
        ("at", "offered"),
        [(1, "1 2 3 4 … Next"), (4, "Previous 1 2 3 4 5 … Next"), (5, "Previous 1 2 3 4 5 6 … Next")],
    )
    def test_no_page_is_said_to_be_the_last(self, client, twelve, uncounted, at, offered):
        html = page(client, f"/meetings/?kind=visit&per_page=2&page={at}")
        assert heading(html) == "more than 7 meetings"
        assert '<span class="result-count">7</span>' in html
        assert numbers(html) == offered.split()

    @pytest.mark.parametrize(("at", "shown"), [(6, 2), (7, 0)])
    def test_at_the_end_they_are_counted(self, client, twelve, uncounted, at, shown):
        html = page(client, f"/meetings/?kind=visit&per_page=2&page={at}")
        assert heading(html) == "12 meetings"
        assert html.count("data-uid=") == shown
        assert ("There is no page 7: the last is 6." in html) == (at == 7)


class TestOptionsCountedOnDemand:
    def test_a_large_list_shows_options_without_numbers_and_leads_to_them(self, client, twelve, uncounted):
        html = page(client, "/meetings/?kind=visit&page=1")
        assert "tally" not in re.search(r'<details class="facet"\s+id="facet_status".*?</details>', html, re.S)[0]
        assert "Count what each option would leave" in html
        (address,) = re.findall(r'class="counting">\s*<a href="([^"]+)"', html)
        assert address == "/meetings/facets/?kind=visit"
        counted = page(client, address)
        assert re.search(r'value="atlantis">\s*<bdi>Atlantis</bdi>\s*<span class="tally">12<', counted)
        assert re.search(r'value="visit"\s+checked>', counted)
        assert 'action="/meetings/"' in counted
        assert '<a href="/meetings/?kind=visit">Show the list' in counted
        assert "data-uid" not in counted
        assert "noindex" in counted
        assert "Count what" not in counted

    def test_a_sample_is_told_as_one(self, client, twelve, uncounted, monkeypatch):
        monkeypatch.setattr(hits, "MOST_COUNTED", 10)
        html = page(client, "/meetings/facets/?kind=visit")
        assert "Numbers are of the newest 10 of these meetings." in html
        assert re.search(r'value="atlantis">\s*<bdi>Atlantis</bdi>\s*<span class="tally">10<', html)
        monkeypatch.setattr(hits, "MOST_COUNTED", 12)
        assert "Numbers are of" not in page(client, "/meetings/facets/?kind=visit")

    def test_the_number_that_a_table_has_is_told_beside_a_sample(self, client, twelve, monkeypatch):
        monkeypatch.setattr(hits, "MOST_COUNTED", 10)
        for query in ("country=atlantis&status=unconfirmed", "country=atlantis&kind=visit"):
            assert heading(page(client, f"/meetings/?{query}")) == "12 meetings"
            assert "12 meetings" in " ".join(re.sub("<[^>]+>", "", page(client, f"/meetings/facets/?{query}")).split())

    @pytest.mark.parametrize("noun", ["meetings", "statements"])
    def test_bad_values_are_told(self, client, noun):
        html = page(client, f"/{noun}/facets/?q={'x' * 201}&contry=1&from=2023-02-30")
        for told in ("201", "contry", "2023-02-30", "Nothing is shown"):
            assert told in html

    def test_statements_have_them_too(self, article, client):
        assert re.search(r'<span class="tally">\d', page(client, "/statements/facets/?mode=verbatim"))
