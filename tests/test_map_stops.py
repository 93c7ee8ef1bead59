"""The places of one official, in order of time."""

import re

import pytest

from meetings.choices import Medium, Status
from meetings.lenses import places, stops
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
            (("2023-03", {}), ("2023-03-02", {}), False),
            (("2023-03-02", {}), ("2023-03-02", {}), False),
            (
                ("2023-03-02", {"starts_at": "09:00", "time_zone": "UTC"}),
                ("2023-03-02", {"starts_at": "12:00", "time_zone": "UTC"}),
                True,
            ),
            (("2022", {}), ("2023-03", {}), True),
        ],
    )
    def test_an_order_that_is_not_certain_is_told(self, client, gazetteer, first, second, sure):
        found = self.of((gazetteer["Paris"], *first), (gazetteer["Rouen"], *second))
        assert found.stops[1].sure is sure
        html = page(client, "/meetings/map/?official=ann&area=0,44,6,51")
        assert ("perhaps before the one above" in html) is not sure
        assert ('class="way unsure"' in html) is not sure

    @pytest.mark.parametrize("between", [None, "Normandy", "Nowhere", "state"])
    def test_no_line_leads_past_a_meeting_that_is_not_on_the_map(self, client, gazetteer, between):
        place = between and gazetteer[between]
        self.of(
            (gazetteer["Paris"], "2023-01-01", {}), (place, "2023-02-01", {}), (gazetteer["Loose"], "2023-03-01", {})
        )
        for address in ("/meetings/map/?official=ann", "/meetings/map.svg?official=ann"):
            drawn = client.get(address).content.decode()
            assert 'class="way ' not in drawn
            assert "1 Paris" in drawn
            assert "3 Loose" in drawn
            assert "No line to or from a stop that is not on the map" in drawn
            assert "from a stop to the next" not in drawn
        assert ("No place known" in page(client, "/meetings/map/?official=ann")) is (between is None)

    @pytest.mark.parametrize("medium", [one for one in Medium if one != Medium.IN_PERSON])
    @pytest.mark.parametrize("place", [None, "Loose"])
    def test_who_calls_or_writes_goes_nowhere(self, client, gazetteer, monkeypatch, medium, place):
        monkeypatch.setattr(stops, "MOST", 2)
        found = self.of(
            (gazetteer["Paris"], "2023-01-01", {}),
            (place and gazetteer[place], "2023-02-01", {"medium": medium}),
            (place and gazetteer[place], "", {"medium": medium}),
            (gazetteer["Rouen"], "2023-03-01", {}),
        )
        assert [one.name for one in found.stops] == ["Paris", "Rouen"]
        assert found.undated == 0
        html = page(client, "/meetings/map/?official=ann&area=0,44,6,51")
        assert 'class="way route"' in html
        assert "No line to or from" not in html
        html = page(client, f"/meetings/map/?official=ann&medium={medium}")
        assert "None of these meetings is in person, and held or planned." in html
        assert '<ol class="stops"' not in html

    def test_lines_and_numbers_of_stops_are_in_the_legend(self, client, gazetteer):
        self.of(
            (gazetteer["Paris"], "2023-01-01", {}),
            (gazetteer["Loose"], "2023-03-01", {}),
            (gazetteer["Rouen"], "2023-03", {}),
            (gazetteer["Hall"], "2099", {"status": Status.PLANNED}),
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
            assert "No line to or from" not in drawn
            assert "stops in order of time" not in client.get(address.partition("?")[0]).content.decode()
            # Seen from afar, three of them are one mark, which says nothing of them.
            far = client.get(f"{address}&area=-180,-90,180,90").content.decode()
            assert 'class="way to-come"' not in far
            assert ">2 Loose<" in far
            assert ">around Paris" in far

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
        stops_told = re.search('<ol class="stops"><li>(.*?)</li></ol>', html)[1]
        assert re.sub("<[^>]+>", "", re.sub("</li><li>|<ul><li>", "|", stops_told)).split("|") == [
            "Paris: 15 June 2023",
            "Paris (planned): July 2023",
            "One",
            "Two",
            "Rouen (perhaps before the one above; planned): July 2023",
            "France (only the country is known): September 2023",
            "Nowhere (its position is not known): October 2023",
        ]

    def test_of_many_stops_those_of_one_journey_are_joined(self, client, gazetteer, monkeypatch):
        dates = ("2023-01-01", "2023-01-03/2023-01-05", "2023-01-19", "2023-02", "2023-03-03")
        places = ("Paris", "Loose", "Paris", "Rouen", "Loose")
        found = self.of(*((gazetteer[name], date, {}) for name, date in zip(places, dates, strict=True)))
        assert [one.days for one in found.stops] == [None, 2, 16, 13, 3]
        assert len(found.legs) == 4
        assert "can be within 14 days" not in page(client, "/meetings/map/?official=ann")
        monkeypatch.setattr(stops, "FEW", 4)
        monkeypatch.setattr(stops, "DAYS", 13)
        assert [one.meetings[0].date for one, _other in found.legs] == [dates[0], dates[2], dates[3]]
        assert "can be within 13 days" in page(client, "/meetings/map/?official=ann&status=held")

    def test_more_than_a_line_can_show_are_not_joined(self, client, gazetteer, monkeypatch):
        monkeypatch.setattr(stops, "MOST", 1)
        assert self.of((gazetteer["Paris"], "2023", {}), (gazetteer["Rouen"], "2024", {})) is None
        assert "too many meetings to join" in page(client, "/meetings/map/?official=ann")

    def test_they_are_joined_for_one_official_only(self, client, article):
        assert "In order of time" in page(client, "/meetings/map/?official=yoav-gallant")
        assert "In order of time" not in page(client, "/meetings/map/?official=yoav-gallant&official=lloyd-austin")
        assert "In order of time" not in page(client, "/meetings/map/")
