"""The pages of two in a browser."""

import re
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

ADDRESS = "/officials/lloyd-austin/with/yoav-gallant/"


def test_a_mark_leads_to_its_meeting_by_keyboard(page: Page, base_url):
    page.goto(ADDRESS)
    page.get_by_role("region", name="The meetings of the two over time").focus()
    page.keyboard.press("Tab")
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


def test_a_phone_begins_where_the_lines_have_their_names(phone: Page, base_url):
    phone.goto(ADDRESS)
    assert phone.locator(".picture-box").first.evaluate(
        "box => [box.scrollLeft, box.scrollWidth > box.clientWidth]"
    ) == [
        0,
        True,
    ]


def test_the_names_of_the_lines_go_along(phone: Page, base_url):
    phone.goto(ADDRESS)
    box, names = phone.locator(".picture-box").first, phone.locator(".picture-box .stays")
    # What is out of sight is to that side.
    expect(names).to_have_text(["At home for Yoav Gallant · 1", "Elsewhere · 1 ›"])
    box.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(names).to_have_text(["‹ At home for Yoav Gallant · 1", "Elsewhere · 1"])
    for at in range(2):
        assert 0 < names.nth(at).bounding_box()["x"] < 60


def test_a_profile_leads_to_what_two_have_in_common(scriptless: Page, base_url):
    scriptless.goto("/officials/yoav-gallant/")
    scriptless.locator("[data-slug=lloyd-austin] .number a").click()
    expect(scriptless).to_have_url(re.compile(f"{ADDRESS}$"))
    expect(scriptless.locator("svg.picture a")).to_have_count(2)


def test_it_prints_its_picture_within_the_page(page: Page, base_url):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    page.goto(ADDRESS)
    assert page.locator("svg.picture").bounding_box()["width"] <= 700
    expect(page.locator(".jump")).to_be_hidden()
