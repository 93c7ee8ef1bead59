"""Officials and their posts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings import dates
from meetings.admin.base import NamedAdmin, NounAdmin, RecordInline
from meetings.admin.sources import CitationInline
from meetings.admin.widgets import is_key
from meetings.models import Official, Position


class PositionInline(RecordInline):
    """An official's posts; their own page has their citations."""

    model = Position
    related = ("country", "organization")
    show_change_link = True
    fieldsets = [(None, {"fields": [("title", "level"), ("country", "organization"), ("started", "ended")]})]


@admin.register(Official)
class OfficialAdmin(NamedAdmin):
    list_display = ["name", "native_name", "posts", "wikidata"]
    list_filter = ["positions__level", ("merged_into", admin.EmptyFieldListFilter)]
    readonly_fields = ["merged_into"]
    inlines = [PositionInline]
    fieldsets = [
        (None, {"fields": [("name", "native_name"), "other_names", "note"]}),
        (_("Codes and address"), {"fields": ["wikidata", "slug", "merged_into"]}),
    ]

    @admin.display(description=_("posts"))
    def posts(self, official):
        return "; ".join(str(position) for position in official.positions.all())

    def for_rows(self, records):
        return records.for_list()

    def for_choices(self, records, request):
        return records.for_list()

    def choice_label(self, record):
        posts = record.positions.all()[:1]
        return f"{record.name}: {posts[0]}" if posts else record.name


@admin.register(Position)
class PositionAdmin(NounAdmin):
    list_display = ["title", "official", "level", "country", "organization", "held"]
    list_filter = ["level"]
    list_select_related = ["official", "country", "organization"]
    inlines = [CitationInline]
    fieldsets = [
        (None, {"fields": ["official", ("title", "level"), ("country", "organization"), ("started", "ended")]}),
    ]

    @admin.display(description=_("held"), ordering="started_earliest")
    def held(self, position):
        return " – ".join(filter(None, (dates.words(position.started), dates.words(position.ended))))

    def for_choices(self, records, request):
        """Of the official chosen in the same row, if any."""
        official = request.GET.get("official", "")
        if is_key(official):
            records = records.filter(official=official)
        return records.select_related("official", "country", "organization")

    def choice_label(self, record):
        return f"{record.official}: {record}"
