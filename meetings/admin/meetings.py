"""Meetings, with all that an editor says of one on one page."""

from django.contrib import admin, messages
from django.db.models.functions import Coalesce
from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from meetings import dates, editorial
from meetings.admin.base import NEWEST_FIRST, RecordInline
from meetings.admin.edited import EditedAdmin
from meetings.admin.forms import RecordForm
from meetings.admin.sources import CitationInline
from meetings.admin.statements import StatementInline
from meetings.choices import Publication
from meetings.lenses import detail
from meetings.models import Meeting, Participation, Statement, StatusChange


class ParticipationForm(RecordForm):
    """A participant, who speaks for whom the post that is chosen is for, unless a party is chosen too."""

    def clean(self):
        cleaned = super().clean()
        post = cleaned.get("position")
        if post and "position" in self.changed_data and not (cleaned.get("country") or cleaned.get("organization")):
            cleaned |= {"country": post.country, "organization": None if post.country else post.organization}
        return cleaned


class ParticipationInline(RecordInline):
    model = Participation
    form = ParticipationForm
    related = ("official", "country", "organization", "position__country", "position__organization")
    extra = 2
    verbose_name = _("participant")
    verbose_name_plural = _("Who: participants")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("official", "position", "role"),
                    ("country", "organization", "order"),
                    ("name_as_written", "title_as_written"),
                ]
            },
        )
    ]


class StatusChangeInline(RecordInline):
    model = StatusChange
    related = ("source__publisher",)
    extra = 0
    verbose_name_plural = _("How its status changed")
    fieldsets = [(None, {"fields": [("status", "date", "source"), "note"]})]


@admin.register(Meeting)
class MeetingAdmin(EditedAdmin):
    list_display = ["title", "when", "publication", "status", "kind", "place"]
    list_filter = ["publication", "status", "kind", "medium", "protocol", ("place", admin.EmptyFieldListFilter)]
    list_select_related = ["place"]
    date_hierarchy = "earliest"
    ordering = NEWEST_FIRST
    inlines = [ParticipationInline, StatementInline, CitationInline, StatusChangeInline]
    readonly_fields = ["state", "merged_into"]
    template = "meetings/meeting_detail.html"
    fieldsets = [
        (_("What happened"), {"fields": ["title", ("kind", "status"), ("medium", "protocol"), "summary", "outcome"]}),
        (_("When"), {"fields": ["date", "time_note", ("starts_at", "ends_at", "time_zone")]}),
        (_("Where"), {"fields": ["place", "part_of"]}),
        (_("What about"), {"fields": ["topics", "about"]}),
        (_("Publication"), {"fields": ["state"]}),
    ]

    @admin.display(description=_("when"), ordering=Coalesce("earliest", "latest"))
    def when(self, meeting):
        return meeting.date_words

    def choice_label(self, record):
        return f"{record.title} ({record.date_words})"

    def get_fieldsets(self, request, obj=None):
        """With where it was merged into, if it was."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.merged_into_id is not None:
            fieldsets = [*fieldsets, (_("Merged"), {"fields": ["merged_into"]})]
        return fieldsets

    def save_formset(self, request, form, formset, change):
        """Saves rows, and with those of its status what the status was and became, as far as no row tells it. That of
        a draft which keeps no changes is no event: nobody has read it."""
        meeting = form.instance
        moved = change and formset.model is StatusChange and "status" in form.changed_data
        read = meeting.publication in (Publication.PUBLISHED, Publication.RETRACTED)
        moved = moved and (read or meeting.status_changes.exists())
        if moved:
            editorial.keep_first_status(meeting, form.initial["status"], request.user)
        super().save_formset(request, form, formset, change)
        if moved and not any(row.status == meeting.status for row in formset.new_objects):
            editorial.keep_status(meeting, request.user)
        if formset.model is Participation:
            self.tell_of_no_party(request, formset)
        if moved and meeting.publication != Publication.PUBLISHED and "_publish" not in request.POST:
            for sentence in editorial.unsourced_status(meeting):
                self.message_user(request, sentence, messages.WARNING)

    def tell_of_no_party(self, request, formset):
        """Whose party the editor has left open, though an official is chosen."""
        rows = [*formset.new_objects, *(row for row, _changed in formset.changed_objects)]
        names = [row.official.name for row in rows if row.official and not (row.country or row.organization)]
        if names:
            told = _(
                "Of %(names)s nothing says for which country or organization, so lists by country leave that out."
                " Choose one, or the post that was held."
            )
            self.message_user(request, told % {"names": ", ".join(names)}, messages.WARNING)

    def page(self, key):
        meeting = Meeting.objects.for_detail().get(pk=key)
        statements = Statement.objects.filter(meeting=meeting).exclude(publication=Publication.RETRACTED).for_list()
        return {**detail.meeting_page(meeting), "statements": detail.nested(statements)}

    def get_urls(self):
        words = self.admin_site.admin_view(self.date_words)
        return [path("date-words/", words, name="meetings_meeting_date_words"), *super().get_urls()]

    def date_words(self, request):
        """What a date that is being typed means, or what is wrong with it."""
        text = request.GET.get("text", "").strip()[: 4 * dates.LONGEST]
        try:
            dates.parse(text, allow_open="still" in request.GET)
        except dates.EdtfError as error:
            return JsonResponse({"error": str(error)})
        return JsonResponse({"words": dates.words(text)})
