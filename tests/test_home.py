"""The front page: what was held on this day of other years."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.index import anniversaries
from meetings.models import Meeting
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db


def held(when: str, status: str = Status.HELD, publication: str = Publication.PUBLISHED) -> Meeting:
    return factories.MeetingFactory(title=when, date=when, status=status, publication=publication)


def titles(today: date, most: int = 6) -> list[str]:
    found = Meeting.objects.in_bulk(anniversaries.on_this_day(today, most))
    return [found[key].title for key in anniversaries.on_this_day(today, most)]


def test_only_what_was_surely_held_on_this_day():
    for when in ("1994-06-14", "2023-06-14", "2001-06-13", "2001-06", "1999", "1998-06-14/1998-06-16", "2024-06-14"):
        held(when)
    held("2000-06-14", status=Status.PLANNED)
    held("1990-06-14", publication=Publication.DRAFT)
    assert titles(date(2024, 6, 14)) == ["2023-06-14", "1994-06-14"]
    assert titles(date(2024, 6, 14), most=1) == ["2023-06-14"]
    assert titles(date(2024, 6, 15)) == []


def test_a_visit_that_is_among_the_latest_stands_there_without_its_stops(client):
    stop_of_older, visit = held("2023-05-02"), held("2023-06-14/2023-06-16")
    older = held("1999-01-01")
    for one in [held("2023-06-14"), held("2023-06-15")]:
        Meeting.objects.filter(pk=one.pk).update(part_of=visit)
    Meeting.objects.filter(pk=stop_of_older.pk).update(part_of=older)
    for year in range(2010, 2022):
        held(f"{year}-07-01")
    latest = client.get("/").context["latest"]
    assert [row.title for row in latest][:3] == ["2023-06-14/2023-06-16", "2023-05-02", "2021-07-01"]
    assert len(latest) == 6


def test_where_the_latest_name_one_party_alone_it_is_said(client):
    visit, told = held("2023-06-14"), "The sources of these do not say who was met."
    factories.ParticipationFactory(meeting=visit)
    assert told in page(client, "/")
    factories.ParticipationFactory(meeting=visit)
    assert told not in page(client, "/")


def test_imprecise_dates_cost_no_query(django_assert_num_queries):
    """Of a year and of a month, 1 January is the first day."""
    for year in range(1900, 1990):
        held(str(year))
        held(f"{year}-01-01", status=Status.PLANNED)
    held("1880-01-01")
    with django_assert_num_queries(2):
        found = anniversaries.on_this_day(date(2024, 1, 1), 6)
    assert [Meeting.objects.get(pk=key).date for key in found] == ["1880-01-01"]


def test_the_29th_of_february_is_in_leap_years():
    for when in ("1996-02-29", "2000-02-28", "2000-02-29", "2001-03-01"):
        held(when)
    assert titles(date(2024, 2, 29)) == ["2000-02-29", "1996-02-29"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    years=st.lists(st.integers(1600, 2030), max_size=30),
    statuses=st.lists(st.sampled_from(Status.values), min_size=30, max_size=30),
    most=st.integers(1, 8),
)
def test_it_is_what_reading_all_would_find(years, statuses, most):
    with transaction.atomic():
        for year, status in zip(years, statuses, strict=False):
            held(f"{year}-03-05", status=status)
        right = Meeting.objects.published().filter(status=Status.HELD, earliest__lt=date(2024, 1, 1)).by_date()
        assert anniversaries.on_this_day(date(2024, 3, 5), most) == [meeting.pk for meeting in right[:most]]
        transaction.set_rollback(True)


def test_the_front_page_tells_them(client):
    today = timezone.localdate()
    assert (
        f"Today is {today.day} {today:%B}: no meeting of another year is known to have been held on this day."
        in page(client, "/")
    )
    held(f"1984-{today:%m-%d}")
    told = page(client, "/").partition('id="on-this-day"')[2].partition("</section>")[0]
    assert f"On this day, {today.day} {today:%B}" in told
    assert f"1984-{today:%m-%d}" in told


def test_without_any_the_next_day_is_told(client):
    today = timezone.localdate()
    soon, later = today + timedelta(days=3), today + timedelta(days=40)
    for day in (later, soon):
        held(f"1984-{day:%m-%d}")
    told = page(client, "/").partition('id="on-this-day"')[2].partition("</section>")[0]
    # The heading is of what stands below it.
    assert f"Next day of the year with meetings: {soon.day} {soon:%B}" in told
    assert "On this day" not in told
    assert f"Today is {today.day} {today:%B}: no meeting of another year is known" in told
    assert f"1984-{soon:%m-%d}" in told
    assert f"1984-{later:%m-%d}" not in told


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (["1984-06-15"], date(2024, 6, 15)),
        (["1984-06-14"], date(2025, 6, 14)),
        (["1984-06-13", "1984-05-01"], date(2025, 5, 1)),
        (["2024-06-20"], date(2025, 6, 20)),
        (["1984-02-29"], None),
        (["1984-06", "1984-06-15/1984-06-16"], None),
        ([], None),
    ],
)
def test_the_next_day(when, expected):
    for one in when:
        held(one)
    held("1999-06-15", status=Status.PLANNED)
    held("1999-06-16", publication=Publication.DRAFT)
    assert anniversaries.next_day(date(2024, 6, 14)) == expected


def test_what_is_gone_from_the_register_is_no_next_day():
    gone = held("1984-06-15")
    gone.status = Status.CANCELLED
    gone.save()
    factories.index.refresh_around(gone)
    assert anniversaries.next_day(date(2024, 6, 14)) is None


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((-3,), "Nothing of known date is still to come. One of those shown is past its day"),
        ((-3, 4), "The first is still to come"),
        ((-3, 4, 5), "The first 2 are still to come"),
        ((4,), ""),
        ((0,), ""),
        ((), ""),
        ((None,), ""),
        ((4, None), ""),
        ((-3, None), "Nothing of known date is still to come. One of those shown is past its day"),
        ((-3, -4, 4, None), "The first is still to come. 2 of those shown are past their day"),
        ((-3, "around"), "The first may still come. One of those shown is past its day"),
        ((-3, 4, "around"), "The first 2 may still come. One of those shown is past its day"),
        ((-3, 0), "The first may still come."),
    ],
)
def test_what_is_planned_may_have_had_its_day(client, days, told):
    """Days from today on, one whose date is not known, and one that may be before today or after."""
    today, some = timezone.localdate(), timedelta(days=5)
    others = {None: "", "around": f"[{today - some}..{today + some}]"}
    for one in days:
        held(others[one] if one in others else f"{today + timedelta(days=one)}", status=Status.PLANNED)
    shown = " ".join(page(client, "/").partition('id="planned"')[2].partition("</section>")[0].split())
    assert told in shown
    assert bool(re.search("still (to )?come|past (its|their) day", shown)) == bool(told)


def test_the_map_names_where_they_met(client, article):
    drawn, _end, told = page(client, "/").partition('class="front-map"')[2].partition("</a>")
    assert ">Brussels (3, 1 held)</text>" in drawn
    assert ">Paris</text>" in drawn
    # What its marks mean is no part of the link.
    assert re.sub("<[^>]+>", "", drawn).split("Open the map")[1].split() == ["→"]
    assert "The larger a disc" in told.partition("</p>")[0]
    assert re.search(r'class="on-land [^"]*"[^>]*>2</text>', drawn)
    assert "<a " not in drawn
