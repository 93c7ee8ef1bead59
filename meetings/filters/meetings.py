"""The heart: one filter for the meetings' list, lenses, exports and API."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.choices import Level, Medium, MeetingKind, Protocol, Sides, Status
from meetings.filters.base import DATE_ORDERS
from meetings.filters.indexed import IndexedFilterSet, TaggedChoices, TaggedKeys
from meetings.filters.kinds import QueryFilter, SortFilter
from meetings.index import hits
from meetings.models import Country, Meeting, Official, Organization, Place, Source, Topic

#: The index has an order by title and by relevance; a queryset has not.
MEETING_ORDERS = {
    **DATE_ORDERS,
    "title": (_("Title"), lambda queryset, query: queryset.order_by("title", "pk")),
    "relevance": (_("Relevance"), lambda queryset, query: queryset.by_date()),
}


class MeetingFilter(IndexedFilterSet):
    """Parameters of the contract. Values of ``official``, ``country``, ``organization`` and ``has`` narrow down
    together; those of the others are alternatives."""

    shelf = "meetings"

    q = QueryFilter(label=_("Words"))
    official = TaggedKeys(label=_("Official"), model=Official, example="yoav-gallant", together=True)
    country = TaggedKeys(label=_("Country"), model=Country, example="israel", together=True)
    organization = TaggedKeys(label=_("Organization"), model=Organization, example="european-commission", together=True)
    place = TaggedKeys(label=_("Place"), model=Place, example="brussels")
    topic = TaggedKeys(label=_("Topic"), model=Topic, example="joint-military-exercises")
    about = TaggedKeys(label=_("About"), model=Country, example="iran")
    kind = TaggedChoices(label=_("Kind"), choices=MeetingKind.choices)
    status = TaggedChoices(label=_("Status"), choices=Status.choices)
    medium = TaggedChoices(label=_("Medium"), choices=Medium.choices)
    protocol = TaggedChoices(label=_("Protocol"), choices=Protocol.choices)
    level = TaggedChoices(
        label=_("Level of a participant"),
        choices=[choice for choice in Level.choices if choice[0] != Level.OTHER],
    )
    sides = TaggedChoices(label=_("Sides"), choices=Sides.choices)
    has = TaggedChoices(
        label=_("Has"),
        choices=[("statements", _("Statements")), ("place", _("A place")), ("participants", _("Named participants"))],
        together=True,
    )
    source = TaggedKeys(label=_("Source"), model=Source, example="a2b3c4d5e6")
    sort = SortFilter(orders=MEETING_ORDERS)

    class Meta(IndexedFilterSet.Meta):
        model = Meeting
        fields: list[str] = []

    @property
    def not_only_held(self) -> str:
        """That meetings count at which two whom they name did not meet, for where numbers could be taken for those at
        which they did; "" in a set of those held."""
        if self.asked.get("status") == [Status.HELD]:
            return ""
        return gettext("All of them count: conferences, planned, cancelled and denied ones too.")

    @property
    def of_held(self) -> str:
        """The query string of those held, shown as now; "" where statuses are chosen."""
        return "" if self.asked.get("status") else self.address(status=Status.HELD.value)

    def keys(self, asked, offset, size):
        if self.sort == "relevance":
            return hits.best(asked, size, offset)
        if self.sort == "title":
            return hits.by_title(asked, size, offset)
        return super().keys(asked, offset, size)
