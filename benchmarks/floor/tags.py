"""The product's tags, but for those that would work something out, which is at hand here, and those that write HTML by
functions, which plain templates do here."""

from django import template

from meetings.templatetags import records

register = template.Library()
register.filters.update(records.register.filters)
register.tags.update(records.register.tags)


@register.simple_tag
def controls(filterset: dict, suggested: dict) -> dict:
    return filterset["panel"]


@register.simple_tag
def address(filterset: dict, page: str = "") -> str:
    return filterset["addresses"][page]


@register.simple_tag
def relationship(filterset: dict) -> list:
    return filterset["relationship"]


@register.inclusion_tag("meetings/_facets.html")
def facets(controls: list) -> dict:
    return {"controls": controls}


@register.inclusion_tag("meetings/_meeting_rows.html")
def meeting_rows(rows: list, *, topics: bool = False, terms: object = None) -> dict:
    return {"meetings": rows, "topics": topics}
