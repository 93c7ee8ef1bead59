"""The network as a reader explores it: Cytoscape comes when it is turned to, and says what the tables say."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def network(page: Page) -> Page:
    page.goto("/meetings/network/?by=official")
    return page


def cytoscapes(page: Page) -> int:
    """How often the library was fetched."""
    return page.evaluate("performance.getEntriesByType('resource').filter(one => /cytoscape/.test(one.name)).length")


def middle_of(page: Page, name: str) -> dict[str, float]:
    """Where the server's picture has a disc, in pixels of its figure."""
    script = """name => {
        const links = [...document.querySelectorAll('.network-figure a')];
        const disc = links.find(one => one.textContent.startsWith(name)).querySelector('circle');
        const box = disc.getBoundingClientRect();
        const figure = document.querySelector('.network-figure').getBoundingClientRect();
        return {x: box.x + box.width / 2 - figure.x, y: box.y + box.height / 2 - figure.y};
    }"""
    return page.evaluate(script, name)


def test_the_library_comes_when_the_picture_is_turned_to(network: Page):
    network.wait_for_load_state("networkidle")
    assert cytoscapes(network) == 0
    network.locator(".network-figure").hover()
    expect(network.locator(".network-canvas canvas").first).to_be_visible()
    network.locator(".network-tools input").focus()
    assert cytoscapes(network) == 1


def test_nothing_in_the_console_is_wrong(page: Page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/meetings/network/")
    page.locator(".network-figure").hover()
    page.locator(".network-canvas canvas").first.wait_for()
    page.get_by_label("Find one in the picture").fill("israel")
    page.keyboard.press("Enter")
    expect(page.locator(".network-panel h3")).to_have_text("Israel")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert said == []


def test_one_is_found_by_name_and_told_of(network: Page):
    network.get_by_label("Find one in the picture").fill("varh")
    network.keyboard.press("Enter")
    panel = network.locator(".network-panel")
    expect(panel.get_by_role("link", name="Olivér Várhelyi")).to_have_attribute(
        "href", re.compile("/officials/oliver-")
    )
    expect(panel).to_be_focused()
    expect(panel.get_by_role("listitem")).to_have_count(1)
    expect(panel.get_by_role("listitem")).to_contain_text("none held")
    panel.get_by_role("button", name="Yoav Gallant").click()
    expect(panel.get_by_role("heading")).to_have_text("Yoav Gallant")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    network.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    network.get_by_label("Find one in the picture").fill("nobody of this name")
    network.keyboard.press("Enter")
    expect(network.get_by_role("status").filter(has_text="None in the picture")).to_be_visible()


def centre(network: Page, name: str, part: str) -> tuple[float, float]:
    """Where a disc, or its name, is on the screen."""
    box = network.locator(".network-figure > svg a", has_text=name).locator(part).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_while_the_library_comes_is_not_lost(network: Page):
    network.mouse.move(*centre(network, "Benjamin Netanyahu", ".disc"))
    network.mouse.down()
    network.wait_for_timeout(500)
    network.mouse.up()
    expect(network.locator(".network-panel")).to_contain_text("Benjamin Netanyahu")


def test_a_name_is_clicked_as_its_disc_is(network: Page):
    at = centre(network, "Benjamin Netanyahu", "text")
    network.mouse.move(*at)
    expect(network.locator(".network-canvas")).to_be_visible()
    network.wait_for_timeout(300)
    network.mouse.click(*at)
    expect(network.locator(".network-panel")).to_contain_text("Benjamin Netanyahu")


def test_who_types_a_name_stays_in_the_box(network: Page):
    find = network.get_by_label("Find one in the picture")
    find.press_sequentially("Lloyd Austin")
    expect(network.locator(".network-panel h3")).to_have_text("Lloyd Austin")
    expect(find).to_be_focused()
    network.keyboard.type(" III")
    expect(find).to_have_value("Lloyd Austin III")


def test_the_library_is_asked_for_again_after_it_failed(network: Page):
    network.route(re.compile("cytoscape.min"), lambda route: route.abort(), times=1)
    network.get_by_role("button", name="Zoom in").press("Enter")
    expect(network.locator(".network-status")).to_have_text("The picture cannot be explored now.")
    network.get_by_role("button", name="Zoom in").press("Enter")
    expect(network.locator(".network-canvas canvas").first).to_be_visible()
    expect(network.locator(".network-status")).to_have_text("")


def test_discs_stay_within_reach_while_it_is_explored(network: Page):
    network.get_by_role("button", name="Zoom in").press("Enter")
    network.locator(".network-canvas canvas").first.wait_for()
    link = network.locator(".network-figure a").filter(has_text="Lloyd Austin")
    link.focus()
    expect(link).to_be_focused()
    network.keyboard.press("Enter")
    expect(network.locator(".network-panel h3")).to_have_text("Lloyd Austin")


def test_a_disc_stands_where_the_server_drew_it(network: Page):
    place = middle_of(network, "Lloyd Austin")
    network.locator(".network-figure").hover(position={"x": 3, "y": 3})
    network.locator(".network-canvas canvas").first.wait_for()
    network.wait_for_timeout(200)
    network.locator(".network-canvas").click(position=place)
    expect(network.locator(".network-panel h3")).to_have_text("Lloyd Austin")
    assert network.url.endswith("by=official")


def test_the_picture_makes_room_for_what_is_told(network: Page):
    network.get_by_label("Find one in the picture").fill("Yoav Gallant")
    network.keyboard.press("Enter")
    panel = network.locator(".network-panel")
    expect(panel.get_by_role("heading")).to_have_text("Yoav Gallant")
    expect(panel).to_be_focused()
    network.locator(".network-zoom").scroll_into_view_if_needed()
    figure = network.locator(".network-figure").bounding_box()
    free = (panel.bounding_box()["x"] - figure["x"]) / figure["width"]
    there = middle_of(network, "Lloyd Austin")
    x, y = there["x"] * free, figure["height"] / 2 + (there["y"] - figure["height"] / 2) * free
    network.mouse.click(figure["x"] + x, figure["y"] + y)
    expect(panel.get_by_role("heading")).to_have_text("Lloyd Austin")
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    network.locator(".network-zoom").scroll_into_view_if_needed()
    figure = network.locator(".network-figure").bounding_box()
    network.mouse.click(figure["x"] + there["x"], figure["y"] + there["y"])
    expect(panel.get_by_role("heading")).to_have_text("Lloyd Austin")


def test_a_disc_is_opened_by_keyboard(network: Page):
    link = network.locator(".network-figure a").filter(has_text="Lloyd Austin")
    link.focus()
    network.keyboard.press("Enter")
    expect(network.locator(".network-panel")).to_be_focused()
    expect(network.locator(".network-panel h3")).to_have_text("Lloyd Austin")


def test_a_disc_leads_on_where_the_library_cannot_be_had(network: Page):
    network.route(re.compile("cytoscape.min"), lambda route: route.abort())
    network.locator(".network-figure a").filter(has_text="Lloyd Austin").locator("circle").click()
    network.wait_for_url("**/meetings/?official=lloyd-austin")


def test_weak_ties_are_left_out_and_come_back(network: Page):
    select, status = network.get_by_label("Hide ties under"), network.locator(".network-status")
    select.select_option("2")
    expect(status).to_have_text("Ties left: 1")
    network.get_by_label("Find one in the picture").fill("Olivér Várhelyi")
    expect(network.locator(".network-panel h3")).to_have_text("Olivér Várhelyi")
    expect(select).to_have_value("1")
    select.select_option("2")
    expect(network.locator(".network-panel")).to_be_hidden()
    network.get_by_role("button", name="Reset").click()
    expect(select).to_have_value("1")
    expect(status).to_have_text("")


def test_the_wheel_scrolls_the_page_until_the_picture_is_pressed(network: Page):
    figure = network.locator(".network-figure")
    figure.hover(position={"x": 3, "y": 3})
    network.locator(".network-canvas canvas").first.wait_for()
    before = network.evaluate("scrollY")
    network.mouse.wheel(0, 100)
    network.wait_for_timeout(300)
    assert network.evaluate("scrollY") > before
    figure.click(position={"x": 3, "y": 3})
    at = network.evaluate("scrollY")
    network.mouse.wheel(0, 100)
    network.wait_for_timeout(300)
    assert network.evaluate("scrollY") == at


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_axe_finds_nothing_while_it_is_explored(page: Page, axe, options):
    page.emulate_media(**options)
    page.goto("/meetings/network/")
    page.get_by_label("Find one in the picture").fill("Israel")
    page.locator(".network-panel h3").wait_for()
    assert axe(page) == []


def test_it_fits_a_telephone(phone: Page, axe):
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/meetings/network/")
    phone.locator(".network-figure a").first.locator("circle").tap()
    expect(phone.locator(".network-panel h3")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    small = """[...document.querySelectorAll('.network :is(button, input, select)')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 23.5).map(one => one.outerHTML)"""
    assert phone.evaluate(small) == []
    assert axe(phone) == []


def test_without_javascript_there_is_the_picture_and_nothing_dead(scriptless: Page):
    scriptless.goto("/meetings/network/?by=official")
    expect(scriptless.locator(".network-figure circle")).to_have_count(4)
    expect(scriptless.get_by_role("button", name="Zoom in")).to_be_hidden()
    scriptless.locator(".network-figure a").filter(has_text="Lloyd Austin").locator("circle").click()
    expect(scriptless).to_have_url(re.compile("official=lloyd-austin"))


def test_a_picture_is_printed_as_the_server_drew_it(network: Page):
    network.locator(".network-figure").hover()
    network.locator(".network-canvas canvas").first.wait_for()
    network.emulate_media(media="print")
    assert network.evaluate("getComputedStyle(document.querySelector('.network-figure svg')).opacity") == "1"
    expect(network.locator(".network-canvas")).to_be_hidden()
