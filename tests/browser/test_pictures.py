"""Pictures of lenses, taken away."""

import struct
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

LENSES = [
    "/meetings/matrix/?by=official",
    "/meetings/timeline/",
    "/meetings/calendar/?on=2023",
    "/meetings/calendar/?on=2023-06",
    "/meetings/map/?official=yoav-gallant",
    "/meetings/network/?by=official",
]


@pytest.mark.parametrize("address", LENSES)
def test_a_picture_is_taken_away_as_png_and_svg(page: Page, base_url, address, tmp_path):
    page.goto(address)
    sizes = []
    for name, ending in (("SVG", "svg"), ("PNG", "png")):
        with page.expect_download() as waiting:
            page.locator(".taken").get_by_text(name, exact=True).click()
        assert waiting.value.suggested_filename.endswith(f".{ending}")
        waiting.value.save_as(tmp_path / ending)
        sizes.append((tmp_path / ending).read_bytes())
    drawn = ElementTree.fromstring(sizes[0])
    width, height = struct.unpack(">II", sizes[1][16:24])
    assert sizes[1][:8] == b"\x89PNG\r\n\x1a\n"
    assert (width, height) == pytest.approx((2 * float(drawn.get("width")), 2 * float(drawn.get("height"))), abs=2)
    assert any(address.partition("?")[0] in (text or "") for text in drawn.itertext())


def test_a_picture_that_cannot_be_made_is_told(page: Page, base_url):
    page.goto(LENSES[0])
    page.route("**/meetings/matrix.svg*", lambda route: route.fulfill(status=503, body="busy"))
    page.locator(".taken").get_by_text("PNG", exact=True).click()
    expect(page.locator(".taken").get_by_role("status")).to_have_text("The picture could not be made.")


def test_without_scripts_nobody_is_offered_what_needs_them(scriptless: Page, base_url):
    scriptless.goto(LENSES[0])
    expect(scriptless.get_by_role("link", name="SVG")).to_be_visible()
    expect(scriptless.get_by_text("PNG")).to_be_hidden()
