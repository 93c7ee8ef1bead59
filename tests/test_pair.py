"""The pages of two: what they say of a relationship is true, and each number is that of the list that it leads to."""

import re
from html import unescape
from itertools import pairwise

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import dates
from meetings.choices import Medium, MeetingKind, Publication, Role, Status
from meetings.lenses import course, pair, profile, shared
from meetings.lenses.shared import Meeting, Periods, longest_gap
from meetings.models import Official
from tests import factories
from tests.pages import page
from tests.pairs import COLUMN, NUMBER, address, meet, number, side, two

pytestmark = pytest.mark.django_db


def test_the_article_tells_of_two_ministers(article, client):
    html = page(client, "/officials/lloyd-austin/with/yoav-gallant/")
    assert "met 2 times</a>. First: March 2023; last: 15 June 2023." in html
    # Between two meetings there always is a time without any.
    assert "longest time" not in html
    assert html.index("meet in Israel") < html.index("meet in Brussels")
    assert "Secretary of Defense</bdi>, <bdi>United States" in html
    assert "At home for Yoav Gallant" in html
    assert "not allow Iran to acquire" in html
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize("noun", ["country", "official"])
def test_the_same_meetings_can_be_looked_at_in_each_way(client, noun):
    one, other = two(noun)
    meet(one, other, "1994")
    html = page(client, address(one, other))
    for name in ("", "timeline/", "calendar/", "map/", "network/", "matrix/"):
        assert f'href="/meetings/{name}?{noun}={one.slug}&amp;{noun}={other.slug}"' in html


def test_the_legend_has_what_is_drawn(client):
    one, other = two()
    meet(one, other, "1994-05-01")
    vague = "just when is not known"
    assert vague not in page(client, address(one, other))
    meet(one, other, "1995")
    assert vague in page(client, address(one, other))


def test_the_article_tells_of_two_countries(article, client):
    html = page(client, "/countries/israel/with/united-states/")
    assert "Who spoke for each" in html
    assert '<a href="/officials/lloyd-austin/with/yoav-gallant/">' in html
    html5lib.HTMLParser(strict=True).parse(html)


@pytest.mark.parametrize(
    "where",
    ["officials/lloyd-austin/with/yoav-gallant", "countries/israel/with/united-states", "countries/israel/with/italy"],
)
def test_each_number_of_the_article_is_that_of_its_list(article, client, where):
    found = NUMBER.findall(page(client, f"/{where}/"))
    assert found or "italy" in where
    for query, n in found:
        assert number(unescape(query)) == int(n.replace("once", "1"))


MEETINGS = st.lists(
    st.tuples(
        st.sampled_from(
            ["", "1994", "1994-03", "2003-05-04", "2003-05-01/2003-06", "[..1996]", "[2001-02-03..]", "1999/.."]
        ),
        st.sampled_from([Status.HELD, Status.HELD, Status.PLANNED, Status.CANCELLED]),
        st.sampled_from([MeetingKind.MEETING, MeetingKind.VISIT, MeetingKind.CONFERENCE]),
        st.sampled_from([Medium.IN_PERSON, Medium.IN_PERSON, Medium.PHONE]),
        st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
        st.sampled_from([Role.PARTICIPANT, Role.PARTICIPANT, Role.INTERPRETER]),
        st.integers(0, 3),
    ),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meetings=MEETINGS, noun=st.sampled_from(["country", "official"]), most=st.sampled_from([2, 3_000]))
def test_each_number_is_that_of_its_list(client, meetings, noun, most):
    one, other = two(noun)
    homes = [one, other] if noun == "country" else [factories.CountryFactory() for _number in range(2)]
    places = [factories.PlaceFactory(kind="country", country=home) for home in [*homes, factories.CountryFactory()]]
    topic = factories.TopicFactory()
    for party in (one, other):
        # By another meeting, or an official would not be public.
        alone = factories.MeetingFactory(publication=Publication.PUBLISHED)
        factories.ParticipationFactory(meeting=alone, **{noun: party})
    for text, status, kind, medium, publication, role, where in meetings:
        place = places[where] if where < len(places) else None
        meeting = factories.MeetingFactory(
            date=text, status=status, kind=kind, medium=medium, publication=publication, place=place
        )
        meeting.topics.add(topic)
        for at, party in enumerate((one, other)):
            own = {"country": party} if noun == "country" else {"official": party, "country": homes[at]}
            factories.ParticipationFactory(meeting=meeting, role=role if at else Role.PARTICIPANT, **own)
        factories.index.refresh_around(meeting)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "MOST_READ", most)
        patch.setattr(course, "MARKS", most)
        html = page(client, address(one, other))
        seen = pair.between(side(one), side(other))
    for query, n in [*NUMBER.findall(html), *COLUMN.findall(html)]:
        assert number(unescape(query)) == int(n.replace("once", "1")), query
    assert seen["shared"].number == number(f"{noun}={one.slug}&{noun}={other.slug}")
    assert seen["met"].n + seen["due"].n + seen["beside"] == seen["shared"].number
    known = {row.slug: (row.met, row.planned) for row in profile.counterparts(noun, one, noun)[0]}
    assert known.get(other.slug, (0, 0)) == (seen["met"].n, seen["due"].n)
    if not seen["shared"].exact:
        return
    assert sum(ground.number.n for ground in seen["grounds"]) == seen["met"].n
    for line in seen["topics"].lines:
        for period, cell in zip(seen["topics"].periods, line.cells, strict=True):
            bounds = "&".join(f"{name}={year}" for name, year in period.bounds.items())
            assert cell.n == number(f"{noun}={one.slug}&{noun}={other.slug}&topic={topic.slug}&{bounds}")


DAY = st.integers(700_000, 700_400)
BOUNDS = st.tuples(st.one_of(st.none(), DAY), st.one_of(st.none(), DAY)).map(
    lambda days: days if None in days else tuple(sorted(days))
)


@given(bounds=st.lists(BOUNDS, max_size=7), where=st.lists(st.integers(0, 60), min_size=7, max_size=7))
def test_no_meeting_can_lie_in_the_longest_gap(bounds, where):
    meetings = [Meeting(pk, *days, "met", "unknown", [], "") for pk, days in enumerate(bounds, 1)]
    gap = longest_gap(meetings)
    known = [days for days in bounds if days != (None, None)]
    if gap is None:
        edges = sorted({day for days in known for day in days if day is not None})
        inside = [start + 1 for start, end in pairwise(edges) if end - start > 1]
        assert all(any((a or 0) <= day <= (b or 10**7) for a, b in known) for day in inside)
        return
    start, end = gap.start.toordinal(), gap.end.toordinal()
    assert start < end
    for first, last in known:
        assert (last is not None and last <= start) or (first is not None and first >= end)
    assert any(last == start for _first, last in known)
    assert any(first == end for first, _last in known)


@given(
    bounds=st.lists(BOUNDS, min_size=1, max_size=5),
    most=st.sampled_from([1, 2, 8]),
    shift=st.sampled_from([0, -650_000]),
)
def test_periods_hold_what_filters_by_their_years_find(bounds, most, shift):
    moved = [tuple(day and max(day + shift * (at % 2), 1) for day in days) for at, days in enumerate(bounds)]
    meetings = [Meeting(pk, *days, "met", "unknown", [], "") for pk, days in enumerate(moved)]
    periods = Periods(meetings, most)
    assert len(periods) <= most
    for meeting in meetings:
        found = set(periods.of(meeting))
        for at, period in enumerate(periods):
            first = dates.parse_bound(period.bounds["from"]).earliest.toordinal()
            last = dates.parse_bound(period.bounds["to"]).latest.toordinal()
            overlaps = meeting.is_dated and (meeting.earliest or 0) <= last and (meeting.latest or 10**7) >= first
            assert (at in found) == overlaps


def test_what_is_planned_or_names_both_is_told_apart(client):
    one, other = two()
    meet(one, other, "2003")
    meet(one, other, "2004", status=Status.PLANNED)
    meet(one, other, "2005", status=Status.CANCELLED)
    meet(one, other, "2006", kind=MeetingKind.CONFERENCE)
    meet(one, other, "2007", publication=Publication.DRAFT)
    html = page(client, address(one, other))
    assert ">met once</a>: 2003." in html
    assert "One more is planned" in html
    assert "2 others name both" in html
    assert "All 4 meetings that name both" in html
    assert html.count("data-uid=") == 4


def test_an_interpreter_meets_nobody_and_no_list_says_so(client):
    one, other = two("official")
    meet(one, other, "2003")
    meeting = factories.MeetingFactory(status=Status.HELD, publication=Publication.PUBLISHED)
    factories.ParticipationFactory(meeting=meeting, official=one)
    factories.ParticipationFactory(meeting=meeting, official=other, role=Role.INTERPRETER)
    html = page(client, address(one, other))
    assert "On record they met once: 2003." in html
    assert "interpreter" in html


def test_the_canonical_order_is_that_of_the_slugs(client):
    one, other = two()
    meet(one, other)
    response = client.get(address(other, one))
    assert (response.status_code, response["Location"]) == (301, address(one, other))
    response = client.get(f"{address(other, one)}timeline.svg")
    assert (response.status_code, response["Location"]) == (301, f"{address(one, other)}timeline.svg")
    assert f'<link rel="canonical"\n            href="http://testserver{address(one, other)}">' in page(
        client, address(one, other)
    )


def test_a_merged_record_leads_to_the_page_of_its_survivor(client):
    one, other = two("official")
    meet(one, other, "2003")
    factories.OfficialFactory(slug="zz-old", merged_into=one)
    response = client.get(f"/officials/{other.slug}/with/zz-old/")
    assert (response.status_code, response["Location"]) == (301, address(one, other))
    response = client.get(f"/officials/{one.slug}/with/zz-old/")
    assert (response.status_code, response["Location"]) == (301, one.get_absolute_url())


def test_one_with_itself_is_its_own_page(client):
    country = factories.CountryFactory()
    response = client.get(address(country, country))
    assert (response.status_code, response["Location"]) == (301, country.get_absolute_url())


def test_who_is_not_there_or_not_public_is_not_found(client):
    one, other = two("official")
    meet(one, other, publication=Publication.DRAFT)
    page(client, address(one, other), 404)
    page(client, f"/officials/{one.slug}/with/nobody/", 404)
    page(client, "/countries/nowhere/with/nowhere/", 404)
    page(client, "/countries/nowhere/with/elsewhere/timeline.svg", 404)


def test_two_that_never_met_have_a_page_for_no_search_engine(client):
    one, other = two()
    html = page(client, address(one, other))
    assert "No meeting on record names both." in html
    assert '<meta name="robots" content="noindex, follow">' in html
    assert f'<a href="{one.get_absolute_url()}">' in html
    page(client, f"{address(one, other)}timeline.svg", 404)
    html5lib.HTMLParser(strict=True).parse(html)


def test_names_are_escaped(client):
    one = factories.CountryFactory(name="<b>Bold</b>", slug="a-bold")
    other = factories.CountryFactory(name="Plain", slug="plain")
    official = factories.OfficialFactory(name="<i>Ann</i>")
    meeting = meet(one, other, "2003-05-04", title="<u>Talks</u>")
    factories.ParticipationFactory(meeting=meeting, official=official, country=one, title_as_written="<s>Boss</s>")
    meeting.topics.add(factories.TopicFactory(name="<q>Trade</q>"))
    factories.index.refresh_around(meeting)
    html = page(client, address(one, other))
    assert not re.search("<(b|i|u|s|q)>(Bold|Ann|Talks|Boss|Trade)", html)
    for name in ("Bold", "Ann", "Talks", "Boss", "Trade"):
        assert re.search(f"&lt;[biusq]&gt;{name}", html)


def test_representatives_are_those_who_spoke_for_each_side(client):
    one, other = two()
    ann, bob = (factories.OfficialFactory(name=name) for name in ("Ann", "Bob"))
    for year, title in (("2003", "Envoy"), ("2005", "Minister")):
        meeting = meet(one, other, year)
        factories.ParticipationFactory(meeting=meeting, official=ann, country=one, title_as_written=title)
        factories.ParticipationFactory(meeting=meeting, official=bob, country=other)
    # Neither at a conference nor for another country.
    meeting = meet(one, other, "2007", kind=MeetingKind.CONFERENCE)
    factories.ParticipationFactory(meeting=meeting, official=ann, country=one)
    seen = pair.country_page(side(one), side(other))
    (_own, [spoke]), (_other, [met]) = seen["sides"]
    assert (spoke.name, spoke.title, spoke.number.n, spoke.years) == ("Ann", "Minister", 2, "2003–2005")
    assert (met.name, met.number.n) == ("Bob", 2)
    assert [(one.own, one.other, one.n) for one in seen["couples"]] == [("Ann", "Bob", 2)]
    assert f'href="{seen["couples"][0].address}"' in page(client, address(one, other))


def test_what_was_said_for_a_country_about_the_other(client):
    one, other = two()
    ann = factories.OfficialFactory()
    meeting = meet(one, other, "2003")
    factories.ParticipationFactory(meeting=meeting, official=ann, country=one)
    for text, speaker in (("Of them", ann), ("By a stranger", factories.OfficialFactory())):
        said = factories.StatementFactory(
            text=text, speaker=speaker, meeting=meeting, publication=Publication.PUBLISHED
        )
        said.about.add(other)
        factories.index.refresh_around(said)
    [said] = pair.country_page(side(one), side(other))["said"]
    assert (said.by, said.about) == (side(one), side(other))
    assert [statement.text for statement in said.statements] == ["Of them"]
    assert "Of them" in page(client, address(one, other))


def test_more_meetings_than_are_read_are_told(client, monkeypatch):
    one, other = two()
    for year in range(2000, 2006):
        meet(one, other, str(year))
    monkeypatch.setattr(shared, "MOST_READ", 3)
    html = page(client, address(one, other))
    assert "met 6 times</a>. First: 2000; last: 2005." in html
    # The sentence is true of all of them; what is of some comes after the caution.
    assert html.index("they <a") < html.index("the rest is of 3 of them") < html.index("Their meetings in order")
    assert "longest time" not in html
    assert "All 6 in order of time" in html


def test_profiles_and_lists_lead_to_it(client):
    for noun in ("country", "official"):
        one, other = two(noun)
        meet(one, other, "2003")
        assert f'<a href="{address(one, other)}">once' in page(client, one.get_absolute_url())
        assert f'<a href="{address(one, other)}">once' in page(client, other.get_absolute_url())
        html = page(client, f"/meetings/?{noun}={other.slug}&{noun}={one.slug}&status=held")
        assert f'<a href="{address(one, other)}">' in html
        assert "/with/" not in page(client, f"/meetings/?{noun}={other.slug}")


def test_posts_are_those_that_can_have_been_held_then():
    one, other = two("official")
    meet(one, other, "2003")
    meet(one, other, "2005")
    for title, started, ended in (
        ("Before", "1990", "2002"),
        ("During", "2002", "2004"),
        ("After", "2006", ".."),
        ("Unknown", "", ""),
    ):
        factories.PositionFactory(official=one, title=title, started=started, ended=ended)
    (_own, posts), (_other, none) = pair.official_page(side(one), side(other))["sides"]
    assert {post.title for post in posts} == {"During", "Unknown"}
    assert none == []
    assert Official.objects.count() == 2


def test_it_costs_as_much_for_many_meetings_as_for_few(client, django_assert_num_queries):
    one, other = two()
    for _turn in range(2):
        for year in range(2000, 2005):
            ground = factories.PlaceFactory(country=factories.CountryFactory())
            meeting = meet(one, other, str(year), place=ground)
            ann = factories.OfficialFactory()
            factories.ParticipationFactory(meeting=meeting, official=ann, country=one)
            factories.StatementFactory(speaker=ann, meeting=meeting, publication=Publication.PUBLISHED).about.add(other)
            factories.index.refresh_around(*meeting.statements.all())
        with django_assert_num_queries(15):
            page(client, address(one, other))
