"""Pictures that are taken away: what programs draw that know less than browsers do, and what their files are called."""

import re

import pytest

from meetings.pictures import svg
from meetings.views.pictures import file_name
from tests import factories

pytestmark = pytest.mark.django_db

LENSES = ["calendar", "calendar?on=2023-06", "map", "matrix", "network", "timeline", "timeline?unit=month"]
ADDRESSES = [f"/meetings/{lens.replace('?', '.svg?') if '?' in lens else f'{lens}.svg'}" for lens in LENSES]
ADDRESSES += ["/officials/yoav-gallant/years.svg", "/countries/israel/with/united-states/timeline.svg"]


def saved(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    return response


@pytest.mark.parametrize("address", ADDRESSES)
def test_colours_are_values_not_variables(client, article, address):
    """Programs that know no variables would draw all of it in black."""
    picture = saved(client, address).content.decode()
    assert "var(" not in picture
    assert "@media" not in picture
    style = re.search("<style>(.*?)</style>", picture, re.DOTALL)[1]
    assert ".mark-held { fill: #3868ac;" in style


def test_every_variable_of_pictures_has_a_value_on_paper():
    values = re.findall(r"(?:fill|stroke|color): ([^;]+);", svg.styles())
    assert len(values) > 50
    for value in values:
        assert re.fullmatch("#[0-9a-f]{3}|#[0-9a-f]{6}|none", value), value


@pytest.mark.parametrize("kind", ["land", "on-5", "on-6", "name", "left", "mark-held", "mark-vague", "shade-3", "soft"])
def test_what_is_needed_to_read_a_picture_has_a_simple_selector(kind):
    selectors = [one.strip() for rule in re.findall(r"([^{}]+)\{", svg.styles()) for one in rule.split(",")]
    assert {f".{kind}", f".picture .{kind}"} & {*selectors}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("calendar.svg", "calendar"),
        ("calendar.svg?on=2023", "calendar-2023"),
        ("calendar.svg?on=2023-06", "calendar-2023-06"),
        ("calendar.svg?from=1800&to=1801", "calendar-from-1800-to-1801"),
        ("timeline.svg?official=yoav-gallant", "timeline-official-yoav-gallant"),
        ("timeline.svg?unit=month&status=held&status=planned", "timeline-month-status-held-status-planned"),
        ("matrix.svg?by=official&from=2023-06", "matrix-official-from-2023-06"),
        ("network.svg?q=%D9%85%D8%B5%D8%B1", "network-q"),
        ("map.svg?q=a%22%2F..%5Cb", "map-q-ab"),
    ],
)
def test_a_file_is_called_what_it_shows(client, article, query, name):
    assert saved(client, f"/meetings/{query}")["Content-Disposition"] == f'attachment; filename="{name}.svg"'


def test_a_page_of_a_calendar_names_the_period_of_its_picture(client, article):
    """It is the same picture when newer meetings are there."""
    html = client.get("/meetings/calendar/?country=israel").content.decode()
    assert 'href="/meetings/calendar.svg?country=israel&amp;on=2023"' in html


def test_no_name_of_a_file_is_too_long():
    assert file_name("timeline", *(f"country {name}" for name in ["germany"] * 9)) == (
        "timeline-country-germany-country-germany-country-germany-country-germany.svg"
    )
    assert file_name("a" * 200) == f"{'a' * 76}.svg"
    assert file_name("a" * 76) == f"{'a' * 76}.svg"


def test_a_matrix_says_what_it_leaves_out(client):
    countries = [factories.CountryFactory() for _each in range(22)]
    for one in countries:
        meeting = factories.MeetingFactory(publication="published", status="held")
        for country in (countries[0], one) if one != countries[0] else (one,):
            factories.ParticipationFactory(meeting=meeting, country=country)
    picture = saved(client, "/meetings/matrix.svg?most=20").content.decode()
    assert "The 20 in most meetings are shown, of 22." in picture
    assert "A number counts the meetings that name both." in picture
    assert ">from 1</text>" in picture
    assert "are shown, of" not in saved(client, "/meetings/matrix.svg").content.decode()
    none = saved(client, "/meetings/matrix.svg?from=1700&to=1701").content.decode()
    assert "None of these meetings names any." in none
