"""The periods that a timeline counts by: they follow one another, and their addresses are read again."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from meetings.filters import MeetingFilter
from meetings.index.periods import FITTING, Period, around
from meetings.models import Meeting

DAYS = st.dates()


@given(one=DAYS, other=DAYS, unit=st.sampled_from(list(FITTING)))
def test_periods_follow_one_another(one, other, unit):
    whole = Period(min(one, other), max(one, other))
    assert whole.number(whole.unit) <= FITTING[whole.unit]
    if whole.number(unit) > 1000:
        return
    parts = list(whole.split(unit))
    assert len(parts) == whole.number(unit)
    assert (parts[0].first, parts[-1].last) == whole
    assert sum(part.days for part in parts) == whole.days
    for part in parts:
        assert around(part.first, unit) == around(part.last, unit)


@given(one=DAYS, unit=st.sampled_from(list(FITTING)))
def test_a_period_is_written_so_that_it_is_read_again(one, unit):
    period = around(one, unit)
    bounds = MeetingFilter(QueryDict("from={}&to={}".format(*period.bounds)), Meeting.objects.none()).asked
    assert (bounds["from"].earliest, bounds["to"].latest) == period
    later = period.moved(1)
    if later and unit not in ("century", "decade"):
        assert (later.first - period.last).days == 1
        assert around(later.first, unit) == later
        assert later.moved(-1) == period
    assert all(wider.first <= period.first <= period.last <= wider.last for wider in period.within)
