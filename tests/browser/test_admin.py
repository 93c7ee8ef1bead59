"""The admin in a real browser: dates in words, pickers, and a participant who is new, all under the CSP."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from meetings.models import Meeting


@pytest.fixture
def desk(page: Page) -> Page:
    """A desktop window in which an editor is signed in."""
    get_user_model().objects.create_superuser("editor", password="a long enough password")
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Log in").click()
    return page


def pick(page: Page, field: str, typed: str, offered: str) -> None:
    """Opens a picker, types, and chooses what it offers."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=offered).click()


def chosen(page: Page, field: str):
    return page.locator(f"#select2-id_{field}-container")


def test_a_date_is_said_in_words_as_one_types(desk: Page) -> None:
    desk.goto("/admin/meetings/meeting/add/")
    desk.locator("#id_date").fill("[2023-06-16..2023-06-30]")
    said = desk.locator("#id_date_words")
    expect(said).to_have_text("between 16 and 30 June 2023")
    desk.locator("#id_date").fill("2023-02-30")
    expect(said).to_contain_text("February 2023 has 28 days")
    desk.get_by_text("How to write a date").click()
    expect(desk.get_by_text("15 to 19 June 2023")).to_be_visible()


def test_a_meeting_is_written_on_one_page_with_a_new_official(desk: Page) -> None:
    desk.goto("/admin/meetings/meeting/add/")
    desk.get_by_label("Title:").fill("Várhelyi meets Gallant")
    pick(desk, "participations-0-official", "varhelyi", "Olivér Várhelyi")
    pick(desk, "participations-1-official", "gallant", "Yoav Gallant")
    pick(desk, "participations-1-position", "", "Yoav Gallant")
    pick(desk, "citations-0-source", "jerusalem", "Jerusalem Post")
    desk.get_by_text("Add another Participant").click()
    with desk.expect_popup() as opened:
        desk.locator("#add_id_participations-2-official").click()
    opened.value.get_by_label("Name:", exact=True).fill("Ursula von der Leyen")
    opened.value.get_by_role("button", name="Save", exact=True).click()
    expect(chosen(desk, "participations-2-official")).to_contain_text("Ursula von der Leyen")
    desk.get_by_role("button", name="Save and publish").click()
    expect(desk.get_by_text("Published: “Várhelyi meets Gallant”.")).to_be_visible()
    names = [str(row) for row in Meeting.objects.get(title="Várhelyi meets Gallant").participations.all()]
    assert names == ["Olivér Várhelyi", "Yoav Gallant", "Ursula von der Leyen"]


def test_a_date_that_was_refused_is_told_once(desk: Page) -> None:
    desk.goto("/admin/meetings/meeting/add/")
    desk.locator("#id_date").fill("2023-02-30")
    desk.get_by_label("Title:").fill("Talks")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".field-date .errorlist")).to_contain_text("February 2023 has 28 days")
    expect(desk.locator("#id_date_words")).to_have_text("")
    desk.locator("#id_date").fill("2023-02-31")
    expect(desk.locator("#id_date_words")).to_contain_text("February 2023 has 28 days")


#: The fields that a page shows and that reach beyond their own box or row.
BEYOND = """() => [...document.querySelectorAll(".form-row :is(input, select, textarea, .select2-container)")]
  .filter(field => field.getClientRects().length && !field.matches(".select2-hidden-accessible"))
  .filter(field => {
    const row = field.closest(".fieldBox, .form-row").getBoundingClientRect();
    return field.getBoundingClientRect().right > row.right + 1;
  })
  .map(field => field.id || field.className)"""


@pytest.mark.parametrize("width", [1280, 375])
def test_no_field_reaches_beyond_its_row(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto("/admin/meetings/meeting/add/")
    desk.get_by_text("Add another Status change").click()
    assert desk.evaluate(BEYOND) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_no_page_of_the_admin_scrolls_sideways_or_breaks_the_policy(desk: Page, width: int) -> None:
    meeting = Meeting.objects.first()
    desk.set_viewport_size({"width": width, "height": 800})
    for path in ("", "meetings/meeting/", "meetings/meeting/add/", f"meetings/meeting/{meeting.pk}/change/"):
        desk.goto(f"/admin/{path}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
    for view in ("history", "delete", "preview"):
        desk.goto(f"/admin/meetings/meeting/{meeting.pk}/{view}/")


def test_a_list_tells_what_is_public_beside_titles_that_have_room(desk: Page) -> None:
    desk.goto("/admin/meetings/meeting/")
    assert desk.locator("#result_list thead .text").all_inner_texts()[1:4] == ["TITLE", "WHEN", "PUBLICATION"]
    assert desk.locator("#result_list .field-title").first.bounding_box()["width"] >= 200
    header = desk.locator("#result_list .column-publication").bounding_box()
    shown = desk.locator("#changelist .results").bounding_box()
    assert header["x"] + header["width"] <= shown["x"] + shown["width"]
