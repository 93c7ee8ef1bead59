"""The timeline as a reader uses it: from years to days and back, by pointer and by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

ADDRESSES = [
    "/meetings/timeline/",
    "/meetings/timeline/?unit=year",
    "/meetings/timeline/?unit=week&from=2023-03&to=2023-06",
    "/meetings/timeline/?unit=day&from=2023-06&to=2023-06",
    "/meetings/timeline/?unit=day",
    "/meetings/timeline/?from=1800&to=1801",
]


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"color_scheme": "light"}, {"forced_colors": "active"}])
def test_axe_finds_nothing(page: Page, phone: Page, axe, media):
    for one in (page, phone):
        one.emulate_media(**media)
        for address in ADDRESSES:
            one.goto(address)
            one.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert axe(one) == [], address


def test_nothing_scrolls_sideways(phone: Page):
    for width in (320, 375):
        phone.set_viewport_size({"width": width, "height": 640})
        for address in ADDRESSES:
            phone.goto(address)
            assert phone.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_reader_comes_closer_and_goes_back_without_javascript(scriptless: Page, base_url):
    scriptless.goto("/meetings/timeline/?unit=year")
    scriptless.get_by_role("link", name=re.compile("^2023: 12 meetings")).first.click()
    expect(scriptless).to_have_url(re.compile(r"/meetings/timeline/\?from=2023&to=2023$"))
    expect(scriptless.locator(".lines li")).to_have_count(12)
    periods = scriptless.get_by_role("navigation", name="Periods")
    periods.get_by_role("link", name="2022").click()
    expect(scriptless.locator(".lines li")).to_have_count(1)
    periods.get_by_role("link", name="2020 to 2029").click()
    expect(scriptless.locator(".result-count")).to_have_text("13")
    periods.get_by_role("link", name="All dates").click()
    expect(scriptless).to_have_url(re.compile("/meetings/timeline/$"))


def test_a_number_opens_its_list(page: Page, base_url):
    page.goto("/meetings/timeline/?unit=month&from=2023&to=2023")
    page.get_by_role("link", name="June 2023: 10 meetings", exact=True).click()
    expect(page).to_have_url(re.compile(r"/meetings/\?from=2023-06&to=2023-06$"))
    expect(page.locator(".result-count")).to_have_text("10")


def test_the_table_has_the_same_numbers(page: Page, base_url):
    page.goto("/meetings/timeline/?unit=month&from=2023&to=2023")
    page.get_by_text("The numbers in a table").click()
    row = page.get_by_role("row", name=re.compile("June 2023"))
    assert row.get_by_role("cell").all_inner_texts() == ["10", "2", "2", "8", "0"]
    row.get_by_role("link", name="8").click()
    expect(page.locator(".result-count")).to_have_text("8")


def test_the_keyboard_reaches_bars_and_shows_where_it_is(page: Page, base_url):
    page.goto("/meetings/timeline/?unit=month&from=2023&to=2023")
    page.locator(".bars a").first.focus()
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (page.evaluate("document.activeElement.closest('.bars') !== null"), style) == (True, "solid")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("from=2023-01&to=2023-01"))


def test_marks_stand_where_their_days_are(phone: Page, base_url):
    """A day is a dot, and a fortnight a band of its width, at the end of the axis."""
    phone.goto("/meetings/timeline/?from=2023-06&to=2023-06")
    strip = phone.locator(".lines .fluid").first.bounding_box()
    dot = phone.locator(".lines circle.mark-held").bounding_box()
    band = phone.locator(".lines rect.mark-planned").first.bounding_box()
    assert abs(dot["x"] + dot["width"] / 2 - strip["x"] - strip["width"] * 14.5 / 30) < 1.5
    assert abs(band["x"] - strip["x"] - strip["width"] / 2) < 1.5
    assert abs(band["width"] - strip["width"] / 2) < 2
    assert phone.locator(".lines circle").count() == 1


def test_the_picture_is_taken_away_as_png(page: Page, base_url):
    page.goto("/meetings/timeline/?unit=year")
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "timeline-year.png"
