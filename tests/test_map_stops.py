"""The places of one official, in order of time."""

import re
from html import unescape

import pytest

from meetings.choices import Medium, Status
from meetings.lenses import places, stops
from meetings.pictures import laid, marks, route
from meetings.pictures import map as map_picture
from tests import factories
from tests.maps import filterset, published
from tests.pages import page

pytestmark = pytest.mark.django_db


class TestStops:
    """The places of one official in order of time."""

    @staticmethod
    def of(*rows) -> stops.Stops | None:
        official = factories.OfficialFactory(name="Ann")
        for place, date, told in rows:
            factories.ParticipationFactory(
                meeting=published(place=place, date=date, **{"status": Status.HELD, **told}), official=official
            )
        asked = filterset("official=ann").sought()
        return stops.of(asked, places.of(asked).spot_of)

    def test_they_are_in_order_and_those_in_a_row_are_one(self, gazetteer):
        paris, rouen, palace, state = (gazetteer[name] for name in ("Paris", "Rouen", "Palace", "state"))
        found = self.of(
            (rouen, "2023-03-05", {}),
            (palace, "2023-03-02/2023-03-04", {}),
            (paris, "2023-03-01", {}),
            (state, "2024", {"status": Status.PLANNED}),
            (paris, "2023-04", {"status": Status.CANCELLED}),
            (rouen, "", {}),
            (None, "2023-05-03", {}),
            (None, "2023-05-04", {}),
        )
        assert [(one.name, len(one.meetings), one.planned) for one in found.stops] == [
            ("Paris", 2, False),
            ("Rouen", 1, False),
            ("", 2, False),
            ("France", 1, True),
        ]
        assert [one.sure for one in found.stops] == [True, True, True, True]
        assert [bool(one.spot) for one in found.stops] == [True, True, False, False]
        assert found.undated == 1

    @pytest.mark.parametrize(
        ("first", "second", "sure"),
        [
            (("2023-03-01", {}), ("2023-03-02", {}), True),
            (("2023-03-01/2023-03-09", {}), ("2023-03-02", {}), True),
            (("[2023-03-01..2023-03-09]", {}), ("2023-03-02", {}), False),
            (("2023-03-02", {}), ("2023-03-02", {}), False),
            (
                ("2023-03-02", {"starts_at": "09:00", "time_zone": "UTC"}),
                ("2023-03-02", {"starts_at": "12:00", "time_zone": "UTC"}),
                True,
            ),
            (("2023-02", {}), ("2023-03", {}), True),
        ],
    )
    def test_an_order_that_is_not_certain_is_told(self, client, gazetteer, first, second, sure):
        found = self.of((gazetteer["Paris"], *first), (gazetteer["Rouen"], *second))
        assert found.stops[1].sure is sure
        html = page(client, "/meetings/map/?official=ann&area=0,44,6,51")
        assert ("perhaps before the one above" in html) is not sure
        assert ('class="way unsure"' in html) is not sure

    @pytest.mark.parametrize("between", [None, "Normandy", "Nowhere", "state"])
    def test_a_line_past_a_stop_that_is_not_on_the_map_says_so(self, client, gazetteer, between):
        place = between and gazetteer[between]
        self.of(
            (gazetteer["Paris"], "2023-01-01", {}), (place, "2023-01-04", {}), (gazetteer["Loose"], "2023-01-07", {})
        )
        for address in ("/meetings/map/?official=ann", "/meetings/map.svg?official=ann"):
            drawn = client.get(address).content.decode()
            assert set(re.findall('class="way ([^"]+)"', drawn)) == {"past"}
            assert '<tspan class="stop">1</tspan> Paris' in drawn
            assert '<tspan class="stop">3</tspan> Loose' in drawn
            assert "by way of a stop that is not on the map" in drawn
            assert "from a stop to the next" not in drawn
        html = page(client, "/meetings/map/?official=ann")
        assert ("No place known" in html) is (between is None)
        assert "Stop 2 is not on the map:" in html

    @pytest.mark.parametrize("medium", [one for one in Medium if one != Medium.IN_PERSON])
    @pytest.mark.parametrize("place", [None, "Loose"])
    def test_who_calls_or_writes_goes_nowhere(self, client, gazetteer, monkeypatch, medium, place):
        monkeypatch.setattr(stops, "MOST", 2)
        found = self.of(
            (gazetteer["Paris"], "2023-01-01", {}),
            (place and gazetteer[place], "2023-01-02", {"medium": medium}),
            (place and gazetteer[place], "", {"medium": medium}),
            (gazetteer["Rouen"], "2023-01-03", {}),
        )
        assert [one.name for one in found.stops] == ["Paris", "Rouen"]
        assert found.undated == 0
        html = page(client, "/meetings/map/?official=ann&area=0,44,6,51")
        assert 'class="way route"' in html
        assert "by way of a stop" not in html
        html = page(client, f"/meetings/map/?official=ann&medium={medium}")
        assert "None of these meetings is in person, and held or planned." in html
        assert '<ol class="stops"' not in html

    def test_lines_and_numbers_of_stops_are_in_the_legend(self, client, gazetteer):
        self.of(
            (gazetteer["Paris"], "2023-01-01", {}),
            (gazetteer["state"], "2023-04-01", {}),
            (gazetteer["Loose"], "2023-01-02", {}),
            (gazetteer["Rouen"], "2023-01-02", {}),
            (gazetteer["Hall"], "2023-01-06", {"status": Status.PLANNED}),
        )
        for address in ("/meetings/map/?official=ann", "/meetings/map.svg?official=ann"):
            drawn = client.get(f"{address}&area=0,44,6,51").content.decode()
            for words in (
                "the stops in order of time",
                "from a stop to the next",
                "in this order or another",
                "to what is planned",
            ):
                assert words in drawn
            assert "by way of a stop" not in drawn
            assert "stops in order of time" not in client.get(address.partition("?")[0]).content.decode()
            # On a route nothing is counted: no number could be taken for that of a stop.
            assert 'class="on-mark' not in drawn
            assert 'class="on-land' not in drawn
            # Seen from afar, three of them are one mark, which has the numbers of its stops.
            far = client.get(f"{address}&area=-180,-90,180,90").content.decode()
            assert '<tspan class="stop">2</tspan> Loose' in far
            assert '<tspan class="stop">1, 3, 4</tspan> around Paris' in far

    def test_what_is_yet_to_come_is_a_stop_of_its_own_and_one_place_of_an_unsure_order_too(self, client, gazetteer):
        paris, rouen = gazetteer["Paris"], gazetteer["Rouen"]
        found = self.of(
            (paris, "2023-06-15", {}),
            (paris, "2023-07", {"status": Status.PLANNED, "title": "One"}),
            (rouen, "2023-07", {"status": Status.PLANNED}),
            (paris, "2023-07", {"status": Status.PLANNED, "title": "Two"}),
            (gazetteer["state"], "2023-09", {}),
            (gazetteer["Nowhere"], "2023-10", {}),
        )
        assert [(one.name, len(one.meetings), one.planned) for one in found.stops] == [
            ("Paris", 1, False),
            ("Paris", 2, True),
            ("Rouen", 1, True),
            ("France", 1, False),
            ("Nowhere", 1, False),
        ]
        html = page(client, "/meetings/map/?official=ann")
        told = re.search('<ol class="journeys">(.*?)</ol>\\s*</section>', html, re.DOTALL)[1]
        assert re.findall("[^|]+", re.sub("<[^>]+>", "", re.sub("<li[^>]*>|</p>", "|", told))) == [
            "Paris: 15 June 2023",
            "Paris (planned): July 2023",
            "One",
            "Two",
            "Rouen (perhaps before the one above; planned): July 2023",
            "France (only the country is known): September 2023",
            "Nowhere (its position is not known): October 2023",
        ]

    def test_a_journey_goes_on_with_what_can_begin_soon_after(self, gazetteer):
        dates = ("2023-01-01", "2023-01-03/2023-01-09", "2023-01-14", "2023-01-20", "2023-02", "2024", "2024-01-02")
        places = ("Paris", "Loose", "Paris", "Paris", "Rouen", "Loose", "Rouen")
        found = self.of(*((gazetteer[name], date, {}) for name, date in zip(places, dates, strict=True)))
        assert [[stop.meetings[0].date for stop in one.stops] for one in found.journeys] == [
            [*dates[:3]],
            # Six days on, and at the same place: another journey.
            [dates[3]],
            [dates[4]],
            # What may have been on any day of a year is of none.
            [dates[5]],
            [dates[6]],
        ]
        assert found.route == found.journeys[0].stops

    def test_of_several_journeys_none_is_drawn_but_each_leads_to_its_map(self, client, gazetteer):
        rows = [("Paris", "2023-01-01"), ("Rouen", "2023-01-02"), ("Loose", "2023-03-01")]
        rows += [("Rouen", "2023-05-01/2023-05-03"), ("Paris", "2023-05-04"), ("Rouen", "2023-05-05")]
        self.of(*((gazetteer[name], date, {}) for name, date in rows))
        html = page(client, "/meetings/map/?official=ann&area=-25,34,45,72&status=held")
        assert 'class="way ' not in html
        assert 'class="stop"' not in html
        assert '<a href="#stops">Choose a journey below to see its route</a>' in html
        ways = re.findall(r'<p><b>([^<]+)</b> <a href="([^"]+)" rel="nofollow">See this journey on the map</a>', html)
        assert ways == [
            ("1 to 2 January 2023", "?official=ann&amp;status=held&amp;from=2023-01-01&amp;to=2023-01-02"),
            ("1 to 5 May 2023", "?official=ann&amp;status=held&amp;from=2023-05-01&amp;to=2023-05-05"),
        ]
        html = page(client, f"/meetings/map/{unescape(ways[1][1])}")
        assert "Choose a journey" not in html
        assert "See this journey" not in html
        assert '<tspan class="stop">1, 3</tspan> Rouen' in html
        assert '<tspan class="stop">2</tspan> Paris' in html
        assert 'class="way route"' in html
        svg = client.get("/meetings/map.svg?official=ann").content.decode()
        assert 'class="way ' not in svg

    def test_a_stop_names_the_places_in_it(self, client, gazetteer):
        self.of(
            (gazetteer["Palace"], "2023-01-01", {}),
            (gazetteer["Rouen"], "2023-01-02", {}),
            (gazetteer["Paris"], "2023-01-03", {}),
            (gazetteer["Palace"], "2023-01-04", {}),
        )
        html = re.sub("<[^>]+>", "", page(client, "/meetings/map/?official=ann"))
        assert "Paris (Palace): 1 January 2023" in html
        assert "Paris, with Palace: 3 January 2023; 4 January 2023" in html

    def test_more_than_a_line_can_show_are_not_joined(self, client, gazetteer, monkeypatch):
        monkeypatch.setattr(stops, "MOST", 1)
        assert self.of((gazetteer["Paris"], "2023", {}), (gazetteer["Rouen"], "2024", {})) is None
        assert "too many meetings to list and join" in page(client, "/meetings/map/?official=ann")

    def test_they_are_joined_for_one_official_only(self, client, article):
        assert "In order of time" in page(client, "/meetings/map/?official=yoav-gallant")
        assert "In order of time" not in page(client, "/meetings/map/?official=yoav-gallant&official=lloyd-austin")
        assert "In order of time" not in page(client, "/meetings/map/")

    def test_no_name_lies_on_the_head_of_an_arrow(self, gazetteer):
        # Eastwards, names would begin where the line leads.
        where = [("Here", 48, 0), ("There", 48, 14), ("Farther", 47, 28), ("Farthest", 49, 44)]
        found = self.of(
            *(
                (factories.PlaceFactory(name=name, latitude=latitude, longitude=longitude), f"2023-01-0{at}", {})
                for at, (name, latitude, longitude) in enumerate(where, 1)
            )
        )
        asked = places.of(filterset("official=ann").sought())
        for layout in (marks.LARGE, marks.SMALL):
            one = laid.lay(asked, found, map_picture.fitted(asked), layout)
            assert len(one.names) == 4
            heads = list(route.heads(one.ways, layout))
            assert len(heads) == 3
            for name in one.names:
                width = marks.LETTER * layout.letters * len(name.text)
                west = name.x - {"": 0, "end": 1, "middle": 0.5}[name.anchor] * width
                box = marks.Box(west, name.y - 0.9 * layout.letters, west + width, name.y + 0.2 * layout.letters)
                assert not any(marks.overlap(box, head) for head in heads)
