"""The calendar as a reader meets it: without JavaScript, on a phone, by keyboard, on paper."""

import re

from playwright.sync_api import Page, expect


def test_a_reader_goes_from_the_year_to_a_month_and_to_a_day_without_javascript(scriptless: Page):
    scriptless.goto("/meetings/calendar/?on=2023")
    scriptless.get_by_role("link", name="June", exact=True).click()
    expect(scriptless.get_by_role("heading", name="June 2023", exact=True)).to_be_visible()
    expect(scriptless.get_by_role("heading", name=re.compile("Some time in June 2023"))).to_be_visible()
    day = scriptless.get_by_role("link", name=re.compile("^15 June 2023: "))
    number = sum(map(int, re.findall(r"(\d+) m", day.get_attribute("aria-label"))))
    day.click()
    expect(scriptless.locator(".result-count")).to_have_text(str(number))


def test_a_reader_asks_for_a_year_without_javascript(scriptless: Page):
    scriptless.goto("/meetings/calendar/?country=israel")
    scriptless.get_by_label("Year or month").fill("June")
    scriptless.get_by_role("button", name="Show", exact=True).click()
    field = scriptless.get_by_label("Year or month")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("something like “2023-06”"))
    field.fill("2023")
    scriptless.get_by_role("button", name="Show", exact=True).click()
    expect(scriptless).to_have_url(re.compile("country=israel"))
    expect(scriptless.get_by_role("heading", name="2023", exact=True)).to_be_visible()


def test_a_phone_shows_the_days_of_a_month_in_a_list(phone: Page):
    phone.goto("/meetings/calendar/?on=2023-06")
    expect(phone.locator("table.month")).to_be_hidden()
    expect(phone.locator(".agenda")).to_be_visible()
    expect(phone.locator(".agenda").get_by_role("link", name=re.compile("Lloyd Austin"))).to_be_visible()
    expect(phone.locator(".legend").get_by_text("1 held")).to_be_visible()


def test_a_window_shows_the_grid(page: Page):
    page.goto("/meetings/calendar/?on=2023-06")
    expect(page.locator(".legend").get_by_text("1 held")).to_be_hidden()
    expect(page.locator(".agenda")).to_be_hidden()
    expect(page.get_by_role("table", name="June 2023")).to_be_visible()
    grid, some = page.locator("table.month").bounding_box(), page.locator(".some").bounding_box()
    assert some["x"] >= grid["x"] + grid["width"]
    page.set_viewport_size({"width": 1000, "height": 800})
    grid, some = page.locator("table.month").bounding_box(), page.locator(".some").bounding_box()
    assert some["y"] >= grid["y"] + grid["height"]


def test_the_keyboard_passes_by_the_days(page: Page):
    page.goto("/meetings/calendar/?on=2023")
    page.get_by_role("link", name="Skip the calendar").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("SVG")


def test_it_prints(page: Page):
    page.goto("/meetings/calendar/?on=2023-06")
    page.emulate_media(media="print")
    expect(page.locator("table.month")).to_be_visible()
    expect(page.locator(".agenda")).to_be_hidden()
    expect(page.locator(".month-strip")).to_be_hidden()


def test_the_picture_is_taken_away(page: Page):
    page.goto("/meetings/calendar/?on=2023")
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "calendar-2023.png"
