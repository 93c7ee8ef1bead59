"""Where meetings take place."""

from itertools import takewhile

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.choices import PlaceKind
from meetings.models.base import Named, RecordQuerySet, ValidationError, coordinates_rule, has_slug, not_itself, one_of
from meetings.models.parties import Country

#: How many places may stand around a place: room, building, district, city, region, country.
DEPTH = 5
#: Look-ups from a place to itself and to each place around it.
AROUND = ["__".join(["within"] * steps) for steps in range(1, DEPTH + 1)]


class PlaceQuerySet(RecordQuerySet):
    def inside(self, keys):
        """The places with these primary keys and all places within them."""
        condition = Q(pk__in=keys)
        for path in AROUND:
            condition |= Q(**{f"{path}__in": keys})
        return self.filter(condition)

    def reasons(self):
        """A published meeting is placed there, or in a place within."""
        meetings = self.related("meetings").published()
        here, *within = (
            Q(Exists(meetings.filter(**{path: OuterRef("pk")})))
            for path in ("place", *(f"place__{path}" for path in AROUND))
        )
        return [here | within[0] | within[1], *within[2:]]

    def for_list(self):
        return self.select_related("country", "within")


class Place(Named):
    """A country, region, city or venue. It may lie within another place; filtering by that one finds it."""

    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind, default=PlaceKind.CITY)
    within = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("within"), related_name="places", null=True, blank=True
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="places", null=True, blank=True
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("merged into"), related_name="merged", null=True, blank=True
    )

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = PlaceQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            has_slug("place"),
            one_of("place", "kind", PlaceKind),
            coordinates_rule("place"),
            not_itself("place", "within"),
            not_itself("place", "merged_into"),
        ]

    def get_absolute_url(self):
        return reverse("meetings:place", args=[self.slug])

    def clean(self):
        super().clean()
        if self.within is not None and len(self.within.around()) + self.levels_inside() >= DEPTH:
            message = gettext("“%(place)s” lies too deep: at most %(depth)s places may stand around a place.")
            params = {"place": self.within, "depth": DEPTH}
            raise ValidationError({"within": message % params}, code="too_deep")

    def levels_inside(self) -> int:
        """How many levels of places lie within this one; up to five queries."""
        inside = (Place.objects.filter(**{path: self.pk}).exists() for path in AROUND if self.pk)
        return sum(takewhile(bool, inside))

    def around(self) -> list["Place"]:
        """The places around this one, nearest first; a query a step."""
        found: list[Place] = []
        place = self.within
        while place is not None and len(found) <= DEPTH:
            found.append(place)
            place = place.within
        return found
