"""The product's tags, but for those that would work something out: here it is at hand."""

from django import template

from meetings.templatetags import records

register = template.Library()
register.filters.update(records.register.filters)
register.tags.update(records.register.tags)


@register.simple_tag
def controls(filterset: dict, suggested: dict) -> dict:
    return filterset["panel"]


@register.simple_tag
def address(filterset: dict, page: str) -> str:
    return filterset["addresses"][page]
