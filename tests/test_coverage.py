"""What the sources of a set cover, as the timeline tells it."""

import re

import pytest

from meetings.choices import Publication, Status
from meetings.index import hits
from meetings.models import Meeting
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
    found = re.search(r'<p class="reading">(Where a source ends.*?)</p>', page(client, f"/meetings/timeline/{query}"))
    return re.sub("<[^>]+>", "", found[1]) if found else ""


def test_main_sources_are_told_with_their_years(client, lists):
    """That of what was held, whatever the set: where a list ends, what it tells of does not end."""
    first, second = "First list, 1950 to 1969", "Second &lt;list&gt;, 1960 to 1979"
    assert covered(client) == f"Where a source ends, meetings need not: {first} (21 of these); {second} (20 of these)."
    svg = client.get("/meetings/timeline.svg").content.decode()
    assert f"Where a source ends, meetings need not: {first} (21 of these); {second} (20 of" in " ".join(
        re.findall(r'class="soft">([^<]*)<', svg)
    )
    assert covered(client, "?from=1965&to=1969&unit=year").endswith(f"{first} (5 of these); {second} (5 of these).")
    assert covered(client, "?from=1969&to=1970").endswith(f"{second} (2 of these); {first} (1 of these).")


def test_what_no_main_source_tells_is_not_told(client, lists, monkeypatch):
    assert covered(client, "?from=1971&to=1979").endswith("not: Second &lt;list&gt;, 1960 to 1979 (9 of these).")
    assert covered(client, "?from=1800&to=1801") == ""
    assert covered(client, "?from=1900&to=2000&status=held")
    monkeypatch.setattr(hits, "MOST_COUNTED", 30)
    assert covered(client, "?status=held&from=1900") == ""


def test_the_page_of_two_tells_it_of_their_meetings(client, lists):
    one, other = (factories.CountryFactory(name=name) for name in ("One", "Two"))
    for meeting in Meeting.objects.filter(citations__source=lists[1]).order_by("date")[:3]:
        for country in (one, other):
            factories.ParticipationFactory(meeting=meeting, official=None, country=country)
    html = page(client, "/countries/one/with/two/")
    [told] = re.findall(r'<p class="reading">(Where a source ends.*?)</p>', html)
    assert re.sub("<[^>]+>", "", told) == (
        "Where a source ends, meetings need not: Second &lt;list&gt;, 1960 to 1979 (3 of these)."
    )
