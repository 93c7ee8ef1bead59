"""Sources, citations, and ids in other datasets."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings import dates
from meetings.admin.base import NEWEST_FIRST, NounAdmin, RecordInline
from meetings.models import Citation, ExternalId, Source
from meetings.table import IDENTIFIED


class CitationInline(RecordInline):
    """Who says so: the citations of a meeting, a statement or a position."""

    model = Citation
    related = ("source__publisher",)
    verbose_name_plural = _("Who says so: citations")
    fieldsets = [(None, {"fields": [("source", "field", "stance"), ("locator", "quote", "note")]})]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a meeting's own “about”, a citation's says that it asks for a part of the record."""
        if db_field.name == "field":
            kwargs["label"] = _("About which part")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Source)
class SourceAdmin(NounAdmin):
    list_display = ["__str__", "kind", "publisher", "published_words", "language"]
    list_filter = ["kind", "language"]
    list_select_related = ["publisher"]
    ordering = NEWEST_FIRST
    date_hierarchy = "earliest"
    fieldsets = [
        (None, {"fields": ["kind", "title", ("publisher", "author"), "published"]}),
        (_("Where to find it"), {"fields": ["url", "archived_url", "accessed_on"]}),
        (_("More"), {"fields": [("language", "licence"), "note"]}),
    ]

    @admin.display(description=_("published"), ordering="earliest")
    def published_words(self, source):
        return dates.words(source.published)

    def get_search_results(self, request, queryset, search_term):
        """Also the sources that have ``search_term`` in their address."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        return found | queryset.filter(url__icontains=search_term.strip()), duplicates

    def for_choices(self, records, request):
        return records.select_related("publisher")

    def view_on_site(self, obj):
        """Its public page, once something public rests on it."""
        return obj.get_absolute_url() if Source.objects.published().filter(pk=obj.pk).exists() else None


@admin.register(ExternalId)
class ExternalIdAdmin(NounAdmin):
    list_display = ["identifier", "dataset", "record"]
    list_filter = ["dataset"]
    list_select_related = list(IDENTIFIED)
    search_fields = ["identifier"]
    fields = ["dataset", "identifier", *IDENTIFIED]

    @admin.display(description=_("record"))
    def record(self, external):
        return next(filter(None, (getattr(external, noun) for noun in IDENTIFIED)), None)

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split():
            queryset = queryset.filter(Q(identifier__icontains=word) | Q(dataset__icontains=word))
        return queryset, False
