"""EDTF dates: the days that all meanings of a date have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.dates import bounds, parse

NEAR = st.dates(date(2023, 5, 25), date(2023, 7, 5)).map(date.isoformat)
NEARLY = st.one_of(NEAR, st.sampled_from(["2023", "2023-06", "2023-07~", "2023-22", "2022-24", "2023-06-15?"]))


def can_be_read(text: str) -> bool:
    return bounds(text) != (None, None)


@given(
    st.one_of(
        NEARLY,
        st.builds("{}/{}".format, NEARLY, st.one_of(NEARLY, st.just(".."))),
        st.builds("[{}..{}]".format, NEARLY, st.one_of(NEARLY, st.just(""))),
        st.builds("[..{}]".format, NEARLY),
    ).filter(can_be_read)
)
def test_a_day_is_sure_if_every_meaning_has_it(text: str) -> None:
    """Each beginning with each end that is not before it; without an end, any day from the beginning on may be it."""
    edtf = parse(text)
    if edtf.form == "span":
        end = edtf.end or edtf.start
        starts, ends = (days_of(part.earliest, part.latest) for part in (edtf.start, end))
        meanings = [(one, other) for one in starts for other in ends if one <= other]
        first, last = max(one for one, _other in meanings), min(other for _one, other in meanings)
    else:
        first, last = (edtf.latest or date.max).toordinal(), (edtf.earliest or date.min).toordinal()
    assert edtf.sure == ((date.fromordinal(first), date.fromordinal(last)) if first <= last else None)


def days_of(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("2023-06-15/2023-06", "2023-06-15/2023-06-15"),
        ("2023-06/2023-06-10", "2023-06-10/2023-06-10"),
        ("2023-06-15~", "2023-06-15/2023-06-15"),
        ("2022/2024", "2022-12-31/2024-01-01"),
        ("2023-06-15/..", "2023-06-15/2023-06-15"),
        ("2023/..", None),
        ("2023-06", None),
        ("[2023-06-15..2023-06-16]", None),
        ("", None),
    ],
)
def test_what_is_sure_of_a_date(text: str, sure: str | None) -> None:
    assert parse(text).sure == (sure and bounds(sure))
