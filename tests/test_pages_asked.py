"""What is asked of lists and searches, right or wrong, and what the data page credits."""

import re

import pytest
from django.urls import reverse

from meetings import index
from meetings.models import Meeting, derived_uid
from tests import factories
from tests.pages import LISTS, page

pytestmark = pytest.mark.django_db


class TestBadAddresses:
    @pytest.mark.parametrize("noun", LISTS)
    def test_bad_values_are_told_on_every_list(self, client, noun):
        html = page(client, f"/{noun}/?q={'x' * 201}&sort=loudest&contry=israel&page=x&per_page=1000")
        for told in ("201", "loudest", "contry", "“x”", "1000"):
            assert told in html, told

    @pytest.mark.parametrize("address", ["/meetings/?page=x&per_page=1000", "/meetings/?per_page=y&sort=loudest"])
    def test_what_is_told_leads_to_inputs_that_are_there(self, client, address):
        html = page(client, address)
        for target in re.findall(r'href="#([^"]+)"', html):
            assert f'id="{target}"' in html, target
        assert 'type="hidden" name="per_page"' not in html
        assert 'type="hidden" name="per_page" value="50"' in page(client, "/meetings/?per_page=50")

    def test_a_search_tells_the_first_few_unknown_parameters_shortened(self, client):
        html = page(client, "/search/?" + "&".join(f"{'p' * 80}{one}=1" for one in range(40)))
        told = re.findall(r"<code>(.*?)</code>", html)
        assert (len(told), max(map(len, told))) == (20, 58)

    def test_a_search_for_two_things_keeps_the_first_to_be_put_right(self, client):
        html = page(client, "/search/?q=first&q=second")
        assert re.search(r'id="id_q"\s+type="search"\s+name="q"\s+value="first"', html)
        assert "Give this once" in html

    def test_a_page_past_the_end_offers_the_last(self, article, client):
        html = page(client, "/meetings/?page=9&per_page=5&kind=meeting")
        assert 'href="?per_page=5&amp;kind=meeting&amp;page=2"' in html

    def test_a_word_that_is_no_slug_offers_links(self, article, client):
        html = page(client, "/meetings/?official=Varhelyi&status=planned")
        assert 'href="?official=oliver-varhelyi&amp;status=planned"' in html

    def test_scripts_can_rely_on_marks(self, article, client):
        html = page(client, "/meetings/?about=iran")
        assert len(re.findall(r'data-uid="[a-z2-7]{10}"', html)) == 2
        assert re.search(r'class="[^"]*\bresult-count\b[^"]*"[^>]*>\s*2\b', html)
        assert 'data-slug="oliver-varhelyi"' in page(client, "/officials/")


class TestOptions:
    @staticmethod
    def hint(html: str, name: str) -> str:
        facet = re.search(rf'id="facet_{name}".*?</details>', html, re.DOTALL)[0]
        return "".join(re.findall(r'<p class="hint">(.*?)</p>', facet))

    def test_it_is_said_of_which_options_a_meeting_has_all(self, client, article):
        html = page(client, "/meetings/")
        assert [self.hint(html, name) for name in ("country", "has", "status", "topic")] == [
            "All of those ticked, together.",
            "All of those ticked, together.",
            "Any of those ticked.",
            "Any of those ticked.",
        ]

    def test_it_is_said_that_there_are_more_options(self, client):
        meeting = factories.MeetingFactory(publication="published")
        meeting.topics.set([factories.TopicFactory() for _number in range(11)])
        index.refresh([meeting.pk])
        assert self.hint(page(client, "/meetings/"), "topic") == "Any of those ticked."
        meeting.topics.add(factories.TopicFactory())
        index.refresh([meeting.pk])
        assert self.hint(page(client, "/meetings/"), "topic").endswith("These are the most frequent; type any other:")


class TestAutocomplete:
    @pytest.mark.parametrize("noun", ["official", "officials"])
    def test_words_find_names_without_accents(self, article, client, noun):
        results = client.get(f"/autocomplete/{noun}/?q=varh").json()["results"]
        assert [one["key"] for one in results] == ["oliver-varhelyi"]
        assert "Commissioner" in results[0]["note"]

    def test_a_country_by_another_name(self, article, client):
        keys = [one["key"] for one in client.get("/autocomplete/country/?q=usa").json()["results"]]
        assert keys[0] == "united-states"

    def test_a_query_that_is_too_long_is_told(self, client):
        response = client.get(f"/autocomplete/country/?q={'x' * 201}")
        assert response.status_code == 400
        assert "201" in response.json()["errors"]["q"][0]


def test_a_search_begins_with_examples_that_find_something(client):
    html = page(client, "/search/")
    assert "For example" not in html
    assert "How to search" in html
    official = factories.OfficialFactory(name="Olivér Zed")
    factories.ParticipationFactory(meeting=factories.MeetingFactory(published=True), official=official)
    html = page(client, "/search/")
    assert re.findall(r'<a href="(/search/[^"]*)"><bdi>(.*?)</bdi>', html) == [
        ("/search/?q=Oliv%C3%A9r+Zed", "Olivér Zed")
    ]
    for address in ("/search/?q=Oliv%C3%A9r+Zed", "/meetings/", "/statements/"):
        assert "How to search" in page(client, address)


def test_search_groups_what_it_finds(article, client):
    html = page(client, "/search/?q=varhelyi")
    assert reverse("meetings:official", args=["oliver-varhelyi"]) in html
    assert Meeting.objects.get(uid=derived_uid("article", "meeting-3")).get_absolute_url() in html


def test_every_dataset_is_credited(client):
    body = factories.OrganizationFactory(name="Office of Zembla")
    fields = {"kind": "dataset", "publisher": body, "licence": "CC0 1.0", "url": "https://example.org/gazetteer"}
    imported = factories.SourceFactory(title="The gazetteer", **fields)
    factories.ExternalIdFactory(source=imported, dataset="us-gazetteer", identifier="source")
    factories.SourceFactory(title="Not imported", kind="dataset")
    for named in ({"dataset": "wikidata", "identifier": "Q1"}, {"dataset": "us-gazetteer", "identifier": "locale:1"}):
        unknown = factories.SourceFactory(title="Not imported either", kind="dataset")
        factories.ExternalIdFactory(source=unknown, **named)
    html = " ".join(page(client, "/about/data/").split())
    assert (
        '<a href="https://example.org/gazetteer" rel="nofollow noopener external"><bdi>The gazetteer</bdi></a>' in html
    )
    assert "<bdi>Office of Zembla</bdi>: <bdi>CC0 1.0</bdi>." in html
    assert "Not imported" not in html


def test_of_thousands_of_sources_the_newest_stand_beside_the_licences(client):
    for number in range(22):
        meeting = factories.MeetingFactory(published=True)
        source = factories.SourceFactory(title=f"Report {number:02}", published=f"20{number:02}-01-01")
        factories.CitationFactory(meeting=meeting, source=source)
    html = page(client, "/about/data/")
    assert "Report 21" in html
    assert "Report 02" in html
    assert "Report 01" not in html
    assert f'<a href="{reverse("meetings:sources")}">All sources</a>' in html
