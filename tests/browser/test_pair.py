"""The pages of two in a browser."""

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/officials/lloyd-austin/with/yoav-gallant/"
#: What of a picture, or around it, is wider than it can be seen.
SCROLLS = """[...document.querySelectorAll("html, .course, .course *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
    .map((one) => one.outerHTML.slice(0, 80))"""


def test_a_mark_leads_to_its_meeting_by_keyboard(page: Page, base_url):
    page.goto(ADDRESS)
    expect(page.get_by_role("group", name="The meetings of the two over time")).to_be_visible()
    page.locator(".for-wide a").first.focus()
    expect(page.locator(":focus title")).to_have_text(re.compile("^March 2023: .*Held"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("meet in Israel")


def test_the_picture_can_be_taken_away(page: Page, base_url):
    page.goto(ADDRESS)
    with page.expect_download() as download:
        page.get_by_role("link", name="SVG").click()
    assert download.value.suggested_filename == "lloyd-austin-yoav-gallant.svg"
    ElementTree.parse(download.value.path())
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename.endswith(".png")


def test_a_phone_names_each_side_beside_who_was_there(phone: Page, base_url):
    phone.goto("/countries/israel/with/united-states/")
    expect(phone.locator(".ledger .side-name").first).to_have_text("Israel")
    box = phone.locator(".ledger .side-name").first.bounding_box()
    assert box["width"] > 20
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("width", [375, 320])
def test_a_phone_has_all_of_the_time_in_sight(phone: Page, base_url, width):
    phone.set_viewport_size({"width": width, "height": 640})
    phone.goto(ADDRESS)
    picture = phone.get_by_role("group", name="The meetings of the two over time")
    expect(picture).to_have_count(1)
    expect(picture.locator("text")).to_have_text(
        ["At home for Yoav Gallant · 1", "Elsewhere · 1", "Mar 2023", "Apr", "May", "Jun"]
    )
    for one in [*picture.locator("text").all(), *picture.locator("a").all()]:
        box = one.bounding_box()
        assert 16 <= box["x"] < box["x"] + box["width"] <= width - 16
    assert picture.evaluate("one => one.getBoundingClientRect().width / one.viewBox.baseVal.width") >= 1
    assert phone.evaluate(SCROLLS) == []


def test_a_profile_leads_to_what_two_have_in_common(scriptless: Page, base_url):
    scriptless.goto("/officials/yoav-gallant/")
    scriptless.locator("[data-slug=lloyd-austin] .number a").click()
    expect(scriptless).to_have_url(re.compile(f"{ADDRESS}$"))
    expect(scriptless.locator(".for-wide a")).to_have_count(2)


def test_it_prints_its_picture_within_the_page(page: Page, base_url):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(ADDRESS)
    assert page.locator("svg.picture:visible").bounding_box()["width"] <= 700
    expect(page.locator(".jump")).to_be_hidden()
