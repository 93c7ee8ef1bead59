"""The matrix: each number is that of the list that it leads to, on both databases."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.filters import MatrixFilter, MeetingFilter
from meetings.index import hits, pairs
from meetings.lenses import matrix
from meetings.lenses.shades import SHADES
from meetings.models import Meeting
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
CELL = re.compile(r'<td class=(?:shade-(\d)|unheld)><a href="([^"]+)">(\d+)(?:<span class="sr-only">[^<]+</span>)?</a>')


def seen(query: str) -> matrix.Matrix:
    filterset = MatrixFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right, filterset.form.errors
    return matrix.of(filterset.sought(), **filterset.shape)


def test_why_rows_do_not_add_up_is_told_where_they_do_not(client):
    one, other, third = (factories.CountryFactory() for _each in range(3))
    for parties in ((one, other), (one, other)):
        meeting = factories.MeetingFactory(publication="published")
        for party in parties:
            factories.ParticipationFactory(meeting=meeting, country=party)
    why = "“All” counts each meeting once"
    for address in ("/meetings/matrix/", "/meetings/matrix.svg"):
        assert why not in client.get(address).content.decode()
    factories.ParticipationFactory(meeting=meeting, country=third)
    for address in ("/meetings/matrix/", "/meetings/matrix.svg"):
        assert why in client.get(address).content.decode()


def test_a_long_table_says_that_it_is_scrolled(client):
    for _number in range(21):
        meeting = factories.MeetingFactory(publication="published")
        assert "Scroll in the table" not in page(client, "/meetings/matrix/")
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory())
    assert "Scroll in the table to see all of it." in page(client, "/meetings/matrix/")


def heading(client, address: str) -> str:
    """What a page says above its picture of how many meetings there are."""
    [inside] = re.findall(r'<h2 id="results">(.*?)</h2>', page(client, address), re.DOTALL)
    return " ".join(re.sub("<[^>]+>", "", inside).split())


def number(query: str) -> int:
    filterset = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right
    assert not filterset.unknown
    return filterset.qs.count()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "by=official",
        "by=organization",
        "country=israel",
        "by=official&status=held&order=name",
        "q=israel&order=region",
    ],
)
def test_each_number_is_that_of_its_list(client, article, query):
    html = page(client, f"/meetings/matrix/?{query}")
    cells = CELL.findall(html)
    assert cells or query == "by=organization"
    for shade, address, n in cells:
        path, _mark, narrowed = unescape(address).partition("?")
        assert path == "/meetings/"
        assert 1 <= int(shade or 1) <= SHADES
        assert number(narrowed) == int(n) > 0, narrowed


MEETINGS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
        st.sampled_from(Status.values),
        st.sampled_from([Publication.PUBLISHED, Publication.DRAFT]),
    ),
    max_size=6,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    meetings=MEETINGS, query=st.sampled_from(["", "status=held", "by=official"]), order=st.sampled_from(["", "name"])
)
def test_the_numbers_are_those_of_any_meetings(meetings, query, order):
    countries = [factories.CountryFactory() for _ in range(4)]
    officials = [factories.OfficialFactory() for _ in range(4)]
    for parties, status, publication in meetings:
        meeting = factories.MeetingFactory(status=status, publication=publication)
        for one in parties:
            factories.ParticipationFactory(meeting=meeting, country=countries[one], official=officials[one])
    found = seen(f"{query}&order={order}")
    by = "official" if "official" in query else "country"
    kept = "status=held" if "held" in query else ""
    for at, line in enumerate(found.lines):
        assert line.total == number(f"{kept}&{by}={line.key}") > 0
        for other, n in zip(found.lines, line.cells, strict=True):
            assert n == (0 if other is line else number(f"{kept}&{by}={line.key}&{by}={other.key}"))
        assert line.cells == [row.cells[at] for row in found.lines]


def test_kept_numbers_are_those_that_are_counted(article):
    """With a filter that every meeting passes, the index's numbers are not used."""
    every = "&".join(f"status={status}" for status in Status.values)
    assert seen(every) == seen("")


def test_only_the_most_frequent_are_shown_in_the_order_asked_for():
    region = {"Algeria": "Africa", "Zambia": "Africa", "Belgium": "Europe", "Nowhere": ""}
    countries = [factories.CountryFactory(name=name, region=where) for name, where in region.items()]
    for at in range(1, 5):
        meeting = factories.MeetingFactory(publication="published")
        for country in countries[:at]:
            factories.ParticipationFactory(meeting=meeting, country=country)
    assert [line.name for line in seen("").lines] == ["Algeria", "Zambia", "Belgium", "Nowhere"]
    assert [line.name for line in seen("from=1000").lines] == []
    assert [line.name for line in seen("order=name").lines] == ["Algeria", "Belgium", "Nowhere", "Zambia"]
    assert [line.name for line in seen("order=region").lines] == ["Algeria", "Zambia", "Belgium", "Nowhere"]
    assert [line.total for line in seen("order=name").lines] == [4, 2, 1, 3]
    few = matrix.of(MeetingFilter(QueryDict(""), Meeting.objects.all()).sought(), "country", "number", 2)
    assert ([line.name for line in few.lines], few.among, few.greatest) == (["Algeria", "Zambia"], 4, 3)


def test_more_meetings_than_are_counted_are_told(client, article, monkeypatch):
    assert heading(client, "/meetings/matrix/?by=official") == "13 meetings"
    monkeypatch.setattr(hits, "MOST_COUNTED", 5)
    assert heading(client, "/meetings/matrix/?by=official") == "Newest 5 of 13 meetings"
    assert heading(client, "/meetings/matrix/") == "13 meetings"
    newest = hits.page(MeetingFilter(QueryDict(""), Meeting.objects.published()).sought(), 5)
    counted = seen("by=official")
    there = Meeting.objects.filter(pk__in=newest, participations__official__slug=counted.lines[0].key)
    assert counted.lines[0].total == there.distinct().count()


def test_shades_grow_with_the_numbers():
    found = matrix.Matrix([matrix.Line("a", "A", 9, [0, 1, 7, 50, 1000])], 1, 1000, exact=True)
    assert [found.shade(n) for n in (0, 1, 1000)] == [0, 1, SHADES]
    for greatest in range(1, 10_000):
        darkest = matrix.Matrix([], 1, greatest, exact=True).shade(greatest)
        assert darkest == SHADES if greatest >= SHADES else 0 < darkest <= SHADES
    assert [n for _shade, n in found.steps] == sorted(n for _shade, n in found.steps)
    assert found.shade(7) < found.shade(50) < found.shade(1000)


@pytest.mark.parametrize(
    ("name", "value", "right"), [("by", "continent", "country"), ("most", "7", "40"), ("order", "x", "number")]
)
def test_a_wrong_way_to_show_it_is_told(client, article, name, value, right):
    html = page(client, f"/meetings/matrix/?{name}={value}")
    assert f"“{value}” cannot be chosen here" in html
    assert right in html
    assert '<table class="matrix">' not in html


def test_what_shows_the_matrix_stays_with_it(client, article):
    """The list, the options' counts and exports would not know these parameters; a network knows one of them."""
    html = page(client, "/meetings/matrix/?by=official&order=name&country=israel&page=1&nonsense=1")
    picture = 'href="/meetings/matrix.svg?by=official&amp;order=name&amp;country=israel"'
    other = 'href="/meetings/network/?by=official&amp;country=israel"'
    own = other.replace("network", "matrix")
    for known in (picture, other, own):
        assert html.count(known) == 1, known
        html = html.replace(known, "")
    for address in re.findall(r'href="(/meetings[^"]*\?[^"]*)"', html):
        assert not re.search("order=|by=", address), address
    assert 'value="official" selected' in html
    assert "data-slug" in html
    assert 'class="result-count"' in html


def test_a_wrong_order_leads_to_where_it_is_chosen(client, article):
    assert 'href="#id_sort"' in page(client, "/meetings/?sort=x")
    html = page(client, "/meetings/matrix/?sort=x")
    assert "“x”" in html
    assert "#id_sort" not in html


def test_names_decide_among_equals(client):
    meeting = factories.MeetingFactory(publication="published")
    for name in ("Érie", "Zambia", "Algeria"):
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory(name=name))
    assert [line.name for line in seen("").lines] == ["Algeria", "Érie", "Zambia"]


def test_organizations_meet_too(client):
    meeting = factories.MeetingFactory(publication="published")
    one, other = (factories.OrganizationFactory() for _number in range(2))
    for organization in (one, other):
        factories.ParticipationFactory(meeting=meeting, organization=organization)
    [(_shade, address, n)] = CELL.findall(page(client, "/meetings/matrix/?by=organization"))[:1]
    assert n == "1"
    assert unescape(address) == f"/meetings/?organization={one.slug}&organization={other.slug}"


def test_numbers_of_the_newest_lead_to_all(client, monkeypatch):
    countries = [factories.CountryFactory() for _number in range(2)]
    for year in range(2001, 2008):
        meeting = factories.MeetingFactory(publication="published", date=str(year), status="held")
        for country in countries:
            factories.ParticipationFactory(meeting=meeting, country=country)
    monkeypatch.setattr(hits, "MOST_COUNTED", 5)
    html = page(client, "/meetings/matrix/?status=held")
    [(_shade, address, n), _other] = CELL.findall(html)
    assert (n, number(unescape(address).partition("?")[2])) == ("5", 7)
    assert "of the newest of these meetings" in html
    assert "leads to all that do" in html


def test_a_number_whose_list_would_be_refused_leads_nowhere(client):
    meeting = factories.MeetingFactory(publication="published")
    countries = [factories.CountryFactory() for _number in range(22)]
    for country in countries:
        factories.ParticipationFactory(meeting=meeting, country=country)
    html = page(client, "/meetings/matrix/?" + "&".join(f"country={country.slug}" for country in countries[:19]))
    addresses = [unescape(address).partition("?")[2] for _shade, address, _n in CELL.findall(html)]
    assert '<td class=unheld><span>1<span class="sr-only"> (none held' in html
    assert {number(address) for address in addresses} == {1}


def test_a_region_is_of_countries(client, article):
    assert "“region” is of countries" in page(client, "/meetings/matrix/?by=official&order=region")
    assert "“region” is of countries" not in page(client, "/meetings/matrix/?order=region")


def test_names_are_escaped_and_an_empty_set_is_told(client):
    meeting = factories.MeetingFactory(publication="published")
    for name in ("<b>Bold</b>", "Plain"):
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory(name=name))
    html = page(client, "/meetings/matrix/")
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert "<b>Bold" not in html
    assert "Nothing fits" in page(client, "/meetings/matrix/?from=1800&to=1801")


def test_one_that_has_met_no_other(client):
    factories.ParticipationFactory(
        meeting=factories.MeetingFactory(publication="published"), country=factories.CountryFactory(name="Alone")
    )
    assert seen("") == ([matrix.Line("alone", "Alone", 1, [0])], 1, 0, True, 1)
    html = page(client, "/meetings/matrix/?status=unconfirmed&status=held")
    assert "Alone" in html
    assert "No two of these are named together." in html
    assert "The network looks for those who are." not in html
    for _number in range(20):
        alone = factories.MeetingFactory(publication="published")
        factories.ParticipationFactory(meeting=alone, country=factories.CountryFactory())
    html = page(client, "/meetings/matrix/?status=unconfirmed&status=held&most=20")
    [network] = re.findall(r'href="(/meetings/network/[^"]*by=[^"]*)"', html)
    assert "cannot be chosen" not in page(client, unescape(network))
    assert "There is no such parameter" not in page(client, unescape(network))
    assert "None of these meetings names any." in page(client, "/meetings/matrix/?by=organization")


def test_the_numbers_of_all_ask_for_few_rows(article, django_assert_num_queries):
    asked = MeetingFilter(QueryDict(""), Meeting.objects.published()).sought()
    with django_assert_num_queries(6):
        matrix.of(asked, "country", "number", 40)
    Meeting.objects.exclude(status=Status.HELD).update(status=Status.HELD)
    call_command("rebuild_index")
    with django_assert_num_queries(6):
        matrix.of(asked, "country", "number", 40)


@pytest.mark.parametrize("query", ["", "from=1000"])
def test_where_none_was_held_is_told(client, query, monkeypatch):
    one, two, three = (factories.CountryFactory(name=name) for name in ("One", "Two", "Three"))
    for others, status in (((one, two), Status.PLANNED), ((one, two), Status.HELD), ((one, three), Status.DENIED)):
        meeting = factories.MeetingFactory(publication="published", status=status, date="2020")
        for country in others:
            factories.ParticipationFactory(meeting=meeting, official=None, country=country)
    unheld = {"One": {2}, "Two": set(), "Three": {0}}
    assert {line.name: line.unheld for line in seen(query).lines} == unheld
    html, svg = page(client, f"/meetings/matrix/?{query}"), client.get(f"/meetings/matrix.svg?{query}").content.decode()
    assert html.count("<td class=unheld>") == 2
    assert svg.count('<rect class="mark-planned"') == 2
    for drawn in (html, svg):
        assert "none held (planned, cancelled…)" in drawn
        assert "none held" not in client.get("/meetings/matrix/?status=held").content.decode()
    # Too many of them are not counted one by one, where the numbers of all are kept.
    monkeypatch.setattr(pairs, "MANY", 1)
    assert {line.name: line.unheld for line in seen(query).lines} == unheld
    monkeypatch.setattr(pairs, "FEW", 1)
    assert not any(line.unheld for line in seen("").lines)
    # Of the newest it would be told that none was held of what was held before.
    monkeypatch.setattr(hits, "MOST_COUNTED", 1)
    assert not any(line.unheld for line in seen("from=1000").lines)


class TestPicture:
    """The matrix as SVG says what the page says."""

    @staticmethod
    def texts(client, query: str = "") -> list[str]:
        response = client.get(f"/meetings/matrix.svg?{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert response["Content-Disposition"].startswith('attachment; filename="matrix')
        return [element.text for element in ElementTree.fromstring(response.content).iter(f"{SVG}text")]

    @pytest.mark.parametrize("query", ["", "by=official&status=held", "country=israel&order=name"])
    def test_it_has_the_numbers_of_the_table(self, client, article, query):
        texts, found = self.texts(client, query), seen(query)
        numbers = [str(n) for line in found.lines for n in (line.total, *line.cells) if n]
        assert [text for text in texts if text.isdigit()] == numbers
        assert [line.name for line in found.lines] == [
            text for text in texts if text in {one.name for one in found.lines}
        ][: len(found.lines)]

    def test_it_says_what_it_is_of_and_where_it_comes_from(self, client, article, settings, monkeypatch):
        settings.SITE_NAME = "Our log"
        said = self.texts(client, "country=israel&status=held")
        assert "Country: Israel; Status: Held" in said
        assert re.search("Our log, 20[0-9-]+: http://testserver/meetings/matrix/", " ".join(said))
        assert not any("newest" in text for text in said)
        monkeypatch.setattr(hits, "MOST_COUNTED", 5)
        assert "Numbers are of the newest 5 of these meetings." in self.texts(client, "by=official")

    def test_a_name_is_escaped_and_a_long_one_cut(self, client):
        meeting = factories.MeetingFactory(publication="published")
        for name in ("<b>&", "A" * 100):
            factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory(name=name))
        texts = self.texts(client)
        assert "<b>&" in texts
        assert "A" * 29 + "…" in texts

    def test_an_empty_set_is_a_picture_of_nothing(self, client):
        assert self.texts(client, "from=1800&to=1801")[0] == "Meetings as a matrix"

    def test_wrong_parameters_are_told(self, client):
        response = client.get("/meetings/matrix.svg?by=x&nonsense=1")
        assert response.status_code == 400
        assert "by: “x” cannot be chosen here" in response.content.decode()
        assert "nonsense:" in response.content.decode()
