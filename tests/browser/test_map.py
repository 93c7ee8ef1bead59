"""The map as a reader moves it: by links, buttons, keys, the mouse, and without JavaScript."""

import re
from base64 import b64encode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import AXE

ADDRESS = "/meetings/map/"
WORLD = f"{ADDRESS}?area=-180,-90,180,90"
OF_WORLD = re.compile(r"area=-180,-90,180,90$")


def box(page: Page):
    return page.locator(".map-box")


def drawn_anew(page: Page):
    """Waits until the server has drawn what is shown."""
    expect(page.locator(".map-box svg.picture")).to_have_attribute("viewBox", "0 0 720 405")
    expect(box(page)).not_to_have_attribute("aria-busy", "true")


def rows(page: Page) -> list[str]:
    return page.locator("#places ~ table tr[data-slug]").evaluate_all("rows => rows.map(row => row.dataset.slug)")


def test_the_world_has_the_marks_of_its_table(page: Page, base_url):
    page.goto(WORLD)
    assert page.locator(".map-box a .shape").count() > 0
    assert "brussels" in rows(page)
    expect(page.locator(".map-account")).to_contain_text("without a place")


@pytest.mark.parametrize("kind", ["page", "scriptless"])
def test_links_lead_closer(request, kind, base_url):
    page: Page = request.getfixturevalue(kind)
    page.goto(WORLD)
    all_of_it = rows(page)
    page.get_by_role("link", name="Middle East").click()
    expect(page).to_have_url(re.compile(r"area=24"))
    expect(page.get_by_role("link", name="Middle East")).to_have_attribute("aria-current", "true")
    expect(page.locator(".map-account")).to_contain_text("This view shows")
    assert "brussels" not in rows(page)
    page.get_by_role("link", name="World").click()
    expect(page).to_have_url(OF_WORLD)
    expect(page.locator("#places ~ table tr[data-slug]")).to_have_count(len(all_of_it))


@pytest.mark.parametrize("kind", ["page", "scriptless"])
def test_a_cluster_opens(request, kind, base_url):
    page: Page = request.getfixturevalue(kind)
    page.goto(WORLD)
    cluster = page.locator('.map-box a[href*="area="]').first
    cluster.focus()
    cluster.press("Enter")
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    expect(page.locator(".map-box a .shape").first).to_be_attached()


def test_buttons_keep_the_focus_and_the_way_back_works(page: Page, base_url):
    page.goto(WORLD)
    page.get_by_role("link", name="Closer").press("Enter")
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    expect(page.get_by_role("link", name="Closer")).to_be_focused()
    page.get_by_role("link", name="Farther away").press("Enter")
    expect(page).to_have_url(OF_WORLD)
    expect(box(page)).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    expect(page.locator(".map-account")).to_contain_text("This view shows")


def test_keys_move_the_map(page: Page, base_url):
    page.goto(WORLD)
    box(page).press("+")
    box(page).press("+")
    box(page).press("ArrowRight")
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    drawn_anew(page)
    first = page.url
    box(page).press("ArrowLeft")
    expect(page).not_to_have_url(first)
    drawn_anew(page)
    box(page).press("-")
    box(page).press("-")
    expect(page).to_have_url(OF_WORLD)


def test_the_mouse_drags_and_the_wheel_goes_closer(page: Page, base_url):
    page.goto(WORLD)
    box(page).scroll_into_view_if_needed()
    place = box(page).bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(*middle)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(600)
    expect(page).to_have_url(OF_WORLD)
    box(page).scroll_into_view_if_needed()
    place = box(page).bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(*middle)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
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
    page.goto(WORLD)
    page.get_by_role("link", name="Europe").click()
    expect(page.locator(".taken a")).to_have_attribute("href", re.compile(r"map\.svg\?area=-25"))
    with page.expect_download() as download:
        page.locator(".taken button").click()
    assert download.value.suggested_filename == "map-25-34-45-72.png"


def test_the_view_stays_when_the_filter_changes(page: Page, base_url):
    page.goto(WORLD)
    page.get_by_role("link", name="Europe").click()
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile(r"area=-"))


SIZES = """marks => marks.map(mark => mark.getBoundingClientRect()).filter(box => box.width)
    .map(box => Math.min(box.width, box.height))"""


def test_marks_can_be_seen_and_touched_on_a_phone(phone: Page, base_url):
    for address in (ADDRESS, WORLD):
        phone.goto(address)
        assert min(phone.locator(".map-box .shape").evaluate_all(SIZES)) >= 5
        # Neighbours among few are smaller than a finger rather than one: the table has the same links.
        same = phone.locator(".map-table a").evaluate_all("links => links.map(link => link.href)")
        for mark in phone.locator(".map-box a:has(.shape)").locator("visible=true").all():
            size = mark.bounding_box()
            assert min(size["width"], size["height"]) >= 23.5 or mark.evaluate("link => link.href.baseVal") in {
                one.partition(base_url)[2] for one in same
            }
        assert min(phone.locator(".map-table a").evaluate_all(SIZES)) >= 23.5


@pytest.mark.parametrize("width", [320, 375, 768, 1000, 1280])
def test_numbers_stand_in_their_marks(page: Page, base_url, width):
    page.set_viewport_size({"width": width, "height": 812})
    # A disc that was held in part only has its number where that part has room.
    for address in (f"{ADDRESS}?status=planned", f"{WORLD}&status=planned"):
        page.goto(address)
        numbers = page.locator(".map-box a:has(.on-mark)").evaluate_all("""links => links.map(link => {
            const [disc, number] = [".shape", ".on-mark"].map(one => link.querySelector(one).getBoundingClientRect());
            return [disc.width, number.width];
        }).filter(([disc]) => disc)""")
        assert numbers
        for disc, number in numbers:
            assert number <= disc + 0.5


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_mark_is_legible_and_large_enough(page: Page, base_url, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 812})
    for query in ("", "?area=-180,-90,180,90", "?official=yoav-gallant"):
        page.goto(f"{ADDRESS}{query}")
        page.evaluate(AXE)
        found = page.evaluate("""() => axe.run(".map-box", {runOnly: ["color-contrast", "target-size"]})""")
        assert [node["html"] for rule in found["violations"] for node in rule["nodes"]] == []


def test_the_legend_is_of_the_marks_that_are_shown(page: Page, base_url):
    for width, address, several in ((1280, ADDRESS, False), (375, ADDRESS, False), (375, WORLD, True)):
        page.set_viewport_size({"width": width, "height": 812})
        page.goto(address)
        assert page.locator(".map-box .around").locator("visible=true").count() == several
        assert page.get_by_text("several places: opens them").locator("visible=true").count() == several


def test_the_map_begins_on_the_first_screen_of_a_phone(phone: Page, base_url):
    for query in ("", "?official=yoav-gallant"):
        phone.goto(f"{ADDRESS}{query}")
        assert box(phone).bounding_box()["y"] < 812 - 100


@pytest.mark.parametrize("kind", ["page", "scriptless"])
def test_few_places_are_shown_from_near_with_a_way_to_the_world(request, kind, base_url):
    page: Page = request.getfixturevalue(kind)
    page.goto(ADDRESS)
    expect(page.get_by_role("link", name="These meetings")).to_have_attribute("aria-current", "true")
    all_of_it = rows(page)
    page.get_by_role("link", name="World").click()
    expect(page).to_have_url(OF_WORLD)
    assert rows(page) == all_of_it
    page.get_by_role("link", name="These meetings").click()
    expect(page).to_have_url(re.compile(r"/map/$"))


@pytest.mark.parametrize("width", [375, 1280])
def test_neighbours_are_two_on_the_front_page_and_on_the_map(page: Page, base_url, width):
    page.set_viewport_size({"width": width, "height": 812})
    for address, frame in (("/", ".front-map"), (ADDRESS, ".map-box")):
        page.goto(address)
        names = page.locator(f"{frame} .name").locator("visible=true").all_text_contents()
        assert sorted(name.partition(" (")[0] for name in names) == ["Brussels", "Paris"]


def test_it_fits_the_paper(page: Page, base_url):
    page.goto(f"{ADDRESS}?official=yoav-gallant")
    page.emulate_media(media="print")
    expect(box(page)).to_be_visible()
    expect(page.locator(".map-parts")).to_be_hidden()
    expect(page.locator(".stops li").first).to_be_visible()


def changed(page: Page, before: bytes, after: bytes) -> int:
    """How many pixels differ between two screenshots of the same size."""
    script = """async shots => {
        const [one, other] = await Promise.all(shots.map(async shot => {
            const bytes = Uint8Array.from(atob(shot), letter => letter.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes]));
            const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
            canvas.drawImage(image, 0, 0);
            return new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
        }));
        return one.filter((pixel, at) => pixel !== other[at]).length;
    }"""
    return page.evaluate(script, [b64encode(shot).decode() for shot in (before, after)])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_country_with_the_focus_can_be_seen(page: Page, base_url, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{ADDRESS}?area=-25,34,45,72")
    before = box(page).screenshot()
    for country in page.locator(".map-box a:has(path.land)").all()[:4]:
        country.focus()
        size = country.bounding_box()
        # Of its outline, at least the half.
        assert changed(page, before, box(page).screenshot()) > size["width"] + size["height"]
    page.locator("body").press("Tab")
    box(page).focus()
    expect(page.locator(".focus-ring")).to_have_count(0)


def test_a_link_wins_over_a_move_that_still_waits(page: Page, base_url):
    page.clock.install()
    page.goto(WORLD)
    asked: list[Route] = []
    page.route(re.compile(r"/map/\?area="), lambda route: asked.append(route))
    box(page).press("+")
    page.get_by_role("link", name="Europe").click()
    page.clock.run_for(1000)
    expect(box(page)).to_have_attribute("aria-busy", "true")
    (europe,) = asked
    europe.continue_()
    expect(page.get_by_role("link", name="Europe")).to_have_attribute("aria-current", "true")
    drawn_anew(page)


def test_a_late_answer_leaves_the_map_in_the_hand(page: Page, base_url):
    page.goto(WORLD)
    asked: list[Route] = []
    page.route(re.compile(r"/map/\?area=-25"), lambda route: asked.append(route))
    page.get_by_role("link", name="Europe").click()
    expect(box(page)).to_have_attribute("aria-busy", "true")
    box(page).press("+")
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    drawn_anew(page)
    expect(page.get_by_role("link", name="Europe")).not_to_have_attribute("aria-current", "true")


def test_the_map_stays_where_the_next_view_cannot_be_had(page: Page, base_url):
    page.goto(WORLD)
    page.context.set_offline(True)
    page.get_by_role("link", name="Europe").click()
    expect(page.locator(".map-account")).to_contain_text("could not be fetched")
    drawn_anew(page)
    box(page).press("+")
    expect(page.locator(".map-box svg.picture")).not_to_have_attribute("viewBox", "0 0 720 405")
    drawn_anew(page)
    expect(page).to_have_url(OF_WORLD)
    page.context.set_offline(False)
    page.get_by_role("link", name="Europe").press("Enter")
    expect(page.locator(".map-account")).to_contain_text("This view shows")
    expect(page.get_by_role("link", name="Europe")).to_be_focused()


def test_skipping_the_map_fetches_nothing(page: Page, base_url):
    page.goto(WORLD)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Skip the map").press("Enter")
    expect(page).to_have_url(re.compile("#after$"))
    page.get_by_role("link", name="Europe").click()
    expect(page).to_have_url(re.compile(r"area=(?!-180)"))
    assert len([one for one in asked if "/map/" in one]) == 1
