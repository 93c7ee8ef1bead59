"""What the page of one record tells: a meeting, a source, an official, a country, a place."""

import re

import pytest

from meetings.choices import Publication
from meetings.models import Meeting
from tests import factories
from tests.pages import link, page

pytestmark = pytest.mark.django_db


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
        assert "The sources name no official and no country that <bdi>Ann Example</bdi> met." in profile
        assert 'href="/meetings/?official=ann">What they tell: where and when →</a>' in profile
        interpreter = {"official": factories.OfficialFactory(), "country": factories.CountryFactory()}
        factories.ParticipationFactory(meeting=visit, role="interpreter", **interpreter)
        assert told in page(client, address)
        factories.ParticipationFactory(meeting=visit, country=country)
        assert "Nobody whom they met here is entered" in page(client, address)
        factories.ParticipationFactory(meeting=visit, country=factories.CountryFactory())
        assert "is entered" not in page(client, address)
        assert "name no official" not in page(client, "/officials/ann/")

    def test_a_quotation_that_begins_within_a_sentence_says_so(self, client):
        ann = factories.OfficialFactory(slug="ann")
        shown = {
            "“and others agreed.”": "<p>… “and others agreed.”</p>",
            "“We agreed.”": "<p>“We agreed.”</p>",
            "“5 men agreed.”": "<p>“5 men agreed.”</p>",
        }
        for text in shown:
            values = {"mode": "verbatim", "publication": Publication.PUBLISHED, "meeting": None}
            factories.StatementFactory(speaker=ann, text=text, **values)
        html = page(client, "/officials/ann/")
        assert "Latest first." in html
        for told in shown.values():
            assert told in html

    @pytest.mark.parametrize("other", ["colleague", "described", "of no party"])
    def test_whoever_is_met_is_somebody_on_both_pages(self, client, other):
        meeting, country = self.published(kind="meeting", status="held"), factories.CountryFactory()
        ann, bob = (factories.OfficialFactory(name=name, slug=name.lower()) for name in ("Ann", "Bob"))
        factories.ParticipationFactory(meeting=meeting, official=ann, country=country)
        met = {
            "colleague": {"official": bob, "country": country},
            "described": {"name_as_written": "an aide", "country": country},
            "of no party": {"official": bob},
        }[other]
        factories.ParticipationFactory(meeting=meeting, **met)
        assert "is entered" not in page(client, meeting.get_absolute_url())
        if bob in met.values():
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

    def test_of_what_has_no_list_the_newest_fifty_are_shown(self, client):
        source, official = factories.SourceFactory(), factories.OfficialFactory()
        meeting = factories.MeetingFactory(published=True)
        factories.ParticipationFactory(meeting=meeting, official=official)
        for year in range(1950, 2002):
            factories.StatusChangeFactory(meeting=meeting, source=source, date=str(year), note=f"Changed in {year}.")
            post = factories.PositionFactory(official=official, title=f"Minister of {year}", started=str(year))
            factories.CitationFactory(position=post, source=source)
        html = page(client, source.get_absolute_url())
        assert html.count('result-count">52<') == 2
        for text in ("Changed in {}", "Minister of {}"):
            assert re.search(f"{text.format(2001)}.*{text.format(1952)}", html, re.DOTALL)
            assert text.format(1951) not in html
        assert "The newest 50. Each of the others stands on the page of its meeting." in html
        assert "The newest 50. Each of the others stands on the page of its official." in html

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


def test_the_lines_of_a_quote_stay_apart(client):
    meeting = factories.MeetingFactory(published=True)
    citation = factories.CitationFactory(meeting=meeting, field="place", quote="Moscow, Kiev\nU.S.S.R.")
    assert "Moscow, Kiev<br>U.S.S.R." in page(client, meeting.get_absolute_url())
    assert ">Moscow, Kiev, U.S.S.R.</q>" in page(client, citation.source.get_absolute_url())


def test_coordinates_are_as_precise_as_a_place(client):
    place = factories.PlaceFactory(latitude="48.8566101234", longitude="-2.5")
    factories.MeetingFactory(published=True, place=place)
    assert "48.8566°, -2.5°" in page(client, place.get_absolute_url())
