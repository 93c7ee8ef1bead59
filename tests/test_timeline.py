"""The timeline: each number is that of the list that it leads to, on both databases."""

import re
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter, TimelineFilter
from meetings.index import times
from meetings.index.periods import FITTING, Period, around
from meetings.lenses import timeline
from meetings.lenses.timeline import Mark
from meetings.models import Meeting
from tests import factories
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
    return timeline.counted(found.times, found.sought(), found.bars_of)


def listed(query: str) -> list[Meeting]:
    found = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert found.is_right, found.form.errors
    assert not found.unknown
    return list(found.qs)


DATES = ["2023-06-15", "2023-06", "2023", "", "2020/..", "[..1999]", "[2021..]", "1990-05/2001", "2023-06-14/2023-06-16",
         "2022-24", "[2023-06-16..2023-06-30]", "2019-12-31~", "2023-06-15/2023-06"]  # fmt: skip
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
        meeting = factories.MeetingFactory(date=day, status=status, publication=publication, title="Zed" if there else "Talks")
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
    everyone = {one.pk for bar in found.bars for one in listed(own.narrowed_to(bar.period)[1:])}
    assert everyone == {one.pk for one in whole} - {one.pk for one in undated}


def within(meeting: Meeting, period: Period) -> bool:
    return period.first <= meeting.earliest and meeting.latest <= period.last
