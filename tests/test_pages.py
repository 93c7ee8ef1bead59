"""Every page: found, in one design, strict HTML, no cookie, safe headers, the gate before everything."""

import re
from html.parser import HTMLParser

import html5lib
import pytest
from django.urls import reverse

from meetings.choices import Publication
from meetings.models import Country, Meeting, Official, Organization, Place, Source, Statement, Topic, derived_uid
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = ["meetings", "officials", "countries", "organizations", "places", "topics", "statements", "sources"]
OTHERS = ["/", "/search/", "/search/?q=Brussels", "/search/?q=nothing-like-it", "/about/", "/about/data/"]
NOUNS = [Meeting, Official, Country, Organization, Place, Topic, Statement, Source]


class Links(HTMLParser):
    """The addresses that a page links to or loads."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.found.add(value.split("#")[0])


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.getvalue().decode()


def shapes() -> list[str]:
    """One address of every page shape, with the article loaded."""
    records = [next(iter(model.objects.published())) for model in NOUNS]
    return [*OTHERS, *(f"/{noun}/" for noun in LISTS), *(record.get_absolute_url() for record in records)]


def crawl(client) -> dict[str, str]:
    """Every public page that the front page leads to: each list once per parameter, 40 countries at most."""
    waiting, seen, known_queries, countries = ["/"], {}, set(), 0
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen[address] = page(client, address)
        for link in Links(seen[address]).found:
            path, _, query = link.partition("?")
            target = f"{address.partition('?')[0]}?{query}" if not path else link
            shape = (target.partition("?")[0], *sorted(re.findall(r"(\w+)=", query)))
            if not target.startswith("/") or target.startswith(("/static/", "/admin/")) or shape in known_queries:
                continue
            known_queries.add(shape)
            countries += target.startswith("/countries/")
            if not target.startswith("/countries/") or countries < 40:
                waiting.append(target)
    return seen


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(article, client):
    pages = crawl(client)
    assert {
        record.get_absolute_url() for model in NOUNS for record in model.objects.published() if model is not Country
    } <= set(pages)
    assert len(pages) > 60
    titles = {}
    for address, html in pages.items():
        for one in ("".join(pair) for pair in re.findall(r'(?:src|srcset)="([^"]*)"|<link[^>]*href="([^"]*)"', html)):
            assert one.startswith(("/", "http://testserver/", "data:")), f"{address} loads {one} from another host"
        if "?" not in address and not address.endswith((".csv", ".json")):
            title = re.search(r"<title>(.*?)</title>", html, re.S).group(1).strip()
            assert title not in titles, (address, titles[title])
            titles[title] = address


def test_every_page_is_strict_html_in_one_design(article, client):
    for address in [*shapes(), "/meetings/?from=2023-02-30&foo=1&page=9", "/meetings/?official=nobody"]:
        html = page(client, address)
        html5lib.HTMLParser(strict=True).parse(html)
        assert len(re.findall(r"<h1[ >]", html)) == 1, address
        assert re.search(r'<html lang="[a-z-]+"', html), address
        assert '<link rel="canonical"' in html, address
        assert 'href="#main"' in html, address
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", html), address


def test_public_pages_set_no_cookie_and_carry_safe_headers(article, client):
    for address in shapes():
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/meetings/aaaaaaaaaa/", "/officials/nobody/", "/nowhere/", "/autocomplete/ship/"])
def test_what_is_not_there_is_said_in_the_same_design(client, address):
    html = page(client, address, 404)
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<h1" in html


def test_a_host_that_is_not_ours_is_told_in_the_same_design(client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": "evil.example"})
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert response.status_code == 400
    assert "<h1" in html
    assert "evil" not in html


def test_a_meeting_has_one_address(article, client):
    meeting = Meeting.objects.get(uid=derived_uid("article", "meeting-1"))
    for address in [f"/meetings/{meeting.uid}/", f"/meetings/{meeting.uid}/another-slug/"]:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, meeting.get_absolute_url())


def test_a_merged_record_leads_to_its_survivor_for_ever(client):
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    seen = factories.ParticipationFactory(meeting=meeting, official=factories.OfficialFactory())
    factories.OfficialFactory(slug="old-spelling", merged_into=seen.official)
    factories.MeetingFactory(uid="oldmeeting", merged_into=seen.meeting, publication=Publication.PUBLISHED)
    for address, survivor in [("/officials/old-spelling/", seen.official), ("/meetings/oldmeeting/", seen.meeting)]:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, survivor.get_absolute_url())


@pytest.mark.parametrize("publication", [one for one in Publication if one != Publication.PUBLISHED])
def test_the_gate_stands_before_everything(client, publication):
    meeting = factories.MeetingFactory(title="Zebra talks", publication=publication)
    official = factories.OfficialFactory(name="Zebra Person", slug="zebra-person")
    place = factories.PlaceFactory(name="Zebra Place", slug="zebra-place")
    topic = factories.TopicFactory(name="Zebra Topic", slug="zebra-topic")
    source = factories.SourceFactory(title="Zebra Source")
    body = factories.OrganizationFactory(name="Zebra Body", slug="zebra-body")
    meeting.topics.add(topic)
    Meeting.objects.filter(pk=meeting.pk).update(place=place)
    factories.ParticipationFactory(meeting=meeting, official=official, organization=body)
    factories.CitationFactory(meeting=meeting, source=source)
    said = factories.StatementFactory(
        meeting=meeting, speaker=official, text="Zebra words", publication=Publication.PUBLISHED
    )
    for record in (meeting, official, body, place, topic, source, said):
        page(client, record.get_absolute_url(), 404)
    for address in [*OTHERS, "/search/?q=zebra", *(f"/{noun}/" for noun in LISTS), "/meetings/?official=zebra-person"]:
        html = page(client, address)
        assert "Zebra" not in html, address
    for noun in ("official", "organization", "place", "topic"):
        assert client.get(f"/autocomplete/{noun}/?q=zebra").json() == {"results": []}


def test_a_public_meeting_hides_its_drafts(client):
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    factories.MeetingFactory(title="Zebra part", part_of=meeting)
    factories.StatementFactory(text="Zebra words", meeting=meeting)
    outer = factories.MeetingFactory(title="Zebra visit")
    Meeting.objects.filter(pk=meeting.pk).update(part_of=outer)
    assert "Zebra" not in page(client, meeting.get_absolute_url())


def side_names(html: str) -> list[str]:
    """The parties of a meeting's page, side by side."""
    return [re.sub("<[^>]+>", "", one).strip() for one in re.findall(r'class="side-party">(.*?)</p>', html, re.S)]


class TestMeeting:
    def published(self, **fields) -> Meeting:
        return factories.MeetingFactory(publication=Publication.PUBLISHED, **fields)

    def test_a_party_is_one_side_in_whatever_order_its_people_are(self, client):
        meeting = self.published()
        parties = [factories.CountryFactory(name=name) for name in ("Atlantis", "Borduria")]
        for order in range(4):
            factories.ParticipationFactory(
                meeting=meeting, official=factories.OfficialFactory(), country=parties[order % 2], order=order
            )
        assert side_names(page(client, meeting.get_absolute_url())) == ["Atlantis", "Borduria"]

    def test_who_speaks_for_a_country_and_a_body_is_shown_with_both(self, client):
        meeting = self.published()
        country, body = factories.CountryFactory(name="Atlantis"), factories.OrganizationFactory(name="The League")
        factories.ParticipationFactory(
            meeting=meeting, official=factories.OfficialFactory(), country=country, organization=body
        )
        html = page(client, meeting.get_absolute_url())
        assert side_names(html) == ["Atlantis"]
        assert f'class="post">{link(body)}' in html
        assert re.search(r'<ul class="parties">.*?Atlantis.*?The League.*?</ul>', page(client, "/meetings/"), re.S)

    def test_a_note_of_a_source_that_disagrees_is_no_inference(self, client):
        meeting = self.published(date="2023-06-15")
        note = {"field": "date", "note": "It prints the 16th."}
        factories.CitationFactory(meeting=meeting, stance="contradicts", **note)
        html = page(client, meeting.get_absolute_url())
        assert "Known to the day." in html
        assert "Inferred:" not in html
        factories.CitationFactory(meeting=meeting, **note)
        html = page(client, meeting.get_absolute_url())
        assert "Given to the day, but inferred." in html
        assert "Inferred:" in html

    @pytest.mark.parametrize("party", ["country", "organization", None])
    def test_only_a_host_that_takes_no_part_is_said_to_take_none(self, client, party):
        host = factories.CountryFactory(name="Atlantis")
        body = factories.OrganizationFactory(country=host)
        meeting = self.published(place=factories.PlaceFactory(country=host))
        factories.ParticipationFactory(
            meeting=meeting, **{"country": {"country": host}, "organization": {"organization": body}}.get(party, {})
        )
        assert ("is not one of the parties" in page(client, meeting.get_absolute_url())) == (party is None)

    def test_a_place_is_told_from_within_outwards(self, client):
        city = factories.PlaceFactory(name="Zembla City")
        meeting = self.published(place=factories.PlaceFactory(name="The Palace", within=city))
        html = page(client, meeting.get_absolute_url())
        assert html.index("The Palace") < html.index("Zembla City")

    def test_a_part_shows_what_is_said_of_its_public_whole(self, client):
        whole = self.published(title="Grand tour", kind="visit")
        part = factories.MeetingFactory(published=True, part_of=whole)
        factories.CitationFactory(meeting=whole, quote="Met with the Tsar.")
        factories.CitationFactory(meeting=whole, field="place", quote="Zembla and Borduria")
        html = page(client, part.get_absolute_url())
        assert "The visit of which this is a part" in html
        assert "Met with the Tsar." in html
        assert "Zembla and Borduria" not in html
        whole.publication = Publication.RETRACTED
        whole.save()
        assert "Met with the Tsar." not in page(client, part.get_absolute_url())

    def test_it_says_when_nobody_is_named_whom_a_visitor_met(self, client):
        visit = self.published(kind="visit", status="held")
        ann = factories.OfficialFactory(name="Ann Example", slug="ann")
        country = factories.CountryFactory()
        factories.ParticipationFactory(meeting=visit, official=ann, country=country)
        factories.CitationFactory(meeting=visit, quote="Met with the Tsar.")
        address, told = visit.get_absolute_url(), "Nobody whom <bdi>Ann Example</bdi> met here is entered"
        html = page(client, address)
        assert told in html
        assert 'href="#sources">What the source says</a>' in html
        profile = page(client, "/officials/ann/")
        assert "Nobody whom <bdi>Ann Example</bdi> met is entered in these records." in profile
        assert 'href="/meetings/?official=ann">Where they were, and when</a>' in profile
        factories.ParticipationFactory(meeting=visit, official=factories.OfficialFactory(), country=country)
        assert "Nobody whom they met here is entered" in page(client, address)
        factories.ParticipationFactory(meeting=visit, country=factories.CountryFactory())
        assert "is entered" not in page(client, address)
        assert "is entered" not in page(client, "/officials/ann/")

    @pytest.mark.parametrize("fields", [{"status": "planned", "kind": "visit"}, {"status": "held", "kind": "exercise"}])
    def test_nobody_is_missed_where_nobody_was_met(self, client, fields):
        meeting = self.published(**fields)
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory())
        assert "is entered" not in page(client, meeting.get_absolute_url())


class TestSource:
    def test_a_change_of_status_rests_on_it_too(self, client):
        source = factories.SourceFactory()
        meeting = factories.MeetingFactory(title="Talks put off", publication=Publication.PUBLISHED)
        draft = factories.MeetingFactory(title="Zebra talks")
        for one in (meeting, draft):
            factories.StatusChangeFactory(meeting=one, source=source, status="postponed")
        html = page(client, source.get_absolute_url())
        assert "Talks put off" in html
        assert "Zebra" not in html

    def test_many_records_are_counted_and_the_newest_ten_shown(self, client):
        source = factories.SourceFactory()
        published = {"publication": Publication.PUBLISHED}
        for day in range(11, 22):
            meeting = factories.MeetingFactory(date=f"2023-06-{day}", **published)
            said = factories.StatementFactory(**published)
            for field in ("date", "place"):
                factories.CitationFactory(meeting=meeting, source=source, field=field, locator="paragraph 8")
            factories.CitationFactory(meeting=None, statement=said, source=source)
        html = page(client, source.get_absolute_url())
        assert html.count("data-uid=") == 1 + 2 * 10
        assert html.count("paragraph 8") == 2 * 10
        assert re.search("21 June 2023.*12 June 2023", html, re.DOTALL)
        assert "11 June 2023" not in html
        for noun in ("meetings", "statements"):
            assert re.search(rf'href="/{noun}/\?source={source.uid}">\s*All 11 {noun}', html)
            assert re.search(r"result-count[^>]*>11<", page(client, f"/{noun}/?source={source.uid}"))


def test_a_body_that_is_not_public_is_not_named_by_its_parts(client):
    unknown = factories.OrganizationFactory(name="Zebra Union")
    steps = [factories.OrganizationFactory(part_of=unknown)]
    for _step in range(2):
        steps.append(factories.OrganizationFactory(part_of=steps[-1]))
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    factories.ParticipationFactory(meeting=meeting, organization=steps[-1])
    page(client, unknown.get_absolute_url(), 404)
    for address in ["/organizations/", *(one.get_absolute_url() for one in steps)]:
        assert "Zebra" not in page(client, address), address
    assert f"Part of {link(steps[0])}" in page(client, steps[1].get_absolute_url())


def link(record) -> str:
    return f'<a href="{record.get_absolute_url()}"><bdi>{record}</bdi></a>'


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


class TestProfiles:
    def test_an_official_tells_post_meetings_counterparts_and_words(self, article, client):
        html = page(client, "/officials/yoav-gallant/")
        for told in ("Defense Minister", "Lloyd Austin", "Benjamin Netanyahu", "proxies"):
            assert told in html
        assert html.count("data-uid=") >= 10

    def test_parts_are_told_apart(self, client):
        official = factories.OfficialFactory(slug="ann")
        whole = factories.MeetingFactory(published=True)
        for meeting in (whole, *(factories.MeetingFactory(published=True, part_of=whole) for _ in range(2))):
            factories.ParticipationFactory(meeting=meeting, official=official)
        page = " ".join(client.get("/officials/ann/").content.decode().split())
        assert "All 3 meetings →" in page
        assert "2 of them are parts of longer ones." in page

    def test_a_country_tells_the_same(self, article, client):
        html = page(client, "/countries/israel/")
        for told in ("Yoav Gallant", "United States", "Benjamin Netanyahu"):
            assert told in html


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


def test_every_dataset_is_credited(client):
    body = factories.OrganizationFactory(name="Office of Zembla")
    fields = {"kind": "dataset", "publisher": body, "licence": "CC0 1.0", "url": "https://example.org/gazetteer"}
    imported = factories.SourceFactory(title="The gazetteer", **fields)
    factories.ExternalIdFactory(topic=None, source=imported)
    factories.SourceFactory(title="Not imported", kind="dataset")
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


def test_the_lines_of_a_quote_stay_apart(client):
    meeting = factories.MeetingFactory(published=True)
    citation = factories.CitationFactory(meeting=meeting, field="place", quote="Moscow, Kiev\nU.S.S.R.")
    assert "Moscow, Kiev<br>U.S.S.R." in page(client, meeting.get_absolute_url())
    assert ">Moscow, Kiev, U.S.S.R.</q>" in page(client, citation.source.get_absolute_url())


def test_coordinates_are_as_precise_as_a_place(client):
    place = factories.PlaceFactory(latitude="48.8566101234", longitude="-2.5")
    factories.MeetingFactory(published=True, place=place)
    assert "48.8566°, -2.5°" in page(client, place.get_absolute_url())


def test_search_groups_what_it_finds(article, client):
    html = page(client, "/search/?q=varhelyi")
    assert reverse("meetings:official", args=["oliver-varhelyi"]) in html
    assert Meeting.objects.get(uid=derived_uid("article", "meeting-3")).get_absolute_url() in html


def test_health(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
