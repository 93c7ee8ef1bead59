"""Pictures that are taken away: what programs draw that know less than browsers do, and what their files are called."""

import re

import pytest

from meetings.pictures import svg

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
