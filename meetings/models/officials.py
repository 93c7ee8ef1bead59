"""Officials and the posts that they held."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.choices import Level
from meetings.models.base import Named, Record, RecordQuerySet, has_slug, not_itself, one_of, rule, uid_field
from meetings.models.fields import EdtfField, FoldedField, earliest_of, latest_of, wikidata_id
from meetings.models.parties import Country, Organization


class OfficialQuerySet(RecordQuerySet):
    def reasons(self):
        """Something published names an official as participant, speaker or quoted voice."""
        return self.named_by("participations", "statements", "quotations")

    def for_list(self):
        """With their posts; one query more."""
        return self.prefetch_related(
            models.Prefetch("positions", Position.objects.select_related("country", "organization"))
        )

    def for_detail(self):
        """With their posts, and who says so; two queries more."""
        return self.prefetch_related(models.Prefetch("positions", Position.objects.for_list()))


class Official(Named):
    """A person who acts for a country or an organization. The name holds no title: posts are Positions."""

    native_name = models.CharField(_("name in the original script"), max_length=200, blank=True, default="")
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, default="", validators=[wikidata_id])
    note = models.TextField(_("note"), blank=True, default="")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("merged into"), related_name="merged", null=True, blank=True
    )
    folded = FoldedField(sources=["name", "native_name", "other_names"])

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = OfficialQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        constraints = [has_slug("official"), not_itself("official", "merged_into")]

    def get_absolute_url(self):
        return reverse("meetings:official", args=[self.slug])


class PositionQuerySet(RecordQuerySet):
    searched = ("folded", "official__folded", "country__folded", "organization__folded")

    def for_list(self):
        """With whom each is for and who says so; two queries more."""
        return self.select_related("country", "organization").prefetch_related(
            models.Prefetch("citations", self.related("citations").for_list())
        )

    def reasons(self):
        """The official is public."""
        return [Q(Exists(Official.objects.published().filter(pk=OuterRef("official"))))]


class Position(Record):
    """An official's post over time. Several at once, and the same post twice, are normal."""

    uid = uid_field()
    official = models.ForeignKey(Official, models.CASCADE, verbose_name=_("official"), related_name="positions")
    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.OTHER)
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="positions", null=True, blank=True
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name=_("organization"),
        related_name="positions",
        null=True,
        blank=True,
    )
    started = EdtfField(_("started"), help_text=_("EDTF, such as 2021-01-22, 2021-01 or 2021. Empty: unknown."))
    ended = EdtfField(
        _("ended"),
        still=True,
        help_text=_("EDTF, such as 2024-11-05 or 2024. “..”: still held. Empty: unknown."),
    )
    started_earliest = earliest_of("started")
    ended_latest = latest_of("ended")
    folded = FoldedField(sources=["title"])

    history = HistoricalRecords(excluded_fields=["started_earliest", "ended_latest", "folded"])
    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = [F("started_earliest").desc(nulls_last=True), "-id"]
        constraints = [
            one_of("position", "level", Level),
            rule(
                "position_is_for_a_party",
                Q(country__isnull=False) | Q(organization__isnull=False),
                _("Say for which country or organization the post is held: choose at least one."),
            ),
            rule(
                "position_ends_after_it_starts",
                Q(ended_latest__gte=F("started_earliest")),
                _("A post ends after it starts: check “started” and “ended”, such as 2021-01-22 and 2024-11."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.country or self.organization})"

    @property
    def party(self):
        """Whom the post speaks for: the country, else the organization."""
        return self.country or self.organization
