"""A portrait as HTML, written by functions, as a century has many rows.

Every value that comes from a record goes through `html.escape`.
"""

from collections.abc import Sequence
from html import escape

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from meetings.lenses.addresses import addresses
from meetings.lenses.portrait import Career, Spot
from meetings.pictures import career as picture
from meetings.pictures import reach, svg

register = template.Library()


@register.simple_tag
def career_picture(career: Career, noun: str, name: str, address: str) -> SafeString:
    """The picture; a reader who cannot see it has the table."""
    return svg.on_page(picture.draw(career, address), picture.title(noun, name))


@register.simple_tag
def career_title(noun: str, name: str) -> str:
    """What a record's picture is of."""
    return picture.title(noun, name)


@register.simple_tag
def career_legend(career: Career) -> SafeString:
    """What the columns are made of, where it is more than one thing, or not what one expects."""
    if career.kinds in ([], ["held"]):
        return SafeString("")
    kinds = "".join(
        f'<li><span class="shade mark-{kind}" aria-hidden="true"></span>{escape(str(picture.KINDS[kind]))}</li>'
        for kind in career.kinds
    )
    return SafeString(f'<ul class="legend">{kinds}</ul>')


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
        f'<td class="number">{intcomma(column.number)}</td>'
        + "".join(f'<td class="number">{intcomma(n) if (n := getattr(column, kind)) else "–"}</td>' for kind in kinds)
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
    told = ngettext("the one meeting", "%(n)s meetings", column.number) % {"n": intcomma(column.number)}
    kinds = ", ".join(f"{intcomma(getattr(column, kind))} {picture.KINDS[kind]}" for kind in career.kinds)
    list_of_it = f"{address}&from={column.first:04}&to={column.last:04}"
    link = f'<a href="{escape(list_of_it)}">{escape(told)}</a>'
    return SafeString(f"{column.label}: {link}{escape(f' ({kinds})' if len(career.kinds) > 1 else '')}.")


@register.simple_tag
def place_rows(places: Sequence[Spot], noun: str, slug: str) -> SafeString:
    """The places of a party's meetings, as rows of a table; numbers lead to the lists of these meetings."""
    place = addresses("place", "SLUG")
    start = f"{reverse('meetings:meetings')}?{noun}={slug}&place="

    def number(one: Spot) -> str:
        name = f'<span class="sr-only">: {escape(one.name)}</span>'
        return f'<a href="{escape(start + one.slug)}">{intcomma(one.n)}{name}</a>'

    def name(one: Spot) -> str:
        return f'<a href="{escape(place(one.slug))}"><bdi>{escape(one.name)}</bdi></a>'

    def row(one: Spot) -> str:
        inner = "".join(f"<span>{name(other)} {number(other)}</span> " for other in one.inner)
        return (
            f'<tr data-slug="{escape(one.slug)}"><th scope="row">{name(one)}</th>'
            f'<td class="barred">{reach.bar(one.n, greatest)}</td><td class="number">{number(one)}</td>'
            f'<td class="inner">{inner}</td></tr>'
        )

    greatest = max((one.n for one in places), default=0)
    return SafeString("".join(map(row, places)))
