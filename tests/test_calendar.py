"""The calendar: each number is that of the list that it leads to, and what is shown on a day was on that day."""

import re
from calendar import monthrange
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import dates
from meetings.choices import Publication, Status
from meetings.filters import CalendarFilter, MeetingFilter
from meetings.index.periods import Period, around
from meetings.lenses import calendar, month
from meetings.models import Meeting
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
LINK = re.compile(r'<a[^>]*href="(/meetings/\?[^"]*from=[^"]+)"[^>]*title="([^"]+)"')


def held(when: str, **values) -> Meeting:
    return factories.MeetingFactory(**{"date": when, "status": "held", "publication": "published", **values})


def seen(query: str) -> tuple[calendar.Calendar | None, month.Month | None]:
    filterset = CalendarFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right, filterset.form.errors
    found = calendar.of(filterset.sought(), filterset.asked.get("on"))
    return found, found and month.of(filterset.sought(), found)


def year_of(year: int) -> Period:
    return around(date(year, 1, 1), "year")


def month_of(year: int, month: int) -> Period:
    return around(date(year, month, 1), "month")


def number(query: str) -> int:
    filterset = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right
    assert not filterset.unknown
    return filterset.qs.count()


def told(words: str) -> int:
    """The number of all that the words of a link say."""
    return sum(int(n) for n in re.findall(r"(?:: |; )(\d+) (?:meeting|more)", f": {words}"))


def check(html: str) -> set[str]:
    """Each link's words say the number of its list; the addresses of these."""
    links = {unescape(address): unescape(words) for address, words in LINK.findall(html)}
    for address, words in links.items():
        assert told(words.rpartition("2023: ")[2]) == number(address.partition("?")[2]) > 0, (address, words)
    return {*links}


WIDE = ["2023", "2023-06", "2023-06~", "2023-06-15?", "2023-22", "2022-24", "2022/2024", "2023-05/2023-07", "2022/.."]
WIDE += ["[..2023-06]", "[2022..2023]"]
DAYS = st.dates(date(2023, 5, 25), date(2023, 7, 5)).map(date.isoformat)
DATES = st.one_of(
    DAYS,
    st.builds("{}/{}".format, DAYS, DAYS),
    st.builds("[{}..{}]".format, DAYS, DAYS),
    st.builds("{}/{}".format, DAYS, st.sampled_from(["2023-06", "2023-07", "2023~", ".."])),
    st.sampled_from(WIDE),
    st.just(""),
).filter(lambda text: dates.bounds(text) != (None, None) or not text)
MEETINGS = st.lists(
    st.tuples(DATES, st.sampled_from(Status.values), st.sampled_from([Publication.PUBLISHED, Publication.DRAFT])),
    max_size=7,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meetings=MEETINGS, query=st.sampled_from(["", "status=held", "from=2023-06-10&to=2023-06-20", "to=2023-06"]))
def test_each_number_is_that_of_its_list(client, meetings, query):
    for when, status, publication in meetings:
        factories.MeetingFactory(date=when, status=status, publication=publication)
    for on in ("2023", "2023-06"):
        checked = check(page(client, f"/meetings/calendar/?{query}&on={on}"))
        found, _month = seen(f"{query}&on={on}")
        assert bool(checked) == bool(found.shown.n or found.shown.may)
    for day, tally in found.days.items():
        if date(2023, 6, 1) <= date.fromordinal(day) <= date(2023, 6, 30) and not (tally.n or tally.may):
            one = date.fromordinal(day).isoformat()
            assert number(f"{'status=held' if 'held' in query else ''}&from={one}&to={one}") == 0


class TestWhatIsShown:
    """Without ``on``: what has meetings."""

    @staticmethod
    def shown(query: str = "") -> str | None:
        found, _month = seen(query)
        return found and found.period.bounds[0]

    def test_the_newest_year_in_which_one_was_held(self):
        assert self.shown() is None
        held("")
        assert self.shown() is None
        for when in ("2021-05-05", "2023-06-15", "2023-02"):
            held(when)
        held("2031-01-01", status="planned")
        assert self.shown() == "2023"
        assert self.shown("status=planned") == "2031-01"
        assert self.shown("to=2022") == "2021-05"
        assert self.shown("on=1999") == "1999"

    def test_the_month_that_has_all(self):
        held("2023-06-15")
        held("[2023-06-20..2023-06-22]")
        assert self.shown() == "2023-06"
        held("2023-06-30/2023-07-01")
        assert self.shown() == "2023"
        assert self.shown("from=2023-07-01&to=2023-07-09") == "2023-07"

    def test_what_began_before_the_days_asked_for_goes_on_in_them(self):
        held("2022-12-30/2023-01-02")
        assert self.shown("from=2023") == "2023-01"
        assert self.shown("to=2022") == "2022-12"
        assert self.shown() == "2022"
        found, _month = seen("from=2023")
        assert (found.earlier, found.later) == (None, None)

    def test_an_open_date_does_not_lead_beyond_the_days_asked_for(self, client):
        """It sorts by its last day."""
        held("[..2030]")
        assert self.shown() == "2030"
        assert self.shown("to=2020") == "2020"
        assert self.shown("to=2020-03") == "2020"
        assert self.shown("from=2020-03&to=2020-03") == "2020-03"
        assert "1 meeting can lie in it" in page(client, "/meetings/calendar/?to=2020")
        found, _month = seen("to=2022&on=2020")
        assert (found.earlier, found.later) == (None, year_of(2022))
        found, _month = seen("to=2022&on=2035")
        assert (found.earlier, found.later) == (year_of(2022), None)
        held("2020-03-05")
        assert self.shown("to=2020") == "2020"
        assert self.shown("from=2020-03-02&to=2020-03") == "2020-03"

    def test_the_nearest_with_meetings_are_offered(self, client):
        for when in ("2019-03-03", "2023-06-15", "2023-09-02", "2026-01"):
            held(when)
        found, _month = seen("on=2023")
        assert (found.earlier, found.later) == (year_of(2019), year_of(2026))
        found, _month = seen("on=2023-06")
        assert (found.earlier, found.later) == (month_of(2019, 3), month_of(2023, 9))
        found, _month = seen("on=2019")
        assert (found.earlier, found.later) == (None, year_of(2023))
        html = page(client, "/meetings/calendar/?on=2021")
        assert "None of these meetings can lie in 2021." in html
        assert '?on=2019"' in html
        assert '?on=2023"' in html

    @pytest.mark.parametrize("on", ["0001", "9999", "9999-12", "0001-01"])
    def test_the_ends_of_time(self, client, on):
        held("0001-01-01")
        held("9999-12-31")
        html = page(client, f"/meetings/calendar/?on={on}")
        assert "1 meeting" in html
        assert client.get(f"/meetings/calendar.svg?on={on}").status_code == 200


class TestYear:
    def test_a_day_says_what_is_on_it_and_what_may_be(self, client):
        held("2023-06-14")
        held("2023-06-13/2023-06-15")
        held("2023-06-14", status="planned")
        held("2023-06")
        held("[2023-06-14..2023-06-20]")
        held("2023-06-14", publication="draft")
        html = page(client, "/meetings/calendar/?on=2023")
        words = "14 June 2023: 3 meetings (1 planned); 2 more can lie on this day"
        [(_link, kind)] = re.findall(
            f'(<td class="([^"]*)"><a href="[^"]*from=2023-06-14[^>]*title="{re.escape(words)}")', html
        )
        assert kind == "sure shade-4 has-planned"
        assert "15 June 2023: 1 meeting; 2 more can lie on this day" in html
        assert 'title="16 June 2023: 2 meetings can lie on this day"' in html
        assert '<a href="/meetings/?from=2023-06-14&amp;to=2023-06-14" title' in html
        assert 'title="June 2023: 5 meetings (1 planned)"' in html

    def test_those_that_were_not_held_are_not_shaded(self, client):
        for status in ("cancelled", "denied", "unconfirmed"):
            held("2023-06-14", status=status)
        held("2023-06-15", status="postponed")
        html = page(client, "/meetings/calendar/?on=2023")
        assert '<td class="sure has-other">' in html
        assert '<td class="sure has-planned">' in html
        assert "some planned or postponed" in html
        assert "shade-1" not in html

    def test_what_was_not_held_is_told_apart_in_months_and_on_days_that_it_may_be_on(self, client):
        for when, status in (
            ("2023-03-05", "held"),
            ("2023-03", "held"),
            ("2023-03-09", "planned"),
            ("2023-05", "planned"),
        ):
            held(when, status=status)
        found, _month = seen("")
        tallies = {day: found.days[date(2023, *day).toordinal()] for day in ((3, 5), (3, 6), (3, 9), (5, 1), (6, 1))}
        assert [tally.only_may for tally in tallies.values()] == ["", "only-may", "", "may-unheld", ""]
        assert (found.months[month_of(2023, 3)].held, found.months[month_of(2023, 3)].unheld) == (2, 1)
        html, svg = page(client, "/meetings/calendar/"), client.get("/meetings/calendar.svg").content.decode()
        assert '<b>2</b> <span class="unheld">1</span>' in html
        assert html.count('<td class="may-unheld">') == 31
        assert "2 held of 3" in svg
        assert svg.count('class="edge-unheld"') == 31 + 1
        for drawn in (html, svg):
            assert "a meeting not held (planned, cancelled…) may fall on this day" in drawn
            assert "not held: planned, cancelled…" in drawn
        html = page(client, "/meetings/calendar/?status=held")
        assert "not held" not in html
        assert "may-unheld" not in html

    def test_a_month_is_sure_of_what_lies_in_it(self):
        for when in ("2023-06", "2023-06-30/2023-07-02", "2023", "2023-22", "2022/2024"):
            held(when)
        found, _month = seen("on=2023")
        june, july = (found.months[month_of(2023, month)] for month in (6, 7))
        assert ((june.n, june.may), (july.n, july.may)) == ((3, 2), (2, 2))
        # Of what lasted from some day of 2022 to some day of 2024, all of 2023 is sure.
        assert found.days[date(2023, 3, 3).toordinal()].n == 1

    def test_days_outside_the_filter_are_not_counted(self, client):
        held("2023-06-08/2023-06-25")
        html = page(client, "/meetings/calendar/?from=2023-06-10&to=2023-06-20&on=2023")
        assert "from=2023-06-09" not in html
        assert "from=2023-06-10&amp;to=2023-06-10" in html
        assert "from=2023-06-10&amp;to=2023-06-20" in html
        assert '<td class="beyond">9</td>' in html
        assert "None of these meetings can lie in May 1990." in page(client, "/meetings/calendar/?from=2023&on=1990-05")

    def test_undated_ones_are_told(self, client):
        held("2023-06-14")
        held("")
        assert "1 meeting of this set has no known date" in page(client, "/meetings/calendar/")
        assert "no known date" not in page(client, "/meetings/calendar/?from=2023")

    def test_nothing_dated_is_told(self, client):
        held("")
        assert "None of these meetings has a known date." in page(client, "/meetings/calendar/")


class TestMonth:
    def test_a_visit_is_a_bar_that_goes_on_in_the_next_week(self, client):
        held("2023-06-09/2023-06-13", title="Visit to Brussels")
        held("2023-06-10", title="A call")
        _found, shown = seen("on=2023-06")
        [first, second] = [week for week in shown.weeks if week.lanes]
        [[bar]], [[other]] = first.lanes, second.lanes
        assert (bar.at, bar.width, bar.before, bar.after) == (4, 3, False, True)
        assert (other.at, other.width, other.before, other.after) == (0, 2, True, False)
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert '<td class="bar" colspan="3">' in html
        assert '<td class="bar" colspan="2">' in html
        assert html.count("<bdi>A call</bdi>") == 2

    def test_visits_that_overlap_have_lanes_of_their_own(self):
        for title in range(month.LANES + 2):
            held("2023-06-06/2023-06-08", title=f"Visit {title}")
        held("2023-06-09/2023-06-10")
        found, shown = seen("on=2023-06")
        week = next(week for week in shown.weeks if week.lanes)
        assert len(week.lanes) == month.LANES
        for lane in week.lanes:
            assert all(one.at + one.width <= other.at for one, other in pairwise(lane))
        assert sum(len(lane) for lane in week.lanes) == month.LANES + 1
        assert found.days[date(2023, 6, 7).toordinal()].n == month.LANES + 2

    def test_those_of_no_known_day_stand_beside(self, client):
        for when in ("2023-06", "[2023-06-16..2023-06-30]", "2023", "2023-22", "2023-07", "2022-24", "[2022..2023-09]"):
            held(when)
        _found, shown = seen("on=2023-06")
        assert [(some.period, some.n) for some in shown.some] == [(month_of(2023, 6), 2), (year_of(2023), 2), (None, 1)]
        html = page(client, "/meetings/calendar/?on=2023-06")
        for words in (
            "Some time in June 2023",
            "Some time in 2023",
            "Perhaps in June 2023",
            "between 16 and 30 June 2023",
        ):
            assert words in html

    def test_stops_of_a_visit_say_so(self, client):
        visit = held("2023-06-10/2023-06-20", title="The visit")
        held("[2023-06-10..2023-06-20]", part_of=visit)
        held("[2023-06-10..2023-06-20]", part_of=held("2023-06-30", title="Unseen", publication=Publication.DRAFT))
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert html.count("part of <bdi>The visit</bdi>") == 1
        assert "Unseen" not in html

    def test_a_crowded_day_shows_the_first_and_leads_to_all(self, client):
        for _number in range(20):
            held("2023-06-14")
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert re.findall(r'class="more-of-day"[^>]*>([^<]*)<', html) == ["All 20", "All 20"]
        assert 'href="/meetings/?from=2023-06-14&amp;to=2023-06-14" title="14 June 2023: 20 meetings"' in html
        for _number in range(2):
            held("2023-06")
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert re.findall(r'class="more-of-day"[^>]*>([^<]*)<', html) == ["20 sure, 22 in the list"] * 2
        assert '"result-count">22<' in page(client, "/meetings/?from=2023-06-14&to=2023-06-14")
        held("2023-06-15")
        _found, shown = seen("on=2023-06")
        assert [len(shown.on[date(2023, 6, day).toordinal()]) for day in (14, 15)] == [month.EACH + 1, 1]

    def test_held_ones_come_first(self):
        for _number in range(month.EACH):
            held("2023-06-14", status="denied")
        first = held("2023-06-14")
        _found, shown = seen("on=2023-06")
        assert shown.on[date(2023, 6, 14).toordinal()][0].uid == first.uid

    def test_what_is_not_held_is_marked_and_said(self, client):
        held("2023-06-14", status="cancelled", title="<b>Bold</b>")
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert '<a class="entry is-cancelled"' in html
        assert '<span class="sr-only"> (cancelled)</span>' in html
        assert "&lt;b&gt;Bold&lt;/b&gt;" in html
        assert "<b>Bold" not in html

    def test_drafts_are_nowhere(self, client):
        held("2023-06-14", title="Public")
        held("2023-06-14", title="A draft", publication="draft")
        html = page(client, "/meetings/calendar/?on=2023-06")
        assert "Public" in html
        assert "A draft" not in html

    def test_few_records_are_read(self, django_assert_max_num_queries):
        for day in range(1, monthrange(2023, 6)[1] + 1):
            for _number in range(3):
                held((date(2023, 5, 31) + timedelta(day)).isoformat())
        with django_assert_max_num_queries(8):
            _found, shown = seen("on=2023-06")
        assert sum(map(len, shown.on.values())) == 90


@pytest.mark.parametrize("value", ["June", "2023-21", "2023-13", "2023-99", "2023-06-31", "..", "2023-06-15~"])
def test_a_wrong_period_is_told_once_for_its_field(client, value):
    held("2023-06-15")
    html = page(client, f"/meetings/calendar/?on={value}")
    told = f"“{value}” is not a year or month, or a day in it: write something like “2023-06”."
    assert html.count(told) == 1
    assert 'id="told_on"' in html
    assert 'aria-invalid="true" aria-describedby="told_on"' in html
    assert 'class="year"' not in html
    assert client.get(f"/meetings/calendar.svg?on={value}").status_code == 400


def test_a_day_shows_its_month_and_is_marked(client):
    held("2023-06-15")
    for day, marked in ((14, {("span", "14"), ("td", "14")}), (15, {("a", "15")})):
        html = page(client, f"/meetings/calendar/?on=2023-06-{day}")
        assert "<h3>June 2023</h3>" in html
        assert set(re.findall(r'<(\w+)[^>]* aria-current="date">(\d+)<', html)) == marked
    assert 'aria-current="date"' not in page(client, "/meetings/calendar/?on=2023-06")
    assert client.get("/meetings/calendar.svg?on=2023-06-15").status_code == 200


def test_the_period_stays_with_the_calendar(client, article):
    html = page(client, "/meetings/calendar/?on=2023-06&country=israel&nonsense=1")
    for address in re.findall(r'href="(/meetings[^"]*\?[^"]*)"', html):
        assert "on=" not in address or address.startswith("/meetings/calendar.svg?"), address
    assert 'href="?on=2023&amp;country=israel"' in html
    assert 'href="/meetings/calendar.svg?on=2023-06&amp;country=israel"' in html


def test_the_article(client, article):
    html = page(client, "/meetings/calendar/")
    assert check(html)
    assert check(page(client, "/meetings/calendar/?on=2023-06&official=yoav-gallant"))
