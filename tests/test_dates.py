"""EDTF dates: every form of the data model in words and bounds, and every refusal with a right one shown."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from meetings.dates import Edtf, EdtfError, bounds, parse, parse_bound, words

FORMS = [
    # text, words, earliest, latest
    ("2023-06-15", "15 June 2023", "2023-06-15", "2023-06-15"),
    ("2023-06-01", "1 June 2023", "2023-06-01", "2023-06-01"),
    ("2024-02-29", "29 February 2024", "2024-02-29", "2024-02-29"),
    ("2023-06", "June 2023", "2023-06-01", "2023-06-30"),
    ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
    ("2023", "2023", "2023-01-01", "2023-12-31"),
    ("0001", "AD 1", "0001-01-01", "0001-12-31"),
    ("0987-03-15", "15 March AD 987", "0987-03-15", "0987-03-15"),
    ("9999-12-31", "31 December 9999", "9999-12-31", "9999-12-31"),
    # seasons
    ("2023-21", "March to May 2023", "2023-03-01", "2023-05-31"),
    ("2023-22", "June to August 2023", "2023-06-01", "2023-08-31"),
    ("2023-23", "September to November 2023", "2023-09-01", "2023-11-30"),
    ("2023-24", "December 2023 to February 2024", "2023-12-01", "2024-02-29"),
    ("2022-24", "December 2022 to February 2023", "2022-12-01", "2023-02-28"),
    ("9999-24", "December 9999 to February 10000", "9999-12-01", "9999-12-31"),
    # marks
    ("2023-06~", "about June 2023", "2023-06-01", "2023-06-30"),
    ("2023-06?", "June 2023 (uncertain)", "2023-06-01", "2023-06-30"),
    ("2023-06%", "about June 2023 (uncertain)", "2023-06-01", "2023-06-30"),
    ("2023-06-15~", "about 15 June 2023", "2023-06-15", "2023-06-15"),
    ("2023-24?", "December 2023 to February 2024 (uncertain)", "2023-12-01", "2024-02-29"),
    # lasted from, to
    ("2023-06-15/2023-06-19", "15 to 19 June 2023", "2023-06-15", "2023-06-19"),
    ("2023-06-28/2023-07-03", "28 June to 3 July 2023", "2023-06-28", "2023-07-03"),
    ("2022-12-30/2023-01-02", "30 December 2022 to 2 January 2023", "2022-12-30", "2023-01-02"),
    ("2022-06-15/2023-06-19", "15 June 2022 to 19 June 2023", "2022-06-15", "2023-06-19"),
    ("2023-06/2023-08", "June to August 2023", "2023-06-01", "2023-08-31"),
    ("2022-12/2023-01", "December 2022 to January 2023", "2022-12-01", "2023-01-31"),
    ("2021/2023", "2021 to 2023", "2021-01-01", "2023-12-31"),
    ("2023-06-15/2023-07", "15 June 2023 to July 2023", "2023-06-15", "2023-07-31"),
    ("2023-06-15/2023-06", "15 June 2023 to June 2023", "2023-06-15", "2023-06-30"),
    ("2023-21/2023-22", "March–May 2023 to June–August 2023", "2023-03-01", "2023-08-31"),
    ("2023-23/2023-24", "September–November 2023 to December 2023 – February 2024", "2023-09-01", "2024-02-29"),
    ("2023-06-15/2023-06-15", "15 June 2023", "2023-06-15", "2023-06-15"),
    ("2023~/2023~", "about 2023", "2023-01-01", "2023-12-31"),
    ("2023-06~/2023-08", "from about June 2023 to August 2023", "2023-06-01", "2023-08-31"),
    ("2023-06?/2023-08%", "from June 2023 (uncertain) to about August 2023 (uncertain)", "2023-06-01", "2023-08-31"),
    # since
    ("2023-06-19/..", "since 19 June 2023", "2023-06-19", None),
    ("2023-06/..", "since June 2023", "2023-06-01", None),
    ("2023~/..", "since about 2023", "2023-01-01", None),
    ("2023-21/..", "since March–May 2023", "2023-03-01", None),
    # one unknown day
    ("[2023-06-16..2023-06-30]", "between 16 and 30 June 2023", "2023-06-16", "2023-06-30"),
    ("[2023-06-13..2023-06-14]", "13 or 14 June 2023", "2023-06-13", "2023-06-14"),
    ("[2023-06-30..2023-07-01]", "30 June or 1 July 2023", "2023-06-30", "2023-07-01"),
    ("[2022-12-31..2023-01-01]", "31 December 2022 or 1 January 2023", "2022-12-31", "2023-01-01"),
    ("[2023-06-13..2023-06-14~]", "between 13 June 2023 and about 14 June 2023", "2023-06-13", "2023-06-14"),
    ("[2023-06-28..2023-07-03]", "between 28 June and 3 July 2023", "2023-06-28", "2023-07-03"),
    ("[2022-12-30..2023-01-02]", "between 30 December 2022 and 2 January 2023", "2022-12-30", "2023-01-02"),
    ("[2023-03..2023-05]", "between March and May 2023", "2023-03-01", "2023-05-31"),
    ("[2022-11..2023-05]", "between November 2022 and May 2023", "2022-11-01", "2023-05-31"),
    ("[2021..2023]", "between 2021 and 2023", "2021-01-01", "2023-12-31"),
    ("[2021..2023-05-02]", "between 2021 and 2 May 2023", "2021-01-01", "2023-05-02"),
    ("[2023-06~..2023-08]", "between about June 2023 and August 2023", "2023-06-01", "2023-08-31"),
    ("[2023..2023]", "2023", "2023-01-01", "2023-12-31"),
    ("[..2023-06-15]", "by 15 June 2023", None, "2023-06-15"),
    ("[..2023-06]", "by the end of June 2023", None, "2023-06-30"),
    ("[..2023~]", "by about the end of 2023", None, "2023-12-31"),
    ("[..2023-21]", "by the end of March–May 2023", None, "2023-05-31"),
    ("[2023-06-15..]", "some time from 15 June 2023", "2023-06-15", None),
    ("[2023?..]", "some time from 2023 (uncertain)", "2023-01-01", None),
    # nothing known
    ("", "", None, None),
]

REFUSED = [
    # text, the right one shown
    ("2023-02-30", "2023-02-28"),
    ("2024-02-30", "2024-02-29"),
    ("2023-06-00", "2023-06-01"),
    ("2023-13", "2023-12"),
    ("2023-00", "2023-12"),
    ("2023-25", "2023-12"),
    ("2023-21-05", "2023-12"),
    ("0000", "0001"),
    ("0000-01-01", "0001"),
    ("Y12345", "2023"),
    ("-0044", "2023"),
    ("12345", "2023"),
    ("2023-06-19/2023-06-15", "2023-06-15/2023-06-19"),
    ("[2023-06-19..2023-06-15]", "[2023-06-15..2023-06-19]"),
    ("2023-06~/2023-05", "2023-05/2023-06~"),
    ("2023-06-15T10:00", "2023-06-15"),
    ("2023-06-15 10:00:00+02:00", "2023-06-15"),
    ("2023-06-XX", "2023-06"),
    ("2023-XX-XX", "2023"),
    ("202X", "[2020..2029]"),
    ("XXXX", "2023-06-15"),
    ("٢٠٢٣-٠٦", "2023-06"),
    ("２０２３", "2023"),
    ("2023–06–15", "2023-06-15"),
    ("2023-6-5", "2023-06-05"),
    ("2023/06/15", "2023-06-15"),
    ("15/06/2023", "2023-06-15"),
    ("06/15/2023", "2023-06-15"),
    ("15.6.2023", "2023-06-15"),
    ("20230615", "2023-06-15"),
    ("June 2023", "2023-06"),
    ("15 June 2023", "2023-06-15"),
    ("Sept. 3rd, 2023", "2023-09-03"),
    (" 2023", "2023"),
    ("2023\n", "2023"),
    ("2023-06 / 2023-07", "2023-06/2023-07"),
    ("   ", "2023-06-15"),
    ("{2023-06-15..2023-06-19}", "2023-06-15/2023-06-19"),
    ("{2022,2023}", "2022/2023"),
    ("[2023-06-15,2023-06-17]", "[2023-06-15..2023-06-17]"),
    ("../2023-06-15", "[..2023-06-15]"),
    ("/2023", "[..2023]"),
    ("2023/", "2023/.."),
    ("2023..2024", "[2023..2024]"),
    ("[2023-06..", "[2023-06..]"),
    ("~2023", "2023~"),
    ("2023~?", "2023-06-15"),
    ("[2023]", "2023-06-15"),
    ("[..]", "2023-06-15"),
    ("../..", "2023-06-15"),
    ("..", "2023-06-15"),
    ("yesterday", "2023-06-15"),
    ("2023-06-15/2023-06-17/2023-06-19", "2023-06-15"),
    ("\x00", "2023-06-15"),
]

NOT_BOUNDS = ["2023-21", "2023~", "2023-06-15/2023-06-19", "2023/..", "[..2023]", "..", " 2023", "June 2023", "foo"]

MARKS = st.sampled_from(["", "~", "?", "%"])
DAYS = st.dates().map(date.isoformat)
MONTHS = DAYS.map(lambda day: day[:7])
YEARS = DAYS.map(lambda day: day[:4])
SEASONS = st.builds("{}-{}".format, YEARS, st.integers(21, 24))
DATES = st.builds("{}{}".format, DAYS | MONTHS | YEARS | SEASONS, MARKS)
OPEN = st.builds(str.format, st.sampled_from(["{}/..", "[..{}]", "[{}..]"]), DATES)


def _in_order(form: str, one: str, other: str) -> str:
    first, last = sorted((one, other), key=lambda text: bounds(text)[0] or date.min)
    return form.format(first, last)


PAIRS = st.builds(_in_order, st.sampled_from(["{}/{}", "[{}..{}]"]), DATES, DATES)
TEXTS = DATES | OPEN | PAIRS
# What people and programs mistype is near to what is right.
ALMOST = st.text("0123456789-/.~?%[]{},XxTY ", max_size=30) | st.builds(
    "{}{}{}".format, TEXTS, st.text(max_size=3), TEXTS
)


def shown(error: EdtfError) -> list[str]:
    """What a message quotes: first the refused text, then the right one."""
    return re.findall("“(.*?)”", str(error), re.DOTALL)


@pytest.mark.parametrize(("text", "said", "earliest", "latest"), FORMS)
def test_each_form_has_its_words_and_bounds(text: str, said: str, earliest: str | None, latest: str | None) -> None:
    assert words(text) == said
    expected = tuple(side and date.fromisoformat(side) for side in (earliest, latest))
    edtf = parse(text)
    assert (edtf.text, edtf.earliest, edtf.latest) == (text, *expected)
    assert bounds(text) == expected


@pytest.mark.parametrize(("text", "right"), REFUSED)
def test_each_refusal_names_the_text_and_shows_a_right_one(text: str, right: str) -> None:
    with pytest.raises(EdtfError) as refused:
        parse(text)
    named, example = shown(refused.value)
    assert example == right
    assert named == "".join(character if character.isprintable() else "�" for character in text)
    assert parse(example).start or parse(example).end
    assert str(refused.value).endswith((".", "alone."))
    assert bounds(text) == (None, None)
    assert words(text) == ("still held" if text == ".." else text)


def test_a_day_that_does_not_exist_says_how_long_the_month_is() -> None:
    with pytest.raises(EdtfError, match=r"“2023-02-30” .* February 2023 has 28 days"):
        parse("2023-02-30/2023-03-02")


def test_a_vaguer_end_may_begin_before_its_start_but_not_end_before_it() -> None:
    assert parse("2023-06-15/2023").latest == date(2023, 12, 31)
    assert parse("2023-07/2023-22").latest == date(2023, 8, 31)
    with pytest.raises(EdtfError, match="ends before it starts"):
        parse("2023-06-15/2022")


def test_still_held_is_an_end_only_where_it_is_allowed() -> None:
    held = parse("..", allow_open=True)
    assert (held.form, held.earliest, held.latest) == ("open", None, None)
    assert words("..") == "still held"
    with pytest.raises(EdtfError):
        parse("..")
    assert parse("2023", allow_open=True) == parse("2023")


def test_an_overlong_text_is_refused_and_shown_in_part() -> None:
    for text in ("2" * 65, "2023-06-15" + " " * 100_000, "[" * 10_000_000):
        with pytest.raises(EdtfError) as refused:
            parse(text)
        assert shown(refused.value)[0] == text[:59] + "…"
        assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-06-15", True),
        ("2023-06-15~", True),
        ("[2023-06-15..2023-06-15]", True),
        ("2023-06", False),
        ("2023-06-15/2023-06-16", False),
        ("2023-06-15/..", False),
        ("[..2023-06-15]", False),
        ("", False),
    ],
)
def test_one_day(text: str, expected: bool) -> None:
    assert parse(text).one_day is expected


@pytest.mark.parametrize("text", ["2023-06-15", "2023-06", "2023", ""])
def test_a_bound_is_a_day_month_or_year(text: str) -> None:
    assert parse_bound(text) == parse(text)


@pytest.mark.parametrize("text", NOT_BOUNDS)
def test_a_bound_is_nothing_else(text: str) -> None:
    with pytest.raises(EdtfError, match="is not a day, month or year") as refused:
        parse_bound(text)
    named, example = shown(refused.value)
    assert named == text
    assert parse_bound(example).form == "date"


def test_a_bound_that_does_not_exist_says_why() -> None:
    with pytest.raises(EdtfError, match="February 2023 has 28 days"):
        parse_bound("2023-02-30")


def test_month_names_come_in_the_active_language() -> None:
    with translation.override("de"):
        assert words("2023-03") == "März 2023"
    with translation.override("pl"):
        assert words("2023-03") == "Marzec 2023"
        assert words("2023-03-15") == "15 marca 2023"
    with translation.override("fr"), pytest.raises(EdtfError, match="février 2023"):
        parse("2023-02-30")


@given(TEXTS)
def test_what_is_read_keeps_its_text_and_order(text: str) -> None:
    edtf = parse(text)
    assert edtf.text == text
    assert edtf.earliest or edtf.latest
    assert edtf.earliest is None or edtf.latest is None or edtf.earliest <= edtf.latest


@given(st.dates())
def test_bounds_widen_from_day_to_month_to_year(day: date) -> None:
    text = day.isoformat()
    assert bounds(text) == (day, day)
    months, years = bounds(text[:7]), bounds(text[:4])
    assert years[0] <= months[0] <= day <= months[1] <= years[1]
    assert months[0].day == 1
    assert months[1] == date.max or (months[1] + timedelta(days=1)).day == 1


@given(YEARS.filter(lambda year: year not in ("0001", "9999")))
def test_the_four_seasons_follow_on_each_other_without_a_gap(year: str) -> None:
    seasons = [bounds(f"{year}-{season}") for season in (21, 22, 23, 24)]
    for (_, end), (start, _) in pairwise(seasons):
        assert end + timedelta(days=1) == start
    assert seasons[-1][1].month == 2


@given(DAYS | MONTHS | YEARS | SEASONS, MARKS, MARKS)
def test_marks_do_not_change_bounds_but_are_said(text: str, mark: str, other: str) -> None:
    assert bounds(text + mark) == bounds(text)
    assert bounds(f"{text}{mark}/{text}{other}") == bounds(f"{text}/{text}") == bounds(text)
    assert ("about" in words(text + mark)) == (mark in ("~", "%"))
    assert ("(uncertain)" in words(text + mark)) == (mark in ("?", "%"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("06/07/2023", "“06/07/2023” can mean two days. Write the year first, then the month: 2023-07-06"),
        ("6.7.2023", "can mean two days"),
        ("06/06/2023", "write “2023-06-06”"),
        ("13/06/2023", "write “2023-06-13”"),
        ("06/13/2023", "write “2023-06-13”"),
    ],
)
def test_a_day_that_can_be_two_is_not_guessed(text: str, told: str) -> None:
    with pytest.raises(EdtfError, match=re.escape(told)):
        parse(text)


@given(PAIRS)
def test_a_span_and_an_unknown_day_between_the_same_ends_read_differently(text: str) -> None:
    edtf = parse(text)
    unknown = words(text).startswith("between") or " or " in words(text)
    assert unknown == (edtf.form == "set" and edtf.start != edtf.end)


@given(TEXTS)
def test_words_mention_each_year(text: str) -> None:
    for year in re.findall("[0-9]{4}", text):
        assert re.search(rf"\b{int(year)}\b", words(text))


def refusal(read: Callable[[str], Edtf], text: str) -> EdtfError | None:
    """What `read` has against a text; any other exception fails the test."""
    try:
        read(text)
    except EdtfError as error:
        return error
    return None


@given(ALMOST | st.text())
def test_any_text_is_read_or_refused_helpfully(text: str) -> None:
    refused = refusal(parse, text)
    if refused:
        assert parse(shown(refused)[-1]).form
        assert len(str(refused)) < 250
        assert bounds(text) == (None, None)
        assert words(text) == ("still held" if text == ".." else text)


@given(ALMOST | st.text())
def test_any_bound_is_read_or_refused_helpfully(text: str) -> None:
    refused = refusal(parse_bound, text)
    if refused:
        assert parse_bound(shown(refused)[-1]).form == "date"
    else:
        assert parse_bound(text).form in ("", "date")


@pytest.mark.parametrize("piece", ["[", "9", "2023-06-15/", "[2023..", "June ", "١", "{2023,", "X-", "\n"])
def test_hostile_repetition_is_refused_at_once(piece: str) -> None:
    start = perf_counter()
    for times in range(1, 65):
        with pytest.raises(EdtfError):
            parse_bound(piece * times + "!")
        with pytest.raises(EdtfError):
            parse(piece * times + "!")
    assert perf_counter() - start < 2
