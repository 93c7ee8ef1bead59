"""Pictures inside pages."""

from django import template
from django.utils.safestring import SafeString

from meetings.pictures import svg

register = template.Library()


@register.simple_tag
def picture(drawing: svg.Drawing, label: str) -> SafeString:
    """A picture; ``label`` says what it is of."""
    return svg.on_page(drawing, label)
