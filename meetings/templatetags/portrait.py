"""A portrait as HTML, written by functions, as a century has many rows.

Every value that comes from a record goes through `html.escape`.
"""

from collections.abc import Sequence
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from meetings.choices import Status
from meetings.figures import commas
from meetings.lenses.addresses import addresses
from meetings.lenses.digest import Digest
from meetings.lenses.portrait import Career, Site, Whereabouts
from meetings.lenses.profile import Counterpart
from meetings.pictures import career as picture
from meetings.pictures import reach, svg
from meetings.pictures.keys import held_of

register = template.Library()

#: What is neither held nor planned.
NEITHER = [status for status in Status if status not in (Status.HELD, Status.PLANNED)]


@register.simple_tag
def how_many(digest: Digest, address: str, whereabouts: Whereabouts | None = None) -> SafeString:
    """How many meetings were held (visits, if that is what all are), the first and the last, in a sentence; the number
    leads to the list at ``address``, narrowed down."""
    if not digest.held:
        return SafeString(escape(gettext("No held meeting is on record.")))
    told = ngettext("One meeting", "%(n)s meetings", digest.held)
    if whereabouts and whereabouts.visits:
        told = ngettext("One visit", "%(n)s visits", digest.held)
    number = listed(told, digest.held, address, [Status.HELD])
    ends = {"first": escape(digest.first), "last": escape(digest.last)}
    return SafeString(escape(held_sentence(digest)) % {"number": number, **ends})


@register.simple_tag
def how_many_else(digest: Digest, address: str) -> SafeString:
    """How many are planned, and how many are neither planned nor held, in the same way; nothing where there are
    none."""
    kinds = (
        (digest.planned, [Status.PLANNED], gettext("Planned, not confirmed as held: %(number)s.")),
        (digest.neither, NEITHER, gettext("Postponed, cancelled, denied or not confirmed: %(number)s.")),
    )
    told = (
        escape(sentence) % {"number": listed(ngettext("one", "%(n)s", n), n, address, statuses)}
        for n, statuses, sentence in kinds
        if n
    )
    return SafeString(" ".join(told))


@register.simple_tag
def how_many_parts(digest: Digest) -> str:
    """How many of all these are parts of others, which are counted too; nothing where there are none."""
    message = ngettext(
        "One of all these is a part of a longer one, such as a stop of a journey.",
        "%(n)s of all these are parts of longer ones, such as stops of a journey.",
        digest.parts,
    )
    if digest.held and not digest.planned and not digest.neither:
        message = ngettext(
            "One of them is a stop or another part of a longer one, and counted too.",
            "%(n)s of them are stops or other parts of longer ones, and counted too.",
            digest.parts,
        )
    return message % {"n": commas(digest.parts)} if digest.parts else ""


def held_sentence(digest: Digest) -> str:
    """With a place for the ``number``, which has been translated, and the dates."""
    if not digest.first:
        return gettext("%(number)s on record as held; when is not known.")
    if digest.held == 1:
        return gettext("%(number)s on record as held: %(first)s.")
    if digest.one:
        return gettext("%(number)s on record as held. The only one of known date: %(first)s.")
    if digest.undated:
        return gettext("%(number)s on record as held. Of those of known date, first: %(first)s; last: %(last)s.")
    return gettext("%(number)s on record as held. First: %(first)s; last: %(last)s.")


def listed(told: str, n: int, address: str, statuses: Sequence[Status]) -> str:
    """A number of meetings with these statuses, as a link to their list."""
    narrowed = "".join(f"&status={status.value}" for status in statuses)
    return f'<a href="{escape(address + narrowed)}">{escape(told % {"n": commas(n)})}</a>'


@register.simple_tag
def most_often_in(whereabouts: Whereabouts | None, address: str) -> SafeString:
    """Where most of the meetings were, if all were held, that is one place, and more than one meeting."""
    places = whereabouts.places if whereabouts and whereabouts.exact and not whereabouts.unheld else []
    first, second = [*places[:2], None, None][:2]
    if not first or first.n < 2 or (second and second.n == first.n):
        return SafeString("")
    times = escape(ngettext("once", "%(n)s times", first.n) % {"n": commas(first.n)})
    number = f'<a href="{escape(f"{address}&place={first.slug}")}">{times}</a>'
    # Some names need an article that others must not have: here all stand by themselves.
    told = escape(gettext("Most frequent place: %(name)s, %(times)s."))
    return SafeString(told % {"name": f"<bdi>{escape(first.name)}</bdi>", "times": number})


@register.simple_tag
def most_often_with(counterparts: Sequence[Counterpart]) -> SafeString:
    """Whom a party met most often, if that is one, and more than once; it leads to the page of the two."""
    first, second = [*counterparts[:2], None, None][:2]
    if not first or first.met < 2 or (second and second.met == first.met):
        return SafeString("")
    name = f'<a href="{escape(first.url)}"><bdi>{escape(first.name)}</bdi></a>'
    times = escape(ngettext("once", "%(n)s times", first.met) % {"n": commas(first.met)})
    number = f'<a href="{escape(first.together or first.met_address)}">{times}</a>'
    return SafeString(escape(gettext("Met most often: %(name)s, %(times)s.")) % {"name": name, "times": number})


@register.simple_tag
def career_picture(career: Career, noun: str, name: str, address: str) -> SafeString:
    """The picture; a reader who cannot see it has the table."""
    wide, narrow = (picture.draw(career, address, layout) for layout in (picture.WIDE, picture.NARROW))
    return svg.fitting(wide, narrow, picture.title(noun, name))


@register.simple_tag
def career_title(noun: str, name: str) -> str:
    """What a record's picture is of."""
    return picture.title(noun, name)


@register.simple_tag
def career_legend(career: Career, noun: str) -> SafeString:
    """What the bars are, and what the columns are made of, where that is more than one thing, or not what one
    expects."""
    shown = [("own", bars)] if (bars := picture.bars(career, noun)) else []
    if career.kinds not in ([], ["held"]):
        shown += [(f"mark-{kind}", str(picture.KINDS[kind])) for kind in career.kinds]
    items = "".join(
        f'<li><span class="shade {name}" aria-hidden="true"></span>{escape(told)}</li>' for name, told in shown
    )
    return SafeString(f'<ul class="legend">{items}</ul>' if items else "")


@register.simple_tag
def career_gap(career: Career, address: str) -> SafeString:
    """That a long time without meetings may be one without sources, leading to what says which years these tell of."""
    if not (told := escape(picture.gap(career))):
        return SafeString("")
    timeline = escape(f"{reverse('meetings:meeting_timeline')}?{address.partition('?')[2]}")
    link = f'<a href="{timeline}">{escape(gettext("See which years the sources tell of"))}</a>'
    return SafeString(f'<p class="hint">{told} {link}</p>')


@register.simple_tag
def career_undated(career: Career) -> str:
    return picture.undated(career.undated) if career.undated else ""


@register.simple_tag
def career_table(career: Career, address: str) -> SafeString:
    """The columns as the rows of a table, without those of no meetings."""
    kinds, start = career.kinds, escape(address)
    heads = "".join(f'<th scope="col" class="number">{escape(str(picture.KINDS[kind]))}</th>' for kind in kinds)
    rows = "".join(
        f'<tr><th scope="row"><a href="{start}&amp;from={column.first:04}&amp;to={column.last:04}">'
        f"{column.label}</a></th>"
        f'<td class="number">{commas(column.number)}</td>'
        + "".join(f'<td class="number">{commas(n) if (n := getattr(column, kind)) else "–"}</td>' for kind in kinds)
        + "</tr>"
        for column in career.columns
        if column.number
    )
    year, all_of_them = escape(gettext("Year")), escape(gettext("Meetings"))
    return SafeString(
        f'<table class="register register-narrow"><thead><tr><th scope="col">{year}</th>'
        f'<th scope="col" class="number">{all_of_them}</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


@register.simple_tag
def only_column(career: Career, address: str) -> SafeString:
    """All meetings of known date, where one column has them."""
    (column,) = [column for column in career.columns if column.number]
    told = ngettext("the one meeting", "%(n)s meetings", column.number) % {"n": commas(column.number)}
    kinds = ", ".join(f"{commas(getattr(column, kind))} {picture.KINDS[kind]}" for kind in career.kinds)
    list_of_it = f"{address}&from={column.first:04}&to={column.last:04}"
    link = f'<a href="{escape(list_of_it)}">{escape(told)}</a>'
    return SafeString(f"{column.label}: {link}{escape(f' ({kinds})' if len(career.kinds) > 1 else '')}.")


@register.simple_tag
def place_rows(places: Sequence[Site], noun: str, slug: str) -> SafeString:
    """The places of a party's meetings, as rows of a table; numbers lead to the lists of these meetings."""
    place = addresses("place", "SLUG")
    start = f"{reverse('meetings:meetings')}?{noun}={slug}&place="

    def number(one: Site) -> str:
        name = f'<span class="sr-only">: {escape(one.name)}</span>'
        return f'<a href="{escape(start + one.slug)}">{commas(one.n)}{name}</a>'

    def name(one: Site) -> str:
        return f'<a href="{escape(place(one.slug))}"><bdi>{escape(one.name)}</bdi></a>'

    def note(one: Site) -> str:
        return f' <span class="soft">{escape(held_of(one.held))}</span>' if one.held not in (None, one.n) else ""

    def row(one: Site) -> str:
        inner = "".join(f"<span>{name(other)} {number(other)}</span> " for other in one.inner)
        return (
            f'<tr data-slug="{escape(one.slug)}"><th scope="row">{name(one)}{note(one)}</th>'
            f'<td class="barred">{reach.bar(one.n, greatest, one.held)}</td><td class="number">{number(one)}</td>'
            f'<td class="inner">{inner}</td></tr>'
        )

    greatest = max((one.n for one in places), default=0)
    return SafeString("".join(map(row, places)))
