"""The options of the filter panel as HTML, written by functions: nested templates took longer than the meetings.

Every value that comes from a record or a reader goes through `html.escape`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.choices import Status
from meetings.figures import commas
from meetings.filters.base import MOST_OPTIONS, FilterSet, Option
from meetings.index.times import group_of
from meetings.templatetags.records import Control

register = template.Library()

#: Facets that stand open without being asked for, as does the first.
OPEN = ("country", "status")
#: Of so many of a hundred meetings, of so many at least, it is said that they are of one country.
NEARLY_ALL, FEWEST = 90, 10
ALL_WITH = _("all of them with %(name)s, as the sources tell of it alone")
MOST_WITH = _("%(n)s with %(name)s, as the sources tell mostly of it")


@register.simple_tag
def facets(controls: Iterable[Control]) -> SafeString:
    """The parameters with several values: options with counts, and an input for names that are not among them."""
    picker = "".join(
        f' data-{name}="{escape(text)}"'
        for name, text in (
            ("prompt", gettext("Type a name")),
            ("none", gettext("No such name")),
            ("near", gettext("Did you mean")),
            ("remove", gettext("Remove")),
        )
    )
    return SafeString("".join(facet(one, not number, picker) for number, one in enumerate(controls)))


@register.simple_tag
def consists(filterset: FilterSet, controls: Iterable[Control], count: int) -> SafeString:
    """What ``count`` meetings are of, which their pictures would make one forget: how many were held, are planned, and
    are neither, the country that nearly all are with, and that of one asked for its part counts and not its ground.
    "" where all were held and are of several, where a status or a party is chosen, where a parameter is wrong, or where
    options are not counted (`filters.indexed.IndexedFilter.counted`), or not of all."""
    if not count or not filterset.is_right:
        return SafeString("")
    options = {one.name: one.options for one in controls}
    counted = [] if filterset.sampled else [*states(filterset, options), *nearly_all(filterset, options, count)]
    parts = [*counted, *took_part(filterset, options)]
    return SafeString(f'<p class="consists">{"; ".join(parts)}</p>' if parts else "")


def states(filterset: FilterSet, options: Mapping[str, list[Option]]) -> Iterator[str]:
    """How many were held, are planned (or postponed), and are neither, unless all were held."""
    numbers: Counter[str] = Counter()
    for one in options.get("status", ()):
        numbers[group_of(one.value)] += one.count or 0
    if (numbers["planned"] or numbers["other"]) and not filterset.given("status"):
        postponed = any(one.value == Status.POSTPONED and one.count for one in options.get("status", ()))
        planned = gettext("%(n)s planned or postponed") if postponed else gettext("%(n)s planned")
        told = {"held": gettext("%(n)s held"), "planned": planned, "other": gettext("%(n)s neither")}
        yield ", ".join(words % {"n": commas(numbers[group])} for group, words in told.items() if numbers[group])


def nearly_all(filterset: FilterSet, options: Mapping[str, list[Option]], count: int) -> Iterator[str]:
    """The country that nearly all are with."""
    if count < FEWEST or any(map(filterset.given, ("official", "country", "organization"))):
        return
    for one in options.get("country", ()):
        if one.count and NEARLY_ALL * count <= 100 * one.count <= 100 * count:
            told = ALL_WITH if one.count == count else MOST_WITH
            name = f'<a href="{escape(filterset.address(country=one.value))}"><bdi>{escape(one.label)}</bdi></a>'
            yield str(told) % {"n": commas(one.count), "name": name}
            return


def took_part(filterset: FilterSet, options: Mapping[str, list[Option]]) -> Iterator[str]:
    """What is not counted of a country: what took place there without it."""
    if len(filterset.given("country")) == 1 and not filterset.given("place"):
        for one in options.get("country", ()):
            if one.chosen:
                there = f'<a href="{reverse("meetings:places")}?country={escape(one.value)}">'
                told = escape(
                    gettext("counted where %(name)s takes part, not %(start)sall that took place there%(end)s")
                )
                yield told % {"name": f"<bdi>{escape(one.label)}</bdi>", "start": there, "end": "</a>"}


def facet(control: Control, first: bool, picker: str) -> str:
    opened = " open" if control.is_open or first or control.name in OPEN else ""
    label = escape(control.label)
    inputs = inputs_of(control, picker) if control.noun or control.errors else ""
    return (
        f'<details class="facet" id="facet_{control.name}"{opened}><summary>{label}</summary>'
        f'<fieldset><legend class="sr-only">{label}</legend>{options(control)}{hinted(control)}{inputs}{told(control)}'
        "</fieldset></details>"
    )


def inputs_of(control: Control, picker: str) -> str:
    """A text input for each value that no option stands for, and one at least."""
    if control.noun:
        called = gettext("%(label)s: a name in full") % {"label": control.label}
        example = gettext("a name in full")
    else:
        called = gettext("%(label)s, as in an address") % {"label": control.label}
        example = gettext("such as %(example)s") % {"example": control.example}
    wrong = f' aria-invalid="true" aria-describedby="wrong_{control.name}"' if control.errors else ""
    return "".join(
        f'<input class="form-control" type="text" name="{control.name}" value="{escape(value)}" autocomplete="off"'
        f' aria-label="{escape(called)}" placeholder="{escape(example)}" data-picker="{control.noun}"{picker}{wrong}>'
        for value in control.typed
    )


def told(control: Control) -> str:
    """What is wrong with the values, and what may be meant."""
    html = ""
    if control.errors:
        html += f'<p class="wrong" id="wrong_{control.name}">{escape(" ".join(control.errors))}</p>'
    if control.suggested:
        links = "".join(
            f'<li><a href="{escape(link)}"><bdi>{escape(str(label))}</bdi></a></li>'
            for label, link in control.suggested
        )
        html += f'<p class="suggested">{escape(gettext("Did you mean:"))}</p><ul class="suggested">{links}</ul>'
    return html


def options(control: Control) -> str:
    """The options to tick, each with its number where they are counted."""
    box = f'<input type="checkbox" name="{escape(control.name)}"'
    return "".join(f'<label class="option">{box}{option(one)}</label> ' for one in control.options)


def hinted(control: Control) -> str:
    told = hint(control)
    return f'<p class="hint">{escape(told)}</p>' if told else ""


def hint(control: Control) -> str:
    """What to know of several options: whether records have all of those ticked or any, and whether there may be
    more."""
    if len(control.options) < 2:
        return ""
    told = [gettext("All of those ticked, together.") if control.together else gettext("Any of those ticked.")]
    if control.noun and len(control.options) >= MOST_OPTIONS:
        told.append(gettext("These are the most frequent; type any other:"))
    return " ".join(told)


def option(one: Option) -> str:
    tally = "" if one.count is None else f' <span class="tally">{commas(one.count)}</span>'
    return f' value="{escape(one.value)}"{" checked" if one.chosen else ""}> <bdi>{escape(one.label)}</bdi>{tally}'
