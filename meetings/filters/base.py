"""What every filter of the product does: bad values are told beside their field, never ignored.

A `FilterSet` here is bound to the parameters of an address. Its ``qs`` is empty while a parameter is wrong; ``chips``,
``facets`` and ``unknown`` are what a page shows of it. Keys (slugs, uids) of all parameters are looked up together,
in one query; keys of merged records stand for the record that they were merged into.
"""

from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Self

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import words
from meetings.figures import commas
from meetings.filters.fields import (
    MOST_VALUES,
    ChoicesField,
    KeysField,
    OneChoiceField,
    shown,
)
from meetings.filters.form import ContractForm
from meetings.filters.kinds import BoundFilter
from meetings.index import hits, near
from meetings.index.facets import Counted, Wanted, count
from meetings.index.hits import Number
from meetings.index.near import Near
from meetings.models.base import RecordQuerySet
from meetings.words import Term

PER_PAGE = 25
#: How many options of a facet are offered.
MOST_OPTIONS = 12
#: Parameters that say which part of the set is shown, not what is in it.
PAGING = ("page", "per_page")


class Chip(NamedTuple):
    """An active filter, and the address without it."""

    name: str
    label: str
    value: str
    text: str
    remove: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, how many records it would leave (None: not counted), whether it is chosen."""

    value: str
    label: str
    count: int | None
    chosen: bool


class Facet(NamedTuple):
    """The options of one parameter."""

    name: str
    label: str
    options: list[Option]


class Shallow(dict):
    """Filters, or fields of a form, that every request has for itself, but not what they hold, which nothing changes:
    to copy all of it took an eighth of a page's time."""

    def __deepcopy__(self, memo: dict) -> dict:
        return {name: copy(one) for name, one in self.items()}


class FilterSet(django_filters.FilterSet):
    """The filters of one noun, for page, lens, export and API alike."""

    class Meta:
        form = ContractForm

    def __init__(self, data: QueryDict, queryset: QuerySet):
        own = type(self)
        if not isinstance(own.base_filters, Shallow):
            own.base_filters = Shallow(own.base_filters)
        super().__init__(data=data, queryset=queryset)

    def get_form_class(self):
        """Made once for all requests: its fields are always the same."""
        own = type(self)
        if "form_class" not in vars(own):
            own.form_class = super().get_form_class()
            own.form_class.base_fields = Shallow(own.form_class.base_fields)
        return own.form_class

    #: Parameters that say how the set is shown, not what is in it.
    showing: tuple[str, ...] = PAGING
    #: Those of them that are told where they are wrong, but hide nothing: something else is shown.
    harmless: tuple[str, ...] = PAGING
    #: Whether the options are counted even where that takes longer than the list.
    counting = False
    #: Whether the options are counted.
    counted: bool = True
    #: Whether the numbers beside the options are of the newest records only.
    sampled = False

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, by parameter: as the form tells and, where that finds all of the set right, as `look` does."""
        if not self.form.errors.keys() - PAGING:
            self.look()
        return self.form.errors

    def look(self) -> None:
        """Adds to the form's errors what only a look at the records can tell."""

    @cached_property
    def is_right(self) -> bool:
        """Whether every parameter has a value that works, if it would hide something; the queries of `look`."""
        return not self.errors.keys() - self.harmless

    @cached_property
    def asked(self) -> dict:
        """The parameters' values, cleaned; wrong ones are left out."""
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def unknown(self) -> list[str]:
        """Parameters of the address that mean nothing here, the first few of them."""
        return [shown(name) for name in self.data if name not in self.form.fields][:MOST_VALUES]

    @cached_property
    def qs(self) -> QuerySet:
        """The filtered set, in no particular order; empty while a parameter is wrong."""
        return self.without(None) if self.is_right else self.queryset.none()

    def without(self, name: str | None) -> QuerySet:
        """The filtered set as it were without the parameter ``name``, and without what is wrong."""
        queryset = self.queryset
        for other, value in self.asked.items():
            if other in self.filters and other != name:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    @property
    def sort(self) -> str:
        """The order in force."""
        return self.asked.get("sort") or next(iter(self.filters["sort"].orders))

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders that work with the parameters given: value, label, whether it is in force."""
        offered = self.filters["sort"].orders.items()
        return [
            (value, str(label), value == self.sort)
            for value, (label, _order) in offered
            if value != "relevance" or self.asked.get("q")
        ]

    @property
    def shown_by(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """How a lens shows the set: each parameter's name and label, and its choices as those of `orders`. The value of
        the default is "", which keeps it out of addresses."""
        return [
            (name, str(one.label), list(self.choices(name, one)))
            for name in self.showing
            if isinstance(one := self.form.fields[name], OneChoiceField)
        ]

    def choices(self, name: str, field: OneChoiceField) -> Iterator[tuple[str, str, bool]]:
        """The choices of how a lens shows the set, one of them always in force."""
        for value, label in field.choices:
            chosen = value == self.asked.get(name, field.default)
            yield "" if value == field.default else value, str(label), chosen

    @property
    def most_counted(self) -> int:
        """Of how many of the newest records numbers are, where they are not of all."""
        return hits.MOST_COUNTED

    @property
    def of_newest(self) -> str:
        """That numbers are of the newest records only, for where they are."""
        nouns = self.queryset.model._meta.verbose_name_plural
        message = gettext("Numbers are of the newest %(number)s of these %(nouns)s.")
        return message % {"number": commas(self.most_counted), "nouns": nouns}

    @property
    def ordered(self) -> RecordQuerySet:
        """The filtered set in the order in force."""
        _label, order = self.filters["sort"].orders[self.sort]
        return order(self.qs, self.asked.get("q", ""))

    @cached_property
    def number(self) -> Number:
        """How many records there are; a query."""
        return Number(self.qs.count(), exact=True)

    def exact_number(self) -> int:
        """How many records there are, however long it takes."""
        return self.number.n

    @cached_property
    def terms(self) -> list[Term]:
        """What is to be marked in what is shown."""
        return words.terms(self.asked.get("q") or "")

    @property
    def near_names(self) -> Collection[type]:
        """The nouns among whose names a search of this list looks; none where it looks everywhere."""
        return ()

    @cached_property
    def near(self) -> list[tuple[Near, str]]:
        """For a search that finds nothing: others near it that do, under the same filters, each with its address. The
        queries of `near.searches`."""
        query = self.asked.get("q")
        if not self.is_right or not query or self.number != (0, True):
            return []
        found = near.searches(query, lambda other: self.instead(other).number, self.near_names)
        return [(one, self.address(q=one.query)) for one in found]

    def instead(self, query: str) -> Self:
        """The same with other words."""
        return type(self)(QueryDict(self.address(q=query)[1:]), self.queryset)

    def rows(self, offset: int, size: int) -> list:
        """``size`` records from ``offset`` on, in the order in force, with what a row shows."""
        return list(self.ordered.for_list()[offset : offset + size])

    def chunks(self, size: int) -> Iterator[list[int]]:
        """The primary keys of all records, in the order in force, ``size`` at a time; one query, read in a stream."""
        keys = self.ordered.values_list("pk", flat=True).iterator(chunk_size=size)
        while some := list(islice(keys, size)):
            yield some

    def address(self, **changes) -> str:
        """The query string with ``changes`` (None: left out; a list: repeated), from page 1 on."""
        data = self.data.copy()
        data.pop("page", None)
        for name, value in changes.items():
            data.setlist(name, value if isinstance(value, list) else [] if value is None else [value])
        kept = [(name, [one for one in values if one]) for name, values in data.lists()]
        for name, values in kept:
            data.setlist(name, values)
        if not data.get("q") and data.get("sort") == "relevance":
            del data["sort"]
        return f"?{data.urlencode()}"

    @property
    def whole_set(self) -> str:
        """The query string of the whole set: without pages, what a lens shows, and parameters that mean nothing."""
        return self.set_with()

    @property
    def as_shown(self) -> str:
        """The same with what the lens shows."""
        return self.query_string(PAGING, {})

    @property
    def shown_as(self) -> list[str]:
        """What is chosen of how a lens shows the set."""
        return [value for name in self.showing if name not in PAGING for value in self.given(name)]

    def set_with(self, **changes: list[str]) -> str:
        """The query string of the list of the set with other values of parameters; none of a lens."""
        return self.query_string(self.showing, changes)

    def query_string(self, without: Collection[str], changes: dict[str, list[str]]) -> str:
        """The parameters that mean something, from the "?" on; "" for none. Of too many values, one too many is kept,
        so that they are told again."""
        kept = QueryDict(mutable=True)
        for name, values in {**dict(self.data.lists()), **changes}.items():
            if name in self.form.fields and name not in without and any(values):
                # One more than are allowed is refused as well as thousands are.
                kept.setlist(name, list(dict.fromkeys(filter(None, values)))[: MOST_VALUES + 1])
        return f"?{kept.urlencode()}" if kept else ""

    def labels(self, name: str) -> dict[str, str]:
        """How the values of a parameter are shown."""
        field = self.form.fields[name]
        if isinstance(field, ChoicesField):
            return {value: str(label) for value, label in field.choices}
        if isinstance(field, KeysField):
            return {one.key: one.label for one in self.form.found.get(name, [])}
        return {}

    def given(self, name: str) -> list[str]:
        """The values of a parameter as they stand in the address, as many as may be chosen."""
        return [value for value in dict.fromkeys(self.data.getlist(name)) if value.strip()][:MOST_VALUES]

    def wrong(self, name: str) -> list[str]:
        """Those of the values of a parameter that do not work, where that can be told; else all of them."""
        given = self.given(name)
        if isinstance(self.form.fields[name], ChoicesField):
            return [value for value in given if value not in self.labels(name)] or given
        return self.form.missing.get(name, given)

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters, one for each value."""
        chips, errors = [], self.form.errors
        for name, field in self.form.fields.items():
            if name in self.showing or name == "sort":
                continue
            given = self.given(name)
            if not given:
                continue
            labels = self.labels(name)
            if isinstance(field, KeysField) and not errors.get(name):
                given = list(labels)
            for value in given:
                remove = self.address(**{name: [other for other in given if other != value]})
                chips.append(Chip(name, str(field.label), value, labels.get(value, value), remove))
        return chips

    @cached_property
    def facets(self) -> list[Facet]:
        """The options of every parameter that has them, counted as if nothing wrong were there; one query in all."""
        offering = {name: one for name, one in self.filters.items() if hasattr(one, "wanted")}
        wanted: list[Wanted] = []
        for name, one in offering.items():
            wanted += one.wanted(name, self.without(None if one.together else name))
        counted = count(wanted)
        return [
            Facet(name, str(one.label), self.options(name, counted.get(name, []))) for name, one in offering.items()
        ]

    def options(self, name: str, counted: list[Counted]) -> list[Option]:
        """The most frequent values, the chosen ones always among them, labelled for people."""
        labels = self.labels(name)
        if isinstance(self.form.fields[name], ChoicesField):
            counted = [one for one in counted if one.value in labels]
        chosen = set(labels if isinstance(self.form.fields[name], KeysField) else self.given(name))
        options = [
            Option(one.value, labels.get(one.value, one.label), one.count, one.value in chosen) for one in counted
        ]
        options = [one for rank, one in enumerate(options) if rank < MOST_OPTIONS or one.chosen]
        options.sort(key=lambda one: (-(one.count or 0), one.label.casefold()))
        if not self.counted and isinstance(self.form.fields[name], ChoicesField):
            return [Option(value, label, None, value in chosen) for value, label in labels.items()]
        missing = chosen & set(labels) - {one.value for one in options}
        none = 0 if self.counted else None
        return options + [Option(value, labels[value], none, True) for value in sorted(missing)]


#: Orders of lists of dated records.
DATE_ORDERS: dict[str, tuple] = {
    "-date": (_("Newest first"), lambda queryset, query: queryset.by_date()),
    "date": (_("Oldest first"), lambda queryset, query: queryset.by_date(oldest_first=True)),
    "-updated": (_("Last changed"), lambda queryset, query: queryset.order_by("-updated_at", "-id")),
}


class RangeFilterSet(FilterSet):
    """A filter of dated records: those that overlap ``from`` to ``to``."""

    @classmethod
    def get_filters(cls):
        """``from`` is a word of Python's own, so it cannot be declared as an attribute."""
        bounds = {
            "from": BoundFilter(start=True, label=_("From")),
            "to": BoundFilter(start=False, label=_("To")),
        }
        return {**super().get_filters(), **bounds}
