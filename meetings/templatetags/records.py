"""What templates say of records and of the filters that found them."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from meetings import dates, words
from meetings.filters import FilterSet
from meetings.filters.base import PAGING, Option
from meetings.filters.fields import KeysField
from meetings.lenses.names import NAMED
from meetings.marks import marks

register = template.Library()


@register.filter
def edtf(text: str) -> str:
    """An EDTF date in words: “between 16 and 30 June 2023”; empty for no date."""
    return dates.words(text)


@register.filter
def certainty(text: str) -> str:
    """How firmly an EDTF date stands: ``day`` (one certain day), ``span`` (from one certain day to another), ``rough``
    (anything else), or nothing for no date."""
    parsed = dates.parse(text)
    if not parsed.start and not parsed.end:
        return ""
    certain = all(part and part.unit == "day" and not part.mark for part in (parsed.start, parsed.end))
    return {"date": "day", "span": "span"}.get(parsed.form, "rough") if certain else "rough"


@register.filter
def in_line(text: str) -> str:
    """The lines of a text in one, with a comma where one ended."""
    return ", ".join(text.splitlines())


@register.filter
def degrees(value) -> str:
    """A latitude or longitude to about ten metres; names of places are no more precise."""
    return f"{value:.4f}".rstrip("0").rstrip(".") + "°"


@register.filter
def mark(text, terms: Sequence[words.Term]) -> SafeString:
    """The text with what was looked for in <mark>; as it is where nothing was."""
    text = str(text)
    shown, last = "", 0
    for start, end in marks(text, terms) if terms else ():
        shown += f"{escape(text[last:start])}<mark>{escape(text[start:end])}</mark>"
        last = end
    return SafeString(shown + escape(text[last:]))


@register.simple_tag
def named(record, terms: Sequence[words.Term] = ()) -> SafeString:
    """A record's link, with its name kept apart from the direction of the text around it, and what was looked for
    marked."""
    return format_html('<a href="{}"><bdi>{}</bdi></a>', record.get_absolute_url(), mark(record, terms))


@register.simple_tag
def planned_of(counterparts) -> list:
    """The counterparts of a profile with whom a meeting is planned."""
    return [one for one in counterparts if one.planned]


@register.simple_tag
def address(filterset, **changes) -> str:
    """The filterset's query string with changes: `{% address filterset status="held" %}`."""
    return filterset.address(**changes)


class Control(NamedTuple):
    """A parameter as the filter panel shows it.

    ``typed`` are the values that a text input holds, ``suggested`` the links (label, address) offered for words that
    are no key, ``noun`` what a picker asks for ("" where there is none) and ``example`` a right key; ``together``:
    records have all of its values, not any; ``has_input``: there is something on the page for a message to lead to.
    """

    name: str
    label: str
    typed: list[str]
    errors: list[str]
    suggested: list[tuple[str, str]]
    options: list[Option]
    noun: str
    example: str
    together: bool
    has_input: bool

    @property
    def is_open(self) -> bool:
        return bool(self.errors) or any(option.chosen for option in self.options)


@register.simple_tag
def controls(filterset: FilterSet, suggested: dict) -> dict:
    """All parameters of a filterset: ``{"one": {name: Control}, "many": [Control with options or a picker]}``, and
    ``note``, what the numbers beside the options are of, where it is not all.

    One query, for the options.
    """
    options = {facet.name: facet.options for facet in filterset.facets}
    found = {name: control(filterset, name, suggested, options.get(name, [])) for name in filterset.form.fields}
    return {
        "one": {name: one for name, one in found.items() if name not in options},
        "many": [one for name, one in found.items() if name in options and (one.options or one.errors or one.noun)],
        "note": filterset.of_newest if filterset.sampled else "",
    }


def control(filterset: FilterSet, name: str, suggested: dict, options: list[Option]) -> Control:
    field, errors = filterset.form.fields[name], list(filterset.form.errors.get(name, []))
    shown = {facet.name for facet in filterset.facets}
    noun = ""
    if isinstance(field, KeysField) and field.model in NAMED.values():
        noun = field.model._meta.model_name
    # What is wrong stays in its input, to be put right; what is right stands among the options.
    typed = filterset.wrong(name) if errors else [] if name in shown else filterset.given(name)
    return Control(
        name,
        str(field.label),
        typed or [""],
        errors,
        suggested.get(name, []),
        options,
        noun,
        getattr(field, "example", ""),
        getattr(filterset.filters.get(name), "together", False),
        name not in PAGING and (name != "sort" or filterset.showing == PAGING),
    )
