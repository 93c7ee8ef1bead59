"""What the sources of a set cover, as the timeline tells it."""

import re
from datetime import date
from html import unescape
from itertools import combinations

import pytest
from django.utils import timezone

from meetings.choices import Publication, Status
from meetings.filters import indexed
from meetings.index import hits
from meetings.index.periods import Period
from meetings.lenses import coverage
from meetings.lenses.coverage import Coverage, Covered
from meetings.models import Meeting
from meetings.pictures import ends
from meetings.pictures.axis import NARROW, Axis
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def lists():
    """Two lists, one of which ends early, and a report with one meeting of 41."""
    sources = [factories.SourceFactory(title=title) for title in ("First list", "Second <list>", "Report")]
    years = [range(1950, 1970), range(1960, 1980), [2023]]
    for source, own in zip(sources, years, strict=True):
        for year in own:
            resting(source, f"{year}-05", Status.HELD)
    resting(sources[0], "2030", Status.PLANNED)
    return sources


def resting(source, date, status):
    meeting = factories.MeetingFactory(date=date, status=status, publication=Publication.PUBLISHED)
    factories.CitationFactory(meeting=meeting, source=source)


def covered(client, query: str = "") -> str:
    return told(page(client, f"/meetings/timeline/{query}"))


def told(html: str) -> str:
    found = re.search(r'<p class="reading">(Fewer meetings may.*?)</p>', html)
    return unescape(re.sub("<[^>]+>", "", found[1])) if found else ""


def saying(*parts: str) -> str:
    return f"Fewer meetings may mean fewer sources: {'; '.join(parts)}."


def test_main_sources_are_told_with_their_years(client, lists):
    """That of what was held, whatever the set: where a list ends, what it tells of does not end. The numbers add up."""
    first, second = "“First list” tells of 1950 to 1969 (21 of these meetings)", "“Second <list>” of 1960 to 1979 (20)"
    assert covered(client) == saying(first, second, "1 comes from another source")
    svg = client.get("/meetings/timeline.svg").content.decode()
    lines = unescape(" ".join(re.findall(r'class="soft">([^<]*)<', svg)))
    assert saying(first, second, "1 comes from another source") in lines
    first, second = "“First list” tells of 1950 to 1969 (5 of these meetings)", "“Second <list>” of 1960 to 1979 (5)"
    assert covered(client, "?from=1965&to=1969&unit=year") == saying(first, second)
    second = "“Second <list>” tells of 1960 to 1979 (2 of these meetings)"
    assert covered(client, "?from=1969&to=1970") == saying(second, "“First list” of 1950 to 1969 (1)")


def test_what_no_main_source_tells_is_not_told(client, lists, monkeypatch):
    second = "“Second <list>” tells of 1960 to 1979 (9 of these meetings)"
    assert covered(client, "?from=1971&to=1979") == saying(second)
    assert covered(client, "?from=1800&to=1801") == ""
    assert covered(client, "?from=1900&to=2000&status=held")
    monkeypatch.setattr(hits, "MOST_COUNTED", 30)
    assert covered(client, "?status=held&from=1900") == ""


@pytest.mark.parametrize(("read", "told"), [(26, True), (25, False)])
def test_sources_are_counted_for_it_where_the_filter_counts_none(client, lists, monkeypatch, read, told):
    """A reader who looks closer at where one ends would not be told otherwise."""
    monkeypatch.setattr(indexed, "FEW", 5)
    monkeypatch.setattr(coverage, "READ", read)
    first, second = "“First list” tells of 1950 to 1969 (15 of these meetings)", "“Second <list>” of 1960 to 1979 (11)"
    query = "?from=1955&to=1970&unit=year"
    html = page(client, f"/meetings/timeline/{query}")
    assert ("1969: a source ends" in html) == told
    assert covered(client, query) == (saying(first, second) if told else "")


def test_a_source_that_is_asked_for_is_told_of_alone(client, lists):
    """The numbers of others are not those of the set, but of all that could be chosen instead."""
    assert covered(client, f"?source={lists[2].uid}") == saying("“Report” tells of 2023 (1 of these meetings)")


def test_meetings_with_several_sources_make_no_number_too_exact(client, lists):
    for meeting in Meeting.objects.filter(citations__source=lists[0]).order_by("date")[:3]:
        factories.CitationFactory(meeting=meeting, source=lists[2])
    first, second = "“First list” tells of 1950 to 1969 (21 of these meetings)", "“Second <list>” of 1960 to 1979 (20)"
    report = "“Report” of 1950 to 2023 (4)"
    assert covered(client) == saying(first, second, report)
    for year in range(1981, 1990):
        resting(factories.SourceFactory(), str(year), Status.HELD)
    assert covered(client) == saying(first, second, report, "at least 6 come from other sources")


def test_the_page_of_two_tells_it_of_their_meetings(client, lists):
    one, other = (factories.CountryFactory(name=name) for name in ("One", "Two"))
    for meeting in Meeting.objects.filter(citations__source=lists[1]).order_by("date")[:3]:
        for country in (one, other):
            factories.ParticipationFactory(meeting=meeting, official=None, country=country)
    html = page(client, "/countries/one/with/two/")
    assert told(html) == saying("“Second <list>” tells of 1960 to 1979 (3 of these meetings)")


def flags(text: str) -> list[str]:
    return re.findall(r"\d{4}: (?:a source ends|\d sources end)", text)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["1979: a source ends", "1969: a source ends"]),
        ("?unit=decade", ["1979: a source ends", "1969: a source ends"]),
        # One of a line each.
        ("?from=1960&to=1975", ["1969: a source ends"]),
        # Nothing comes after it, or before it.
        ("?from=1960&to=1969", []),
        ("?from=1969&to=1990", ["1979: a source ends"]),
        ("?from=1970&to=1979", []),
    ],
)
def test_a_picture_shows_where_a_source_ends(client, lists, query, shown):
    """On the page and in its file; a report of one meeting is no list that ends."""
    assert sorted(flags(page(client, f"/meetings/timeline/{query}"))) == sorted(shown)
    assert sorted(flags(client.get(f"/meetings/timeline.svg{query}").content.decode())) == sorted(shown)


def test_the_end_of_a_source_stands_after_its_last_bar(client, lists):
    html = page(client, "/meetings/timeline/?unit=year")
    [line] = re.findall(r'<line x1="([\d.]+)%"[^>]*class="axis source-end"[^>]*/><text[^>]*>1969:', html)
    starts = {
        int(year): float(x)
        for year, x in re.findall(r"<title>(\d{4}):[^<]*</title>(?:<rect[^>]*>)*?<rect x=\"([\d.]+)%\"[^>]*fill=", html)
    }
    assert float(line) == pytest.approx(starts[1970], abs=0.01)


def test_a_source_that_may_go_on_has_no_end(client):
    source, today = factories.SourceFactory(title="Daily"), timezone.localdate()
    for year in range(today.year - 10, today.year):
        resting(source, f"{year}-12", Status.HELD)
    resting(source, str(today.year + 5), Status.PLANNED)
    assert flags(page(client, "/meetings/timeline/?unit=year")) == []


class TestEnds:
    """The labels of the ends of sources."""

    AXIS = Axis(Period(date(1900, 1, 1), date(1999, 12, 31)))

    def ends(self, *years: int) -> list[ends.End]:
        found = [Covered(f"Source {at}", "/", 25, date(1900, 1, 1), date(year, 5, 5)) for at, year in enumerate(years)]
        return ends.of(self.AXIS, Coverage(found, 100, 100), "year")

    def test_sources_that_end_in_one_year_have_one_line(self):
        assert [one.label for one in self.ends(1950, 1950, 1960)] == ["1950: 2 sources end", "1960: a source ends"]

    def test_none_stands_at_the_ends_of_the_axis(self):
        assert self.ends(1901, 1999, 1997) == []

    @pytest.mark.parametrize("years", [(1950, 1952, 1954), (1910, 1915, 1980, 1985), (1930, 1945, 1955, 1970)])
    def test_labels_cover_no_other(self, years):
        found = self.ends(*years)
        assert len(found) == len(years)
        for one, other in combinations(found, 2):
            if one.row == other.row:
                assert one.reach[1] < other.reach[0] or other.reach[1] < one.reach[0]
        assert all(0 <= side <= NARROW for one in found for side in one.reach)

    def test_a_small_source_has_none(self):
        small = Covered("Small", "/", 19, date(1900, 1, 1), date(1950, 5, 5))
        assert ends.of(self.AXIS, Coverage([small], 100, 100)) == []
