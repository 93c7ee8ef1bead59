"""The map: each number is that of its list, and all meetings are accounted for, on both databases."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter
from meetings.index import hits
from meetings.models import Meeting, Place
from meetings.pictures import map as map_picture
from meetings.pictures import marks, world
from tests import factories
from tests.maps import filterset, published, seen
from tests.pages import page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
ROW = re.compile(r'<tr data-slug="([^"]+)">(.*?)</tr>')
NUMBER = re.compile(r'<a href="([^"]+)">([\d,]+)</a>')


def number(query: str) -> int:
    found = MeetingFilter(QueryDict(query.partition("?")[2]), Meeting.objects.published())
    assert found.is_right, query
    assert not found.unknown, query
    return found.qs.count()


class TestWhere:
    """What stands where, and that nothing is lost."""

    def test_every_meeting_is_at_a_point_at_a_rest_or_without_a_place(self, gazetteer):
        for name in ("state", "Normandy", "Paris", "Rouen", "Palace", "Palace", "Bare", "Nowhere", "Hall", "Loose"):
            published(place=gazetteer[name])
        published()
        factories.MeetingFactory(place=gazetteer["Paris"])
        found = seen("")
        assert {one.name: one.n for one in found.spots} == {"Paris": 4, "Hall": 1, "Loose": 1, "Rouen": 1}
        assert {one.name: (one.n, one.within) for one in found.rests} == {
            "France": (1, 9),
            "Nowhere": (1, 2),
            "Normandy": (1, 2),
        }
        assert (found.total, found.shown, found.unplaced) == (11, 7, 1)
        assert [(one.name, one.n, one.only, one.place) for one in found.grounds] == [("France", 9, 1, "france")]
        assert map_picture.account(found) == (
            "Of 11 meetings: 7 at 4 places on the map; 1 known by country only; 1 known by region only (1 region);"
            " 1 at 1 place whose position is not known; 1 without a place."
        )

    def test_a_place_asked_for_is_told_apart_from_what_is_around(self, gazetteer):
        published(place=gazetteer["Palace"])
        published(place=gazetteer["Bare"])
        published(place=gazetteer["Paris"])
        assert [(one.name, one.n) for one in seen("place=palace").spots] == [("Palace", 1)]
        # A venue whose position is not known is where its city is.
        assert [(one.name, one.n, one.latitude) for one in seen("place=bare").spots] == [("Bare", 1, 48.86)]
        assert [(one.name, one.n) for one in seen("place=bare&place=paris").spots] == [("Paris", 3)]
        assert seen("place=bare&place=palace").shown == 2

    def test_where_none_was_held_is_told(self, client, gazetteer):
        for status in (Status.PLANNED, Status.DENIED):
            published(place=gazetteer["Paris"], status=status)
        published(place=gazetteer["Rouen"], status=Status.PLANNED)
        published(place=gazetteer["Rouen"], status=Status.HELD)
        published(place=gazetteer["state"], status=Status.HELD)
        for query in ("", "kind=meeting", "country=france"):
            found = seen(query)
            if found.total:
                assert {one.name: one.held for one in found.spots} == {"Paris": 0, "Rouen": 1}
                assert [one.held for one in found.grounds] == [found.states[Status.HELD]]
        for query in ("status=planned", "status=planned&status=denied", "status=denied&place=france"):
            found = seen(query)
            assert not any(one.held for one in (*found.spots, *found.grounds))
            html = page(client, f"/meetings/map/?{query}")
            assert 'class="shape planned"' in html
            assert 'class="land planned"' in html
            assert 'class="shape spot"' not in html
            assert 'class="spot"' not in html.partition('<g class="for-wide"')[2]
            for drawn in (html, client.get(f"/meetings/map.svg?{query}").content.decode()):
                assert "none held (planned, cancelled…)" in drawn
        for address in ("/meetings/map/", "/meetings/map.svg"):
            assert (
                "3 of them were not held, as far as is known: planned, denied." in client.get(address).content.decode()
            )
        assert "not held, as far as" not in page(client, "/meetings/map/?status=held")

    def test_of_the_newest_only_the_filter_tells_what_was_held(self, client, gazetteer, monkeypatch):
        for year in range(2001, 2008):
            published(place=gazetteer["Paris"], date=str(year), status=Status.PLANNED)
        published(place=gazetteer["Rouen"], date="2007", status=Status.HELD)
        monkeypatch.setattr(hits, "MOST_COUNTED", 5)
        assert not any(one.held for one in seen("status=planned&has=place").spots)
        assert all(one.held for one in seen("has=place").spots)
        html = page(client, "/meetings/map/?has=place")
        assert "4 of them were not held, as far as is known: planned. The map does not tell them apart." in html
        assert "tell them apart" not in page(client, "/meetings/map/")
        assert {one.name: one.held for one in seen("").spots} == {"Paris": 0, "Rouen": 1}

    def test_the_legend_has_what_is_on_the_map(self, client, gazetteer):
        published(place=gazetteer["Paris"], status=Status.HELD)
        for address in ("/meetings/map/", "/meetings/map.svg"):
            html = client.get(address).content.decode()
            assert re.search(r"</svg>1</li>|>1</text>", html)
            assert "from 1" not in html
            for words in ("known by country only<", 'class="on-land', "several places: opens them", "none held"):
                assert words not in html
        brazil = factories.CountryFactory(name="Brazil", iso2="BR")
        published(place=factories.PlaceFactory(name="Brazil", kind="country", country=brazil), status=Status.HELD)
        published(place=gazetteer["Rouen"], status=Status.HELD)
        published(place=gazetteer["Loose"], status=Status.PLANNED)
        for address in ("/meetings/map/", "/meetings/map.svg"):
            html = client.get(address).content.decode()
            for words in ("so many known by country only", "several places: opens them", "none held"):
                assert words in html
            assert re.search('class="on-land middle"[^>]*>1<', html)

    def test_numbers_of_the_newest_are_told(self, client, gazetteer, monkeypatch):
        for year in range(2001, 2008):
            published(place=gazetteer["Paris"], date=str(year))
        monkeypatch.setattr(hits, "MOST_COUNTED", 5)
        found = seen("from=2000")
        assert (found.total, found.shown, found.exact) == (5, 5, False)
        assert "Numbers are of the newest 5 of these meetings." in page(client, "/meetings/map/?from=2000")
        assert b"Numbers are of the newest 5" in client.get("/meetings/map.svg?from=2000").content
        assert "Numbers are of" not in page(client, "/meetings/map/")


KINDS = st.sampled_from(["country", "region", "city", "venue"])
PLACES = st.lists(st.tuples(KINDS, st.integers(-1, 4), st.booleans()), min_size=1, max_size=6)
MEETINGS = st.lists(
    st.tuples(
        st.integers(-1, 5),
        st.sampled_from([Status.HELD, Status.PLANNED, Status.CANCELLED]),
        st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
        st.sampled_from(["2023-05-01", "2023-05", "2022", "[..2021]", ""]),
    ),
    max_size=8,
)
QUERIES = st.sampled_from(["", "status=held", "from=2022-06", "has=place", "to=2022&status=planned", "place"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outline=PLACES, meetings=MEETINGS, query=QUERIES, chosen=st.lists(st.integers(0, 5), min_size=1, max_size=3))
def test_numbers_are_those_of_lists_and_add_up(outline, meetings, query, chosen):
    country = factories.CountryFactory()
    made: list = []
    for at, (kind, within, located) in enumerate(outline):
        around = made[within] if 0 <= within < len(made) and len(made[within].around()) < 4 else None
        where = {"latitude": at * 10.0, "longitude": at * 20.0} if located else {}
        made.append(factories.PlaceFactory(kind=kind, within=around, country=country if at % 2 else None, **where))
    for at, status, publication, date in meetings:
        place = made[at] if 0 <= at < len(made) else None
        factories.MeetingFactory(place=place, status=status, publication=publication, date=date)
    if query == "place":
        public = [one for one in made if Meeting.objects.published().filter(place__in=Place.objects.inside([one.pk]))]
        query = "&".join(f"place={public[at % len(public)].slug}" for at in chosen if public)
    found = seen(query)
    links = map_picture.Links(f"/meetings/?{filterset(query).set_with(place=[])[1:]}&".replace("?&", "?"), "/map/?")
    assert found.total == number(f"?{query}")
    assert found.unplaced == (found.total - number(f"?{query}&has=place"))
    assert found.unplaced >= 0
    for one in found.spots:
        assert number(links.places([one.slug])) == one.n > 0
        if "status" not in query:
            assert one.held == number(links.places([one.slug]) + "&status=held")
    for rest in found.rests:
        assert number(links.places([rest.slug])) == rest.within >= rest.n > 0
    for ground in found.grounds:
        assert not ground.place or number(links.places([ground.place])) == ground.n
        if ground.place and "status" not in query:
            assert ground.held == number(links.places([ground.place]) + "&status=held")
    assert {one for one, n in found.states.items() if number(f"?{query}&status={one}") == n} == {*found.states}
    for mark in marks.of(found.spots, world.View()):
        assert number(links.places(one.slug for one in mark.spots)) == mark.n


class TestPage:
    """The page says what the lens sees."""

    @pytest.mark.parametrize(
        "query",
        ["", "country=israel", "status=held&area=-25,34,45,72", "official=yoav-gallant", "place=israel&most=all"],
    )
    def test_each_number_of_a_table_is_that_of_its_list(self, client, article, query):
        html = page(client, f"/meetings/map/?{query}")
        numbers = [link for _slug, row in ROW.findall(html) for link in NUMBER.findall(row)]
        assert numbers
        for address, n in numbers:
            assert number(unescape(address)) == int(n.replace(",", "")), address
        assert map_picture.account(seen(query)) in html

    def test_each_mark_leads_to_its_list_or_opens_its_area(self, client, article):
        html = page(client, "/meetings/map/")
        svg = html[html.index("<svg") : html.index("</svg></svg>")]
        links = re.findall(r'<a href="([^"]+)"[^>]*><title>([^<]+)</title>', svg)
        assert links
        for address, words in links:
            n = int(re.search(r": ([\d,]+) meeting", words)[1].replace(",", ""))
            if address.startswith("/meetings/map/"):
                assert number("") >= n
                assert "other place" in words
            else:
                assert number(unescape(address)) == n, words

    def test_opening_goes_on_until_each_place_stands_alone(self, client):
        country = factories.CountryFactory()
        for at in range(12):
            place = factories.PlaceFactory(country=country, latitude=50 + at / 100, longitude=4 + at / 4)
            published(place=place)
        address, alone = "/meetings/map/", set()
        for _step in range(8):
            html = page(client, address)
            alone |= set(re.findall(r'<a href="/meetings/\?place=([\w-]+)"><title>', html))
            nearer = re.findall(r'<a href="(/meetings/map/\?area=[^"]+)"><title>[^<]*other place', html)
            if not nearer:
                break
            address = unescape(nearer[0])
        assert not nearer
        assert alone

    def test_places_that_cannot_be_told_apart_lead_to_their_list(self, client):
        for _number in range(3):
            published(place=factories.PlaceFactory(latitude=50, longitude=4))
        html = page(client, "/meetings/map/")
        [address] = {*re.findall(r'<a href="(/meetings/\?place=[^"]+)"><title>[^<]*2 other places: 3 meetings', html)}
        assert number(unescape(address)) == 3

    def test_a_view_says_what_it_shows(self, client, gazetteer):
        published(place=gazetteer["Paris"])
        published(place=gazetteer["Loose"])
        html = page(client, "/meetings/map/?area=-25,34,45,72")
        assert "This view shows 1 of these places." in html
        assert [slug for slug, _row in ROW.findall(html)] == ["paris", "france"]
        assert 'aria-current="true">Europe<' in html

    def test_a_set_is_shown_where_it_met(self, client, gazetteer):
        published(place=gazetteer["Paris"])
        published(place=gazetteer["Normandy"])
        published()
        html = page(client, "/meetings/map/")
        assert 'aria-current="true">These meetings<' in html
        assert "This view shows" not in html
        # What stands at no point is in the tables, as in those of the world.
        assert [slug for slug, _row in ROW.findall(html)] == ["normandy", "paris", "france"]
        [whole] = re.findall(r'<a href="([^"]+)"\s+rel="nofollow"\s*>World<', html)
        in_world = page(client, unescape(whole))
        assert 'aria-current="true">World<' in in_world
        assert [slug for slug, _row in ROW.findall(in_world)] == ["normandy", "paris", "france"]
        assert "This view shows 0 of these places." in page(client, "/meetings/map/?area=110,-48,-170,10")
        titles = re.compile(r"<title>Paris, France: 1 meeting, none held</title>")
        assert titles.search(html)
        assert titles.search(in_world)
        published(place=gazetteer["Loose"])
        assert 'aria-current="true">World<' in page(client, "/meetings/map/")

    @pytest.mark.parametrize("kind", ["country", "city"])
    def test_a_view_of_a_set_has_what_is_known_by_country_only(self, client, gazetteer, kind):
        published(place=gazetteer["Paris"])
        japan = factories.CountryFactory(name="Japan", iso2="JP")
        published(place=factories.PlaceFactory(name="Japan", kind=kind, country=japan))
        view = map_picture.fitted(seen(""))
        assert view.is_world is (kind == "country")

    def test_tables_are_short_at_first(self, client, monkeypatch):
        monkeypatch.setattr("meetings.filters.map.FEW", 2)
        for at in range(3):
            published(place=factories.PlaceFactory(latitude=at, longitude=at))
        html = page(client, "/meetings/map/")
        assert len(ROW.findall(html)) == 2
        assert "The 2 with most meetings, of 3." in html
        assert 'href="?most=all#after"' in html
        assert "Show only" not in html
        html = page(client, "/meetings/map/?most=all")
        assert len(ROW.findall(html)) == 3
        assert "The 2 with most meetings" not in html
        assert '<a href="?#after" rel="nofollow">Show only the 2 with most meetings</a>' in html
        html = page(client, "/meetings/map/?most=all&status=held&area=-1,-1,1.5,1.5")
        assert "Show only" not in html

    def test_names_are_escaped(self, client):
        country = factories.CountryFactory(name="<i>Land</i>", iso2="FR")
        published(place=factories.PlaceFactory(name="<b>Town</b>", country=country, latitude=1, longitude=1))
        for address in ("/meetings/map/", "/meetings/map.svg"):
            html = client.get(address).content.decode()
            assert "&lt;b&gt;Town" in html
            assert "<b>Town" not in html
            assert "<i>Land" not in html

    def test_what_has_no_place_is_told(self, client):
        published()
        assert "Of 1 meeting: 1 without a place." in page(client, "/meetings/map/")
        assert "Nothing fits" in page(client, "/meetings/map/?from=1800&to=1801")

    def test_what_shows_the_map_stays_with_it(self, client, article):
        html = page(client, "/meetings/map/?area=-25,34,45,72&most=all&country=israel&nonsense=1")
        picture = '/meetings/map.svg?area=-25%2C34%2C45%2C72&amp;most=all&amp;country=israel"'
        assert picture in html
        for address in re.findall(r'href="(/meetings/(?!map)[^"]*\?[^"]*)"', html):
            assert not re.search("area=|most=", address), address
        for address in re.findall(r'href="(/meetings/map/\?area[^"]*)"', html):
            assert "country=israel" in address, address

    @pytest.mark.parametrize(
        "value",
        [
            "x",
            "1,2,3",
            "1,2,3,4,5",
            "-181,0,1,1",
            "0,10,10,5",
            "0,0,0,10",
            "0,0,nan,1",
            "1e2,0,3,4",
            "0,0,1,91",
            ",,,",
            "--1,0,1,1",
        ],
    )
    def test_a_wrong_area_is_told(self, client, article, value):
        html = page(client, f"/meetings/map/?area={value}")
        assert "is no area: give west, south, east and north in degrees, such as -25,34,45,72 for Europe." in html
        assert 'id="id_area"' in html
        assert '<table class="map-table' not in html
        assert client.get(f"/meetings/map.svg?area={value}").status_code == 400

    def test_an_area_too_small_to_see_is_in_the_middle(self, client, gazetteer):
        published(place=gazetteer["Paris"])
        query = "area=2.35,48.86,2.36,48.8600000000000001"
        assert client.get(f"/meetings/map.svg?{query}").status_code == 400
        query = "area=2.35,0,20,0.0000000000000001"
        assert "This view shows 0 of these places." in page(client, f"/meetings/map/?{query}")
        assert client.get(f"/meetings/map.svg?{query}").status_code == 200


class TestPicture:
    """The map as a file says what the page says."""

    def test_it_says_what_it_is_of(self, client, article):
        response = client.get("/meetings/map.svg?country=israel&area=-25,34,45,72")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        texts = [one.text for one in ElementTree.fromstring(response.content).iter(f"{SVG}text")]
        assert texts[0] == "Meetings on a map"
        assert "Country: Israel" in texts
        assert map_picture.account(seen("country=israel")) in texts
        assert any("/meetings/map/?country=israel&area=-25%2C34%2C45%2C72" in text for text in texts)

    def test_its_marks_are_those_of_the_page(self, client, article):
        drawn = re.compile(r"<title>([^<]+: [\d,]+ meetings?[^<]*)</title>")
        html, svg = page(client, "/meetings/map/"), client.get("/meetings/map.svg").content.decode()
        assert drawn.findall(html.partition('<g class="for-narrow"')[0]) == drawn.findall(svg) != []

    def test_wrong_parameters_are_told(self, client):
        response = client.get("/meetings/map.svg?area=x&most=7&nonsense=1")
        assert response.status_code == 400
        for name in ("area:", "most:", "nonsense:"):
            assert name in response.content.decode()
