"""The heart: one filter for the meetings' list, lenses, exports and API."""

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from meetings.choices import Level, Medium, MeetingKind, Protocol, Role, Sides, Status
from meetings.filters.base import (
    DATE_ORDERS,
    ChoiceFilter,
    KeyFilter,
    QueryFilter,
    RangeFilterSet,
    SortFilter,
    source_name,
)
from meetings.index import facets
from meetings.models import (
    Citation,
    Country,
    Meeting,
    Official,
    Organization,
    Participation,
    Place,
    Source,
    Statement,
    Topic,
)
from meetings.models.base import matches
from meetings.models.places import AROUND


def of_meeting(queryset, **conditions) -> Exists:
    """That a meeting has one of these rows."""
    return Exists(queryset.filter(meeting=OuterRef("pk"), **conditions))


class PlaceFilter(KeyFilter):
    """Meetings at a place or within it; so a place's count takes in the places within."""

    def wanted(self, name, queryset):
        for path in ("place", *(f"place__{around}" for around in AROUND)):
            yield facets.Wanted(name, queryset.filter(**{f"{path}__isnull": False}), f"{path}__slug", f"{path}__name")


def with_sides(queryset):
    """Annotated with ``sides``: how many countries and organizations (interpreters' apart) take part."""
    sides = (
        Participation.objects.filter(meeting=OuterRef("pk"))
        .exclude(role=Role.INTERPRETER)
        .order_by()
        .values("meeting")
        .annotate(n=Count(Coalesce(F("country_id"), -F("organization_id")), distinct=True))
        .values("n")
    )
    return queryset.annotate(side_count=Coalesce(Subquery(sides), 0)).annotate(
        sides=Case(
            When(side_count__lte=1, then=Value(Sides.ONE)),
            When(side_count=2, then=Value(Sides.BILATERAL)),
            default=Value(Sides.MULTILATERAL),
        )
    )


class SidesFilter(ChoiceFilter):
    """Meetings of one side, of two, or of more."""

    def filter(self, queryset, values):
        return with_sides(queryset).filter(sides__in=values) if values else queryset

    def wanted(self, name, queryset):
        yield facets.Wanted(name, with_sides(queryset), "sides", "sides")


#: What a meeting can have, and the condition that it does.
HAS = {
    "statements": (_("Statements"), of_meeting(Statement.objects.published())),
    "place": (_("A place"), Q(place__isnull=False)),
    "participants": (_("Named participants"), of_meeting(Participation.objects.exclude(official=None))),
}


class HasFilter(ChoiceFilter):
    """Meetings that have all of these."""

    together = True

    def filter(self, queryset, values):
        for value in values:
            queryset = queryset.filter(HAS[value][1])
        return queryset

    def wanted(self, name, queryset):
        for value, (_label, condition) in HAS.items():
            yield facets.Wanted(name, queryset.filter(condition), Value(value), Value(value))


def by_relevance(queryset, query):
    """Meetings named so come before meetings that only mention it; newest first among equals."""
    rank = Case(When(matches("folded", query), then=0), default=1)
    return queryset.alias(rank=rank).by_date().order_by("rank", *queryset.by_date().query.order_by)


MEETING_ORDERS = {
    **DATE_ORDERS,
    "title": (_("Title"), lambda queryset, query: queryset.order_by("folded", "id")),
    "relevance": (_("Relevance"), by_relevance),
}


def taking_part(label, model, example: str) -> KeyFilter:
    """Meetings at which all of the named parties take part."""
    noun = model._meta.model_name
    return KeyFilter(
        label=label,
        model=model,
        example=example,
        together=True,
        through=lambda keys: of_meeting(Participation.objects, **{f"{noun}__in": keys}),
        facet=(f"participations__{noun}__slug", f"participations__{noun}__name"),
    )


def on_topic(records: str) -> KeyFilter:
    """Records on any of the topics; ``records`` is what a topic calls them."""
    return KeyFilter(
        label=_("Topic"),
        model=Topic,
        example="joint-military-exercises",
        through=lambda keys: Exists(Topic.objects.filter(pk__in=keys, **{records: OuterRef("pk")})),
        facet=("topics__slug", "topics__name"),
    )


def talked_about(records: str) -> KeyFilter:
    """Records in which any of the countries was talked about; ``records`` is what a country calls them."""
    return KeyFilter(
        label=_("About"),
        model=Country,
        example="iran",
        through=lambda keys: Exists(Country.objects.filter(pk__in=keys, **{records: OuterRef("pk")})),
        facet=("about__slug", "about__name"),
    )


class MeetingFilter(RangeFilterSet):
    """Parameters of the contract. Values of ``official``, ``country``, ``organization`` and ``has`` narrow down
    together; those of the others are alternatives."""

    q = QueryFilter(label=_("Words"))
    official = taking_part(_("Official"), Official, "yoav-gallant")
    country = taking_part(_("Country"), Country, "israel")
    organization = taking_part(_("Organization"), Organization, "european-commission")
    place = PlaceFilter(
        label=_("Place"),
        model=Place,
        example="brussels",
        through=lambda keys: Q(place__in=Place.objects.inside(keys)),
    )
    topic = on_topic("meetings")
    about = talked_about("meetings_about")
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=MeetingKind.choices)
    status = ChoiceFilter(label=_("Status"), field_name="status", choices=Status.choices)
    medium = ChoiceFilter(label=_("Medium"), field_name="medium", choices=Medium.choices)
    protocol = ChoiceFilter(label=_("Protocol"), field_name="protocol", choices=Protocol.choices)
    level = ChoiceFilter(
        label=_("Level of a participant"),
        field_name="participations__position__level",
        through=lambda levels: of_meeting(Participation.objects, position__level__in=levels),
        choices=[choice for choice in Level.choices if choice[0] != Level.OTHER],
    )
    sides = SidesFilter(label=_("Sides"), field_name="sides", choices=Sides.choices)
    has = HasFilter(label=_("Has"), choices=[(value, label) for value, (label, _condition) in HAS.items()])
    source = KeyFilter(
        label=_("Source"),
        model=Source,
        example="a2b3c4d5e6",
        through=lambda keys: of_meeting(Citation.objects, source__in=keys),
        facet=("citations__source__uid", source_name("citations__source__")),
    )
    sort = SortFilter(orders=MEETING_ORDERS)

    class Meta(RangeFilterSet.Meta):
        model = Meeting
        fields: list[str] = []
