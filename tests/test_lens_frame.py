"""What all lenses have in common: their headings, the ways to show a set, and from one to the next."""

import re

import pytest
from django.core.management import call_command

from meetings.choices import Publication, Status
from meetings.filters import MapFilter, MatrixFilter, NetworkFilter, TimelineFilter
from meetings.filters.fields import OneChoiceField
from meetings.index import hits
from meetings.lenses.matrix import Line, Matrix
from meetings.lenses.together import Together
from meetings.models import Meeting
from meetings.templatetags.matrix import matrix_table
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db

HEADINGS = {
    "timeline": "Meetings on a timeline",
    "calendar": "Meetings in a calendar",
    "map": "Meetings on a map",
    "network": "Meetings as a network",
    "matrix": "Meetings as a matrix",
}


def words(html: str, pattern: str) -> str:
    """What stands in the first part of a page that a pattern finds, without tags."""
    return " ".join(re.sub("<[^>]+>", "", re.search(pattern, html, re.DOTALL)[1]).split())


@pytest.mark.parametrize("lens", HEADINGS)
def test_headings_are_of_one_kind(client, article, lens):
    html = page(client, f"/meetings/{lens}/")
    assert words(html, r"<h1>(.*?)</h1>") == HEADINGS[lens]
    assert words(html, r"<title>(.*?)</title>").startswith(f"{HEADINGS[lens]} ·")
    assert words(html, r'<h2 id="results">(.*?)</h2>') == "13 meetings"
    assert "<h2" not in html.partition('<h2 id="results">')[2].partition("</main>")[0]


@pytest.mark.parametrize("lens", ["map", "network", "matrix"])
def test_a_picture_of_a_part_says_so_at_the_count(client, article, monkeypatch, lens):
    by = "" if lens == "map" else "&by=official"
    monkeypatch.setattr(hits, "MOST_COUNTED", 5)
    html = page(client, f"/meetings/{lens}/?has=participants{by}")
    assert words(html, r'<h2 id="results">(.*?)</h2>') == "Newest 5 of 12 meetings"
    assert words(page(client, f"/meetings/{lens}/"), r'<h2 id="results">(.*?)</h2>') == "13 meetings"


def test_a_large_number_can_be_read(client, article, monkeypatch):
    monkeypatch.setattr(hits, "count", lambda *_args, **_more: hits.Number(61_234, exact=True))
    assert 'class="result-count">61,234</span>' in page(client, "/meetings/?kind=visit")


@pytest.mark.parametrize("filterset", [MapFilter, MatrixFilter, NetworkFilter, TimelineFilter])
def test_choices_of_numbers_ascend(filterset):
    for name in filterset.showing:
        field = filterset.get_filters()[name].field if name in filterset.get_filters() else None
        if isinstance(field, OneChoiceField):
            numbers = [int(value) for value, _label in field.choices if value.isdigit()]
            assert numbers == sorted(numbers), name


def test_the_default_is_marked_and_kept_out_of_addresses(client, article):
    options = re.findall(r'<option value="(\w*)" ?(selected)?>\s*(.*?)\s*</option>', page(client, "/meetings/matrix/"))
    assert options[3:7] == [("20", "", "20"), ("", "selected", "40 (default)"), ("100", "", "100"), ("200", "", "200")]
    html = page(client, "/meetings/matrix/?most=100")
    assert re.findall(r'<option value="(\w*)" selected>', html) == ["", "100", ""]
    assert words(html, r"<details class=\"shown-how\".*?<summary>(.*?)</summary>") == (
        "Among: Countries At most: 100 Order: Number"
    )


def test_whom_a_network_is_of_a_matrix_is_of(client, article):
    for lens, other in (("network", "matrix"), ("matrix", "network")):
        html = page(client, f"/meetings/{lens}/?by=official&most=100&country=israel")
        assert f'href="/meetings/{other}/?by=official&amp;country=israel"' in html
        assert 'href="/meetings/timeline/?country=israel"' in html
        assert f'href="/meetings/{other}/?country=israel"' in page(client, f"/meetings/{lens}/?country=israel")


def test_a_wrong_way_to_show_it_opens_what_is_to_be_put_right(client, article):
    assert '<details class="shown-how" open>' in page(client, "/meetings/network/?least=x")
    assert '<details class="shown-how" >' in page(client, "/meetings/network/?least=2")
    assert page(client, "/meetings/network/?most=x").count("selected") == 3


def test_numbers_of_thousands_in_a_matrix_can_be_read():
    lines = [Line("a", "A", 2_345, [0, 1_234]), Line("b", "B", 5_678, [1_234, 0])]
    for room in (20, 1):
        html = matrix_table(Matrix(lines, 2, 1_234, exact=True), Together("country", "/meetings/", "", room))
        assert html.count(">1,234<") == 2
        assert {">2,345<", ">5,678<"} <= {*re.findall(r">[\d,]+<", html)}


@pytest.mark.parametrize("lens", HEADINGS)
@pytest.mark.parametrize(
    ("most", "told"),
    [
        (20, "all of them with {}, as the sources tell of it alone"),
        (18, "18 with {}, as the sources tell mostly of it"),
        (17, ""),
    ],
)
def test_the_country_of_nearly_all_is_told_with_the_way_there(client, monkeypatch, lens, most, told):
    countries = [factories.CountryFactory(name=name) for name in ("Most", "Rest")]
    for number in range(20):
        meeting = factories.MeetingFactory(publication=Publication.PUBLISHED, date="2023-05-05", status=Status.HELD)
        factories.ParticipationFactory(meeting=meeting, official=None, country=countries[number >= most])
    address, found = f"/meetings/{lens}/", '<p class="consists">'
    shown = f"""{found}{told.format('<a href="?country=most"><bdi>Most</bdi></a>')}</p>"""
    assert (shown in page(client, address)) is bool(told)
    assert (found in page(client, address)) is bool(told)
    assert "with <a" not in page(client, f"{address}?country=most")
    assert found not in page(client, "/meetings/")
    # Of a part nothing is said of all.
    monkeypatch.setattr(hits, "MOST_COUNTED", 19)
    assert found not in page(client, f"{address}?has=participants")


@pytest.mark.parametrize("lens", HEADINGS)
def test_what_took_place_in_a_country_without_it_is_told_not_to_count(client, article, lens):
    address, told = f"/meetings/{lens}/", r'<p class="consists">(.*?)</p>'
    apart = "counted where Israel takes part, not all that took place there"
    assert words(page(client, f"{address}?country=israel"), told) == f"4 held, 8 planned; {apart}"
    assert 'not <a href="/places/?country=israel">all' in page(client, f"{address}?country=israel&status=held")
    for query in ("country=israel&country=france", "country=israel&place=paris", "official=yoav-gallant"):
        assert apart not in page(client, f"{address}?{query}")


@pytest.mark.parametrize("lens", HEADINGS)
def test_how_many_were_held_is_told_at_the_count(client, article, lens):
    told = r'<p class="consists">(.*?)</p>'
    address = f"/meetings/{lens}/"
    assert words(page(client, address), told) == "5 held, 8 planned; 12 with Israel, as the sources tell mostly of it"
    assert words(page(client, f"{address}?official=yoav-gallant"), told) == "3 held, 8 planned"
    for query in (
        "status=planned",
        "status=held&official=yoav-gallant",
        "official=nobody",
        "sort=x",
        "from=1700&to=1701",
    ):
        assert not re.search(r'class="consists">\d+ (held|planned)', page(client, f"{address}?{query}"))
    assert Meeting.objects.filter(status=Status.PLANNED, place__slug="le-bourget").update(status=Status.POSTPONED)
    Meeting.objects.filter(title__startswith="Joe Biden").update(status=Status.DENIED)
    call_command("rebuild_index")
    assert words(page(client, address), told).startswith("4 held, 8 planned or postponed, 1 neither;")
