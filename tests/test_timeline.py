"""The timeline: each number is that of the list that it leads to, on both databases."""

import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter, TimelineFilter
from meetings.filters.timeline import FEW
from meetings.index import times
from meetings.index.periods import Period, around
from meetings.lenses import timeline
from meetings.lenses.timeline import Mark
from meetings.models import Meeting
from tests import drawings, factories
from tests.pages import page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r'href="(/meetings/\?[^"]*)"[^>]*>(?:<title>([^<]*)</title>)?(?:<text[^>]*>)?([\d,]+)<')


def filterset(query: str) -> TimelineFilter:
    found = TimelineFilter(QueryDict(query), Meeting.objects.published())
    assert found.is_right, found.form.errors
    return found


def seen(query: str) -> timeline.Timeline:
    """As bars, however few they are."""
    found = filterset(query)
    return timeline.counted(found.times, found.extent, found.sought(), found.bars_of)


def listed(query: str) -> list[Meeting]:
    found = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert found.is_right, found.form.errors
    assert not found.unknown
    return list(found.qs)


DATES = ["2023-06-15", "2023-06", "2023", "", "2020/..", "[..1999]", "[2021..]", "1990-05/2001", "2022-24"]
DATES += ["2023-06-14/2023-06-16", "[2023-06-16..2023-06-30]", "2019-12-31~", "2023-06-15/2023-06"]
MADE = st.lists(
    st.tuples(
        st.sampled_from(DATES),
        st.sampled_from(Status.values),
        st.sampled_from([Publication.PUBLISHED, Publication.PUBLISHED, Publication.DRAFT]),
        st.booleans(),
    ),
    max_size=8,
)
QUERIES = [
    "",
    "from=2023&to=2023",
    "from=2023-06&to=2023-06",
    "from=2022-06-15&to=2023-06-15&unit=month",
    "from=2000",
    "to=2000",
    "from=2023-06-15&to=2023-06-15",
    "from=2023-05&to=2023-07&unit=week",
    "unit=decade",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=MADE,
    query=st.sampled_from(QUERIES),
    more=st.sampled_from(["", "status=held", "status=planned&status=denied", "country=here", "q=zed"]),
)
def test_each_bar_counts_what_its_list_has(made, query, more):
    """Numbers that the index keeps (of all, of statuses) and those that are counted (of a country, of words)."""
    with transaction.atomic():
        make(made)
        compare(f"{query}&{more}")
        transaction.set_rollback(True)


def make(made) -> None:
    country = factories.CountryFactory(slug="here")
    for day, status, publication, there in made:
        meeting = factories.MeetingFactory(
            date=day, status=status, publication=publication, title="Zed" if there else "Talks"
        )
        if there:
            factories.ParticipationFactory(meeting=meeting, country=country)


def compare(query: str) -> None:
    own, found = filterset(query), seen(query)
    whole = listed(own.whole_set[1:])
    if found.axis:
        assert [bar.period for bar in found.bars] == list(found.axis.split(found.unit))
    undated = [one for one in whole if one.earliest is None and one.latest is None]
    assert found.undated == len(undated)
    for bar in found.bars:
        there = listed(own.narrowed_to(bar.period)[1:])
        assert bar.number == len(there)
        held = [one for one in there if one.status == Status.HELD]
        sure = [one for one in held if one.earliest and one.latest and within(one, bar.period)]
        assert (bar.held, bar.sure) == (len(held), len(sure))
        assert bar.planned == sum(one.status in (Status.PLANNED, Status.POSTPONED) for one in there)
    longest = timeline.LONGEST.get(found.unit)
    for bar, drawn in zip(found.bars, found.drawn, strict=True):
        there = [one for one in listed(own.narrowed_to(bar.period)[1:]) if longest is None or is_short(one, longest)]
        assert (drawn.number, drawn.sure) == (len(there), bar.sure)
    long = [one for one in whole if one not in undated and longest and not is_short(one, longest)]
    assert found.long == (len(long) if found.bars else 0)
    everyone = {one.pk for bar in found.bars for one in listed(own.narrowed_to(bar.period)[1:])}
    assert everyone == {one.pk for one in whole} - {one.pk for one in undated}


def is_short(meeting: Meeting, longest: int) -> bool:
    return bool(meeting.earliest and meeting.latest) and (meeting.latest - meeting.earliest).days < longest


def within(meeting: Meeting, period: Period) -> bool:
    return period.first <= meeting.earliest and meeting.latest <= period.last


@pytest.mark.parametrize(
    "query", ["", "unit=year", "country=israel&unit=month", "status=held&unit=day&from=2023-06", "unit=week&from=2023"]
)
def test_each_number_leads_to_its_list(client, article, query):
    html = page(client, f"/meetings/timeline/?{query}")
    links = LINK.findall(html)
    assert links or query == ""
    for address, told, n in links:
        assert len(listed(unescape(address).partition("?")[2])) == int(n), address
        assert not told or told.endswith((f"{n} meeting", f"{n} meetings"))


@pytest.mark.parametrize("unit", ["week", "year", "decade"])
def test_numbers_that_are_kept_are_those_that_are_counted(article, unit):
    asked = filterset("").sought()
    kept, read = times.of(asked), times.Read(asked)
    assert isinstance(kept, times.Kept)
    periods = list(Period(date(2022, 1, 1), date(2023, 12, 31)).split(unit))
    assert (kept.extent(), kept.sides(periods).bars()) == (read.extent(), read.sides(periods).bars())


@pytest.mark.parametrize("query", ["", "from=2024", "from=2023-06-15", "to=2024&from=2024", "to=2025", "to=2026"])
@pytest.mark.parametrize("status", ["", "&status=held"])
def test_what_is_open_is_told_of_what_lies_in_the_days_asked_for(query, status):
    for day in ("[..2023-06-15]", "2026-03/..", "2024-01-01"):
        factories.MeetingFactory(date=day, publication="published", status="held")
    asked = filterset(f"{query}{status}").sought()
    kept = times.of(asked)
    assert isinstance(kept, times.Kept)
    assert kept.extent().some_open == times.Read(asked).extent().some_open == (query != "to=2024&from=2024")


def test_meetings_of_one_date_are_added_up_by_the_database():
    country = factories.CountryFactory(slug="here")
    for status in ("held", "held", "held", "planned"):
        meeting = factories.MeetingFactory(date="2023-06", publication="published", status=status)
        factories.ParticipationFactory(meeting=meeting, country=country)
    first, last = (date(2023, 6, day).toordinal() for day in (1, 30))
    read = times.of(filterset("country=here").sought())
    year = around(date(2023, 6, 1), "year")
    for periods in ([year], list(year.split("month"))):
        assert sorted(read.found(periods)) == [(first, last, "held", 3), (first, last, "planned", 1)]


@pytest.mark.parametrize(("unit", "queries"), [("year", 2), ("month", 3)])
def test_what_is_kept_costs_few_queries(article, django_assert_num_queries, unit, queries):
    asked = filterset("status=held").sought()
    with django_assert_num_queries(queries):
        kept = times.of(asked)
        timeline.counted(kept, kept.extent(), asked, unit)


def test_an_imprecise_date_is_no_point():
    marks = {
        "2023-06-15": (date(2023, 6, 15), date(2023, 6, 15), None),
        "2023-06-15~": (date(2023, 6, 15), date(2023, 6, 15), None),
        "2023-03": (None, None, (date(2023, 3, 1), date(2023, 3, 31))),
        "2023-06-15/2023-06-18": (date(2023, 6, 15), date(2023, 6, 18), None),
        "2023-06-15/2023-06": (date(2023, 6, 15), date(2023, 6, 15), (date(2023, 6, 15), date(2023, 6, 30))),
        "2023-06/2023-06-10": (date(2023, 6, 10), date(2023, 6, 10), (date(2023, 6, 1), date(2023, 6, 10))),
        "2023-05/2023-07": (date(2023, 5, 31), date(2023, 7, 1), (date(2023, 5, 1), date(2023, 7, 31))),
        "[2023-06-16..2023-06-30]": (None, None, (date(2023, 6, 16), date(2023, 6, 30))),
        "2020-02-03/..": (date(2020, 2, 3), date(2020, 2, 3), (date(2020, 2, 3), None)),
        "2020/..": (None, None, (date(2020, 1, 1), None)),
        "[..1999]": (None, None, (None, date(1999, 12, 31))),
        "": (None, None, None),
    }
    for day in marks:
        factories.MeetingFactory(date=day, publication="published", status="held")
    found = {line.row.date: line.mark for line in timeline.each(filterset("").extent, filterset("").sought()).lines}
    for day, (first, last, possibly) in marks.items():
        assert found[day] == Mark("held", (first, last) if first else None, possibly), day
    assert list(found)[-1] == ""


def test_dates_that_are_hardly_known_do_not_hide_the_days(client):
    """They stand in a band below the bars, as far as they can mean, and the bars have a scale of their own."""
    for day, status in [
        ("2023", "held"),
        *[("2023-06", "planned")] * 3,
        ("2023-06-15", "held"),
        ("2023-06-20/2023-06-22", "held"),
    ]:
        factories.MeetingFactory(date=day, publication="published", status=status)
    days = "from=2023&to=2023&unit=day"
    found = seen(days)
    assert (found.long, max(bar.number for bar in found.drawn), max(bar.number for bar in found.bars)) == (4, 1, 5)
    assert sum(bar.number for bar in found.drawn) == 4
    root = drawings.taken(client, f"/meetings/timeline.svg?{days}")
    band = [
        (one.findtext("title"), one.get("width"))
        for one in root.iter("rect")
        if "shade-2" in drawings.kinds(one) and len(one)
    ]
    assert [words for words, _width in band] == [
        "January to May 2023: 1 meeting",
        "June 2023: 4 meetings",
        "July to December 2023: 1 meeting",
    ]
    assert [float(width[:-1]) for _words, width in band] == pytest.approx(
        [100 * n / 365 for n in (151, 30, 184)], abs=0.1
    )
    assert [drawings.told(one) for one in root.iter("a") if "15 June" in drawings.told(one)] == [
        "15 June 2023: 5 meetings; held, dated within this period: 1; held, partly or perhaps in another bar: 1;"
        " planned or postponed: 3; of all these, in the band below: 4"
    ]
    html = page(client, f"/meetings/timeline/?{days}")
    assert (
        "4 of these meetings lasted more than 7 days, or have a date less certain than that: they are in no bar" in html
    )
    assert "of all: lasted more than 7 days, or have a date less certain than that</th>" in html
    assert "band" not in page(client, "/meetings/timeline/?unit=year")
    assert "1 of these meetings lasted more than 7 months, or has a date less certain than that: it is" in page(
        client, "/meetings/timeline/?unit=month"
    )


def test_numbers_stand_at_bars_and_lead_to_lists_that_are_as_long(client):
    for day in ("2023-01-04", "2023-01-05", "2023-06-15"):
        factories.MeetingFactory(date=day, publication="published", status="held")
    months, number = "/meetings/timeline/?from=2023&to=2023&unit=month", re.compile(r">(\d+)</text>(</a>)?")

    def numbers() -> list[tuple[str, bool]]:
        drawn = page(client, months).partition('class="bars"')[2].partition("</svg>")[0]
        return [(n, bool(leads)) for n, leads in number.findall(drawn) if n != "2023"]

    assert numbers() == [("2", True), ("1", True)]
    assert "Open one to look closer, or a number for the list." in page(client, months)
    vague = factories.MeetingFactory(date="1950/..", publication="published", status="held")
    assert numbers()[:2] == [("2", False), ("1", False)]
    assert "Open one to look closer." in page(client, months)
    Meeting.objects.exclude(pk=vague.pk).update(publication=Publication.DRAFT)
    call_command("rebuild_index")
    assert "Open one" not in page(client, months)


def test_few_meetings_have_a_line_each(client, article):
    html = page(client, "/meetings/timeline/?official=yoav-gallant")
    assert html.count("<li data-uid=") == 11
    assert 'between 16 and 30 June 2023 <span class="status">Planned</span>' in html
    assert "planned or postponed some time within these days" in html
    assert "held, dated to this day" in html
    assert "dated to all these days" not in html
    assert "March to June 2023" in html


def test_the_unit_that_fits_is_named(client):
    assert "best fit" in page(client, "/meetings/timeline/")
    for year in range(1900, 1900 + FEW + 1):
        factories.MeetingFactory(date=str(year), publication=Publication.PUBLISHED)
    for query in ("", "?unit=decade"):
        html = page(client, f"/meetings/timeline/{query}")
        assert re.search(r'<option value=""[^>]*>\s*year \(fits best\)\s*<', html)


def test_the_axis_is_the_days_asked_for(client, article):
    assert filterset("").times.extent().axis(filterset("").sought()) == Period(date(2022, 1, 1), date(2023, 6, 30))
    assert seen("from=2023-06-10").axis == Period(date(2023, 6, 10), date(2023, 6, 30))
    assert seen("to=2023-02").axis == Period(date(2022, 1, 1), date(2023, 2, 28))
    html = page(client, "/meetings/timeline/?from=2023-06&to=2023-06&country=israel&sort=title")
    for address in ("", "&amp;from=2023&amp;to=2023", "&amp;from=2023-05&amp;to=2023-05", "&amp;from=2020&amp;to=2029"):
        assert f'href="/meetings/timeline/?country=israel&amp;sort=title{address}"' in html, address


def test_undated_and_open_dates_are_told(client):
    for day in ("", "", "[..1999]", "2003-04-05"):
        factories.MeetingFactory(date=day, publication="published", status="held")
    for query in ("", "?unit=year", "?unit=year&status=held"):
        html = page(client, f"/meetings/timeline/{query}")
        assert "2 of these meetings have no known date" in html
        assert "open to one side" in html
    assert "no known date" not in page(client, "/meetings/timeline/?from=1990")
    assert [bar.number for bar in seen("unit=year").bars] == [1, 0, 0, 0, 1]
    assert [bar.sure for bar in seen("unit=year").bars] == [0, 0, 0, 0, 1]


def test_nothing_but_undated_ones(client):
    meeting = factories.MeetingFactory(date="", status="held", publication="published", title="<b>Talks</b>")
    for query in ("", "?unit=year", "?status=held&status=planned&unit=day"):
        html = page(client, f"/meetings/timeline/{query}")
        assert "1 of these meetings has no known date" in html
    assert "&lt;b&gt;Talks" in page(client, "/meetings/timeline/")
    assert meeting.uid in page(client, "/meetings/timeline/")
    assert "Nothing fits" in page(client, "/meetings/timeline/?from=1990")


UNITS = re.compile(r'<option value="(\w*)"\s*(selected)?>')


def test_a_unit_of_too_many_bars_is_told_and_the_next_is_shown(client, article):
    html = page(client, "/meetings/timeline/?unit=day")
    told = "“day” makes 546 bars of January 2022 to June 2023, and 366 are the most: “week” is the next unit"
    assert html.count(told) == 1
    assert '<span class="result-count">13</span>' in html
    assert "Nothing is shown" not in html
    assert "A bar is a week, Monday to Sunday." in html
    assert len(LINK.findall(html)) > 5
    assert 'href="/meetings/timeline.svg?unit=week"' in html
    html = page(client, "/meetings/timeline/?unit=hour")
    assert "“hour” cannot be chosen here" in html
    assert "Nothing is shown" not in html
    assert html.count("<li data-uid=") == 13
    assert client.get("/meetings/timeline.svg?unit=hour").status_code == 400
    assert "“day”" not in page(client, "/meetings/timeline/?unit=day&from=2023&to=2023")
    # As all exports do, a file tells what is wrong instead.
    refused = client.get("/meetings/timeline.svg?unit=day")
    assert (refused.status_code, told in refused.content.decode()) == (400, True)


def test_only_units_that_have_room_are_offered(client, article):
    def offered(query: str) -> list[tuple[str, str]]:
        return UNITS.findall(page(client, f"/meetings/timeline/?{query}"))

    assert offered("unit=day") == [
        *(("", ""), ("century", ""), ("decade", ""), ("year", ""), ("month", ""), ("week", "selected")),
    ]
    assert ("day", "") in offered("from=2023&to=2023")
    assert [unit for unit, _chosen in offered("from=1000&to=1999")] == ["", "century", "decade"]
    assert ("day", "selected") in offered("from=2023-06&to=2023-06&unit=day")


def test_a_wrong_date_and_a_long_axis_are_told_together(client, article):
    assert "Nothing is shown" in page(client, "/meetings/timeline/?unit=day&from=June")
    assert "Nothing is shown" not in page(client, "/meetings/timeline/?unit=day&page=0")


def test_all_years_of_the_calendar_have_room(client):
    for day in ("0001-01-01", "9999-12-31", "[..0001-01]", "9998/.."):
        factories.MeetingFactory(date=day, publication="published")
    for query in ("unit=century", "from=0001&to=9999&unit=century", "from=9999&to=9999&unit=week", "to=0001-01-01"):
        page(client, f"/meetings/timeline/?{query}")
    assert len(seen("unit=century").bars) == 100
    assert seen("").unit == "century"
    assert seen("to=0001&from=0001").earlier is None
    assert seen("to=9999&from=9999").later is None


class TestPicture:
    """The timeline as SVG says what the page says."""

    @staticmethod
    def texts(client, query: str = "") -> list[str]:
        response = client.get(f"/meetings/timeline.svg?{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        tree = ElementTree.fromstring(response.content)
        return ["".join(element.itertext()) for name in ("text", "title") for element in tree.iter(f"{SVG}{name}")]

    def test_it_has_the_numbers_of_the_bars(self, client, article):
        texts = self.texts(client, "unit=month&from=2023&to=2023")
        for bar in seen("unit=month&from=2023&to=2023").bars:
            assert not bar.number or f"{bar.period.words}: {bar.number} meeting" in "\n".join(texts)
            assert not bar.number or str(bar.number) in texts
        assert "A bar is a month." in texts
        assert {"held", "planned or postponed"} < {*texts}

    def test_it_has_a_line_for_each_meeting(self, client, article):
        texts = self.texts(client, "official=yoav-gallant&official=lloyd-austin")
        assert {"Lloyd Austin and Yoav Gallant meet in Israel", "Yoav Gallant and Lloyd Austin meet in Brussels"} < set(
            texts
        )
        assert "held some time within these days" in texts
        assert any("Official: Yoav Gallant" in text for text in texts)

    def test_an_empty_set_is_a_picture_of_nothing(self, client):
        assert self.texts(client, "from=1800&to=1801")[0] == "Meetings on a timeline"
