"""The filters of the other public nouns."""

from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from meetings import words
from meetings.choices import CountryKind, Level, Mode, OrganizationKind, PlaceKind, SourceKind
from meetings.filters.base import DATE_ORDERS, FilterSet, RangeFilterSet
from meetings.filters.indexed import IndexedFilterSet, TaggedChoices, TaggedKeys
from meetings.filters.kinds import ChoiceFilter, KeyFilter, QueryFilter, SortFilter
from meetings.index import named
from meetings.models import (
    Country,
    Official,
    Organization,
    Place,
    Position,
    Source,
    Statement,
    Topic,
)

#: Orders of lists of names that count their meetings (`meetings.index.counts.with_meetings`). Names are ordered by
#: their folded words, so that Åland stands under A on both databases.
NAME_ORDERS = {
    "name": (_("Name"), lambda queryset, query: queryset.order_by("folded", "slug")),
    "-meetings": (
        _("Most meetings"),
        lambda queryset, query: queryset.order_by("-meeting_count", "folded", "slug"),
    ),
    "-updated": (_("Last changed"), lambda queryset, query: queryset.order_by("-updated_at", "slug")),
}


class NameFilter(QueryFilter):
    """Records that are named so: each word is at least the beginning of one."""

    def filter(self, queryset, query):
        return queryset.filter(pk__in=named.keys(query, queryset.model)) if query else queryset


class NamedFilterSet(FilterSet):
    """A filter of records that have names."""

    @cached_property
    def terms(self):
        return words.begun(self.asked.get("q") or "")

    @property
    def near_names(self):
        return [type(self)._meta.model]


class OfficialFilter(NamedFilterSet):
    q = NameFilter(label=_("Name"))
    country = KeyFilter(
        label=_("Post for country"),
        model=Country,
        example="israel",
        through=lambda keys: Exists(Position.objects.filter(official=OuterRef("pk"), country__in=keys)),
        facet=("positions__country__slug", "positions__country__name"),
    )
    organization = KeyFilter(
        label=_("Post for organization"),
        model=Organization,
        example="european-commission",
        through=lambda keys: Exists(Position.objects.filter(official=OuterRef("pk"), organization__in=keys)),
        facet=("positions__organization__slug", "positions__organization__name"),
    )
    level = ChoiceFilter(
        label=_("Level"),
        field_name="positions__level",
        through=lambda levels: Exists(Position.objects.filter(official=OuterRef("pk"), level__in=levels)),
        choices=Level.choices,
    )
    sort = SortFilter(orders=NAME_ORDERS)

    class Meta(FilterSet.Meta):
        model = Official
        fields: list[str] = []


class CountryFilter(NamedFilterSet):
    q = NameFilter(label=_("Name"))
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=CountryKind.choices)
    sort = SortFilter(orders=NAME_ORDERS)

    class Meta(FilterSet.Meta):
        model = Country
        fields: list[str] = []


class OrganizationFilter(NamedFilterSet):
    q = NameFilter(label=_("Name"))
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=OrganizationKind.choices)
    country = KeyFilter(
        label=_("Country"),
        model=Country,
        example="israel",
        through=lambda keys: Q(country__in=keys),
        facet=("country__slug", "country__name"),
    )
    sort = SortFilter(orders=NAME_ORDERS)

    class Meta(FilterSet.Meta):
        model = Organization
        fields: list[str] = []


class PlaceFilter(NamedFilterSet):
    q = NameFilter(label=_("Name"))
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=PlaceKind.choices)
    country = KeyFilter(
        label=_("Country"),
        model=Country,
        example="belgium",
        through=lambda keys: Q(country__in=keys),
        facet=("country__slug", "country__name"),
    )
    sort = SortFilter(orders=NAME_ORDERS)

    class Meta(FilterSet.Meta):
        model = Place
        fields: list[str] = []


class TopicFilter(NamedFilterSet):
    q = NameFilter(label=_("Name"))
    sort = SortFilter(orders=NAME_ORDERS)

    class Meta(FilterSet.Meta):
        model = Topic
        fields: list[str] = []


class StatementFilter(IndexedFilterSet):
    shelf = "statements"

    q = QueryFilter(label=_("Words"))
    speaker = TaggedKeys(label=_("Speaker"), model=Official, example="lloyd-austin")
    mode = TaggedChoices(label=_("Mode"), choices=Mode.choices)
    topic = TaggedKeys(label=_("Topic"), model=Topic, example="joint-military-exercises")
    about = TaggedKeys(label=_("About"), model=Country, example="iran")
    source = TaggedKeys(label=_("Source"), model=Source, example="a2b3c4d5e6")
    sort = SortFilter(orders=DATE_ORDERS)

    class Meta(IndexedFilterSet.Meta):
        model = Statement
        fields: list[str] = []


class SourceFilter(RangeFilterSet):
    q = QueryFilter(label=_("Words"))
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=SourceKind.choices)
    publisher = KeyFilter(
        label=_("Publisher"),
        model=Organization,
        example="the-jerusalem-post",
        through=lambda keys: Q(publisher__in=keys),
        facet=("publisher__slug", "publisher__name"),
    )
    sort = SortFilter(orders=DATE_ORDERS)

    class Meta(RangeFilterSet.Meta):
        model = Source
        fields: list[str] = []
