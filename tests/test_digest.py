"""What a profile says first: how many meetings, when the first and the last were held, with whom and where most."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import dates
from meetings.choices import Publication, Status
from meetings.models import Meeting
from tests import factories
from tests.pages import page
from tests.pairs import number

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="/meetings/\?([^"]+)">([\d,]+|[Oo]ne)(?: meetings?| visits?)?</a>')


def lede(client, official) -> str:
    """The sentence, as HTML."""
    html = page(client, official.get_absolute_url())
    return " ".join(re.search(r'<p class="lede">(.*?)</p>', html, re.S)[1].split())


def told(client, official) -> str:
    """The sentence, as it is read."""
    return unescape(re.sub("<[^>]+>", "", lede(client, official)))


def meet(official, *others, **values):
    made = factories.MeetingFactory(**{"publication": Publication.PUBLISHED, "status": Status.HELD, **values})
    for one in (official, *others):
        factories.ParticipationFactory(meeting=made, official=one)
    return made


MEETINGS = st.lists(
    st.tuples(
        st.sampled_from(["", "1994", "1994-03-05", "2003-05-01/2003-06", "[..1996]", "[2001-02-03..]", "2001~"]),
        st.sampled_from([Status.HELD, Status.HELD, *Status]),
        st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meetings=MEETINGS)
def test_each_number_is_that_of_its_list(client, meetings):
    official = factories.OfficialFactory()
    meet(official, date="1990", status=Status.DENIED)
    for dated, status, publication in meetings:
        meet(official, date=dated, status=status, publication=publication)
    html = lede(client, official)
    links = LINK.findall(html)
    for query, n in links:
        assert number(unescape(query)) == int(n.lower().replace("one", "1")), query
    public = Meeting.objects.published().filter(participations__official=official)
    assert sum(int(n.lower().replace("one", "1")) for _query, n in links) == public.count()
    held = public.filter(status=Status.HELD).exclude(earliest=None, latest=None).by_date()
    for one in (held.first(), held.last()):
        assert one is None or dates.words(one.date) in unescape(html)


def test_it_tells_how_many_when_and_with_whom_most(client):
    ann, bob = (factories.OfficialFactory(name=name) for name in ("Ann", "Bob"))
    for dated in ("1981-03-12", "1988-06", "1985"):
        meet(ann, bob, date=dated)
    assert told(client, ann) == (
        "3 meetings on record as held. First: 12 March 1981; last: June 1988. Met most often: Bob, 3 times."
    )


def test_stops_of_a_journey_are_told_at_once_and_make_no_place_the_first(client):
    ann, land = factories.OfficialFactory(), factories.PlaceFactory(name="Land", kind="country")
    journey = meet(ann, date="1981", place=land)
    assert "part" not in told(client, ann)
    meet(ann, date="1981", place=land, part_of=journey)
    assert told(client, ann).endswith("One of them is a stop or another part of a longer one, and counted too.")
    assert "Most frequent place" not in told(client, ann)


def test_visits_are_called_so_where_all_that_were_held_are_visits(client):
    ann = factories.OfficialFactory()
    for status in (Status.HELD, Status.HELD, Status.PLANNED):
        meet(ann, date="1981", kind="visit", status=status)
    assert told(client, ann).startswith("2 visits on record as held.")
    meet(ann, date="1981", kind="ceremony", status=Status.PLANNED)
    assert told(client, ann).startswith("2 visits on record as held.")
    meet(ann, date="1981", kind="ceremony")
    assert told(client, ann).startswith("3 meetings on record as held.")


def test_where_most_were(client):
    ann, land = factories.OfficialFactory(), factories.PlaceFactory(name="Land", kind="country")
    for place in (land, land, None):
        meet(ann, date="1981", place=place)
    assert told(client, ann).endswith("Most frequent place: Land, 2 times.")
    meet(ann, date="1982", place=land, status=Status.PLANNED)
    assert "Land" not in told(client, ann)


def test_one_alone(client):
    ann, bob = (factories.OfficialFactory() for _number in range(2))
    meet(ann, bob, date="1981-03-12")
    assert told(client, ann) == "One meeting on record as held: 12 March 1981."


def test_without_a_date(client):
    ann = factories.OfficialFactory()
    meet(ann)
    assert told(client, ann) == "One meeting on record as held; when is not known."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["1981", ""], "2 meetings on record as held. The only one of known date: 1981."),
        (["1981", "", "", "1985"], "4 meetings on record as held. Of those of known date, first: 1981; last: 1985."),
        (["1981", "1981", ""], "3 meetings on record as held. Of those of known date, first: 1981; last: 1981."),
        (["1981", "1985"], "2 meetings on record as held. First: 1981; last: 1985."),
        (["", ""], "2 meetings on record as held; when is not known."),
    ],
)
def test_first_and_last_are_of_those_whose_date_is_known(client, written, said):
    ann = factories.OfficialFactory()
    for dated in written:
        meet(ann, date=dated)
    assert told(client, ann) == said
    meet(ann, date="", status=Status.CANCELLED)
    assert told(client, ann).startswith(said)


def test_what_was_not_held(client):
    ann = factories.OfficialFactory()
    for status in (Status.PLANNED, Status.CANCELLED, Status.DENIED):
        meet(ann, date="1981", status=status)
    assert told(client, ann) == (
        "No held meeting is on record. Planned, not confirmed as held: one."
        " Postponed, cancelled, denied or not confirmed: 2."
    )


def test_nobody_is_said_to_be_met_most_who_shares_it(client):
    ann, bob, eve = (factories.OfficialFactory() for _number in range(3))
    for other in (bob, eve, bob, eve):
        meet(ann, other, date="1981")
    assert "Most often" not in told(client, ann)


def test_the_ways_to_look_at_them_are_named(client):
    ann = factories.OfficialFactory(slug="ann")
    meet(ann, date="1981")
    html = page(client, "/officials/ann/")
    for name in ("", "timeline/", "calendar/", "map/", "network/", "matrix/"):
        assert f'href="/meetings/{name}?official=ann"' in html


def test_a_country_tells_what_was_on_its_soil_though_it_took_no_part(client):
    land, ann = factories.CountryFactory(), factories.OfficialFactory()
    ground = factories.PlaceFactory(kind="city", country=land)
    assert "lede" not in page(client, land.get_absolute_url())
    meet(ann, date="1981", place=ground)
    assert told(client, land) == "No meeting on record names it as a party. Held on its soil, whoever took part: one."
    meet(ann, date="1982", place=ground, status=Status.PLANNED)
    made = meet(ann, date="1983", place=ground, status=Status.CANCELLED)
    factories.ParticipationFactory(meeting=made, country=land)
    assert told(client, land).endswith("Held on its soil, whoever took part: one.")
    assert told(client, land).startswith("No held meeting is on record.")
    for _number in range(2):
        meet(ann, date="1984", place=ground)
    assert told(client, land).endswith("Held on its soil, whoever took part: 3. Most of these name nobody from there.")


def test_what_is_counted_leads_to_what_is_missing(client):
    ann = factories.OfficialFactory()
    meet(ann, date="1981")
    html = page(client, ann.get_absolute_url())
    address, fragment = re.search(r'<a href="([^"#]+)#([^"]+)">Known gaps', html).groups()
    assert f'id="{fragment}"' in page(client, address)


def test_places_have_a_head_for_those_within_where_there_are_any(client):
    ann, land = factories.OfficialFactory(), factories.PlaceFactory(kind="country")
    head = '<span class="sr-only">Most often in</span>'
    meet(ann, date="1981", place=land)
    assert head in page(client, ann.get_absolute_url())
    meet(ann, date="1982", place=factories.PlaceFactory(kind="city", within=land))
    html = page(client, ann.get_absolute_url())
    assert head not in html
    assert "Most often in" in html
