"""Rows of meetings as HTML, written by functions: a page of them costs a tenth of what nested templates take.

Every value that comes from a record goes through `html.escape` (which `django.utils.html.escape` calls as well, after
more questions) or through `mark`, which escapes too.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from html import escape
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings import dates
from meetings.choices import MeetingKind, Status
from meetings.figures import commas, ngettext
from meetings.lenses.addresses import addresses
from meetings.lenses.portrait import Whereabouts
from meetings.lenses.profile import COUNTERPARTS, Counterpart, days
from meetings.lenses.rows import SHOWN, Link, Party, Row
from meetings.marks import marks
from meetings.pictures import reach
from meetings.templatetags.records import certainty, mark
from meetings.words import Term

register = template.Library()


@register.simple_tag
def meeting_rows(rows: Iterable[Row], *, topics: bool = False, terms: Sequence[Term] = ()) -> SafeString:
    """A list of meetings; with their ``topics``, and with the ``terms`` of a search marked."""
    writer = RowWriter(topics, terms)
    return SafeString(f'<ol class="meetings">{"".join(map(writer.row, rows))}</ol>')


@register.simple_tag
def brief_rows(rows: Iterable[Row]) -> SafeString:
    """A list of meetings on one line each: title, date and status."""
    writer = RowWriter(topics=False, terms=())
    return SafeString(f'<ul class="brief">{"".join(map(writer.brief, rows))}</ul>')


@register.simple_tag
def counterpart_rows(counterparts: Iterable[Counterpart]) -> SafeString:
    """Whom a party met, as rows of a table: name, how often, which leads to the page of the two, and the years of the
    first and the last time, in words and on an axis that all rows share."""
    met = [one for one in counterparts if one.met]
    greatest, axis = max((one.met for one in met), default=0), axis_of(met)
    rows = []
    for one in met:
        name = escape(one.name)
        times = ngettext("once", "%(n)s times", one.met) % {"n": commas(one.met)}
        rows.append(
            f'<tr data-slug="{escape(one.slug)}"><th scope="row">'
            f'<a href="{escape(one.url)}"><bdi>{name}</bdi></a></th>'
            f'<td class="barred">{reach.bar(one.met, greatest)}</td>'
            f'<td class="number"><a href="{escape(one.together or one.met_address)}">{escape(times)}'
            f' <span class="sr-only">: {name}</span></a></td><td class="number">{years(one.first, one.last)}</td>'
            f'<td class="reached">{axis.span(one.first, one.last)}</td></tr>'
        )
    return SafeString("".join(rows))


@register.simple_tag
def counterpart_axis(counterparts: Iterable[Counterpart]) -> SafeString:
    """The head of the column with the axis: the years at its ends. It says nothing to those who cannot see it."""
    ends = axis_of(one for one in counterparts if one.met).years
    told = "".join(f"<span>{year}</span>" for year in ends)
    return SafeString(f'<td class="reached" aria-hidden="true"><div>{told}</div></td>')


def axis_of(met: Iterable[Counterpart]) -> reach.Reach:
    return reach.Reach(day for one in met for day in (one.first, one.last))


def years(first: date | None, last: date | None) -> str:
    """The years of the first and the last time, or the one that both are in."""
    return "–".join(dict.fromkeys(str(day.year) for day in (first, last) if day))


@register.simple_tag
def most_shown(
    counterparts: Sequence[Counterpart], whereabouts: Whereabouts | None = None, before: Sequence[Counterpart] = ()
) -> str:
    """That not all whom a party met may be shown, and that the lists which numbers lead to can have more, where someone
    may have interpreted; nothing where neither is so, and this not again below the table ``before``."""
    met, told = [one for one in counterparts if one.met], []
    if len(met) >= COUNTERPARTS:
        told.append(
            gettext("The %(number)s met most often; the lists of meetings have all.") % {"number": COUNTERPARTS}
        )
    listed, known = ([one for one in each if one.planned or not one.together] for each in (counterparts, before))
    if listed and not known and (whereabouts is None or whereabouts.interpreted):
        told.append(
            gettext(
                "The lists behind these numbers may be longer: with meetings at which one only interpreted for others."
            )
        )
    return " ".join(told)


@register.simple_tag
def planned_rows(counterparts: Iterable[Counterpart]) -> SafeString:
    """Whom a party is to meet, as items of a list: name, and at how many meetings."""
    rows = []
    for one in counterparts:
        name, times = (
            escape(one.name),
            ngettext("one meeting", "%(n)s meetings", one.planned) % {"n": commas(one.planned)},
        )
        rows.append(
            f'<li><a href="{escape(one.url)}"><bdi>{name}</bdi></a> <a href="{escape(one.planned_address)}">'
            f'{escape(times)} <span class="sr-only">: {name}</span></a></li> '
        )
    return SafeString("".join(rows))


@register.simple_tag
def official_rows(officials: Sequence[dict], country: str) -> SafeString:
    """Who spoke for a country (its slug), as rows of a table: name, title, the number of meetings and their years. The
    number leads to the list of all that name both, if they spoke for it at all of these."""
    profile = addresses("official", "SLUG")
    meetings = f"{reverse('meetings:meetings')}?country={quote(country)}&official="
    greatest = max((one["count"] for one in officials), default=0)

    def number(one: dict) -> str:
        shown = f'{commas(one["count"])}<span class="sr-only">: {escape(one["name"])}</span>'
        return f'<a href="{escape(meetings + one["slug"])}">{shown}</a>' if one["all"] else f"<span>{shown}</span>"

    return SafeString(
        "".join(
            f'<tr data-slug="{escape(one["slug"])}"><th scope="row"><a href="{escape(profile(one["slug"]))}">'
            f"<bdi>{escape(one['name'])}</bdi></a></th><td><bdi>{escape(one['title'])}</bdi></td>"
            f'<td class="barred">{reach.bar(one["count"], greatest)}</td><td class="number">{number(one)}</td>'
            f'<td class="number">{years(*days(one["tie"]))}</td></tr>'
            for one in officials
        )
    )


class RowWriter:
    """Writes rows of one page: what all of them need (addresses, words in the reader's language) is made once."""

    def __init__(self, topics: bool, terms: Sequence[Term]):
        self.with_topics = topics
        self.terms = terms
        self.marked = cache(partial(mark, terms=terms))
        #: How the names of the row that is being written are written.
        self.mark: Callable[[str], str] = escape
        self.meeting, self.place, self.topic = (
            addresses("meeting", "UID", "SLUG"),
            addresses("place", "SLUG"),
            addresses("topic", "SLUG"),
        )
        self.statuses = {value: escape(str(label)) for value, label in Status.choices}
        self.kinds = {value: escape(str(label)) for value, label in MeetingKind.choices}
        self.no_place = escape(gettext("place not given"))
        self.part_of = escape(gettext("part of %(title)s"))

    def row(self, row: Row) -> str:
        """A meeting on two lines."""
        # Most rows found have the words elsewhere: they are looked for in each name only where all together have them.
        text = f"{row.text}\n{row.part_of.title if row.part_of else ''}"
        self.mark = self.marked if self.terms and marks(text, self.terms) else escape
        return (
            f'<li class="meeting is-{escape(row.status)}" data-uid="{escape(row.uid)}">'
            f'<p class="meeting-date">{leaf(row)}</p>'
            f'<div class="meeting-main"><h3>{self.link(self.meeting(row.uid, row.slug), row.title)}</h3> '
            f'<ul class="parties">{self.parties(row.parties)}</ul>{self.whole(row)}{self.snippet(row)}</div>'
            f'<div class="meeting-facts"><p>{self.status(row.status)} '
            f'<span class="kind">{self.kinds[row.kind]}</span></p> '
            f"<p>{self.link(self.place(row.place.slug), row.place.name) if row.place else self.no_place}</p></div>"
            f"{self.topics(row.topics) if self.with_topics else ''}</li>"
        )

    def brief(self, row: Row) -> str:
        """A meeting on one line."""
        title = self.link(self.meeting(row.uid, row.slug), row.title)
        return f'<li>{title} <span class="soft">{escape(when(row))}</span> {self.status(row.status)}</li>'

    def whole(self, row: Row) -> str:
        """What the meeting is a part of."""
        if row.part_of is None:
            return ""
        uid, slug, title = row.part_of
        return f'<p class="whole">{self.part_of % {"title": self.link(self.meeting(uid, slug), title)}}</p>'

    def snippet(self, row: Row) -> str:
        """Where the words of a search were found, and who is quoted there."""
        source = f" <cite><bdi>{escape(row.snippet_of)}</bdi></cite>" if row.snippet_of else ""
        return f'<p class="snippet"><bdi>{self.marked(row.snippet)}</bdi>{source}</p>' if row.snippet else ""

    def link(self, address: str, name: str) -> str:
        """A name that leads somewhere, kept apart from the direction of the text around it."""
        return f'<a href="{escape(address)}"><bdi>{self.mark(name)}</bdi></a>'

    def status(self, status: str) -> str:
        """Joined discs for held, open rings for the rest, and the word."""
        mark = f'<span class="discs discs-{escape(status)}" aria-hidden="true"></span>'
        return f'<span class="status status-{escape(status)}">{mark}{self.statuses[status]}</span>'

    def parties(self, parties: Sequence[Party]) -> str:
        """Who took part, the first few of them."""
        shown = "".join(f"<li>{self.party(one)}</li> " for one in parties[:SHOWN])
        if (more := len(parties) - SHOWN) > 0:
            told = ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}
            shown += f"<li>{escape(told)}</li>"
        return shown

    def party(self, party: Party) -> str:
        """Who, in which capacity, and for whom; the first of these that is known stands out."""
        who = [text for text in (party.name, party.title) if text]
        bodies = [text for text in (party.country, party.organization) if text]
        return f"{self.names(who, 'who')} {self.names(bodies, 'for' if who else 'who')}"

    def names(self, names: Sequence[str], kind: str) -> str:
        """Names in a row, the first of them of a kind."""
        first = f'<bdi class="{kind}">'
        return ", ".join(f"{'<bdi>' if at else first}{self.mark(name)}</bdi>" for at, name in enumerate(names))

    def topics(self, topics: Sequence[Link]) -> str:
        links = "".join(f"<li>{self.link(self.topic(one.slug), one.name)}</li> " for one in topics)
        return f'<ul class="topics">{links}</ul>'


def leaf(row: Row) -> str:
    """A date as a leaf of a calendar; what is not one certain day in words, marked."""
    sure = certainty(row.date)
    if sure == "day" and row.earliest:
        month = escape(format_date(row.earliest, "F Y"))
        return f'<time class="leaf" datetime="{escape(row.date)}"><b>{row.earliest.day}</b> {month}</time>'
    return f'<span class="leaf leaf-{sure or "unknown"}">{escape(when(row))}</span>'


def when(row: Row) -> str:
    """The date in words."""
    return dates.words(row.date) or gettext("date unknown")
