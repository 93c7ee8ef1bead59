"""What the pages of two say first: how often they met, when first and last, where most, the longest time without one,
and what is not counted."""

import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Medium, MeetingKind, Publication, Status
from meetings.lenses import pair, shared
from meetings.lenses.course import Facts
from meetings.lenses.shared import Counted
from meetings.models import Meeting
from meetings.templatetags.pairs import how_often
from tests import factories
from tests.pages import page
from tests.pairs import address, meet, number, side, two

pytestmark = pytest.mark.django_db


def sentence(client, one, other) -> str:
    html = page(client, address(one, other))
    return " ".join(re.sub("<[^>]+>", "", re.search(r'<p class="lede">(.*?)</p>', html, re.S)[1]).split())


def test_it_says_where_they_met_most(client):
    one, other = two()
    here = factories.PlaceFactory(kind="country", country=factories.CountryFactory(name="Land <b>"))
    meet(one, other, "1994", place=here)
    meet(one, other, "1995", place=here)
    assert "Each time in the same country: Land &lt;b&gt;." in sentence(client, one, other)
    meet(one, other, "1996")
    assert "Most often in this country: Land &lt;b&gt;, 2 times." in sentence(client, one, other)
    there = factories.PlaceFactory(kind="country", country=factories.CountryFactory())
    for year in ("1997", "1998"):
        meet(one, other, year, place=there)
    assert "Land" not in sentence(client, one, other)


@pytest.mark.parametrize(
    ("n", "told"), [(1, "Most often in this country: Land, once."), (2, "Most often in this country: Land, 2 times.")]
)
def test_how_often_somewhere_has_the_words_for_its_number(n, told):
    facts = Facts("2003", "2005", "", "", "", 0)
    assert told in re.sub("<[^>]+>", "", how_often(Counted(3, ""), facts, 3, ("Land", n)))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["2003-05-04"], "On record they met once: 4 May 2003."),
        ([""], "On record they met once; when is not known."),
        (
            ["2001-05-04", "2003-05-04", "2009-05-04"],
            "First: 4 May 2001; last: 4 May 2009. The longest time without one on record: 6 years.",
        ),
        (["2003-05-03", "2003-05-04", "2009-06-04"], "The longest time without one on record: more than 6 years."),
        (
            ["2003-04", "2003-05", "2009-06-04"],
            "First: April 2003; last: 4 June 2009. The longest time without one on record: at least 6 years.",
        ),
        (["2003-05-03", "2003-05-04~", "2009-06-04"], "The longest time without one on record: about 6 years."),
        (["2003-05-03", "2003-05-04", "2004-05-04"], "The longest time without one on record: 12 months."),
        (["2003-05-04/2003-05-09", "2003-05-06"], "First: 4 to 9 May 2003; last: 4 to 9 May 2003."),
        (["2003", "2003-05-04"], "First: between 1 January and 4 May 2003; last: between 4 May and 31 December 2003."),
        (["[..2003]", "2003-05-04"], "First: by 4 May 2003; last: between 4 May and 31 December 2003."),
        (["1994", "1995", "1995-06-02", "2001/.."], "The longest time without one on record: at least 5 years."),
    ],
)
def test_first_last_and_gap_say_only_what_is_known(client, written, told):
    one, other = two()
    for text in written:
        meet(one, other, text)
    assert told in sentence(client, one, other)


@pytest.mark.parametrize(
    "written",
    [
        ["2003", "2003-05-04", "2003-06-04"],
        # Of two, it says no more than their dates; of less than a year, it is nothing special.
        ["1990-05-04", "2003-05-04"],
        ["2003-05-03", "2003-05-04", "2004-05-02"],
        ["1990-05-04", "2003-05-04", ""],
    ],
)
def test_no_time_without_a_meeting_is_told_where_it_means_little(client, written):
    one, other = two()
    for text in written:
        meet(one, other, text)
    assert "longest time" not in page(client, address(one, other))


def test_first_and_last_are_of_all_though_the_newest_are_no_meetings_of_the_two(client, monkeypatch):
    one, other = two()
    meet(one, other, "1990")
    meet(one, other, "1991")
    for year in range(2000, 2003):
        meet(one, other, str(year), kind=MeetingKind.CONFERENCE)
    monkeypatch.setattr(shared, "MOST_READ", 2)
    assert sentence(client, one, other) == "On record they met 2 times. First: 1990; last: 1991."
    assert "parts of longer" not in page(client, address(one, other))


def abroad(guest, place, *others, status=Status.HELD, medium=Medium.IN_PERSON, publication=Publication.PUBLISHED):
    """A meeting of one country, and perhaps of others, at a place."""
    meeting = factories.MeetingFactory(date="1994", status=status, medium=medium, publication=publication, place=place)
    for party in (guest, *others):
        factories.ParticipationFactory(meeting=meeting, country=party)
    factories.index.refresh_around(meeting)


def soil(country):
    """A country as a place, and a city in it."""
    land = factories.PlaceFactory(kind="country", country=country)
    return land, factories.PlaceFactory(kind="city", country=country, within=land)


def not_counted(client, one, other) -> tuple[str, list[str]]:
    """What of the sentence tells of such visits, and the queries of the lists that it leads to."""
    found = re.search(r'<p class="lede">.*?(Not counted: .*?)</p>', page(client, address(one, other)), re.S)
    told = " ".join(found[1].split()) if found else ""
    return re.sub("<[^>]+>", "", told), list(map(unescape, re.findall(r'href="/meetings/\?([^"]+)"', told)))


def of_visits(guest, host, n: int, every: int = 0) -> str:
    number = "one visit" if max(n, every) == 1 else f"{max(n, every)} visits"
    if every > n:
        number = f"{'one' if n == 1 else n} of {number}"
    to, why = f"of {guest.name} to {host.name} (when)", f"no source says that they met anyone from {host.name}"
    return f"Not counted: {number} {to}, as {why}."


def test_meetings_of_one_on_the_ground_of_the_other_are_told_and_no_time_is_without(client):
    one, other = two()
    for year in ("1960", "1980", "1990"):
        meet(one, other, year)
    assert "longest time" in sentence(client, one, other)
    abroad(one, soil(other)[1])
    abroad(one, soil(factories.CountryFactory())[0])
    told, [query] = not_counted(client, one, other)
    assert told == of_visits(one, other, 1)
    assert number(query) == 1
    assert "longest time" not in page(client, address(one, other))


def test_they_are_told_of_two_who_never_met(client):
    one, other = two()
    for place in soil(other):
        abroad(one, place)
    assert sentence(client, one, other).startswith("No meeting on record names both. Not counted:")
    told, _queries = not_counted(client, one, other)
    assert told == of_visits(one, other, 2)


def test_where_such_visits_are_no_country_is_said_to_be_that_of_most(client):
    one, other = two()
    home, place = soil(one)[0], soil(other)[0]
    for year in ("1990", "1991"):
        meet(one, other, year, place=home)
    assert f"Each time in the same country: {one.name}." in sentence(client, one, other)
    for _number in range(3):
        abroad(one, place)
    told = sentence(client, one, other)
    assert "Each time" not in told
    silent = " ".join(f"At 2 of these the sources name {side.name}, but no official of it." for side in (one, other))
    assert f"Where they met: {one.name} 2. {silent} {of_visits(one, other, 3)}" in told
    html = page(client, address(one, other))
    assert f"and 3 visits of <bdi>{one.name}</bdi>, not counted" in html
    meet(one, other, "1992")
    meet(one, other, "1992", place=place)
    told = sentence(client, one, other)
    assert f"Where they met: {one.name} 2, {other.name} 1, place not known 1." in told
    assert told.endswith(of_visits(one, other, 3, 4))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "other", "third"]),
            st.sampled_from(["one", "other"]),
            st.booleans(),
            st.booleans(),
            st.sampled_from([*Status.values, *[Status.HELD.value] * 4]),
            st.sampled_from([Medium.IN_PERSON, Medium.IN_PERSON, Medium.PHONE]),
            st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
        ),
        max_size=6,
    )
)
def test_each_number_of_what_is_not_counted_is_that_of_all_such_meetings(client, meetings):
    one, other = two()
    named = {"one": one, "other": other, "third": factories.CountryFactory()}
    places = {key: soil(named[key]) for key in ("one", "other")}
    for guest, ground, city, both, status, medium, publication in meetings:
        abroad(
            named[guest],
            places[ground][city],
            *([named[ground]] if both else []),
            status=status,
            medium=medium,
            publication=publication,
        )
    public = Meeting.objects.published().filter(status=Status.HELD, medium=Medium.IN_PERSON)
    right = {}
    for guest, host in ((one, other), (other, one)):
        there = public.filter(participations__country=guest, place__country=host).distinct()
        if n := there.exclude(participations__country=host).count():
            right[guest.slug] = (n, there.count())
    found = pair.country_page(side(one), side(other))["unnamed"]
    assert {each.guest.slug: (each.n, each.there.n) for each in found} == right
    told, queries = not_counted(client, one, other)
    assert [number(query) for query in queries] == [each.there.n for each in found]
    for each in found:
        assert of_visits(each.guest, each.host, each.n, each.there.n) in told


def test_a_list_that_has_others_is_not_led_to(client):
    """Ground of a country need not lie within the place that the country is."""
    one, other = two()
    abroad(one, factories.PlaceFactory(kind="city", country=other))
    assert not_counted(client, one, other) == (of_visits(one, other, 1).replace(" (when)", ""), [])


def test_why_others_are_no_meetings_of_the_two(client):
    one, other = two()
    meet(one, other, "1990", kind=MeetingKind.EXERCISE)
    told = "One other names both, but is no meeting of the two: exercise."
    assert told in " ".join(page(client, address(one, other)).split())
    meet(one, other, "1991", status=Status.CANCELLED)
    meet(one, other, "1992", kind=MeetingKind.EXERCISE, status=Status.PLANNED)
    told = "3 others name both, but are no meetings of the two: cancelled, exercise (2)."
    assert told in " ".join(page(client, address(one, other)).split())
