"""What was said, and what about."""

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings import dates
from meetings.choices import Mode, Publication
from meetings.models.base import (
    Edited,
    EditedQuerySet,
    Named,
    RecordQuerySet,
    has_slug,
    not_itself,
    one_of,
    public_through,
    rule,
    sparse,
    uid_field,
)
from meetings.models.fields import EdtfField, FoldedField, earliest_of, language_tag, latest_of
from meetings.models.officials import Official
from meetings.models.parties import Country


class TopicQuerySet(RecordQuerySet):
    def reasons(self):
        """Something published is on a topic."""
        return self.named_by("meetings", "statements")


class Topic(Named):
    """What meetings and statements deal with."""

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = TopicQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [has_slug("topic")]

    def get_absolute_url(self):
        return reverse("meetings:topic", args=[self.slug])


def shown_speaker(name: str | None, as_written: str) -> str:
    """Who said something: the speaker's name, else the source's words for the speaker."""
    return name or as_written or gettext("Joint statement")


class StatementQuerySet(EditedQuerySet):
    searched = ("folded", "speaker__folded")

    def reasons(self):
        """A statement is published; one made at a meeting needs its meeting published too."""
        return [Q(Q(meeting=None) | public_through("meeting"), publication=Publication.PUBLISHED)]

    def for_list(self):
        """With what a row shows; two queries more."""
        return self.select_related("speaker", "quoted_by", "meeting").prefetch_related(
            Prefetch("citations", self.related("citations").for_list()),
            Prefetch("parts", self.model.objects.published().select_related("speaker", "quoted_by")),
        )

    def for_detail(self):
        """With what its page shows; five queries more."""
        return (
            self.for_list()
            .select_related("within__meeting", "within__speaker")
            .prefetch_related(Prefetch("meeting__citations", self.related("citations").for_list()), "topics", "about")
        )

    def within_dates(self, first=None, last=None):
        """Statements that can have been made from ``first`` to ``last``: by their own date, else their meeting's."""
        if first is None and last is None:
            return self
        own = ~Q(said="")
        found = self.exclude(said="", meeting=None).exclude(said="", meeting__date="")
        for bound, side, test in ((last, "earliest", "lte"), (first, "latest", "gte")):
            if bound is not None:
                found = found.filter(
                    own & (Q(**{f"{side}__{test}": bound}) | Q(**{side: None}))
                    | ~own & (Q(**{f"meeting__{side}__{test}": bound}) | Q(**{f"meeting__{side}": None}))
                )
        return found

    def by_date(self, *, oldest_first=False):
        """In order of the day that it was said (else of its meeting); unknown dates come last in both orders."""
        day = Coalesce("earliest", "latest", "meeting__earliest", "meeting__latest")
        if oldest_first:
            return self.order_by(day.asc(nulls_last=True), "meeting_id", "order", "id")
        return self.order_by(day.desc(nulls_last=True), "meeting_id", "order", "id")


#: What stands before the first letter of a quotation.
OPENING = "“”„«‹‘’\"'([ "


class Statement(Edited):
    """Something said, with how near the text is to the words. Verbatim text keeps the marks as printed."""

    uid = uid_field()
    speaker = models.ForeignKey(
        Official, models.PROTECT, verbose_name=_("speaker"), related_name="statements", null=True, blank=True
    )
    speaker_as_written = models.CharField(_("speaker as written"), max_length=200, blank=True, default="")
    meeting = models.ForeignKey(
        "meetings.Meeting",
        models.PROTECT,
        verbose_name=_("meeting"),
        related_name="statements",
        null=True,
        blank=True,
        help_text=_("The meeting that it belongs to; empty when it was made elsewhere."),
    )
    mode = models.CharField(_("mode"), max_length=20, choices=Mode, default=Mode.PARAPHRASE)
    text = models.TextField(_("text"), help_text=_("Quoted words exactly as printed, marks included."))
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        default="",
        validators=[language_tag],
        help_text=_("Language tag, such as en or pt-BR."),
    )
    said = EdtfField(_("said"), help_text=_("EDTF, such as 2023-06-15. Empty: as its meeting."))
    earliest = earliest_of("said")
    latest = latest_of("said")
    audience = models.CharField(
        _("audience"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Such as: asked by The Jerusalem Post."),
    )
    quoted_by = models.ForeignKey(
        Official,
        models.PROTECT,
        verbose_name=_("quoted by"),
        related_name="quotations",
        null=True,
        blank=True,
        help_text=_("Who repeated these words, when the source has them at second hand."),
        db_index=False,
    )
    within = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("within"),
        related_name="parts",
        null=True,
        blank=True,
        help_text=_("The statement in which these words were quoted."),
        db_index=False,
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), related_name="statements", blank=True)
    about = models.ManyToManyField(Country, verbose_name=_("about"), related_name="statements_about", blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    folded = FoldedField(sources=["text", "speaker_as_written"])

    history = HistoricalRecords(m2m_fields=[topics, about], excluded_fields=["earliest", "latest", "folded"])
    objects = StatementQuerySet.as_manager()

    class Meta(Edited.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["order", "id"]
        indexes = sparse("statement", "quoted_by", "within")
        constraints = [
            one_of("statement", "mode", Mode),
            one_of("statement", "publication", Publication),
            not_itself("statement", "within"),
            rule("statement_has_text", ~Q(text=""), _("Write down what was said.")),
            rule(
                "statement_has_a_speaker",
                Q(speaker__isnull=False) | ~Q(speaker_as_written="") | Q(mode=Mode.JOINT),
                _("Say who said it: choose a speaker, or write the speaker as the source does."),
            ),
            rule(
                "statement_said_ends_after_it_starts",
                Q(latest__gte=F("earliest")),
                _("“Said” ends before it starts. A right one: 2023-06-15/2023-06-16."),
            ),
        ]

    def __str__(self):
        return f"{self.shown_speaker}: {Truncator(self.text).chars(60)}"

    def get_absolute_url(self):
        return reverse("meetings:statement", args=[self.uid])

    @property
    def is_public(self) -> bool:
        """Whether the gate lets it through."""
        return self.publication == Publication.PUBLISHED and (self.meeting is None or self.meeting.is_public)

    @property
    def shown_speaker(self) -> str:
        """The speaker's name, else the source's words for the speaker."""
        return shown_speaker(self.speaker.name if self.speaker else "", self.speaker_as_written)

    @property
    def is_quoted(self) -> bool:
        """Whether the text holds the speaker's own words."""
        return self.mode in (Mode.VERBATIM, Mode.PARTLY_VERBATIM)

    @property
    def begins_within(self) -> bool:
        """Whether the text begins within a sentence: with a lower-case letter, whatever marks stand before it."""
        return self.text.lstrip(OPENING)[:1].islower()

    @property
    def date_words(self) -> str:
        """When it was said, in words; empty where only its meeting's date is known."""
        return dates.words(self.said)
