"""The map as a reader moves it: by links, buttons, keys, the mouse, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/meetings/map/"


def box(page: Page):
    return page.locator(".map-box")


def drawn_anew(page: Page):
    """Waits until the server has drawn what is shown."""
    expect(page.locator(".map-box svg.picture")).to_have_attribute("viewBox", "0 0 720 405")
    expect(box(page)).not_to_have_attribute("aria-busy", "true")


def rows(page: Page) -> list[str]:
    return page.locator("#places ~ table tr[data-slug]").evaluate_all("rows => rows.map(row => row.dataset.slug)")


def test_the_world_has_the_marks_of_its_table(page: Page, base_url):
    page.goto(ADDRESS)
    assert page.locator(".map-box a .shape").count() > 0
    assert "brussels" in rows(page)
    expect(page.locator(".reading")).to_contain_text("without a place")


@pytest.mark.parametrize("kind", ["page", "scriptless"])
def test_links_lead_closer(request, kind, base_url):
    page: Page = request.getfixturevalue(kind)
    page.goto(ADDRESS)
    all_of_it = rows(page)
    page.get_by_role("link", name="Middle East").click()
    expect(page).to_have_url(re.compile(r"area=24"))
    expect(page.get_by_role("link", name="Middle East")).to_have_attribute("aria-current", "true")
    expect(page.locator(".reading")).to_contain_text("This view shows")
    assert "brussels" not in rows(page)
    page.get_by_role("link", name="World").click()
    expect(page).to_have_url(re.compile(r"/meetings/map/$"))
    expect(page.locator("#places ~ table tr[data-slug]")).to_have_count(len(all_of_it))


@pytest.mark.parametrize("kind", ["page", "scriptless"])
def test_a_cluster_opens(request, kind, base_url):
    page: Page = request.getfixturevalue(kind)
    page.goto(ADDRESS)
    cluster = page.locator('.map-box a[href*="area="]').first
    cluster.focus()
    cluster.press("Enter")
    expect(page).to_have_url(re.compile("area="))
    expect(page.locator(".map-box a .shape").first).to_be_attached()


def test_buttons_keep_the_focus_and_the_way_back_works(page: Page, base_url):
    page.goto(ADDRESS)
    page.get_by_role("link", name="Closer").press("Enter")
    expect(page).to_have_url(re.compile("area="))
    expect(page.get_by_role("link", name="Closer")).to_be_focused()
    page.get_by_role("link", name="Farther away").press("Enter")
    expect(page).to_have_url(re.compile(r"/map/$"))
    expect(box(page)).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile("area="))
    expect(page.locator(".reading")).to_contain_text("This view shows")


def test_keys_move_the_map(page: Page, base_url):
    page.goto(ADDRESS)
    box(page).press("+")
    box(page).press("+")
    box(page).press("ArrowRight")
    expect(page).to_have_url(re.compile("area="))
    drawn_anew(page)
    first = page.url
    box(page).press("ArrowLeft")
    expect(page).not_to_have_url(first)
    drawn_anew(page)
    box(page).press("-")
    box(page).press("-")
    expect(page).to_have_url(re.compile(r"/map/$"))


def test_the_mouse_drags_and_the_wheel_goes_closer(page: Page, base_url):
    page.goto(ADDRESS)
    box(page).scroll_into_view_if_needed()
    place = box(page).bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(*middle)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(600)
    expect(page).to_have_url(re.compile(r"/map/$"))
    box(page).scroll_into_view_if_needed()
    place = box(page).bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(*middle)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("area="))
    drawn_anew(page)
    zoomed = page.url
    page.mouse.down()
    page.mouse.move(middle[0] + 80, middle[1] + 30, steps=4)
    page.mouse.up()
    expect(page).not_to_have_url(zoomed)
    drawn_anew(page)


def test_what_is_shown_by_hand_is_what_the_server_draws(page: Page, base_url):
    """The page and the server agree on where things are."""
    page.goto(f"{ADDRESS}?area=-25,34,45,72")
    before = page.locator(".map-box").get_attribute("data-view").split(" ")
    box(page).press("ArrowRight")
    expect(page).not_to_have_url(re.compile("-25,34"))
    drawn_anew(page)
    after = box(page).get_attribute("data-view").split(" ")
    x, y, scale = (float(one) for one in before)
    assert float(after[0]) == pytest.approx(x + 0.2 / scale, abs=1e-4)
    assert float(after[1]) == pytest.approx(y, abs=1e-4)
    assert float(after[2]) == pytest.approx(scale, rel=1e-2)


def test_the_picture_that_is_taken_away_is_of_the_view(page: Page, base_url):
    page.goto(ADDRESS)
    page.get_by_role("link", name="Europe").click()
    expect(page.locator(".taken a")).to_have_attribute("href", re.compile(r"map\.svg\?area="))
    with page.expect_download() as download:
        page.locator(".taken button").click()
    assert download.value.suggested_filename == "map.png"


def test_the_view_stays_when_the_filter_changes(page: Page, base_url):
    page.goto(ADDRESS)
    page.get_by_role("link", name="Europe").click()
    expect(page).to_have_url(re.compile("area="))
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile(r"area=-"))


def test_marks_can_be_seen_on_a_phone(phone: Page, base_url):
    phone.goto(ADDRESS)
    smallest = phone.locator(".map-box .shape").evaluate_all(
        "marks => Math.min(...marks.map(mark => mark.getBoundingClientRect().width))"
    )
    assert smallest >= 3.5
    sizes = phone.locator(".map-table a").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect()).flatMap(box => [box.height, box.width])"
    )
    assert min(sizes) >= 23.5


def test_it_fits_the_paper(page: Page, base_url):
    page.goto(f"{ADDRESS}?official=yoav-gallant")
    page.emulate_media(media="print")
    expect(box(page)).to_be_visible()
    expect(page.locator(".map-parts")).to_be_hidden()
    expect(page.locator(".stops li").first).to_be_visible()
