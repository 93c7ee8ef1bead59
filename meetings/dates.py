"""Dates as far as they are known: the part of EDTF (ISO 8601-2) that news needs.

A *date* is a day `2023-06-15`, a month `2023-06`, a year `2023` or a season `2023-21` (March to May; 22; 23; 24 is
December to February of the next year), each with an optional mark behind it: `~` about, `?` uncertain, `%` both.
With A and B any two dates, marked or not:

    A/B    lasted from A to B        [A..B]  one unknown day between
    A/..   since A                   [..B]   one unknown day by then
    ..     still held (an end only)  [A..]   one unknown day from then

Marks never widen the bounds. B may be vaguer than A and begin before it (`2023-06-15/2023-06`): it is refused only
when all of it lies before A.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import get_language, gettext, gettext_noop

LONGEST = 64  # characters; the longest date has 26


class EdtfError(ValueError):
    """A text that is no date here. The message is for people: it names the text and shows a right one in “”."""


@dataclass(frozen=True, slots=True)
class Part:
    """One day, month, season or year in an EDTF text, with the first and the last day that it can mean."""

    unit: Literal["day", "month", "season", "year"]
    earliest: date
    latest: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A text that was read. `earliest` and `latest` are what it can mean at most; None is an open or unknown side.

    `form` is "" (empty), "date", "span" (A/B, A/..), "set" ([A..B] and its open forms) or "open" (`..`);
    a "date" has its one part as `start` and as `end`.
    """

    text: str
    earliest: date | None = None
    latest: date | None = None
    form: Literal["", "date", "span", "set", "open"] = ""
    start: Part | None = None
    end: Part | None = None

    @property
    def one_day(self) -> bool:
        """Whether only one day can be meant, so that times of day make sense; "about" that day counts too."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def sure(self) -> tuple[date, date] | None:
        """The first and the last of the days that all its meanings have, if there are any: its one day, or, of a span,
        from the last day on which it can begin to the first on which it can end. Of a span without an end, only its
        first day is sure."""
        if self.earliest is not None and self.earliest == self.latest:
            return self.earliest, self.earliest
        if self.form != "span" or self.start is None:
            return None
        start, end = self.start, self.end or self.start
        # An end that is vaguer than the start may begin before it, and a start after some ends.
        first, last = min(start.latest, end.latest), max(start.earliest, end.earliest)
        return (first, last) if first <= last else None


def parse(text: str, *, allow_open: bool = False) -> Edtf:
    """Read an EDTF text; "" is an unknown date. `allow_open` admits `..`, the end of a position still held.

    Raises EdtfError. Nothing is stripped: that is for form fields.
    """
    edtf = _read(text) if len(text) <= LONGEST else None
    if edtf is None or (edtf.form == "open" and not allow_open):
        raise _error(text, *_diagnose(text))
    return edtf


def parse_bound(text: str) -> Edtf:
    """Read one side of the range that a reader asks for: a day, month or year and nothing else, or "".

    Raises EdtfError.
    """
    if text and not _BOUND.fullmatch(text):
        example = _diagnose(text)[1]
        raise _error(text, _NOT_A_BOUND, example if _BOUND.fullmatch(example) else _EXAMPLE)
    return parse(text)


def bounds(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that the text can mean; (None, None) when it is empty, `..` or cannot be read."""
    try:
        edtf = parse(text, allow_open=True)
    except EdtfError:
        return None, None
    return edtf.earliest, edtf.latest


def words(text: str) -> str:
    """The date as people say it in the active language: "about June 2023". What cannot be read comes back as it is."""
    try:
        parse(text, allow_open=True)
    except EdtfError:
        return text
    return _words(text, get_language())


@lru_cache(maxsize=1_000)
def _(sentence: str, language: str | None) -> str:
    """A sentence in the active language, told for the cache's sake: to ask Django takes longer than all the rest."""
    return gettext(sentence)


# Reading

_DATE = "[0-9]{4}(?:-[0-9]{2}){0,2}"
_MARKED = f"{_DATE}[~?%]?"
_PART = re.compile("([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([~?%]?)")
_SPAN = re.compile(rf"({_MARKED})/({_MARKED}|\.\.)")
_SET = re.compile(rf"\[({_MARKED})?\.\.({_MARKED})?\]")
_BOUND = re.compile(f"(?!.{{5}}2[1-4]$){_DATE}")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # the month that each begins with


@lru_cache(maxsize=20_000)
def _read(text: str) -> Edtf | None:
    """What the text means, or None when it has none of our forms. EdtfError: the form is right, the numbers are not."""
    if text in ("", ".."):
        return Edtf(text, form="open" if text else "")
    if _PART.fullmatch(text):
        part = _read_part(text)
        return Edtf(text, part.earliest, part.latest, "date", part, part)
    span = _SPAN.fullmatch(text)
    match = span or _SET.fullmatch(text)
    if match is None or text == "[..]":
        return None
    start, end = (_read_part(side) if side and side != ".." else None for side in match.groups())
    if start and end and end.latest < start.earliest:
        swapped = "{1}/{0}" if span else "[{1}..{0}]"
        raise _error(text, _BACKWARDS, swapped.format(*match.groups()))
    earliest, latest = start.earliest if start else None, end.latest if end else None
    return Edtf(text, earliest, latest, "span" if span else "set", start, end)


def _read_part(text: str) -> Part:
    [(year, month, day, mark)] = _PART.findall(text)
    if day:
        with suppress(ValueError):
            one = date(int(year), int(month), int(day))
            return Part("day", one, one, mark)
    if year == "0000":
        raise _error(text, _YEARS, "0001")
    if not month:
        return Part("year", date(int(year), 1, 1), date(int(year), 12, 31), mark)
    if int(month) in _SEASONS and not day:
        return _read_season(int(year), _SEASONS[int(month)], mark)
    if not 1 <= int(month) <= 12:
        raise _error(text, _NO_MONTH, f"{year}-12")
    first = date(int(year), int(month), 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if not day:
        return Part("month", first, last, mark)
    example = f"{year}-{month}-{'01' if day == '00' else last.day}"
    raise _error(text, _NO_DAY, example, month=_say_date(Part("month", first, last), get_language()), days=last.day)


def _read_season(year: int, month: int, mark: str) -> Part:
    first = date(year, month, 1)
    if (year, month) == (date.max.year, 12):
        return Part("season", first, date.max, mark)
    after = date(year + (month == 12), (month + 2) % 12 + 1, 1)
    return Part("season", first, after - timedelta(days=1), mark)


# Saying

# By form and by what the two ends share: whole sentences, so that translators can turn them round.
_PAIRS = {
    ("span", "month"): gettext_noop("%(day)s to %(last_day)s %(last_month)s %(last_year)s"),
    ("span", "days in a year"): gettext_noop("%(day)s %(month)s to %(last_day)s %(last_month)s %(last_year)s"),
    ("span", "months in a year"): gettext_noop("%(month)s to %(last_month)s %(last_year)s"),
    ("span", ""): gettext_noop("%(start)s to %(end)s"),
    ("span", "marked"): gettext_noop("from %(start)s to %(end)s"),
    ("set", "month"): gettext_noop("between %(day)s and %(last_day)s %(last_month)s %(last_year)s"),
    ("set", "days in a year"): gettext_noop("between %(day)s %(month)s and %(last_day)s %(last_month)s %(last_year)s"),
    ("set", "months in a year"): gettext_noop("between %(month)s and %(last_month)s %(last_year)s"),
    ("set", ""): gettext_noop("between %(start)s and %(end)s"),
    ("either", "month"): gettext_noop("%(day)s or %(last_day)s %(last_month)s %(last_year)s"),
    ("either", "days in a year"): gettext_noop("%(day)s %(month)s or %(last_day)s %(last_month)s %(last_year)s"),
    ("either", ""): gettext_noop("%(start)s or %(end)s"),
}


@lru_cache(maxsize=20_000)
def _words(text: str, language: str | None) -> str:
    """A text that can be read, in words of the active language, which is told for the cache's sake."""
    edtf = parse(text, allow_open=True)
    start, end = edtf.start, edtf.end
    if edtf.form == "open":
        return _("still held", language)
    if start and end:
        return _say(start, language) if start == end else _say_pair(edtf.form, start, end, language)
    if start:
        since = edtf.form == "span"
        sentence = _("since %(date)s", language) if since else _("some time from %(date)s", language)
        return sentence % {"date": _say(start, language, inside=True)}
    return _("by %(date)s", language) % {"date": _say(end, language, inside=True, until=True)} if end else ""


def _say(part: Part, language: str | None, *, inside: bool = False, until: bool = False) -> str:
    """One part in words. `inside` a longer sentence, which may have its own "to", a season takes a dash.

    `until` its last day: "by June" could be read as by its first.
    """
    said = _say_season(part, language, inside) if part.unit == "season" else _say_date(part, language)
    if until and part.unit != "day":
        said = _("the end of %(date)s", language) % {"date": said}
    if part.mark == "~":
        return _("about %(date)s", language) % {"date": said}
    if part.mark == "?":
        return _("%(date)s (uncertain)", language) % {"date": said}
    return _("about %(date)s (uncertain)", language) % {"date": said} if part.mark else said


def _say_date(part: Part, language: str | None) -> str:
    names = _names(part, language)
    if part.unit == "day":
        return _("%(day)s %(month)s %(year)s", language) % names
    return _("%(month)s %(year)s", language) % names if part.unit == "month" else names["year"]


def _say_season(part: Part, language: str | None, inside: bool) -> str:
    year, month = part.earliest.year, part.earliest.month
    names = {"month": _month(month, language), "last_month": _month((month + 1) % 12 + 1, language)}
    names |= {"year": _say_year(year, language), "last_year": _say_year(year + 1, language)}
    if month != 12:
        if inside:
            return _("%(month)s–%(last_month)s %(year)s", language) % names
        return _("%(month)s to %(last_month)s %(year)s", language) % names
    if inside:
        return _("%(month)s %(year)s – %(last_month)s %(last_year)s", language) % names
    return _("%(month)s %(year)s to %(last_month)s %(last_year)s", language) % names


def _say_pair(form: str, start: Part, end: Part, language: str | None) -> str:
    """Two ends in words; what they share is said once, unless one of them is marked."""
    days = start.unit == end.unit == "day" and not (start.mark or end.mark)
    if form == "set" and days and end.earliest - start.earliest == timedelta(days=1):
        form = "either"
    shared = ""
    if start.mark or end.mark:
        shared = "marked"
    elif start.unit == end.unit == "day" and start.earliest.year == end.earliest.year:
        shared = "month" if start.earliest.month == end.earliest.month else "days in a year"
    elif start.unit == end.unit == "month" and start.earliest.year == end.earliest.year:
        shared = "months in a year"
    if shared in ("", "marked"):
        names = {"start": _say(start, language, inside=True), "end": _say(end, language, inside=True)}
    else:
        names = _names(start, language) | {f"last_{name}": said for name, said in _names(end, language).items()}
    return _(_PAIRS.get((form, shared), _PAIRS[form, ""]), language) % names


@lru_cache(maxsize=1_000)
def _month(number: int, language: str | None, *, beside_day: bool = False) -> str:
    """A month in words; beside a day, in the case that some languages need there."""
    return str((MONTHS_ALT if beside_day else MONTHS)[number])


def _names(part: Part, language: str | None) -> dict[str, str]:
    """Day, month and year in words."""
    day = part.earliest
    month = _month(day.month, language, beside_day=part.unit == "day")
    return {"day": str(day.day), "month": month, "year": _say_year(day.year, language)}


def _say_year(year: int, language: str | None) -> str:
    return str(year) if year >= 1000 else _("AD %(year)s", language) % {"year": year}


# Refusing, with a right one shown

_EXAMPLE = "2023-06-15"
_UNKNOWN = gettext_noop(
    "“%(value)s” is not a date as it is written here (2023-06-15, 2023-06 or 2023): write something like “%(example)s”."
)
_NOT_A_BOUND = gettext_noop(
    "“%(value)s” is not a day, month or year (2023-06-15, 2023-06 or 2023): write something like “%(example)s”."
)
_YEARS = gettext_noop("“%(value)s” has a year outside 0001 to 9999: write four digits, as in “%(example)s”.")
_NO_MONTH = gettext_noop(
    "“%(value)s” has a month that does not exist: months are 01 to 12 and seasons 21 to 24, as in “%(example)s”."
)
_NO_DAY = gettext_noop(
    "“%(value)s” is a day that does not exist: %(month)s has %(days)s days, so write something like “%(example)s”."
)
_TWO_DAYS = gettext_noop(
    "“%(value)s” can mean two days. Write the year first, then the month: %(example)s if its first number is the day."
)
_ORDER = gettext_noop("“%(value)s” is not year-month-day in four, two and two digits: write “%(example)s”.")
_LIST = gettext_noop("“%(value)s” is a list, and a date here is one day or span: write something like “%(example)s”.")
_BACKWARDS = gettext_noop("“%(value)s” ends before it starts: write “%(example)s”.")
_CHARACTERS = gettext_noop("“%(value)s” has characters that no date has: write “%(example)s”.")
_IN_WORDS = gettext_noop("“%(value)s” has the month in words: write “%(example)s”.")
_TIME = gettext_noop("“%(value)s” has a time of day: write “%(example)s” alone.")
_SPACE = gettext_noop("“%(value)s” has a space in it: write “%(example)s”.")
_X_DIGITS = gettext_noop("“%(value)s” has X for digits that are not known: write “%(example)s”.")
_MARK_FIRST = gettext_noop("“%(value)s” has its mark in front: write “%(example)s”.")
_INCOMPLETE = gettext_noop("“%(value)s” lacks a date, dots or a bracket: write something like “%(example)s”.")

_MONTH_NAMES = [name.lower() for name in calendar.month_name[1:]]
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in _MONTH_NAMES)
_TH = "(?:st|nd|rd|th)?"


def _in_ascii(match: re.Match[str]) -> str:
    dashed = ("-" if unicodedata.category(c) == "Pd" else c for c in match[0])
    return "".join(str(unicodedata.decimal(c, c)) for c in dashed)


def _named_month(match: re.Match[str]) -> str:
    number = 1 + [name[:3] for name in _MONTH_NAMES].index(match[2][:3].lower())
    day = match[1] or match[3]
    return f"{match[4]}-{number:02}" + (f"-{day:0>2}" if day else "")


def _day_first(match: re.Match[str]) -> str:
    day, month = (match[2], match[1]) if int(match[2]) > 12 else (match[1], match[2])
    return f"{match[3]}-{month:0>2}-{day:0>2}"


def _year_first(match: re.Match[str]) -> str:
    return "-".join(f"{number:0>2}" for number in match.groups() if number)


def _without_x(match: re.Match[str]) -> str:
    year, text = match[0][:4].upper(), match[0].upper()
    if "X" in year:
        return f"[{year.replace('X', '0')}..{year.replace('X', '9')}]"
    return year if "X" in text[:7] else text[:7]


_LOW = "0?[1-9]|1[0-2]"  # a number that can be a month

# What a text looks like, what its writer may have meant, and what to say. The first whose guess can be read is taken.
_LOOKS: list[tuple[str, str | Callable[[re.Match[str]], str], str]] = [
    (r".*[^\x00-\x7f].*", _in_ascii, _CHARACTERS),
    (rf"(?i)(?:(\d\d?){_TH} )?({_MONTH})\.?(?: (\d\d?){_TH})?,? (\d{{4}})", _named_month, _IN_WORDS),
    (rf"({_DATE})[Tt ]\d.*", r"\1", _TIME),
    (r".*\s.*", lambda match: "".join(match[0].split()), _SPACE),
    (rf"({_LOW})[-/.](?!\1[-/.])({_LOW})[-/.](\d{{4}})", _day_first, _TWO_DAYS),
    (r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", _day_first, _ORDER),
    (r"(\d{4})[-/.](\d\d?)(?:[-/.](\d\d?))?", _year_first, _ORDER),
    (r"(\d{4})(\d\d)(\d\d)?", _year_first, _ORDER),
    (r"(?=.*[Xx])[\dXx]{4}(?:-[\dXx]{2}){0,2}", _without_x, _X_DIGITS),
    (r"(?:[Yy]-?|[+-])\d.*|\d{5}.*", "2023", _YEARS),
    (rf"([~?%])({_DATE})", r"\2\1", _MARK_FIRST),
    (rf"\[({_DATE}),.*?({_DATE})\]", r"[\1..\2]", _LIST),
    (rf"{{({_DATE})(?:,|\.\.).*?({_DATE})}}", r"\1/\2", _LIST),
    (rf"(?:\.\.)?/({_MARKED})", r"[..\1]", _INCOMPLETE),
    (rf"({_MARKED})/", r"\1/..", _INCOMPLETE),
    (rf"\[?((?:{_MARKED})?\.\.(?:{_MARKED})?)\]?", r"[\1]", _INCOMPLETE),
]


def _diagnose(text: str) -> tuple[str, str]:
    """What is wrong with a text that has none of our forms: a sentence to fill, and a right text close to it."""
    for look, meant, sentence in _LOOKS if len(text) <= LONGEST else ():
        if match := re.fullmatch(look, text, re.DOTALL):
            example = match.expand(meant) if isinstance(meant, str) else meant(match)
            with suppress(EdtfError):  # the guess can be as wrong as the text
                edtf = _read(example)
                if edtf and (edtf.start or edtf.end):
                    return sentence, example
    return _UNKNOWN, _EXAMPLE


def _error(text: str, sentence: str, example: str, **more: object) -> EdtfError:
    shown = "".join(character if character.isprintable() else "�" for character in text[:LONGEST])
    shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
    return EdtfError(_(sentence, get_language()) % {"value": shown, "example": example, **more})
