"""What templates say of records."""

from django import template

from meetings import dates

register = template.Library()


@register.filter
def edtf(text: str) -> str:
    """An EDTF date in words: “between 16 and 30 June 2023”; empty for no date."""
    return dates.words(text)


@register.simple_tag
def address(filterset, **changes) -> str:
    """The filterset's query string with changes: `{% address filterset status="held" %}`."""
    return filterset.address(**changes)
