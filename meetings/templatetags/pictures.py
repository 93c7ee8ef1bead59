"""Pictures inside pages."""

from django import template
from django.utils.safestring import SafeString

from meetings.pictures import svg

register = template.Library()


@register.simple_tag
def picture(drawing: svg.Drawing, label: str) -> SafeString:
    """A picture; ``label`` says what it is of."""
    return svg.on_page(drawing, label)


@register.inclusion_tag("meetings/_views.html")
def also_as(address: str) -> dict[str, str]:
    """The ways to see the meetings in the list at this address."""
    query = address.partition("?")[2]
    return {"query": f"?{query}" if query else ""}
