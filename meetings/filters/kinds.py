"""The kinds of filters: how a parameter narrows a queryset down, or says how it is shown."""

from collections.abc import Callable, Iterator

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.filters.fields import (
    BoundField,
    ChoicesField,
    KeysField,
    OneChoiceField,
    OneField,
    QueryField,
    SortField,
)
from meetings.index.facets import Wanted


class KeyFilter(django_filters.Filter):
    """Records linked with those that the parameter names: all of them ``together``, else any.

    ``through`` makes the condition of a list of primary keys; ``facet`` names the look-ups to key and name.
    """

    field_class = KeysField

    def __init__(self, *, through: Callable, together=False, facet: tuple | None = None, **kwargs):
        self.through = through
        self.together = together
        self.facet = facet
        super().__init__(**kwargs)

    def filter(self, queryset, found):
        keys = [one.pk for one in found or []]
        if self.together:
            for key in keys:
                queryset = queryset.filter(self.through([key]))
            return queryset
        return queryset.filter(self.through(keys)) if keys else queryset

    def wanted(self, name: str, queryset: QuerySet) -> Iterator[Wanted]:
        if self.facet:
            yield Wanted(name, queryset, *self.facet)


class ChoiceFilter(django_filters.Filter):
    """Records whose ``field_name`` is any of the chosen values; ``through`` makes the condition where it is on
    other rows."""

    field_class = ChoicesField
    together = False

    def __init__(self, *, through: Callable | None = None, **kwargs):
        self.through = through or (lambda values: Q(**{f"{self.field_name}__in": values}))
        super().__init__(**kwargs)

    def filter(self, queryset, values):
        return queryset.filter(self.through(values)) if values else queryset

    def wanted(self, name: str, queryset: QuerySet) -> Iterator[Wanted]:
        yield Wanted(name, queryset, self.field_name, self.field_name)


class QueryFilter(django_filters.Filter):
    """Records that match the words."""

    field_class = QueryField

    def filter(self, queryset, query):
        return queryset.matching(query) if query else queryset


class BoundFilter(django_filters.Filter):
    """Records that can lie on or after (``start``), or on or before, a day, month or year."""

    field_class = BoundField

    def __init__(self, *, start: bool, **kwargs):
        self.start = start
        super().__init__(**kwargs)

    def filter(self, queryset, bound):
        if bound is None:
            return queryset
        return queryset.within_dates(first=bound.earliest) if self.start else queryset.within_dates(last=bound.latest)


class ShownFilter(django_filters.Filter):
    """How a lens shows the set; it takes nothing from it."""

    field_class: type[OneField] = OneChoiceField

    def filter(self, queryset, value):
        return queryset


class SortFilter(ShownFilter):
    """The order of the list. ``orders`` maps each value to its label and to a function of queryset and query."""

    field_class = SortField

    def __init__(self, *, orders: dict[str, tuple], **kwargs):
        self.orders = orders
        super().__init__(orders=list(orders), label=_("Order"), **kwargs)
