"""Parties that are not persons: countries and organizations."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.choices import CountryKind, OrganizationKind
from meetings.models.base import Named, RecordQuerySet, coordinates_rule, has_slug, not_itself, one_of, rule
from meetings.models.fields import EdtfField, FoldedField, earliest_of, latest_of, wikidata_id


class CountryQuerySet(RecordQuerySet):
    def reasons(self):
        """Countries are always public."""
        return [Q()]


class Country(Named):
    """A state or territory, with the time it existed. A former state met people under its own name."""

    iso2 = models.CharField(_("ISO 3166-1 alpha-2"), max_length=2, blank=True, default="")
    iso3 = models.CharField(_("ISO 3166-1 alpha-3"), max_length=3, blank=True, default="")
    iso3166_3 = models.CharField(_("ISO 3166-3"), max_length=4, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=CountryKind, default=CountryKind.STATE)
    region = models.CharField(_("region"), max_length=60, blank=True, default="", db_index=True)
    existed_from = EdtfField(_("existed from"))
    existed_until = EdtfField(_("existed until"))
    successors = models.ManyToManyField(
        "self", verbose_name=_("successors"), symmetrical=False, related_name="predecessors", blank=True
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, default="", validators=[wikidata_id])
    existed_earliest = earliest_of("existed_from")
    existed_latest = latest_of("existed_until")
    folded = FoldedField(sources=["name", "other_names", "iso2", "iso3"])

    history = HistoricalRecords(
        m2m_fields=[successors], excluded_fields=["folded", "existed_earliest", "existed_latest"]
    )
    objects = CountryQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            has_slug("country"),
            one_of("country", "kind", CountryKind),
            coordinates_rule("country"),
            rule(
                "country_ends_after_it_starts",
                Q(existed_latest__gte=models.F("existed_earliest")),
                _("A country exists until a day after it began: check “existed from” and “existed until”."),
            ),
            rule(
                "country_former_state_has_no_live_code",
                ~Q(kind=CountryKind.FORMER_STATE) | Q(iso2="", iso3=""),
                _("The ISO 3166-1 codes of a former state may be live ones elsewhere: use ISO 3166-3, such as SUHH."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[code],
                    condition=~Q(**{code: ""}),
                    name=f"country_{code}_is_unique",
                    violation_error_message=_("Another country has this code already."),
                )
                for code in ("iso2", "iso3", "iso3166_3")
            ),
        ]

    def get_absolute_url(self):
        return reverse("meetings:country", args=[self.slug])


class OrganizationQuerySet(RecordQuerySet):
    def reasons(self):
        """Something published names an organization, or a body that is part of it."""
        named = self.named_by("participations", "positions", "sources")
        parts = [
            Q(Exists(self.model.objects.filter(one, **{path: OuterRef("pk")})))
            for path in ("part_of", "part_of__part_of")
            for one in named
        ]
        return [*named, *parts]

    def for_list(self):
        return self.select_related("country")


class Organization(Named):
    """A body that takes part in meetings, holds posts or publishes: NATO, a ministry, a newspaper."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind, default=OrganizationKind.OTHER)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        verbose_name=_("country"),
        related_name="organizations",
        null=True,
        blank=True,
        help_text=_("Empty for an international organization."),
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), related_name="parts", null=True, blank=True
    )
    wikidata = models.CharField(_("Wikidata id"), max_length=20, blank=True, default="", validators=[wikidata_id])
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("merged into"), related_name="merged", null=True, blank=True
    )
    folded = FoldedField(sources=["name", "acronym", "other_names"])

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = OrganizationQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            has_slug("organization"),
            one_of("organization", "kind", OrganizationKind),
            not_itself("organization", "part_of"),
            not_itself("organization", "merged_into"),
        ]

    def get_absolute_url(self):
        return reverse("meetings:organization", args=[self.slug])
