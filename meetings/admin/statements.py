"""Statements and topics."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import NamedAdmin, RecordInline
from meetings.admin.edited import EditedAdmin
from meetings.admin.sources import CitationInline
from meetings.lenses import detail
from meetings.models import Statement, Topic


class StatementInline(RecordInline):
    """What was said at a meeting; a statement's own page has its citations, topics and more."""

    model = Statement
    related = ("speaker", "quoted_by")
    show_change_link = True
    verbose_name_plural = _("What was said: statements")
    readonly_fields = ["publication"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("speaker", "speaker_as_written", "mode"),
                    "text",
                    ("audience", "quoted_by"),
                    ("order", "publication"),
                ]
            },
        )
    ]


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    list_display = ["name", "slug"]
    fields = ["name", "other_names", "slug"]


@admin.register(Statement)
class StatementAdmin(EditedAdmin):
    list_display = ["__str__", "meeting", "mode", "publication", "updated_at"]
    list_filter = ["publication", "mode", "language"]
    list_select_related = ["speaker", "meeting"]
    ordering = ["-updated_at", "-id"]
    date_hierarchy = "meeting__earliest"
    inlines = [CitationInline]
    template = "meetings/statement_detail.html"
    fieldsets = [
        (_("What was said"), {"fields": [("speaker", "speaker_as_written"), "text", ("mode", "language")]}),
        (_("When and where"), {"fields": ["meeting", "said", "audience", "order"]}),
        (_("At second hand"), {"fields": [("quoted_by", "within")]}),
        (_("What about"), {"fields": ["topics", "about"]}),
        (_("Publication"), {"fields": ["state"]}),
    ]

    def page(self, key):
        return detail.statement_page(Statement.objects.for_detail().get(pk=key))
