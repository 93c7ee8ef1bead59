"""Every lens with the article's meetings, all public datasets, and a hundred thousand invented meetings: what a picture
says is what the list says, and leads there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened
from tests.browser.sites import site
from tests.shared_data import SHARED


@pytest.fixture(scope="module", params=["article", "real", "invented"])
def address(request) -> Iterator[str]:
    """The address of a site, which nothing writes to."""
    if request.param == "real" and not SHARED.is_dir():
        pytest.skip(f"The public datasets are not at {SHARED}.")
    with site(request.param) as base:
        yield base


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Page]:
    yield from opened(chromium, address, viewport={"width": 1280, "height": 900})


#: Links of a page to lists of meetings, but for those around its content: their addresses, and what they are called.
LINKS = """() => [...document.querySelectorAll('main a[href^="/meetings/?"]')]
    .filter(one => !one.closest('th, .filters, .chips, .views, .meetings'))
    .map(one => [one.getAttribute('href'), one.getAttribute('aria-label') || one.title
                 || one.querySelector('title')?.textContent || one.textContent])"""
#: How a link says how many meetings there are behind it.
SAYS = [
    re.compile(r"(\d[\d,]*) meetings?(?: \(.*\))?(?:, \d.*)?(?:; (\d[\d,]*) more can lie .*)?"),
    re.compile(r"^met (\d[\d,]*) times$"),
    re.compile(r"^(\d[\d,]*)(?: times| \+(\d[\d,]*))?(?: ?: .*)?$"),
]
#: Of large sets, some lenses count the newest meetings only, and say so.
SAMPLED = re.compile("of the newest", re.I)
#: Lists of those whom a party met have more where someone only interpreted, and the page says so.
INTERPRETED, MET = "only interpreted", "kind=meeting&kind=visit&kind=ceremony"
#: Every way to look at a set, and filters under which it is looked at: nothing, a party, a period, a state, words.
LENSES = ["timeline", "calendar", "map", "network", "matrix"]
QUERIES = ["", "from=1990&to=2023", "status=held", "kind=visit&kind=meeting&has=place", "q=meeting"]


def told(words: str) -> int | None:
    """The number of meetings that a link tells, if it tells one."""
    words = " ".join(words.split())
    for says in SAYS:
        if found := says.search(words):
            return sum(int(n.replace(",", "")) for n in found.groups() if n)
    return None


def listed(page: Page, address: str) -> int:
    """The number of meetings in a list."""
    html = page.request.get(address).text()
    assert "told-wrong" not in html, address
    return int(re.search(r'class="result-count">([\d,]+)<', html)[1].replace(",", ""))


def check(page: Page, most: int = 12) -> int:
    """Compares numbers all over a page, at most so many, with the lists that they lead to; how many there were."""
    found = [(address, told(words)) for address, words in page.evaluate(LINKS)]
    numbers = [(address, n) for address, n in found if n is not None and f"from={n}&to={n}" not in address]
    some = numbers[:: max(len(numbers) // most, 1)]
    sampled = SAMPLED.search(page.locator("main").inner_text())
    for address, n in some:
        right, more = listed(page, address), sampled or (INTERPRETED in page.content() and MET in address)
        assert 0 < n <= right if more else 0 < n == right, f"{page.url} tells {n} of {address}: {right}"
    return len(some)


@pytest.mark.parametrize("lens", LENSES)
def test_numbers_are_those_of_the_lists_that_they_lead_to(reader: Page, lens):
    checked = 0
    for query in QUERIES:
        reader.goto(f"/meetings/{lens}/?{query}")
        assert listed(reader, f"/meetings/?{query}") == listed(reader, reader.url)
        checked += check(reader)
    # The article's few meetings are drawn one by one.
    assert checked or lens == "timeline"


def test_a_month_of_the_calendar_has_the_numbers_of_its_days(reader: Page):
    reader.goto("/meetings/calendar/?status=held")
    assert check(reader, most=30)
    for at in (0, -1):
        months = reader.locator("main a[href*='on=']:not([download])").evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
        reader.goto(months[at])
        check(reader)
        reader.go_back()


def test_a_timeline_opens_down_to_a_list(reader: Page):
    reader.goto("/meetings/timeline/")
    for _step in range(3):
        bars = reader.locator(".picture a:has(> title)")
        if not bars.count():
            break
        bar = bars.nth(bars.count() - 1)
        n = told(bar.locator("title").text_content())
        bar.dispatch_event("click")
        expect(reader.locator(".result-count")).to_have_text(re.compile(f"^{n:,}$|^{n}$"))
    check(reader)


def test_what_is_on_the_map_and_what_is_not_are_all(reader: Page):
    for query in ("", "from=1990&to=2023", "status=held"):
        reader.goto(f"/meetings/map/?{query}")
        said = reader.locator(".map-account").inner_text()
        if SAMPLED.search(reader.locator("main").inner_text()):
            continue
        said = re.sub(r" \([\d,]+ regions?\)", "", said.partition(". ")[0])
        every = [
            int(n.replace(",", ""))
            for n in re.findall(r"(\d[\d,]*)(?! places)", re.sub(r"at [\d,]+ places?", "", said))
        ]
        assert every[0] == sum(every[1:]) == listed(reader, f"/meetings/?{query}"), said


def test_profiles_and_pages_of_two_have_the_numbers_of_lists(reader: Page):
    for noun in ("officials", "countries"):
        reader.goto(f"/{noun}/?sort=-meetings")
        profiles = reader.locator("[data-slug] a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        checked = 0
        for address in profiles[:3]:
            reader.goto(address)
            checked += check(reader)
            pairs = reader.locator(".years a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
            if pairs:
                reader.goto(pairs[0])
                checked += check(reader)
        assert checked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_narrow_phone_and_axe_finds_nothing(reader: Page, axe, scheme):
    """Whatever a site holds: pictures of much have parts that those of little never show."""
    reader.emulate_media(color_scheme=scheme)
    reader.set_viewport_size({"width": 320, "height": 640})
    pages = ["/", "/meetings/matrix/?by=official", *(f"/meetings/{lens}/" for lens in LENSES)]
    for noun in ("officials", "countries"):
        reader.goto(f"/{noun}/?sort=-meetings")
        pages.append(reader.locator("[data-slug] a").first.get_attribute("href"))
        reader.goto(pages[-1])
        pages += [one.get_attribute("href") for one in reader.locator("main a[href*='/with/']").all()[:1]]
    for address in pages:
        reader.goto(address)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert axe(reader) == [], address


def test_a_number_in_a_picture_is_clicked_through_to_its_list(reader: Page):
    reader.goto("/meetings/matrix/")
    link = reader.locator(".matrix td a").first
    n = told(link.inner_text())
    link.click()
    expect(reader).to_have_url(re.compile(r"/meetings/\?country=.*&country="))
    expect(reader.locator(".result-count")).to_have_text(re.compile(f"^{n:,}$|^{n}$"))
