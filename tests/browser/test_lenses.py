"""Every lens with the article's meetings, all public datasets, and a hundred thousand invented meetings: what a picture
says is what the list says, and leads there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import opened
from tests.browser.sites import site
from tests.shared_data import SHARED


@pytest.fixture(scope="module", params=["article", "real", "invented"])
def address(request) -> Iterator[str]:
    """The address of a site, which nothing writes to."""
    if request.param == "real" and not SHARED.is_dir():
        pytest.skip(f"The public datasets are not at {SHARED}.")
    with site(request.param) as base:
        yield base


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Page]:
    yield from opened(chromium, address, viewport={"width": 1280, "height": 900})


def number(page: Page) -> int:
    return int(page.locator(".result-count").inner_text().replace(",", ""))


def of_text(text: str) -> int:
    """The first number in a text."""
    return int(re.search(r"\d[\d,]*", text)[0].replace(",", ""))


def some(links: Locator) -> list[int]:
    """The places of the first, the middle and the last of these links."""
    return sorted({0, links.count() // 2, links.count() - 1}) if links.count() else []


#: Of large sets, some lenses count the newest meetings only, and say so.
SAMPLED = "of the newest"


def test_numbers_of_the_matrix_are_those_of_lists(reader: Page):
    tried = 0
    for query in ("", "by=official", "status=held&order=name", "from=2000&to=2020"):
        reader.goto(f"/meetings/matrix/?{query}")
        sampled = SAMPLED in reader.locator(".results").inner_text()
        links = reader.locator(".matrix td a")
        for at in some(links):
            told = of_text(links.nth(at).inner_text())
            links.nth(at).click()
            assert told <= number(reader) if sampled else told == number(reader), reader.url
            reader.go_back()
            tried += 1
    assert tried
