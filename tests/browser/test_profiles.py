"""The pictures of profiles in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.lenses import portrait
from meetings.models import Official
from tests import factories


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
    return page.locator(".career a")


@pytest.mark.parametrize("colours", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_axe_finds_nothing(page: Page, axe, official, colours):
    page.emulate_media(**colours)
    for address in (official.get_absolute_url(), f"{official.get_absolute_url()}years/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        expect(columns(page)).to_have_count(3)
        assert axe(page) == [], address


def test_a_phone_scrolls_the_picture_only(phone: Page, axe, official):
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto(official.get_absolute_url())
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert phone.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.career'))")
    size = phone.evaluate("document.querySelector('.career svg').getBoundingClientRect().width")
    assert size >= 640
    assert axe(phone) == []


@pytest.mark.parametrize("kind", ["official", "large"])
def test_a_phone_begins_at_the_newest_end(request, phone: Page, kind):
    official = request.getfixturevalue(kind)
    phone.goto(official.get_absolute_url())
    if kind == "large":
        phone.evaluate("document.querySelector('.later')?.scrollIntoView()")
    expect(columns(phone)).to_have_count(3)
    left, beyond = phone.locator(".career").evaluate(
        "box => [box.scrollLeft, box.scrollWidth - box.clientWidth - box.scrollLeft]"
    )
    assert left > 100
    assert abs(beyond) < 2


def test_a_column_leads_to_its_list(page: Page, official):
    page.goto(official.get_absolute_url())
    columns(page).first.click()
    expect(page).to_have_url(re.compile(r"/meetings/\?official=yoav-gallant&from=2001&to=2001$"))
    expect(page.locator(".result-count")).to_have_text(re.compile(r"\b1\b"))


def test_the_keyboard_finds_the_same_lists_in_the_table(page: Page, official):
    page.goto(official.get_absolute_url())
    page.locator(".numbers summary").focus()
    page.keyboard.press("Enter")
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
    assert download.value.suggested_filename == "years.png"


def test_without_scripts_a_link_leads_to_them(scriptless: Page, large):
    scriptless.goto(large.get_absolute_url())
    scriptless.get_by_role("link", name="Year by year").click()
    expect(columns(scriptless)).to_have_count(3)
    expect(scriptless.locator("#where .barred")).not_to_have_count(0)
