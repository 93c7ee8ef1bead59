"""A timeline as HTML, written by functions as a matrix is.

Every value that comes from a record goes through `html.escape`.
"""

from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings import dates
from meetings.choices import Status
from meetings.figures import commas
from meetings.filters import TimelineFilter
from meetings.index.periods import Period
from meetings.index.times import Bar
from meetings.lenses.addresses import addresses
from meetings.lenses.coverage import Coverage
from meetings.lenses.timeline import Line, Timeline
from meetings.pictures import ends, strips
from meetings.pictures import timeline as picture
from meetings.pictures.axis import Axis, fluid
from meetings.pictures.keys import HEIGHT

register = template.Library()

#: The statuses of the columns of a table that a filter gives.
COLUMNS = {
    "held": [Status.HELD],
    "planned": [Status.PLANNED, Status.POSTPONED],
    "other": [Status.CANCELLED, Status.DENIED, Status.UNCONFIRMED],
}


@register.simple_tag
def timeline_bars(timeline: Timeline, filterset: TimelineFilter, covered: Coverage, label: str) -> SafeString:
    """The bars; ``label`` says what they are of."""
    body, height = picture.bars(timeline, filterset.narrowed_to, covered)
    return SafeString(fluid(body, height, role="group", aria_label=label))


@register.simple_tag
def timeline_axis(timeline: Timeline, covered: Coverage) -> SafeString:
    """The names of the days above lines, and where sources end; nothing where there are no days."""
    if timeline.axis is None:
        return SafeString("")
    axis = Axis(timeline.axis)
    return SafeString(fluid(*strips.head(axis, ends.of(axis, covered)), aria_hidden="true"))


@register.simple_tag
def timeline_lines(timeline: Timeline, covered: Coverage) -> SafeString:
    """Each meeting: when, its title and status, and its strip."""
    address = addresses("meeting", "UID", "SLUG")
    statuses = {value: escape(str(name)) for value, name in Status.choices}
    axis = timeline.axis and Axis(timeline.axis)
    found = ends.of(axis, covered) if axis else []
    unknown = escape(gettext("date not known"))

    def written(line: Line) -> str:
        row = line.row
        status = f'<span class="status">{statuses[row.status]}</span>' if row.status != Status.HELD else ""
        strip = fluid(strips.strip(line, axis, found), 24, aria_hidden="true") if axis and line.mark.shape else ""
        return (
            f'<li data-uid="{escape(row.uid)}"><p><span class="line-date">{escape(dates.words(row.date)) or unknown}'
            f' {status}</span> <a href="{escape(address(row.uid, row.slug))}"><bdi>{escape(row.title)}</bdi></a></p>'
            f"<div>{strip}</div></li>"
        )

    return SafeString(f'<ol class="lines">{"".join(map(written, timeline.lines))}</ol>')


@register.simple_tag
def timeline_legend(timeline: Timeline) -> SafeString:
    """What the marks mean that occur."""
    parts = picture.legend(timeline)
    items = (f"<li>{fluid(mark, HEIGHT, aria_hidden='true')}{escape(words)}</li>" for mark, words in parts)
    return SafeString(f'<ul class="legend">{"".join(items)}</ul>')


@register.simple_tag
def timeline_reading(timeline: Timeline) -> str:
    """How the picture is read."""
    return picture.reading(timeline)


@register.simple_tag
def timeline_notes(timeline: Timeline) -> str:
    """What has to be known of the numbers."""
    return " ".join(picture.notes(timeline))


@register.simple_tag
def narrowed_to(filterset: TimelineFilter, period: Period) -> str:
    """The query string of those of the set that can lie in a period."""
    return filterset.narrowed_to(period)


@register.simple_tag
def timeline_table(timeline: Timeline, filterset: TimelineFilter) -> SafeString:
    """The same numbers in a table; those that a filter gives lead to their lists."""
    heads = [
        gettext("Period"),
        gettext("All"),
        gettext("Held"),
        gettext("of these dated within it"),
        gettext("Planned or postponed"),
        gettext("Cancelled, denied or not confirmed"),
    ]
    if timeline.long:
        heads.append(gettext("of all: %(band)s") % {"band": picture.over(timeline)})
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    writer = TableWriter(timeline, filterset)
    body = "".join(map(writer.row, timeline.bars, timeline.drawn))
    return SafeString(f'<table class="periods"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


class TableWriter:
    """Writes the rows of one table."""

    def __init__(self, timeline: Timeline, filterset: TimelineFilter):
        self.narrowed_to = filterset.narrowed_to
        self.list, self.own = reverse("meetings:meetings"), reverse("meetings:meeting_timeline")
        self.opens, self.has_long = timeline.opens, timeline.long

    def row(self, bar: Bar, drawn: Bar) -> str:
        if not bar.number:
            return ""
        name = escape(bar.period.words)
        if self.opens:
            name = f'<a href="{escape(self.own + self.narrowed_to(bar.period))}">{name}</a>'
        numbers = {field: self.number(getattr(bar, field), bar.period, *COLUMNS[field]) for field in COLUMNS}
        held, planned, other = numbers.values()
        cells = [self.number(bar.number, bar.period), held, commas(bar.sure), planned, other]
        if self.has_long:
            cells.append(commas(bar.number - drawn.number))
        return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{one}</td>" for one in cells)}</tr>'

    def number(self, n: int, period: Period, *statuses: str) -> str:
        query = n and self.narrowed_to(period, *statuses)
        return f'<a href="{escape(self.list + query)}">{commas(n)}</a>' if query else commas(n)
