"""Pages as a reader meets them: in a window, on a phone, by keyboard, in the dark, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from meetings.filters import indexed
from meetings.models import Meeting, Official, Organization, Place, Source, Statement, Topic

#: One address of every page shape; those of records are looked up.
ADDRESSES = [
    "/",
    "/meetings/",
    "/meetings/?country=israel&status=planned",
    "/meetings/?from=2023-02-30&official=Varhelyi&contry=x",
    "/meetings/?q=nothing-like-it",
    "/meetings/facets/?kind=meeting",
    "/meetings/calendar/?on=2023",
    "/meetings/calendar/?on=2023-06",
    "/meetings/calendar/?on=2023-06-15",
    "/meetings/map/",
    "/meetings/map/?official=yoav-gallant&area=-25,34,45,72",
    "/meetings/map/?area=x",
    "/meetings/network/",
    "/meetings/network/?by=official&least=x",
    "/meetings/matrix/",
    "/meetings/matrix/?by=official&most=x",
    "/meetings/timeline/",
    "/meetings/timeline/?unit=month&from=2022&to=2023",
    "/meetings/timeline/?unit=day",
    "/officials/",
    "/officials/lloyd-austin/with/yoav-gallant/",
    "/countries/",
    "/countries/israel/",
    "/countries/israel/with/united-states/",
    "/countries/fiji/with/israel/",
    "/countries/united-states/years/",
    "/organizations/",
    "/places/",
    "/topics/",
    "/statements/",
    "/sources/",
    "/search/?q=Brussels",
    "/search/?q=nothing-like-it",
    "/search/?q=Varhelly",
    "/meetings/?q=ironclad",
    "/about/",
    "/about/data/",
    "/not-there/",
]
RECORDS = [Meeting, Official, Organization, Place, Topic, Statement, Source]


@pytest.fixture
def addresses(base_url) -> list[str]:
    details = [model.objects.published().order_by("pk")[0].get_absolute_url() for model in RECORDS]
    return [*ADDRESSES, *details]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_window(page: Page, axe, addresses, scheme):
    page.emulate_media(color_scheme=scheme)
    for address in [*addresses, "/admin/login/"]:
        page.goto(address)
        assert axe(page) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_forced_colours(page: Page, axe, addresses, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    for address in addresses:
        page.goto(address)
        assert axe(page) == [], address


def test_axe_finds_nothing_on_a_phone_with_everything_open(phone: Page, axe, addresses):
    for address in addresses:
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert axe(phone) == [], address


def test_nothing_scrolls_sideways_at_320_pixels(phone: Page, addresses):
    phone.set_viewport_size({"width": 320, "height": 640})
    for address in addresses:
        phone.goto(address)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, (address, width)


def test_targets_are_large_enough(phone: Page, addresses):
    """At least 24 px each way, but for links inside running text."""
    script = """() => [
            ...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a, .chips a')
        ]
        .filter(one => one.offsetParent && !one.closest('.sr-only, .skip'))
        .map(one => [one.outerHTML, one.getBoundingClientRect(), one.closest('label')?.getBoundingClientRect()])
        .filter(([_, box, label]) => box.height < 23.5 && !(label && label.height >= 23.5))
        .map(([html]) => html)"""
    for address in addresses:
        phone.goto(address)
        assert phone.evaluate(script) == [], address


def test_everything_is_there_without_javascript(scriptless: Page, base_url):
    scriptless.goto("/")
    scriptless.get_by_role("search").get_by_role("searchbox").fill("Varhelyi")
    scriptless.get_by_role("search").get_by_role("button").click()
    scriptless.get_by_role("link", name="Olivér Várhelyi").first.click()
    expect(scriptless.get_by_role("heading", level=1)).to_contain_text("Olivér Várhelyi")


def test_a_reader_narrows_down_without_javascript(scriptless: Page, base_url):
    scriptless.goto("/meetings/")
    scriptless.locator("input[type=text][name=official]").fill("gallant")
    scriptless.get_by_role("button", name=re.compile("Apply|Filter|Show", re.I)).first.click()
    scriptless.get_by_role("link", name="Yoav Gallant").first.click()
    expect(scriptless.locator(".result-count")).to_have_text(re.compile(r"\b11\b"))
    scriptless.locator("input[type=checkbox][name=status][value=held]").check()
    scriptless.get_by_role("button", name=re.compile("Apply|Filter|Show", re.I)).first.click()
    expect(scriptless).to_have_url(re.compile("official=yoav-gallant.*status=held"))
    expect(scriptless.locator(".result-count")).to_have_text(re.compile(r"\b3\b"))


def test_a_reader_picks_officials_by_typing(page: Page, base_url):
    page.goto("/meetings/")
    picker = page.get_by_role("combobox", name="Official")
    for typed, name in [("gall", "Yoav Gallant"), ("aust", "Lloyd Austin")]:
        picker.click()
        picker.press_sequentially(typed)
        page.get_by_role("option", name=re.compile(name)).click()
    page.get_by_role("button", name=re.compile("Apply|Filter|Show", re.I)).first.click()
    expect(page).to_have_url(re.compile(r"\?official=yoav-gallant&official=lloyd-austin$"))
    expect(page.locator(".result-count")).to_have_text(re.compile(r"\b2\b"))
    expect(page.locator("[data-uid]")).to_have_count(2)


def test_a_choice_that_is_not_shown_yet_keeps_the_button_in_sight(phone: Page, base_url):
    phone.goto("/meetings/")
    phone.locator(".filters > summary").click()
    go, told = phone.get_by_role("button", name="Show results"), phone.locator(".filters-go [role=status]")
    expect(go).not_to_be_in_viewport()
    expect(told).to_be_empty()
    box = phone.locator("#filters .facet").first.get_by_role("checkbox").first
    box.check()
    expect(told).to_have_text("Not applied yet:")
    expect(go).to_be_in_viewport()
    box.uncheck()
    expect(told).to_be_empty()
    expect(go).not_to_be_in_viewport()
    phone.locator("#filters .facet").first.get_by_role("combobox").fill("gal")
    phone.locator(".ts-dropdown .option").first.click()
    expect(told).to_have_text("Not applied yet:")
    go.click()
    phone.wait_for_url(re.compile("official=yoav-gallant"))
    expect(told).to_be_empty()


def test_on_paper_a_page_says_where_it_is_from(page: Page, base_url):
    page.goto("/meetings/?country=israel")
    printed = page.locator(".printed")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    expect(printed).to_be_visible()
    expect(printed).to_contain_text(page.url)
    expect(page.locator(".taken").first).to_be_hidden()


def test_a_picker_offers_names_near_the_one_typed(page: Page, base_url):
    page.goto("/meetings/")
    picker = page.get_by_role("combobox", name="Official")
    picker.click()
    picker.press_sequentially("joav galant")
    page.get_by_role("option", name=re.compile("Did you mean Yoav Gallant")).click()
    page.get_by_role("button", name=re.compile("Show")).first.click()
    expect(page).to_have_url(re.compile(r"\?official=yoav-gallant$"))


def test_without_scripts_a_name_in_full_is_taken(scriptless: Page, base_url):
    scriptless.goto("/meetings/")
    scriptless.get_by_label("Official: a name in full").fill("yoav GALLANT")
    scriptless.get_by_role("button", name=re.compile("Show")).first.click()
    expect(scriptless.locator(".chip")).to_contain_text("Yoav Gallant")
    expect(scriptless.locator(".result-count")).to_have_text(re.compile(r"[1-9]"))


@pytest.fixture
def large(monkeypatch) -> str:
    """The address of a list that the server takes for too large to count its options at once."""
    monkeypatch.setattr(indexed, "FEW", 2)
    return "/meetings/?kind=meeting"


def counts(page: Page):
    return page.locator("#facet_topic .option .tally")


def test_axe_finds_nothing_on_a_large_list(page: Page, phone: Page, large, axe):
    for one in (page, phone):
        one.goto(large)
        one.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        expect(counts(one)).not_to_have_count(0)
        assert axe(one) == []
        assert one.evaluate("document.documentElement.scrollWidth") <= one.viewport_size["width"]


def test_counts_arrive_by_themselves_and_keep_what_was_done_meanwhile(page: Page, large):
    waiting = []
    page.route("**/meetings/facets/**", lambda route: waiting.append(route))
    page.goto(large)
    held = page.locator("#facet_status input[value=held]")
    held.check()
    page.locator("#facet_kind input[value=meeting]").uncheck()
    page.get_by_label("Words").fill("gallant")
    picker = page.get_by_role("combobox", name="Official")
    picker.click()
    picker.press_sequentially("gall")
    page.get_by_role("option", name=re.compile("Yoav Gallant")).click()
    held.focus()
    expect(counts(page)).to_have_count(0)
    waiting[0].continue_()
    expect(counts(page)).not_to_have_count(0)
    expect(page.get_by_text("Count what each option would leave")).to_have_count(0)
    expect(held).to_be_checked()
    expect(held).to_be_focused()
    expect(page.locator("#facet_kind input[value=meeting]")).not_to_be_checked()
    page.get_by_role("button", name=re.compile("Show")).first.click()
    expect(page).to_have_url(re.compile(r"/meetings/\?q=gallant&official=yoav-gallant&status=held$"))


def test_a_phone_asks_for_counts_once_the_panel_is_opened(phone: Page, large):
    asked = []
    phone.on("request", lambda request: asked.append(request.url) if "/facets/" in request.url else None)
    phone.goto(large, wait_until="networkidle")
    assert asked == []
    phone.locator(".filters > summary").click()
    phone.locator("#facet_topic summary").click()
    expect(counts(phone).first).to_be_visible()
    assert len(asked) == 1


def test_counts_without_javascript(scriptless: Page, large):
    scriptless.goto(large)
    scriptless.get_by_role("link", name="Count what each option would leave").click()
    expect(counts(scriptless)).not_to_have_count(0)
    scriptless.locator("#facet_status input[value=held]").check()
    scriptless.get_by_role("button", name=re.compile("Show")).first.click()
    expect(scriptless).to_have_url(re.compile(r"/meetings/\?.*kind=meeting.*status=held"))
    expect(scriptless.locator("[data-uid]")).not_to_have_count(0)


def test_a_chip_takes_its_filter_away(page: Page, base_url):
    page.goto("/meetings/?country=israel&status=planned")
    page.get_by_role("link", name=re.compile("Remove.*Planned")).click()
    expect(page).to_have_url(re.compile(r"\?country=israel$"))


def test_the_keyboard_reaches_the_content_first(page: Page, base_url):
    page.goto("/meetings/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(re.compile("skip", re.I))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_focus_can_be_seen(page: Page, base_url):
    page.goto("/meetings/")
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' || style.boxShadow !== 'none' })()"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML")


def test_the_header_offers_names_as_one_types(page: Page):
    page.goto("/about/")
    page.locator("#finder").press_sequentially("varh")
    offer = page.locator("#finder-offers option")
    offer.wait_for(state="attached")
    assert offer.get_attribute("value") == "Olivér Várhelyi"
    page.locator("#finder").press("Enter")
    page.wait_for_url("**/search/?q=varh")


def test_a_search_in_vain_leads_to_one_that_finds(scriptless: Page):
    scriptless.goto("/search/?q=Varhelly")
    scriptless.get_by_role("link", name="Várhelyi", exact=True).click()
    assert scriptless.locator("mark").first.text_content() == "Várhelyi"
