"""What a map says in words of where most meetings are."""

import re

import pytest

from meetings.choices import Status
from tests import factories
from tests.maps import published, seen
from tests.pages import page

pytestmark = pytest.mark.django_db


class TestForemost:
    @pytest.mark.parametrize("query", ["", "status=planned"])
    @pytest.mark.parametrize(
        ("numbers", "foremost"),
        [((3,), 0), ((3, 3), 0), ((2, 2, 2, 2), 0), ((2, 1, 1), 1), ((4, 3, 1, 1), 2), ((2, 1), 2), ((4, 3, 2, 1), 3)],
    )
    def test_where_most_meetings_are_is_told_as_far_as_none_has_as_many(self, client, query, numbers, foremost):
        for at, n in enumerate(numbers):
            country = factories.CountryFactory(name=f"Land {at}", latitude=at, longitude=at)
            place = factories.PlaceFactory(name=f"Town {at}", country=country, latitude=9 * at, longitude=9 * at)
            for _number in range(n):
                published(place=place, status=Status.PLANNED)
        html = re.sub("<[^>]+>", "", page(client, f"/meetings/map/?{query}"))
        country = r"country \(where they took place, not who took part\)"
        for kind, name in ((country, "Land"), ("place", "Town")):
            told = ", ".join(f"{name} {at} ({n}, none held)" for at, n in enumerate(numbers[:foremost]))
            assert re.findall(rf"Most meetings by {kind}: (.*?)\.", html) == ([told] if told else [])

    def test_a_place_without_a_point_can_have_most_meetings(self, client, gazetteer):
        for name in ("Nowhere", "Nowhere", "Hall", "Paris", "Paris", "Normandy", "Normandy", "Normandy", "Normandy"):
            published(place=gazetteer[name], status=Status.HELD)
        html = re.sub("<[^>]+>", "", page(client, "/meetings/map/"))
        assert "Most meetings by place: Nowhere (3), Paris (2), Hall (1)." in html

    def test_what_is_known_of_the_foremost_is_told(self, client, gazetteer):
        country = factories.CountryFactory(name="Farland", latitude=2, longitude=2)
        farland = factories.PlaceFactory(kind="country", name="Farland", country=country)
        for status in (Status.HELD, Status.PLANNED, Status.PLANNED):
            published(place=gazetteer["Paris"], status=status)
        for _number in range(2):
            published(place=farland, status=Status.HELD)
        html = re.sub("<[^>]+>", "", page(client, "/meetings/map/"))
        assert (
            "Most meetings by country (where they took place, not who took part): France (3, 1 held),"
            " Farland (2, where in it is not known)." in html
        )
        # A country is as dark as its meetings held are many.
        assert [(one.name, one.n, one.held) for one in seen("").grounds] == [("France", 3, 1), ("Farland", 2, 2)]
        assert (seen("").greatest, "Meetings held in a country:" in html) == (2, True)
        assert "Meetings in a country:" in re.sub("<[^>]+>", "", page(client, "/meetings/map/?status=held"))
        gone = factories.CountryFactory(name="Bygone", kind="former-state", latitude=1, longitude=1)
        for _number in range(5):
            published(place=factories.PlaceFactory(name="Old Town", country=gone, latitude=1, longitude=1))
        assert "Bygone (5, none held, not drawn: it is no more)" in re.sub(
            "<[^>]+>", "", page(client, "/meetings/map/")
        )

    def test_what_was_not_held_is_not_said_to_have_met(self, client, gazetteer):
        bonn = factories.PlaceFactory(name="Bonn", country=factories.CountryFactory(), latitude=50.7, longitude=7.1)
        for place in (gazetteer["Paris"], gazetteer["Paris"], bonn):
            published(place=place, status=Status.PLANNED)
        html = re.sub("<[^>]+>", "", page(client, "/meetings/map/?status=planned"))
        assert "Most meetings by country (where they took place, not who took part): France (2, none held)" in html
        assert "Most meetings by place: Paris (2, none held)" in html
        assert not re.search("(most|they) met", html)
