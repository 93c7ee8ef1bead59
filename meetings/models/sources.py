"""Who says so: sources, citations, ids in other datasets, and imports."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings import dates
from meetings.choices import UNCITED_DATASETS, CitedField, RunState, SourceKind, Stance
from meetings.models.base import (
    DatedQuerySet,
    Record,
    RecordQuerySet,
    Stamped,
    http_only,
    one_of,
    public_through,
    rule,
    sparse,
    uid_field,
)
from meetings.models.fields import EdtfField, FoldedField, HttpUrlField, earliest_of, language_tag, latest_of
from meetings.models.meetings import Meeting
from meetings.models.officials import Official, Position
from meetings.models.parties import Country, Organization
from meetings.models.places import Place
from meetings.models.statements import Statement, Topic
from meetings.table import IDENTIFIED


class SourceQuerySet(DatedQuerySet):
    searched = ("folded", "publisher__folded")

    def reasons(self):
        """Something published rests on a source, or an import made it for a dataset that nothing cites."""
        citations = self.related("citations").filter(source=OuterRef("pk"))
        own = self.related("external_ids").filter(
            source=OuterRef("pk"), dataset__in=UNCITED_DATASETS, identifier="source"
        )
        cited = (Q(Exists(citations.filter(one))) for one in citations.reasons())
        return [*cited, *self.named_by("status_changes"), Q(Exists(own))]

    def for_list(self):
        return self.select_related("publisher")


def shown_source(title: str, kind: str, publisher: str | None, published: str) -> str:
    """What a source is called: its title, else what it is, by whom, and when."""
    parts = [str(dict(SourceKind.choices).get(kind, kind)), publisher or "", dates.words(published)]
    return title or ", ".join(part for part in parts if part)


class Source(Stamped):
    """A document that says so: a news report, a readout, a transcript, a dataset."""

    uid = uid_field()
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, default=SourceKind.NEWS_REPORT)
    title = models.CharField(_("title"), max_length=300, blank=True, default="")
    publisher = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name=_("publisher"),
        related_name="sources",
        null=True,
        blank=True,
    )
    author = models.CharField(_("author"), max_length=200, blank=True, default="")
    url = HttpUrlField(_("URL"))
    archived_url = HttpUrlField(_("archived URL"))
    published = EdtfField(_("published"), help_text=_("EDTF, such as 2023-06-15 or 2023-06~."))
    earliest = earliest_of("published")
    latest = latest_of("published")
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True, default="", validators=[language_tag])
    licence = models.CharField(_("licence"), max_length=200, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    folded = FoldedField(sources=["title", "author", "note"])

    history = HistoricalRecords(excluded_fields=["earliest", "latest", "folded"])
    objects = SourceQuerySet.as_manager()

    class Meta(Stamped.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            one_of("source", "kind", SourceKind),
            *http_only("source", "url", "archived_url"),
            rule(
                "source_published_ends_after_it_starts",
                Q(latest__gte=models.F("earliest")),
                _("“Published” ends before it starts. A right one: 2023-06-15."),
            ),
        ]

    def __str__(self):
        publisher = self.publisher.name if self.publisher and not self.title else ""
        return shown_source(self.title, self.kind, publisher, self.published)

    def get_absolute_url(self):
        return reverse("meetings:source", args=[self.uid])


#: What a citation can be about.
CITED = ("meeting", "statement", "position")


def exactly_one(*fields: str) -> Q:
    """The condition that one of ``fields`` is set and all the others are empty."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class CitationQuerySet(RecordQuerySet):
    def reasons(self):
        """The meeting, the statement or the position that is cited is public."""
        return [
            public_through("meeting"),
            *(
                Q(Exists(model.objects.published().filter(pk=OuterRef(noun))))
                for noun, model in (("statement", Statement), ("position", Position))
            ),
        ]

    def for_list(self):
        """With the source, in one query."""
        return self.select_related("source__publisher")


class Citation(Record):
    """That a source says it. Sources that disagree are all kept, each with its stance."""

    uid = uid_field()
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), related_name="citations")
    meeting = models.ForeignKey(
        Meeting,
        models.CASCADE,
        verbose_name=_("meeting"),
        related_name="citations",
        null=True,
        blank=True,
        db_index=False,
    )
    statement = models.ForeignKey(
        Statement,
        models.CASCADE,
        verbose_name=_("statement"),
        related_name="citations",
        null=True,
        blank=True,
        db_index=False,
    )
    position = models.ForeignKey(
        Position,
        models.CASCADE,
        verbose_name=_("position"),
        related_name="citations",
        null=True,
        blank=True,
        db_index=False,
    )
    field = models.CharField(
        _("about"),
        max_length=20,
        choices=CitedField,
        blank=True,
        default="",
        help_text=_("Empty: all of it."),
    )
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, default="", help_text=_("Such as: paragraph 8.")
    )
    quote = models.TextField(_("quote"), blank=True, default="")
    stance = models.CharField(_("stance"), max_length=20, choices=Stance, default=Stance.SUPPORTS)
    note = models.TextField(_("note"), blank=True, default="", help_text=_("Why a value was inferred."))

    history = HistoricalRecords()
    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["field", "stance", "id"]
        indexes = sparse("citation", *CITED)
        constraints = [
            one_of("citation", "field", CitedField, empty=True),
            one_of("citation", "stance", Stance),
            rule(
                "citation_is_of_one_record",
                exactly_one(*CITED),
                _("A citation is of one record: choose a meeting, a statement or a position, not several."),
            ),
        ]

    def __str__(self):
        return f"{self.source} ({self.get_field_display()})" if self.field else str(self.source)


def link(model: type[models.Model]) -> models.ForeignKey:
    """One of an external id's possible records."""
    return models.ForeignKey(
        model,
        models.CASCADE,
        verbose_name=model._meta.verbose_name,
        related_name="external_ids",
        null=True,
        blank=True,
        db_index=False,
    )


class ExternalIdQuerySet(RecordQuerySet):
    def reasons(self):
        """The record that an id is of is public."""
        gates = [public_through("meeting")]
        for noun in IDENTIFIED:
            if noun != "meeting":
                records = self.model._meta.get_field(noun).related_model.objects.published()
                gates.append(Q(**{f"{noun}__in": records}))
        return gates


class ExternalId(Record):
    """The id of a record in another dataset: it makes every import repeatable."""

    uid = uid_field()
    dataset = models.CharField(_("dataset"), max_length=60)
    identifier = models.CharField(_("identifier"), max_length=200)
    official = link(Official)
    position = link(Position)
    country = link(Country)
    organization = link(Organization)
    place = link(Place)
    topic = link(Topic)
    meeting = link(Meeting)
    statement = link(Statement)
    source = link(Source)

    history = HistoricalRecords()
    objects = ExternalIdQuerySet.as_manager()

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        ordering = ["dataset", "identifier"]
        indexes = sparse("externalid", *IDENTIFIED)
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "identifier"],
                name="externalid_once",
                violation_error_message=_("This dataset's id stands at another record already."),
            ),
            rule(
                "externalid_is_of_one_record",
                exactly_one(*IDENTIFIED),
                _("An external id is of one record: choose one, not several."),
            ),
        ]

    def __str__(self):
        return f"{self.dataset}: {self.identifier}"


class ImportRun(models.Model):
    """One import and its report. Counts and report are as the importer wrote them."""

    dataset = models.CharField(_("dataset"), max_length=60)
    files = models.TextField(_("files"), blank=True, default="", help_text=_("One per line."))
    state = models.CharField(_("state"), max_length=20, choices=RunState, default=RunState.RUNNING)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("started by"), null=True, blank=True
    )
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    report = models.TextField(_("report"), blank=True, default="")

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at", "-id"]
        constraints = [
            one_of("importrun", "state", RunState),
            rule(
                "importrun_finishes_after_it_starts",
                Q(finished_at=None) | Q(finished_at__gte=models.F("started_at")),
                _("An import ends after it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.dataset}, {self.started_at:%Y-%m-%d %H:%M}"
