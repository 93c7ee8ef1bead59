"""Meetings, who took part, and how their status changed."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings import dates, words
from meetings.choices import Medium, MeetingKind, Protocol, Publication, Role, Status
from meetings.models.base import (
    DatedQuerySet,
    Edited,
    EditedQuerySet,
    Record,
    RecordQuerySet,
    has_slug,
    not_itself,
    one_of,
    public_through,
    rule,
    sparse,
    uid_field,
)
from meetings.models.fields import EdtfField, FoldedField, earliest_of, latest_of
from meetings.models.officials import Official, Position
from meetings.models.parties import Country, Organization
from meetings.models.places import AROUND, Place
from meetings.models.statements import Statement, Topic


def valid_time_zone(name: str):
    """Refuses a name that the IANA database does not know."""
    if name not in available_timezones():
        message = gettext("“%(name)s” is no IANA time zone. A right one: Europe/Brussels.")
        raise ValidationError(message % {"name": name}, code="time_zone")


class MeetingQuerySet(EditedQuerySet):
    searched = (
        "folded",
        *(f"{path}__folded" for path in ("place", *(f"place__{around}" for around in AROUND), "place__country")),
    )

    def reasons(self):
        """The gate before every public page, count, export and feed."""
        return [Q(publication=Publication.PUBLISHED)]

    def has_word(self, begun):
        """A word of the title, summary, outcome, participants, places, topics or statements begins with ``begun``."""
        condition = super().has_word(begun)
        for records, to_meeting in (
            (Participation.objects, "meeting"),
            (Statement.objects.published(), "meeting"),
            (Topic.objects, "meetings"),
        ):
            rows = records.all()
            condition |= Exists(rows.filter(rows.has_word(begun), **{to_meeting: OuterRef("pk")}))
        return condition

    def with_whole(self):
        """With ``whole``, the public meeting that each one is a part of, for conditions and values."""
        return self.annotate(whole=FilteredRelation("part_of", condition=public_through("part_of")))

    def with_parties(self):
        """With place and participants; one query more, whatever the number of rows."""
        return self.select_related("place__country").prefetch_related(
            Prefetch("participations", Participation.objects.with_parties())
        )

    def for_list(self):
        """With what a row shows; two queries more."""
        return self.with_parties().prefetch_related("topics")

    def for_detail(self):
        """With what its page shows of the meeting itself; eight queries more, nine for a part of another."""
        cited = self.related("citations").for_list()
        return (
            self.for_list()
            .select_related(f"place__{AROUND[-1]}", "part_of", "merged_into")
            .prefetch_related(
                Prefetch("statements", Statement.objects.published().for_list()),
                Prefetch("parts", Meeting.objects.published().by_date(oldest_first=True)),
                Prefetch("status_changes", StatusChange.objects.select_related("source__publisher")),
                Prefetch("citations", cited),
                Prefetch("part_of__citations", cited),
                "about",
            )
        )


class Meeting(Edited):
    """One encounter, never one traveller. A visit, conference or exhibition holds its meetings as parts."""

    uid = uid_field()
    title = models.CharField(_("title"), max_length=250)
    slug = models.SlugField(
        _("slug"), max_length=100, blank=True, db_index=False, help_text=_("Left empty, it is made from the title.")
    )
    summary = models.TextField(_("summary"), blank=True, default="")
    outcome = models.TextField(_("outcome"), blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind, default=MeetingKind.MEETING)
    medium = models.CharField(_("medium"), max_length=20, choices=Medium, default=Medium.IN_PERSON)
    protocol = models.CharField(_("protocol"), max_length=20, choices=Protocol, blank=True, default="")
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status,
        default=Status.UNCONFIRMED,
        help_text=_("As the sources say. Planned meetings never become held by themselves."),
    )
    date = EdtfField(_("date"))
    earliest = earliest_of("date", _("earliest day"))
    latest = latest_of("date", _("latest day"))
    time_note = models.CharField(
        _("time in words"), max_length=100, blank=True, default="", help_text=_("Such as: Thursday night.")
    )
    starts_at = models.TimeField(_("starts at"), null=True, blank=True, help_text=_("One-day dates only."))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        default="",
        validators=[valid_time_zone],
        help_text=_("IANA name, such as Europe/Brussels."),
    )
    place = models.ForeignKey(
        Place, models.PROTECT, verbose_name=_("place"), related_name="meetings", null=True, blank=True
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("part of"),
        related_name="parts",
        null=True,
        blank=True,
        db_index=False,
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="meetings", blank=True)
    about = models.ManyToManyField(
        Country,
        verbose_name=_("about"),
        related_name="meetings_about",
        blank=True,
        help_text=_("Countries that were talked about."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        related_name="merged",
        null=True,
        blank=True,
        db_index=False,
    )
    folded = FoldedField(sources=["title", "summary", "outcome"])

    history = HistoricalRecords(m2m_fields=[topics, about], excluded_fields=["earliest", "latest", "folded"])
    objects = MeetingQuerySet.as_manager()

    class Meta(Edited.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(Coalesce("earliest", "latest"), "id", name="meeting_day"),
            *sparse("meeting", "part_of", "merged_into"),
        ]
        constraints = [
            has_slug("meeting"),
            one_of("meeting", "kind", MeetingKind),
            one_of("meeting", "medium", Medium),
            one_of("meeting", "protocol", Protocol, empty=True),
            one_of("meeting", "status", Status),
            one_of("meeting", "publication", Publication),
            not_itself("meeting", "part_of"),
            not_itself("meeting", "merged_into"),
            rule(
                "meeting_ends_after_it_starts",
                Q(latest__gte=F("earliest")),
                _("The date ends before it starts. A right one: 2023-06-15/2023-06-19."),
            ),
            rule(
                "meeting_times_need_one_day",
                Q(starts_at=None, ends_at=None) | Q(earliest__isnull=False, latest__isnull=False, latest=F("earliest")),
                _("Times of day need a date of one day, such as 2023-06-15. Use “time in words” otherwise."),
            ),
            rule(
                "meeting_times_need_a_zone",
                Q(starts_at=None, ends_at=None) | ~Q(time_zone=""),
                _("Times of day need a time zone, such as Europe/Brussels."),
            ),
            rule(
                "meeting_end_needs_a_start",
                Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
                _("“Ends at” needs a “starts at” that is not later, on the same day, such as 18:30 and 20:00."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:meeting", args=[self.uid, self.slug])

    def free_slug(self):
        """A slug of the title. Others may have it too: the uid finds the meeting."""
        return words.slugify(self.title)

    @property
    def is_public(self) -> bool:
        """Whether the gate lets it through."""
        return self.publication == Publication.PUBLISHED and self.merged_into_id is None

    @property
    def date_words(self) -> str:
        """When, in words: “between 16 and 30 June 2023”; “date unknown” where nothing is known."""
        return dates.words(self.date) or gettext("date unknown")


class ParticipationQuerySet(RecordQuerySet):
    searched = ("folded", "official__folded", "country__folded", "organization__folded")

    def reasons(self):
        """The meeting is published."""
        return [public_through("meeting")]

    def with_parties(self):
        """With official, country, organization and position, in one query."""
        return self.select_related("official", "country", "organization", "position").order_by("order", "id")


class Participation(Record):
    """A party at a meeting, in the source's words and, where known, linked.

    ``country`` or ``organization`` is whom the party speaks for; with no official, it is the party itself. People whom
    a source only describes ("senior defence officials") have ``name_as_written`` alone.
    """

    uid = uid_field()
    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="participations")
    official = models.ForeignKey(
        Official,
        models.PROTECT,
        verbose_name=_("official"),
        related_name="participations",
        null=True,
        blank=True,
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        verbose_name=_("speaks for country"),
        related_name="participations",
        null=True,
        blank=True,
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        verbose_name=_("speaks for organization"),
        related_name="participations",
        null=True,
        blank=True,
        db_index=False,
    )
    name_as_written = models.CharField(_("name as written"), max_length=200, blank=True, default="")
    title_as_written = models.CharField(_("title as written"), max_length=200, blank=True, default="")
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        verbose_name=_("position"),
        related_name="participations",
        null=True,
        blank=True,
        db_index=False,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    folded = FoldedField(sources=["name_as_written", "title_as_written"])

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["order", "id"]
        indexes = sparse("participation", "organization", "position")
        constraints = [
            one_of("participation", "role", Role),
            rule(
                "participation_names_a_party",
                Q(official__isnull=False)
                | Q(country__isnull=False)
                | Q(organization__isnull=False)
                | ~Q(name_as_written=""),
                _("Say who took part: an official, a country, an organization, or the name as the source writes it."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "official"],
                name="participation_official_once",
                violation_error_message=_("This official takes part in this meeting already: one row each."),
            ),
        ]

    def __str__(self):
        return self.shown_name

    def clean(self):
        super().clean()
        if self.position is not None and self.position.official_id != self.official_id:
            message = gettext("“%(position)s” is a post of another official. Choose one of this official's, or none.")
            raise ValidationError({"position": message % {"position": self.position}}, code="position")

    @property
    def shown_name(self) -> str:
        """The official's name, else the source's words, else the party itself."""
        party = self.official or self.name_as_written or self.country or self.organization
        return str(party or "")

    @property
    def shown_title(self) -> str:
        """The title as written, else the linked post's; never one looked up by date, nor the name once more."""
        title = self.title_as_written or (self.position.title if self.position else "")
        return "" if title == self.shown_name else title

    @property
    def party(self):
        """Whom this row speaks for: the country, else the organization, else None."""
        return self.country or self.organization


class StatusChangeQuerySet(DatedQuerySet):
    def reasons(self):
        """The meeting is published."""
        return [public_through("meeting")]


class StatusChange(Record):
    """That a meeting's status changed, when, and who says so: "was planned, then cancelled" stays readable."""

    uid = uid_field()
    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="status_changes")
    status = models.CharField(_("status"), max_length=20, choices=Status)
    date = EdtfField(_("date"), help_text=_("EDTF: when the status became this."))
    earliest = earliest_of("date")
    latest = latest_of("date")
    source = models.ForeignKey(
        "meetings.Source",
        models.PROTECT,
        verbose_name=_("source"),
        related_name="status_changes",
        null=True,
        blank=True,
        db_index=False,
    )
    note = models.TextField(_("note"), blank=True, default="")

    history = HistoricalRecords(excluded_fields=["earliest", "latest"])
    objects = StatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = [F("earliest").asc(nulls_last=True), "id"]
        indexes = sparse("statuschange", "source")
        constraints = [one_of("statuschange", "status", Status)]

    def __str__(self):
        return f"{self.get_status_display()} ({dates.words(self.date)})"
