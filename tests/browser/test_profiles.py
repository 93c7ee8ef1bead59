"""The pictures of profiles in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.lenses import portrait
from meetings.models import Official
from tests import factories
from tests.browser.conftest import AXE


@pytest.fixture
def official(base_url) -> Official:
    """One with a post and meetings in two years."""
    official = Official.objects.get(slug="yoav-gallant")
    factories.PositionFactory(official=official, title="Commander", started="1994", ended="2012")
    meeting = factories.MeetingFactory(publication="published", status="held", date="2001-12/2002-01")
    factories.ParticipationFactory(meeting=meeting, official=official)
    return official


@pytest.fixture
def large(official, monkeypatch) -> Official:
    """The same, whose profile comes without its years."""
    monkeypatch.setattr(portrait, "AT_ONCE", 2)
    return official


def columns(page: Page):
    return page.locator(".career a:visible")


@pytest.mark.parametrize("colours", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing(page: Page, axe, official, colours):
    page.emulate_media(**colours)
    for address in (official.get_absolute_url(), f"{official.get_absolute_url()}years/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        expect(columns(page)).to_have_count(3)
        assert axe(page) == [], address


@pytest.mark.parametrize("width", [375, 320])
@pytest.mark.parametrize("kind", ["official", "large"])
def test_a_phone_has_all_of_the_years_in_sight(request, phone: Page, axe, kind, width):
    official = request.getfixturevalue(kind)
    phone.set_viewport_size({"width": width, "height": 640})
    phone.goto(official.get_absolute_url())
    if kind == "large":
        phone.evaluate("document.querySelector('.later')?.scrollIntoView()")
    expect(columns(phone)).to_have_count(3)
    drawn = phone.locator(".career svg:visible")
    assert drawn.evaluate("one => one.getBoundingClientRect().width / one.viewBox.baseVal.width") >= 1
    expect(drawn.locator("text", has_text="Commander")).to_have_count(1)
    for one in drawn.locator("text").all():
        box = one.bounding_box()
        assert 16 <= box["x"] < box["x"] + box["width"] <= width - 16
    assert phone.evaluate("(one => one.scrollWidth <= one.clientWidth)(document.querySelector('.career'))")
    phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(phone) == []


def test_a_column_leads_to_its_list(page: Page, official):
    page.goto(official.get_absolute_url())
    columns(page).first.click()
    expect(page).to_have_url(re.compile(r"/meetings/\?official=yoav-gallant&from=2001&to=2001$"))
    expect(page.locator(".result-count")).to_have_text(re.compile(r"\b1\b"))


def test_the_keyboard_finds_the_same_lists_in_the_table(page: Page, official):
    page.goto(official.get_absolute_url())
    page.locator(".numbers summary").focus()
    page.keyboard.press("Enter")
    # The box of the table, which can be scrolled, and its first link.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"official=yoav-gallant&from=2001&to=2001$"))


def test_a_large_profile_fetches_its_years_and_places(page: Page, axe, large):
    page.goto(large.get_absolute_url())
    expect(columns(page)).to_have_count(3)
    expect(page.locator("#where .barred")).not_to_have_count(0)
    expect(page.locator(".later")).to_have_count(0)
    assert axe(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "yoav-gallant-years.png"


def test_without_scripts_a_link_leads_to_them(scriptless: Page, large):
    scriptless.goto(large.get_absolute_url())
    scriptless.get_by_role("link", name="Year by year").click()
    expect(columns(scriptless)).to_have_count(3)
    expect(scriptless.locator("#where .barred")).not_to_have_count(0)


def test_each_target_is_large_enough(page: Page, phone: Page, official):
    """At least 24 pixels each way, or as far from others: the rule that axe leaves out unless it is asked for."""
    addresses = (
        official.get_absolute_url(),
        "/countries/israel/",
        "/places/belgium/",
        "/officials/lloyd-austin/with/yoav-gallant/",
        "/countries/israel/with/united-states/",
        "/",
    )
    for shown in (page, phone):
        for address in addresses:
            shown.goto(address)
            shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            shown.evaluate(AXE)
            found = shown.evaluate("() => axe.run({runOnly: ['target-size']}).then(result => result.violations)")
            assert [node["html"] for rule in found for node in rule["nodes"]] == [], address


@pytest.mark.parametrize("name", ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter", "آل" * 40])
def test_a_long_name_does_not_scroll_the_page(phone: Page, official, name):
    for record in Official.objects.filter(slug__in=["yoav-gallant", "lloyd-austin"]):
        record.name = name
        record.save()
    phone.set_viewport_size({"width": 320, "height": 640})
    for address in (
        "/officials/yoav-gallant/",
        "/officials/lloyd-austin/with/yoav-gallant/",
        "/countries/israel/",
        "/",
    ):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_on_paper_the_ways_to_look_are_left_out(page: Page, official):
    page.goto(official.get_absolute_url())
    expect(page.locator(".also-as span").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".also-as span").first).to_be_hidden()


def test_on_paper_the_numbers_stand_open(page: Page, official):
    page.goto(official.get_absolute_url())
    expect(page.locator(".numbers table")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".numbers table")).to_be_visible()
