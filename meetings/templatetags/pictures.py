"""Pictures inside pages."""

from collections.abc import Sequence
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from meetings.lenses.coverage import Coverage, Covered
from meetings.pictures import keys, svg

register = template.Library()


@register.simple_tag
def picture(drawing: svg.Drawing, label: str) -> SafeString:
    """A picture; ``label`` says what it is of."""
    return svg.on_page(drawing, label)


@register.simple_tag
def fitting_picture(drawings: Sequence[svg.Drawing], label: str) -> SafeString:
    """A picture in two layouts, for a wide page and for a narrow one."""
    wide, narrow = drawings
    return svg.fitting(wide, narrow, label)


@register.inclusion_tag("meetings/_also_as.html")
def also_as(address: str, label: str) -> dict[str, str]:
    """Links to the ways to see the meetings in the list at this address; the ``label`` says which they are."""
    query = address.partition("?")[2]
    return {"query": f"?{query}" if query else "", "label": label}


@register.inclusion_tag("meetings/_shown_lens.html")
def shown_lens(lens: str, name: str, says: str) -> dict[str, str]:
    """A lens (the name of its address) with its picture of all meetings, its name and what it ``says``."""
    address, picture = (reverse(f"meetings:{lens}{suffix}") for suffix in ("", "_svg"))
    return {"address": address, "picture": picture, "name": name, "says": says}


@register.simple_tag
def sources_covered(covered: Coverage) -> SafeString:
    """Which years the main sources tell of; "" for none."""

    def named(one: Covered) -> str:
        return f'<a href="{escape(one.url)}"><bdi>{escape(one.name)}</bdi></a>'

    told = keys.sources_end(covered, named)
    return SafeString(f'<p class="reading">{told}</p>' if told else "")
