"""A calendar as HTML, written by functions: a year has some four hundred links.

Every value that comes from a record or a reader goes through `html.escape`.
"""

from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings import dates
from meetings.choices import Status
from meetings.figures import commas
from meetings.filters import CalendarFilter
from meetings.index.periods import Period
from meetings.lenses.addresses import addresses
from meetings.lenses.calendar import Calendar, Tally
from meetings.lenses.month import Bar, Entry, Month, Some, Week, fitted, weeks_of
from meetings.pictures import calendar as picture
from meetings.pictures.calendar import (
    and_more,
    month_name,
    of_day,
    of_period,
    status_words,
    undated,
    weekdays,
)

register = template.Library()

#: How many meetings of a day stand in its field of the grid, those across it among them.
SHOWN = 4


@register.simple_tag
def calendar_year(calendar: Calendar, filterset: CalendarFilter) -> SafeString:
    """Twelve small months, each day as dark as many were held on it; for narrow windows, their numbers before them."""
    writer = Writer(calendar, filterset)
    months = "".join(map(writer.small, calendar.months))
    return SafeString(f'{writer.twelve(" year-strip")}<div class="year">{months}</div>')


@register.simple_tag
def calendar_month(calendar: Calendar, month: Month, filterset: CalendarFilter) -> SafeString:
    """A month in large: the months of its year, its grid (for narrow windows, a small one and its days in a list), and
    what has no sure day."""
    writer = MonthWriter(calendar, filterset, month)
    days = writer.grid() + writer.small(calendar.period) + writer.agenda()
    return SafeString(f'{writer.twelve()}<div class="month-view"><div>{days}</div>{writer.some()}</div>')


@register.simple_tag
def calendar_told(calendar: Calendar, filterset: CalendarFilter) -> str:
    """How many meetings are in the period shown, leading to their list."""
    writer, shown = Writer(calendar, filterset), calendar.shown
    if not (shown.n or shown.may):
        return gettext("None of these meetings can lie in %(period)s.") % {"period": calendar.period.words}
    return SafeString(f'<a href="{writer.of_period(calendar.period)}">{escape(of_period(shown))}</a>')


@register.simple_tag
def calendar_legend(calendar: Calendar, month: Month | None) -> SafeString:
    """What the marks mean, of those that there are; in a month, of its small one for narrow windows too."""
    # The page has the months' numbers beside a month too.
    found = picture.meant(calendar, month) + (picture.month_numbers(calendar) if month else [])
    items = "".join(map(key, found))
    if month:
        items += "".join(key(one, " class=for-small") for one in picture.year_marks(calendar))
    return SafeString(f'<ul class="legend calendar-legend">{items}</ul>' if items else "")


def key(meant: tuple[str, str], attributes: str = "") -> str:
    """A mark, and what it means."""
    kind, told = meant
    return f'<li{attributes}><span aria-hidden="true">{sample(kind)}</span>{escape(told)}</li>'


def sample(kind: str) -> str:
    """A mark of the page."""
    if kind in Status.values:
        return f'<span class="discs discs-{kind}"></span>'
    signs = {"only-may": "14", "may-unheld": "14", "more": "+2", "unheld": "2"}
    return f'<span class="{"sign" if kind in signs else "shade"} {kind}">{signs.get(kind, "")}</span>'


def numbers(tally: Tally) -> str:
    """How many were held, and how many others there are beside them, framed."""
    held = f"<b>{commas(tally.held)}</b>" if tally.held or not tally.unheld else ""
    others = f'<span class="unheld">{commas(tally.unheld)}</span>' if tally.unheld else ""
    return " ".join(filter(None, [held, others]))


@register.simple_tag
def calendar_reading() -> str:
    """How a year is read."""
    return picture.read_as()


@register.simple_tag
def calendar_counted(calendar: Calendar) -> str:
    """Why the numbers of its months and days do not add up; nothing where they do."""
    return picture.counted(calendar)


@register.simple_tag
def calendar_undated(calendar: Calendar) -> str:
    """How many meetings no calendar shows; nothing where there are none."""
    return undated(calendar)


@register.simple_tag
def calendar_link(period: Period, filterset: CalendarFilter) -> str:
    """The query string of the calendar of a period."""
    return filterset.shown_on(period.bounds[0])


class Writer:
    """Writes the parts of one page: addresses, and words in the reader's language, are made once."""

    def __init__(self, calendar: Calendar, filterset: CalendarFilter):
        self.calendar = calendar
        self.filterset = filterset
        kept = QueryDict(filterset.set_with(**{"from": [], "to": []}).removeprefix("?"))
        self.prefix = escape(f"{reverse('meetings:meetings')}?{kept.urlencode()}{'&' if kept else ''}")
        self.head = "".join(
            f'<th scope="col"><span aria-hidden="true">{escape(short)}</span>'
            f'<span class="sr-only">{escape(name)}</span></th>'
            for short, name in weekdays()
        )

    def of_days(self, first: int, last: int) -> str:
        """The address of the list of the meetings between two days (numbers)."""
        one, other = (date.fromordinal(day).isoformat() for day in (first, last))
        return f"{self.prefix}from={one}&amp;to={other}"

    def of_period(self, period: Period) -> str:
        """The address of the list of a month or year, of what the set's own dates leave of it."""
        first, last = self.calendar.left(period)
        if (first, last) != (period.first.toordinal(), period.last.toordinal()):
            return self.of_days(first, last)
        return f"{self.prefix}from={period.bounds[0]}&amp;to={period.bounds[0]}"

    def here(self, day: int) -> str:
        """The attribute of the day that is asked for."""
        return ' aria-current="date"' if day == self.calendar.day else ""

    def view_of(self, period: Period) -> str:
        return escape(self.filterset.shown_on(period.bounds[0]))

    def twelve(self, kind: str = "") -> str:
        """The months of the year, each with its number."""
        items = "".join(map(self.step, self.calendar.months))
        label = escape(gettext("Months of %(year)s") % {"year": self.calendar.whole.words})
        return f'<nav class="month-strip{kind}" aria-label="{label}"><ul>{items}</ul></nav>'

    def step(self, period: Period) -> str:
        tally, here = self.calendar.tally(period), period == self.calendar.period
        name, told = escape(month_name(period, short=True)), escape(of_period(tally))
        current = ' aria-current="page"' if here else ""
        return (
            f'<li><a href="{self.view_of(period)}" title="{told}"{current}>{name}'
            f'<span class="sr-only">: {told}</span>'
            f' <span aria-hidden="true">{numbers(tally) if tally.n else ""}</span></a></li>'
        )

    def small(self, period: Period) -> str:
        """A month as a small table."""
        name, tally = escape(month_name(period)), self.calendar.tally(period)
        number = ""
        if tally.n or tally.may:
            may = f' <span class="may">+{commas(tally.may)}</span>' if tally.may else ""
            told = escape(f"{period.words}: {of_period(tally)}")
            number = (
                f' <a class="month-number" href="{self.of_period(period)}" title="{told}">'
                f'<span class="sr-only">{told}</span><span aria-hidden="true">{numbers(tally)}{may}</span></a>'
            )
        rows = "".join(f"<tr>{''.join(map(self.cell, week.days))}</tr>" for week in weeks_of(period))
        return (
            '<table class="small-month"><caption>'
            f'<a class="month-name" href="{self.view_of(period)}">{name}</a>{number}'
            f"</caption><thead><tr>{self.head}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def cell(self, day: int) -> str:
        """A day of a small month."""
        if not day:
            return "<td></td>"
        number, tally, here = date.fromordinal(day).day, self.calendar.days.get(day), self.here(day)
        if tally is None:
            return f'<td class="beyond"{here}>{number}</td>'
        if not (tally.n or tally.may):
            return f"<td{here}>{number}</td>"
        told, address = escape(of_day(day, tally)), self.of_days(day, day)
        link = f'<a href="{address}" title="{told}" aria-label="{told}"{here}>{number}</a>'
        return f'<td class="{self.marks(tally)}">{link}</td>'

    def marks(self, tally: Tally) -> str:
        """The classes of a day: how many were held, and whether others are not (yet)."""
        marks = (
            (True, tally.only_may or "sure"),
            (tally.held, f"shade-{self.calendar.shade(tally)}"),
            (tally.planned, "has-planned"),
            (tally.other, "has-other"),
        )
        return " ".join(mark for n, mark in marks if n)


class MonthWriter(Writer):
    """Writes a month in large."""

    def __init__(self, calendar: Calendar, filterset: CalendarFilter, month: Month):
        super().__init__(calendar, filterset)
        self.month = month
        self.meeting = addresses("meeting", "UID", "SLUG")

    def grid(self) -> str:
        """The weeks, one below the other."""
        caption = escape(self.calendar.period.words)
        head = "".join(f'<th scope="col">{escape(name)}</th>' for _short, name in weekdays())
        weeks = "".join(map(self.week, self.month.weeks))
        return (
            f'<table class="month"><caption class="sr-only">{caption}</caption>'
            f"<thead><tr>{head}</tr></thead>{weeks}</table>"
        )

    def week(self, week: Week) -> str:
        """Numbers of days, visits across them, and the others below."""
        numbers = "".join(f"<td{self.kind(day)}>{self.number(day)}</td>" for day in week.days)
        lanes = "".join(f'<tr class="lane">{self.lane(week, lane)}</tr>' for lane in week.lanes)
        fields = "".join(f"<td{self.kind(day)}>{self.field(week, day)}</td>" for day in week.days)
        return f'<tbody><tr class="numbers">{numbers}</tr>{lanes}<tr class="fields">{fields}</tr></tbody>'

    def kind(self, day: int) -> str:
        return "" if day in self.calendar.days else ' class="beyond"'

    def number(self, day: int) -> str:
        """A day's number, leading to its list where there is anything."""
        tally = self.calendar.days.get(day)
        if not day:
            return ""
        number, here = date.fromordinal(day).day, self.here(day)
        if tally is None or not (tally.n or tally.may):
            return f"<span{here}>{number}</span>" if here else str(number)
        told, kind = escape(of_day(day, tally)), tally.only_may or "sure"
        return (
            f'<a class="{kind}" href="{self.of_days(day, day)}" title="{told}" aria-label="{told}"{here}>{number}</a>'
        )

    def lane(self, week: Week, bars: list[Bar]) -> str:
        """Visits that do not overlap, and the free days around them."""
        html, at = "", 0
        for bar in bars:
            html += self.free(week.days[at : bar.at])
            before = '<span class="on" aria-hidden="true">◂</span>' if bar.before else ""
            after = '<span class="on" aria-hidden="true">▸</span>' if bar.after else ""
            place = f"<bdi>{escape(bar.entry.place)}</bdi> · " if bar.entry.place else ""
            html += f'<td class="bar" colspan="{bar.width}">{self.entry(bar.entry, before, after, place)}</td>'
            at = bar.at + bar.width
        return html + self.free(week.days[at:])

    def free(self, days: Iterable[int]) -> str:
        return "".join(f"<td{self.kind(day)}></td>" for day in days)

    def field(self, week: Week, day: int) -> str:
        """The meetings of a day, the first few of them."""
        if day not in self.calendar.days:
            return ""
        across = len(week.across(day))
        own = self.month.on.get(day, [])
        room = max(SHOWN - across, 1)
        shown = fitted(own, room, self.calendar.days[day].n - across)
        return f"{self.entries(shown)}{self.more(day, across + len(shown))}"

    def more(self, day: int, shown: int) -> str:
        """How many a day has of which not all are shown, and how many may lie on it: the list has them all."""
        tally = self.calendar.days[day]
        if tally.n <= shown:
            return ""
        told = escape(of_day(day, tally))
        numbers = {"n": commas(tally.n), "all": commas(tally.n + tally.may)}
        more = escape((gettext("%(n)s sure, %(all)s in the list") if tally.may else gettext("All %(all)s")) % numbers)
        return (
            f'<a class="more-of-day" href="{self.of_days(day, day)}" title="{told}">{more}'
            f'<span class="sr-only">: {told}</span></a>'
        )

    def entries(self, entries: Iterable[Entry], *, dated: bool = False) -> str:
        items = "".join(f"<li>{self.entry(one)}{self.dated(one) if dated else ''}</li>" for one in entries)
        return f'<ul class="entries">{items}</ul>' if items else ""

    def entry(self, entry: Entry, before: str = "", after: str = "", place: str = "") -> str:
        """A meeting, with the mark of its status; HTML ``before`` this and ``after`` all, and the ``place`` before the
        title."""
        status = status_words(entry.status)
        told = escape(". ".join(filter(None, [entry.title, f"{dates.words(entry.date)}, {status}", entry.place])))
        address = escape(self.meeting(entry.uid, entry.slug))
        said = "" if entry.status == Status.HELD else f'<span class="sr-only"> ({escape(status)})</span>'
        return (
            f'<a class="entry is-{escape(entry.status)}" href="{address}" title="{told}">{before}'
            f'<span class="discs discs-{escape(entry.status)}" aria-hidden="true"></span>'
            f"<span>{place}<bdi>{escape(entry.title)}</bdi></span>{said}{after}</a>"
        )

    @staticmethod
    def dated(entry: Entry) -> str:
        """When and where, and as a part of what, in words."""
        place = f" · <bdi>{escape(entry.place)}</bdi>" if entry.place else ""
        whole = escape(gettext("part of %(title)s")) % {"title": f"<bdi>{escape(entry.whole)}</bdi>"}
        return f' <span class="when">{escape(dates.words(entry.date))}{place}{entry.whole and f" · {whole}"}</span>'

    def agenda(self) -> str:
        """The days of the month that have meetings, one below the other; a visit on its first day here."""
        begun: dict[int, list[Entry]] = {}
        for entry in dict.fromkeys(bar.entry for week in self.month.weeks for lane in week.lanes for bar in lane):
            first = max(entry.sure[0], self.calendar.left(self.calendar.period)[0]) if entry.sure else 0
            begun.setdefault(first, []).append(entry)
        days = (day for week in self.month.weeks for day in week.days if day in self.calendar.days)
        items = "".join(self.agenda_day(day, begun.get(day, [])) for day in days)
        return f'<ol class="agenda">{items}</ol>'

    def agenda_day(self, day: int, begun: list[Entry]) -> str:
        tally = self.calendar.days[day]
        across = sum(len(week.across(day)) for week in self.month.weeks if day in week.days)
        own = fitted(self.month.on.get(day, []), SHOWN, tally.n - across)
        more = self.more(day, across + len(own))
        if not (own or begun or more):
            return ""
        name = weekdays()[self.column(day)][1]
        head = f"<h4><b>{self.number(day)}</b> {escape(name)}</h4>" if tally.n else ""
        return f"<li>{head}<div>{self.entries(begun, dated=True)}{self.entries(own)}{more}</div></li>"

    def column(self, day: int) -> int:
        return next(week.days.index(day) for week in self.month.weeks if day in week.days)

    def some(self) -> str:
        """What has no sure day here."""
        parts = "".join(map(self.group, self.month.some))
        return f'<div class="some">{parts}</div>' if parts else ""

    def group(self, some: Some) -> str:
        if some.period:
            heading = gettext("Some time in %(period)s") % {"period": some.period.words}
        else:
            heading = gettext("Perhaps in %(period)s") % {"period": self.calendar.period.words}
        rest = some.n - len(some.entries)
        more = ""
        if rest:
            more = f'<p><a href="{self.of_period(self.calendar.period)}">{escape(and_more(rest))}</a></p>'
        return (
            f'<section><h4>{escape(heading)} <span class="tally">{commas(some.n)}</span></h4>'
            f"{self.entries(some.entries, dated=True)}{more}</section>"
        )
