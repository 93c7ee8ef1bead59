"""Every page: found, at one address, in one design, strict HTML, no cookie, safe headers."""

import re
from html import escape
from html.parser import HTMLParser

import html5lib
import pytest
from django.utils.dateformat import format as date_format
from django.utils.timezone import localdate

from meetings.choices import Publication
from meetings.models import Country, Meeting, derived_uid
from tests import factories
from tests.pages import LISTS, NOUNS, OTHERS, page

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """The addresses that a page links to or loads."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.found.add(value.split("#")[0])


def shapes() -> list[str]:
    """One address of every page shape, with the article loaded."""
    records = [next(iter(model.objects.published())) for model in NOUNS]
    return [*OTHERS, *(f"/{noun}/" for noun in LISTS), *(record.get_absolute_url() for record in records)]


def crawl(client) -> dict[str, str]:
    """Every public page that the front page leads to: each list once per parameter, 40 countries at most."""
    waiting, seen, known_queries, countries = ["/"], {}, set(), 0
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen[address] = page(client, address)
        for link in Links(seen[address]).found:
            path, _, query = link.partition("?")
            target = f"{address.partition('?')[0]}?{query}" if not path else link
            shape = (target.partition("?")[0], *sorted(re.findall(r"(\w+)=", query)))
            if not target.startswith("/") or target.startswith(("/static/", "/admin/")) or shape in known_queries:
                continue
            known_queries.add(shape)
            # Lenses repeat the list's filters: each of them alone is enough.
            if target.startswith("/meetings/") and shape[0] != "/meetings/" and len(shape) > 2:
                continue
            countries += target.startswith("/countries/")
            if not target.startswith("/countries/") or countries < 40:
                waiting.append(target)
    return seen


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(article, client):
    pages = crawl(client)
    assert {
        record.get_absolute_url() for model in NOUNS for record in model.objects.published() if model is not Country
    } <= set(pages)
    assert len(pages) > 60
    titles = {}
    for address, html in pages.items():
        for one in ("".join(pair) for pair in re.findall(r'(?:src|srcset)="([^"]*)"|<link[^>]*href="([^"]*)"', html)):
            assert one.startswith(("/", "http://testserver/", "data:")), f"{address} loads {one} from another host"
        if "?" not in address and not address.endswith((".csv", ".json")):
            title = re.search(r"<title>(.*?)</title>", html, re.S).group(1).strip()
            assert title not in titles, (address, titles[title])
            titles[title] = address


def test_every_page_is_strict_html_in_one_design(article, client):
    for address in [*shapes(), "/meetings/?from=2023-02-30&foo=1&page=9", "/meetings/?official=nobody"]:
        html = page(client, address)
        html5lib.HTMLParser(strict=True).parse(html)
        assert len(re.findall(r"<h1[ >]", html)) == 1, address
        assert re.search(r'<html lang="[a-z-]+"', html), address
        assert '<link rel="canonical"' in html, address
        [content] = re.findall(r'class="skip" href="#(main|results)">Skip to the content', html)
        assert f'id="{content}"' in html, address
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=", html), address


def test_public_pages_set_no_cookie_and_carry_safe_headers(article, client):
    for address in shapes():
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/meetings/aaaaaaaaaa/", "/officials/nobody/", "/nowhere/", "/autocomplete/ship/"])
def test_what_is_not_there_is_said_in_the_same_design(client, address):
    html = page(client, address, 404)
    html5lib.HTMLParser(strict=True).parse(html)
    assert "<h1" in html


@pytest.mark.parametrize("query", ["", "?country=israel&from=2023", "?q=%22%3E%3Cb%3E&nonsense=1"])
def test_a_page_on_paper_says_where_it_is_from_and_when(client, article, settings, query):
    settings.SITE_NAME = "Our log"
    for path in ("/meetings/", "/meetings/timeline/", "/officials/yoav-gallant/"):
        printed = re.search(r'<p class="printed">(.*?)</p>', page(client, f"{path}{query}"), re.DOTALL)[1]
        address = escape(f"http://testserver{path}{query}")
        assert " ".join(printed.split()) == f"Our log, {date_format(localdate(), 'j F Y')}: <bdi>{address}</bdi>"


def test_a_host_that_is_not_ours_is_told_in_the_same_design(client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": "evil.example"})
    html = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert response.status_code == 400
    assert "<h1" in html
    assert "evil" not in html


def test_a_meeting_has_one_address(article, client):
    meeting = Meeting.objects.get(uid=derived_uid("article", "meeting-1"))
    for address in [f"/meetings/{meeting.uid}/", f"/meetings/{meeting.uid}/another-slug/"]:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, meeting.get_absolute_url())


def test_a_merged_record_leads_to_its_survivor_for_ever(client):
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    seen = factories.ParticipationFactory(meeting=meeting, official=factories.OfficialFactory())
    factories.OfficialFactory(slug="old-spelling", merged_into=seen.official)
    factories.MeetingFactory(uid="oldmeeting", merged_into=seen.meeting, publication=Publication.PUBLISHED)
    for address, survivor in [("/officials/old-spelling/", seen.official), ("/meetings/oldmeeting/", seen.meeting)]:
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, survivor.get_absolute_url())


def test_health(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
