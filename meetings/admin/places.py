"""Places."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import NamedAdmin
from meetings.models import Place


@admin.register(Place)
class PlaceAdmin(NamedAdmin):
    list_display = ["name", "kind", "within", "country"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["within", "country"]
    readonly_fields = ["merged_into"]
    fieldsets = [
        (None, {"fields": ["name", "other_names", "kind", "within", "country", ("latitude", "longitude")]}),
        (_("Address"), {"fields": ["slug", "merged_into"]}),
    ]

    def for_choices(self, records, request):
        return records.select_related("within", "country")

    def choice_label(self, record):
        around = record.within or record.country
        return f"{record.name} ({around})" if around else record.name
