"""Profiles over the years: each number is that of its list, and the picture says what the table says."""

import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter
from meetings.index import hits, tags, years
from meetings.index.asked import Asked
from meetings.lenses import portrait, profile
from meetings.models import Country, Meeting, Official
from meetings.pictures import career as picture
from tests import factories
from tests.pages import page
from tests.portraits import career, meeting

pytestmark = pytest.mark.django_db

LAYOUTS = (picture.WIDE, picture.NARROW)
SVG = "{http://www.w3.org/2000/svg}"
COLUMN = re.compile(r'<a tabindex="-1" href="([^"]+)"><title>([\d–]+): (\d+)</title>')
ROW = re.compile(r'<tr><th scope="row"><a href="([^"]+)">([\d–]+)</a></th><td class="number">(\d+)</td>')
SPOT = re.compile(r'<a href="(/meetings/\?[^"]*&amp;place=[^"]+)">(\d+)<')


def number(address: str) -> int:
    """How many meetings a list of ours has."""
    path, _mark, query = unescape(address).partition("?")
    assert path == "/meetings/"
    filterset = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right, filterset.form.errors
    assert not filterset.unknown
    return filterset.qs.count()


def wide(html: str) -> str:
    """A page without the same picture for telephones."""
    return re.sub(r'<div class="for-narrow">.*?</div>', "", html, flags=re.DOTALL)


def columns(official) -> dict[str, tuple]:
    return {column.label: column[2:] for column in career(official).columns if column.number}


@pytest.mark.parametrize(
    "address",
    [
        "/officials/yoav-gallant/years/",
        "/countries/israel/",
        "/countries/united-states/years/",
        "/places/brussels/years/",
        "/topics/irans-nuclear-programme/years/",
        "/organizations/european-commission/years/",
    ],
)
def test_each_number_is_that_of_its_list(client, article, address):
    """Meetings of another year, so that there is more than one column."""
    for model in (Official, Country):
        for record in model.objects.all():
            made = factories.MeetingFactory(publication="published", date="1999-12/2001", status="held")
            factories.ParticipationFactory(meeting=made, **{model._meta.model_name: record})
    html = wide(page(client, address))
    for found in (COLUMN.findall(html), ROW.findall(html)):
        assert [number(address) for address, _label, _n in found] == [int(n) for _address, _label, n in found]
    assert [label for _address, label, _n in COLUMN.findall(html)] == [
        label for _address, label, _n in ROW.findall(html)
    ]
    assert [int(n) for _address, n in SPOT.findall(html)] == [number(address) for address, _n in SPOT.findall(html)]


DATES = st.sampled_from(
    [
        "",
        "1999",
        "1999-12-31",
        "2000-12-31",
        "2001-01-01",
        "2001-24",
        "2000-02-29/2004-02-29",
        "[1998..2002-06-15]",
        "[..2000]",
        "2003/..",
        "0001-01-01",
        "9999-12-31",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    meetings=st.lists(
        st.tuples(
            DATES,
            st.sampled_from(Status.values),
            st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
        ),
        max_size=8,
    )
)
def test_the_columns_are_those_of_any_meetings(meetings):
    official = factories.OfficialFactory()
    for dated, status, publication in meetings:
        meeting(official, dated, status=status, publication=publication)
    found = career(official)
    listed = f"/meetings/?official={official.slug}"
    public = [one for one in meetings if one[2] == Publication.PUBLISHED]
    assert found.undated == sum(not dated for dated, *_rest in public)
    for column in found.columns if public else ():
        assert column.number == number(f"{listed}&from={column.first:04}&to={column.last:04}")
    held = {dated for dated, status, _publication in public if status == Status.HELD}
    assert any(column.vague for column in found.columns) <= bool(held - {"", "1999", "1999-12-31"})
    assert [one.last + 1 for one in found.columns[:-1]] == [one.first for one in found.columns[1:]]
    assert len(found.columns) <= portrait.COLUMNS


@settings(max_examples=200)
@given(day=st.dates())
def test_years_are_those_of_the_calendar(day):
    ((found,),) = hits.rows(
        f"SELECT {years.year('day')} FROM (SELECT CAST(%s AS INTEGER) AS day) AS one", [day.toordinal()]
    )
    assert found == day.year


@pytest.mark.parametrize("day", [date(1, 1, 1), date(4, 12, 31), date(100, 12, 31), date(400, 12, 31), date.max])
def test_years_end_where_those_of_the_calendar_end(day):
    ((found,),) = hits.rows(
        f"SELECT {years.year('day')} FROM (SELECT CAST(%s AS INTEGER) AS day) AS one", [day.toordinal()]
    )
    assert found == day.year


def test_kinds_of_meetings_are_told_apart():
    official = factories.OfficialFactory()
    for status in Status.values:
        meeting(official, "2001-05-01", status=status)
    meeting(official, "2001-12-31/2002-01-02")
    meeting(official, "2001")
    assert columns(official) == {"2001": (2, 1, 2, 3), "2002": (0, 1, 0, 0)}
    assert career(official).kinds == ["held", "vague", "planned", "other"]


def test_a_long_time_has_columns_of_several_years():
    official = factories.OfficialFactory()
    for year in ("1700", "1703", "1704", "2003"):
        meeting(official, year)
    assert columns(official) == {"1700–1704": (3, 0, 0, 0), "2000–2004": (1, 0, 0, 0)}
    assert career(official).step == 5


class TestPosts:
    @staticmethod
    def bar(started: str, ended: str) -> tuple:
        bar = portrait.post("Minister", started, ended)
        return tuple(one if one is None else round(one, 1) for one in bar[1:5])

    def test_what_is_not_known_to_the_day_is_possible_only(self):
        assert self.bar("2001-01-01", "2004-07-01") == (2001.0, 2001.0, 2004.5, 2004.5)
        assert self.bar("2001", "2004") == (2001.0, 2002.0, 2004.0, 2005.0)
        assert self.bar("", "2004-07-01") == (None, None, 2004.5, 2004.5)
        assert self.bar("[..2001]", "") == (None, 2002.0, None, None)

    def test_one_that_is_still_held_reaches_beyond_today(self):
        official = factories.OfficialFactory()
        factories.PositionFactory(official=official, title="Minister", started="2001", ended="..")
        found = career(official)
        assert found.bars[0].open
        assert found.first <= 2001
        assert found.today is not None
        assert found.first <= found.today < found.after

    def test_one_without_dates_is_in_no_picture(self):
        official = factories.OfficialFactory()
        factories.PositionFactory(official=official)
        assert career(official).bars == []

    @pytest.mark.parametrize("started", ["", "2001", "1999-05-05", "[..2001]", "[1990..]", "2001~"])
    @pytest.mark.parametrize("ended", ["", "..", "2001", "2004-12-31", "[..2005]", "[2003..]"])
    @pytest.mark.parametrize("title", ["PM", "Minister " * 12])
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_one_can_be_drawn_within_the_picture(self, started, ended, title, layout):
        bar = portrait.post(title, started, ended)
        drawing = picture.draw(portrait.career([], [bar] if bar.ends else []), "/meetings/?official=x", layout)
        root = ElementTree.fromstring(f"<svg>{drawing.body}</svg>")
        for one in root.iter("rect"):
            assert float(one.get("width")) >= 0
            assert 0 <= float(one.get("x")) <= drawing.width
        for one in root.iter("text"):
            assert 0 <= float(one.get("x")) <= drawing.width


def test_a_profile_shows_posts_and_years_on_one_axis(client):
    official = factories.OfficialFactory(slug="ann", name="Ann <b>")
    factories.PositionFactory(official=official, title="<b>Minister", started="1990", ended="2001")
    meeting(official, "1994-05-01")
    meeting(official, "")
    html = page(client, "/officials/ann/")
    assert ">&lt;b&gt;Minister</text>" in html
    assert "<b>Minister" not in html
    assert COLUMN.findall(wide(html)) == [("/meetings/?official=ann&amp;from=1994&amp;to=1994", "1994", "1")]
    assert "One meeting of unknown date is in no column." in html


def test_one_column_is_a_sentence(client):
    official = factories.OfficialFactory(slug="ann")
    meeting(official, "1994-05-01")
    meeting(official, "1994-05-02", status="planned")
    html = page(client, "/officials/ann/")
    assert '1994: <a href="/meetings/?official=ann&amp;from=1994&amp;to=1994">2 meetings</a> (1 held, 1 planned' in html
    assert "years.svg" not in html


def test_many_years_without_a_meeting_may_be_years_without_a_source(client):
    ann = factories.OfficialFactory(slug="ann")
    for year in (1960, 1961, 1981):
        meeting(ann, str(year))
    told = "no meeting is listed here"
    assert told not in page(client, "/officials/ann/")
    meeting(ann, "2002-05", status=Status.PLANNED)
    sentence = f"For 20 years {told}: perhaps no source tells of any."
    link = '<a href="/meetings/timeline/?official=ann">See which years the sources tell of</a>'
    assert f"{sentence} {link}" in page(client, "/officials/ann/")
    assert sentence in client.get("/officials/ann/years.svg").content.decode()


def test_a_record_without_dates_has_no_picture(client):
    official = factories.OfficialFactory(slug="ann")
    meeting(official, "")
    assert "Over the years" not in page(client, "/officials/ann/")
    assert "Nothing of a known date is on record." in page(client, "/officials/ann/years/")


def test_a_large_profile_leaves_its_years_to_a_page(client, monkeypatch):
    official = factories.OfficialFactory(slug="ann")
    place = factories.PlaceFactory()
    for year in ("1994", "1995"):
        meeting(official, year, place=place)
    small = page(client, "/officials/ann/")
    monkeypatch.setattr(portrait, "AT_ONCE", 1)
    large = page(client, "/officials/ann/")
    assert COLUMN.findall(large) == SPOT.findall(large) == []
    assert '<a class="later" href="/officials/ann/years/">' in large
    assert 'id="where"' in large
    own = page(client, "/officials/ann/years/")
    assert COLUMN.findall(own) == COLUMN.findall(small) != []
    assert SPOT.findall(own) == SPOT.findall(small.partition('id="where"')[2]) != []


def test_a_country_shows_who_spoke_for_it_when(client):
    country, ann = factories.CountryFactory(slug="land"), factories.OfficialFactory(slug="ann", name="Ann")
    for year in ("1994", "1999"):
        made = factories.MeetingFactory(publication="published", status="held", date=year)
        factories.ParticipationFactory(meeting=made, official=ann, country=country)
    html = page(client, "/countries/land/")
    assert "1994–1999" in html
    (bar,) = profile.years_page(country)["career"].bars
    assert (bar.label, int(bar.start), int(bar.end)) == ("Ann", 1994, 1999)


class TestWhere:
    def seen(self, official) -> portrait.Whereabouts:
        return profile.years_page(official)["whereabouts"]

    def test_countries_have_their_cities_beside_them(self):
        official = factories.OfficialFactory()
        land = factories.PlaceFactory(name="Land", kind="country")
        region = factories.PlaceFactory(name="Region", kind="region", within=land)
        city = factories.PlaceFactory(name="City", within=region)
        hall = factories.PlaceFactory(name="Hall", kind="venue", within=city)
        ship = factories.PlaceFactory(name="Ship", kind="venue")
        for place in (land, city, hall, hall, ship, None):
            meeting(official, "2001", place=place)
        found = self.seen(official)
        shown = [(spot.name, spot.n, [(one.name, one.n) for one in spot.inner]) for spot in found.places]
        assert shown == [("Land", 4, [("City", 3)]), ("Ship", 1, [])]
        assert found[1:5] == (0, 1, 0, True)

    def test_that_numbers_within_need_not_add_up_is_told_where_they_do_not(self, client):
        official, land = factories.OfficialFactory(slug="ann"), factories.PlaceFactory(kind="country")
        city = factories.PlaceFactory(within=land)
        meeting(official, "2001", place=city)
        assert "need not add up" not in page(client, "/officials/ann/")
        meeting(official, "2001", place=land)
        assert "need not add up" in page(client, "/officials/ann/")

    @pytest.mark.parametrize("many", [2, 2_000])
    def test_what_was_not_held_is_told(self, client, monkeypatch, many):
        monkeypatch.setattr(tags, "MANY", many)
        official, place = factories.OfficialFactory(slug="ann"), factories.PlaceFactory()
        for status in (Status.HELD, Status.CANCELLED, Status.PLANNED):
            meeting(official, "2001", place=place, status=status)
        html = page(client, "/officials/ann/years/")
        assert "2 of them planned, cancelled or not confirmed as held" in html
        assert [int(n) for _address, n in SPOT.findall(html)] == [3]
        assert '<span class="soft">1 held</span>' in html
        assert '<rect class="mark-planned" x="33%" width="67%" height="100%"/>' in html

    def test_where_none_was_held_the_bar_is_hollow(self, client):
        official, (one, other) = factories.OfficialFactory(slug="ann"), factories.PlaceFactory.create_batch(2)
        meeting(official, "2001", place=one, status=Status.PLANNED)
        meeting(official, "2001", place=other)
        assert {site.slug: site.held for site in self.seen(official).places} == {one.slug: 0, other.slug: 1}
        html = page(client, "/officials/ann/years/")
        assert html.count("none held") == 1
        assert (
            '<svg class="bar" aria-hidden="true"><rect class="mark-planned" x="0%" width="100%" height="100%"/>' in html
        )

    def test_of_many_meetings_it_is_not_known_how_many_were_held(self, monkeypatch):
        monkeypatch.setattr(portrait, "AT_ONCE", 1)
        official, place = factories.OfficialFactory(), factories.PlaceFactory()
        for status in (Status.HELD, Status.PLANNED):
            meeting(official, "2001", place=place, status=status)
        assert [(site.n, site.held) for site in self.seen(official).places] == [(2, None)]

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_all_meetings_are_accounted_for(self, data):
        official, places = factories.OfficialFactory(), []
        for _number in range(data.draw(st.integers(0, 6))):
            within = data.draw(st.sampled_from([None, *places]))
            if within is not None and len(within.around()) > 3:
                within = None
            kind = data.draw(st.sampled_from(["country", "region", "city", "venue"]))
            places.append(factories.PlaceFactory(kind=kind, within=within))
        for place in data.draw(st.lists(st.sampled_from([None, *places]), max_size=8)):
            meeting(official, "2001", place=place)
        found = self.seen(official)
        if found is None:
            return
        inner = [one for spot in found.places for one in spot.inner]
        for spot in found.places + inner:
            assert spot.n == number(f"/meetings/?official={official.slug}&place={spot.slug}") > 0
            assert spot.held in (None, spot.n)
        for spot in found.places:
            assert sum(one.n for one in spot.inner) <= spot.n
        assert found.elsewhere >= 0
        total = sum(spot.n for spot in found.places) + found.elsewhere + found.unplaced
        assert total == number(f"/meetings/?official={official.slug}")


def test_whom_they_met_stands_on_one_axis(client):
    ann, bob, eve = (factories.OfficialFactory(slug=slug) for slug in ("ann", "bob", "eve"))
    for dated, other in (("1994-01-01", bob), ("1995-12-31", bob), ("1994-12-31", eve)):
        factories.ParticipationFactory(meeting=meeting(ann, dated), official=other)
    html = page(client, "/officials/ann/")
    assert "<span>1994</span><span>1995</span>" in html
    assert '<rect x="2%" width="96%"/><circle cx="2%"/><circle cx="98%"/>' in html
    assert '<svg class="reach" aria-hidden="true"><circle cx="50%"/></svg>' in html
    assert '<rect width="100%" height="100%"/>' in html
    assert '<rect width="50%" height="100%"/>' in html


def test_a_set_without_a_limit_is_asked_for_once(django_assert_num_queries):
    meeting(factories.OfficialFactory(), "1994")
    with django_assert_num_queries(1):
        years.of(Asked())
