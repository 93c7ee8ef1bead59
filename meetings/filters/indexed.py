"""Filters that ask the index (`meetings.index`): parameters are tags, and options are counted from them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import django_filters

from meetings.filters.base import MOST_OPTIONS, Facet, RangeFilterSet
from meetings.filters.fields import ChoicesField, KeysField, too_short
from meetings.index import facets, hits
from meetings.index.asked import Asked, TooMany
from meetings.index.facets import Counted
from meetings.index.names import called
from meetings.index.tags import LETTERS, tag

#: Options are counted at once where that is quick: where the index keeps their numbers, and for at most these.
FEW = 500


class Tagged(django_filters.Filter):
    """Meetings tagged with the values of the parameter: with all of them ``together``, else with any."""

    def __init__(self, *, together=False, **kwargs):
        super().__init__(**kwargs)
        self.together = together

    def narrow(self, asked: Asked, name: str, values: list) -> Asked:
        """Those of the set that have the values, as the form has cleaned them."""
        tags = [tag(name, getattr(value, "pk", value)) for value in values]
        return replace(asked, groups=(*asked.groups, *([(one,) for one in tags] if self.together else [tuple(tags)])))


class TaggedKeys(Tagged):
    field_class = KeysField


class TaggedChoices(Tagged):
    field_class = ChoicesField


class IndexedFilterSet(RangeFilterSet):
    """Filters of a shelf of the index. It filters public records: the index has no others."""

    shelf: str
    #: How many records there are, where the options were counted from them.
    on_the_way: hits.Number | None = None

    def look(self):
        """The beginning of a word can be that of too many names."""
        if isinstance(self.worded, TooMany):
            self.form.add_error("q", too_short(self.worded))

    @cached_property
    def worded(self) -> Asked | TooMany:
        """The words asked for, with the names that they stand for; or why they cannot be. A query a word."""
        try:
            return Asked(shelf=self.shelf).worded(self.asked.get("q") or "")
        except TooMany as error:
            return error

    def sought(self, without: str | None = None) -> Asked:
        """What is asked of the index, as it were without a parameter; a query in all, for how common its tags are."""
        return replace(self.narrowed(without), known=self.known)

    @cached_property
    def known(self) -> dict[str, int]:
        """How many records have each of the tags asked for."""
        return hits.numbers(self.narrowed(None).tags, shelf=self.shelf)

    def narrowed(self, without: str | None) -> Asked:
        asked = self.worded if isinstance(self.worded, Asked) and without != "q" else Asked(shelf=self.shelf)
        for name, value in self.asked.items():
            if value and name != without and isinstance(self.filters.get(name), Tagged):
                asked = self.filters[name].narrow(asked, name, value)
        first, last = (self.asked.get(name) if name != without else None for name in ("from", "to"))
        return asked.within(first and first.earliest, last and last.latest)

    def without(self, name):
        asked = self.sought(name)
        return self.queryset if asked.is_all else self.queryset.filter(pk__in=hits.keys(asked))

    @cached_property
    def number(self):
        return self.left if self.is_right else hits.Number(0, exact=True)

    @cached_property
    def left(self) -> hits.Number:
        """How many records what works leaves."""
        if self.counting and self.facets and self.on_the_way and self.on_the_way.exact:
            return self.on_the_way
        return hits.count(self.sought())

    def exact_number(self):
        return hits.count(self.sought(), most=hits.ALL).n

    def rows(self, offset, size):
        keys = self.page(offset, size)
        found = self.queryset.for_list().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def page(self, offset: int, size: int) -> list[int]:
        """The primary keys of ``size`` records from ``offset`` on, in the order in force; none while a parameter is
        wrong."""
        if not self.is_right:
            return []
        if self.sort == "-updated":
            return list(self.ordered.values_list("pk", flat=True)[offset : offset + size])
        return self.keys(self.sought(), offset, size)

    def chunks(self, size):
        if self.is_right and self.sort in ("date", "-date"):
            return hits.walk(self.sought(), size, oldest_first=self.sort == "date")
        return super().chunks(size)

    def keys(self, asked: Asked, offset: int, size: int) -> list[int]:
        """The primary keys of a page of the set, in the order in force."""
        return hits.page(asked, size, offset, oldest_first=self.sort == "date")

    @cached_property
    def counted(self):
        """Options are counted where that takes no longer than the list, or where ``counting`` asks for it."""
        return self.counting or facets.has_table(self.sought()) or self.left <= (FEW, True)

    @cached_property
    def facets(self) -> list[Facet]:
        """The options of every parameter that has them, as if what is wrong were not there; counted, at most three
        queries, and one more for each parameter with alternatives that is in force."""
        offering = [name for name, one in self.filters.items() if isinstance(one, Tagged)]
        numbers = self.numbers_of(offering) if self.counted else {}
        labels = self.labels_of(numbers)
        return [
            Facet(
                name,
                str(self.filters[name].label),
                self.options(name, [Counted(*labels[one], n) for one, n in numbers.get(name, []) if one in labels]),
            )
            for name in offering
        ]

    def numbers_of(self, offering: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Tags and their numbers for each parameter, the most frequent first, the chosen ones always among them."""
        sets: dict[Asked, list[str]] = defaultdict(list)
        for name in offering:
            aside = self.asked.get(name) and not self.filters[name].together
            sets[self.sought(name if aside else None)].append(name)
        found: dict[str, list[tuple[str, int]]] = {}
        for asked, names in sets.items():
            chosen = {tag(name, getattr(one, "pk", one)) for name in names for one in self.asked.get(name) or []}
            tagged = facets.of_tags(asked, [LETTERS[name] for name in names], MOST_OPTIONS, chosen)
            self.sampled |= not tagged.exact
            if asked == self.sought():
                self.on_the_way = tagged.number
            ranked = facets.most_frequent(tagged.numbers, MOST_OPTIONS, chosen)
            found |= {name: ranked[LETTERS[name]] for name in names}
        return found

    def labels_of(self, numbers: dict[str, list[tuple[str, int]]]) -> dict[str, tuple[str, str]]:
        """The value and the label of each tag; one query."""
        labels: dict[str, tuple[str, str]] = {}
        wanted = {}
        for name, found in numbers.items():
            field = self.form.fields[name]
            if isinstance(field, KeysField):
                wanted[name] = (field.model, [one for one, _n in found])
            else:
                labels |= {tag(name, value): (value, value) for value, _label in field.choices}
        return labels | called(wanted)
