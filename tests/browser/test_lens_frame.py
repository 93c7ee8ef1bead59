"""The frame of all lenses, in a window, on a phone and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

LENSES = ["timeline", "calendar", "map", "network", "matrix"]
#: Pixels from the top of a page to the end of the ways to look, and to the picture.
TABS, PICTURE = 240, 510


@pytest.mark.parametrize("lens", LENSES)
def test_the_ways_to_look_stand_in_a_line(phone: Page, lens):
    for width in (320, 375):
        phone.set_viewport_size({"width": width, "height": 812})
        phone.goto(f"/meetings/{lens}/")
        tabs = [one.bounding_box() for one in phone.locator(".views a").all()]
        assert len(tabs) == 6
        assert len({box["y"] for box in tabs}) == 1
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in tabs), width
    assert tabs[0]["y"] + tabs[0]["height"] <= TABS


@pytest.mark.parametrize("lens", ["map", "network", "matrix"])
def test_the_picture_begins_within_a_phones_first_screen(phone: Page, lens):
    phone.goto(f"/meetings/{lens}/")
    picture = phone.locator(".map-box, .network-stage, .matrix-box")
    assert picture.bounding_box()["y"] <= PICTURE


def test_how_it_is_shown_is_said_and_opens(phone: Page, base_url):
    phone.goto("/meetings/matrix/?country=israel")
    summary = phone.locator(".shown-how > summary")
    expect(summary).to_have_text(re.compile(r"Among: Countries\s+At most: 40\s+Order: Number"))
    expect(phone.get_by_label("Among")).to_be_hidden()
    summary.click()
    phone.get_by_label("Among").select_option("Officials")
    phone.get_by_role("button", name="Show", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/meetings/matrix/\?country=israel&by=official$"))
    phone.get_by_role("link", name="Network", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/meetings/network/\?country=israel&by=official$"))
    expect(phone.locator(".shown-how > summary")).to_contain_text("Among: Officials")


def test_how_it_is_shown_is_chosen_without_javascript(scriptless: Page, base_url):
    scriptless.goto("/meetings/network/")
    expect(scriptless.locator(".shown-how > summary")).to_be_hidden()
    scriptless.get_by_label("Ties from").select_option("2")
    scriptless.get_by_role("button", name="Show", exact=True).click()
    expect(scriptless).to_have_url(re.compile(r"least=2"))
    expect(scriptless.get_by_label("Ties from")).to_have_value("2")


@pytest.mark.parametrize("width", [375, 1280])
def test_a_matrix_shows_that_it_goes_on(page: Page, width):
    """By a shade at the edge that goes as one comes to the end, and where it ends within the page."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/meetings/matrix/?by=official")
    box, frame = page.locator(".matrix-box"), page.locator(".matrix-frame")
    goes_on = box.evaluate("one => one.scrollWidth > one.clientWidth")
    expect(frame).to_have_css("opacity", str(int(goes_on)), pseudo="after")
    box.evaluate("one => one.scrollLeft = one.scrollWidth")
    expect(frame).to_have_css("opacity", "0", pseudo="after")
    box.evaluate("one => { one.scrollLeft = 0; one.style.width = '120px' }")
    expect(frame).to_have_css("opacity", "1", pseudo="after")


def test_the_numbers_of_a_network_are_found(page: Page, base_url):
    page.goto("/meetings/network/")
    page.get_by_text("The numbers in a table").click()
    expect(page.get_by_role("heading", name="The ties, strongest first")).to_be_visible()
    page.emulate_media(media="print")
    page.reload()
    expect(page.get_by_role("heading", name="The ties, strongest first")).to_be_visible()


def test_who_skips_to_the_content_is_past_the_filters(page: Page, base_url):
    page.goto("/meetings/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.results') !== null")
