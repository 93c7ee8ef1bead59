"""Who met whom: the rule of the domain, on the article and on each edge of the rule."""

import pytest
from django.http import QueryDict

from meetings.choices import ENCOUNTERS, MeetingKind, Publication, Role, Status
from meetings.filters import MeetingFilter
from meetings.lenses.profile import counterparts, with_meetings
from meetings.models import Country, Meeting, Official, Place
from tests import factories

pytestmark = pytest.mark.django_db


def met(own: str, party, other: str) -> dict[str, tuple[int, int]]:
    """How often ``party`` met each other one, and how often it is planned."""
    return {one.slug: (one.met, one.planned) for one in counterparts(own, party, other)}


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
            for one in counterparts(own, party, other):
                query = QueryDict(one.address.partition("?")[2])
                listed = MeetingFilter(query, Meeting.objects.published())
                assert listed.is_right
                assert listed.qs.count() == (one.met or one.planned)


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


def test_a_country_of_two_officials_meets_once_a_meeting():
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    home, away = factories.CountryFactory(), factories.CountryFactory()
    for country in (home, home, away, away):
        factories.ParticipationFactory(meeting=meeting, country=country)
    assert met("country", home, "country") == {away.slug: (1, 0)}


def test_first_and_last_are_the_days_that_are_possible(article):
    gallant = Official.objects.get(slug="yoav-gallant")
    austin = counterparts("official", gallant, "official")[0]
    assert (austin.first.isoformat(), austin.last.isoformat()) == ("2023-03-01", "2023-06-15")


def test_a_place_counts_the_meetings_within_it(article):
    numbers = {place.slug: place.meeting_count for place in with_meetings(Place.objects.published())}
    assert numbers["brussels"] == 3
    assert numbers["belgium"] == 3
    assert numbers["le-bourget"] == 6
    assert numbers["france"] == 6
