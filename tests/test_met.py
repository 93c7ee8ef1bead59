"""Who met whom: the rule of the domain, on the article and on each edge of the rule."""

import pytest
from django.http import QueryDict

from meetings.choices import ENCOUNTERS, MeetingKind, Publication, Role, Status
from meetings.filters import MeetingFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.lenses.home import home_page
from meetings.lenses.profile import counterparts, country_page
from meetings.models import Country, Meeting, Official, Organization, Place
from meetings.templatetags import rows
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db


def met(own: str, party, other: str) -> dict[str, tuple[int, int]]:
    """How often ``party`` met each other one, and how often it is planned."""
    return {one.slug: (one.met, one.planned) for one in counterparts(own, party, other)[0]}


def official_at(meeting: Meeting, **values) -> Official:
    """An official who takes part."""
    official = factories.OfficialFactory()
    factories.ParticipationFactory(meeting=meeting, official=official, **values)
    return official


def test_the_article_counts_held_meetings_only(article):
    gallant = Official.objects.get(slug="yoav-gallant")
    assert met("official", gallant, "official") == {
        "lloyd-austin": (2, 0),
        "benjamin-netanyahu": (1, 0),
        "oliver-varhelyi": (0, 1),
    }
    assert met("country", Country.objects.get(slug="israel"), "country") == {
        "united-states": (2, 0),
        "france": (0, 1),
        "hungary": (0, 1),
        "italy": (0, 1),
        "romania": (0, 1),
    }


def test_each_number_is_the_count_of_the_list_it_links_to(article):
    for own, party in [
        ("official", Official.objects.get(slug="yoav-gallant")),
        ("country", Country.objects.get(slug="israel")),
    ]:
        for other in ("official", "country", "organization"):
            for one in counterparts(own, party, other)[0]:
                for number, address in [(one.met, one.met_address), (one.planned, one.planned_address)]:
                    listed = MeetingFilter(QueryDict(address.partition("?")[2]), Meeting.objects.published())
                    assert listed.is_right
                    assert listed.qs.count() == number


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", MeetingKind)
def test_only_held_encounters_count(status, kind):
    meeting = factories.MeetingFactory(status=status, kind=kind, publication=Publication.PUBLISHED)
    ann, bob = (official_at(meeting) for _ in range(2))
    encounter = kind in ENCOUNTERS
    expected = (int(encounter and status == Status.HELD), int(encounter and status == Status.PLANNED))
    assert met("official", ann, "official") == ({bob.slug: expected} if any(expected) else {})


@pytest.mark.parametrize("role", Role)
def test_interpreters_meet_nobody(role):
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    ann, bob = official_at(meeting), official_at(meeting, role=role)
    expected = role != Role.INTERPRETER
    assert (bob.slug in met("official", ann, "official")) == expected
    assert (ann.slug in met("official", bob, "official")) == expected


def test_nobody_meets_those_on_their_own_side(article):
    commission = Organization.objects.get(slug="european-commission")
    assert set(met("organization", commission, "official")) == {"yoav-gallant"}
    assert "israel" not in met("official", Official.objects.get(slug="yoav-gallant"), "country")


def test_a_row_that_speaks_for_two_is_no_meeting_of_the_two():
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    country, body = factories.CountryFactory(), factories.OrganizationFactory()
    minister = official_at(meeting, country=country, organization=body)
    assert met("country", country, "organization") == {}
    assert met("official", minister, "organization") == {}
    other = official_at(meeting, organization=factories.OrganizationFactory())
    assert set(met("official", other, "country")) == {country.slug}


def test_a_title_is_the_one_written_at_the_newest_meeting():
    country, official = factories.CountryFactory(), factories.OfficialFactory()
    post = factories.PositionFactory(official=official, country=country, title="Minister of the Armies")
    for date, title in [("2020", "Secretary of State"), ("2021", "Defence Minister"), ("2022", "")]:
        meeting = factories.MeetingFactory(date=date, publication=Publication.PUBLISHED)
        factories.ParticipationFactory(
            meeting=meeting, official=official, country=country, position=post, title_as_written=title
        )
        [row] = country_page(country)["officials"]
        assert row["title"] == (title or "Minister of the Armies")


def test_words_spoken_for_another_side_are_not_the_countrys():
    france, union, bob = factories.CountryFactory(), factories.OrganizationFactory(), factories.OfficialFactory()
    for party in ({"country": france}, {"organization": union}):
        meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
        factories.ParticipationFactory(meeting=meeting, official=bob, **party)
        factories.StatementFactory(
            meeting=meeting, speaker=bob, text=f"for {[*party]}", publication=Publication.PUBLISHED
        )
    assert [said.text for said in country_page(france)["statements"]] == ["for ['country']"]


def test_soil_takes_in_venues_and_leaves_out_what_was_cancelled():
    country = factories.CountryFactory()
    venue = factories.PlaceFactory(within=factories.PlaceFactory(country=country))
    for status in Status:
        factories.MeetingFactory(status=status, place=venue, publication=Publication.PUBLISHED)
    assert country_page(country)["hosted_count"] == 2


def test_the_front_page_shows_what_comes_soonest_first():
    for date in ("2999", "2998", "2001", "2002"):
        factories.MeetingFactory(title=date, date=date, status=Status.PLANNED, publication=Publication.PUBLISHED)
    assert [meeting.title for meeting in home_page()["planned"]] == ["2998", "2999", "2002", "2001"]


def test_a_country_of_two_officials_meets_once_a_meeting():
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    home, away = factories.CountryFactory(), factories.CountryFactory()
    for country in (home, home, away, away):
        factories.ParticipationFactory(meeting=meeting, country=country)
    assert met("country", home, "country") == {away.slug: (1, 0)}


def test_first_and_last_are_the_days_that_are_possible(article):
    gallant = Official.objects.get(slug="yoav-gallant")
    austin = counterparts("official", gallant, "official")[0][0]
    assert (austin.first.isoformat(), austin.last.isoformat()) == ("2023-03-01", "2023-06-15")


def test_a_place_counts_the_meetings_within_it(article):
    numbers = {place.slug: place.meeting_count for place in with_meetings(Place.objects.published())}
    assert numbers["brussels"] == 3
    assert numbers["belgium"] == 3
    assert numbers["le-bourget"] == 6
    assert numbers["france"] == 6


def test_a_table_that_does_not_show_all_says_so(client, monkeypatch):
    monkeypatch.setattr(profile, "COUNTERPARTS", 2)
    monkeypatch.setattr(rows, "COUNTERPARTS", 2)
    official = factories.OfficialFactory(slug="ann")
    told = "The 2 met most often; the lists of meetings have all."
    for number in range(3):
        meeting = factories.MeetingFactory(published=True, status=Status.HELD)
        for one in (official, factories.OfficialFactory()):
            factories.ParticipationFactory(meeting=meeting, official=one)
        html = client.get("/officials/ann/", headers={"Cache-Control": "no-cache"}).content.decode()
        assert (told in html) == (number >= 1)
        assert html.count('class="number"><a') == min(number + 1, 2)


def test_the_number_of_a_spokesperson_leads_to_a_list_of_as_many_or_to_none():
    country = factories.CountryFactory(slug="land")
    steady, other = factories.OfficialFactory(slug="steady"), factories.OfficialFactory(slug="other")
    for role in (Role.PARTICIPANT, Role.INTERPRETER):
        meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
        factories.ParticipationFactory(meeting=meeting, official=steady, country=country)
        factories.ParticipationFactory(meeting=meeting, official=other, country=country, role=role)
        factories.index.refresh_around(meeting)
    found = country_page(country)["officials"]
    html = rows.official_rows(found, "land")
    counts = {one["slug"]: one["count"] for one in found}
    for slug, n in counts.items():
        query = QueryDict(f"country=land&official={slug}")
        listed = MeetingFilter(query, Meeting.objects.published()).qs.count()
        assert (f'href="/meetings/?{query.urlencode()}"'.replace("&", "&amp;") in html) == (listed == n)
    assert counts["other"] == 1


def test_a_spokespersons_title_is_of_the_newest_meeting_at_which_they_spoke():
    """Neither of one at which they interpreted, nor of one that another's newest is, whatever is known of its date."""
    country = factories.CountryFactory()
    ann, bob = factories.OfficialFactory(), factories.OfficialFactory()
    for official, title, day, role in (
        (ann, "Minister", "2020", Role.PARTICIPANT),
        (ann, "Envoy", "[..1990]", Role.PARTICIPANT),
        (ann, "Interpreter", "2022", Role.INTERPRETER),
    ):
        meeting = factories.MeetingFactory(published=True, status=Status.HELD, date=day)
        factories.ParticipationFactory(
            meeting=meeting, official=official, country=country, title_as_written=title, role=role
        )
        if day == "[..1990]":
            factories.ParticipationFactory(meeting=meeting, official=bob, country=country, title_as_written="Boss")
    titles = {row["slug"]: row["title"] for row in country_page(country)["officials"]}
    assert titles == {ann.slug: "Minister", bob.slug: "Boss"}


def test_that_lists_may_be_longer_is_told_once_and_where_someone_interpreted(client):
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    ann = official_at(meeting, country=factories.CountryFactory())
    official_at(meeting, country=factories.CountryFactory())
    due = factories.MeetingFactory(status=Status.PLANNED, publication=Publication.PUBLISHED)
    factories.ParticipationFactory(meeting=due, official=ann)
    official_at(due)
    assert "may be longer" not in page(client, ann.get_absolute_url())
    official_at(meeting, role=Role.INTERPRETER)
    html = page(client, ann.get_absolute_url())
    assert html.count("may be longer: with meetings at which one only interpreted for others.") == 1
