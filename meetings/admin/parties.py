"""Countries and organizations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import NamedAdmin
from meetings.models import Country, Organization


@admin.register(Country)
class CountryAdmin(NamedAdmin):
    list_display = ["name", "kind", "region", "iso2", "iso3", "iso3166_3"]
    list_filter = ["kind", "region"]
    fieldsets = [
        (None, {"fields": ["name", "other_names", "kind", "region"]}),
        (_("When it existed"), {"fields": [("existed_from", "existed_until"), "successors"]}),
        (_("Where it is"), {"fields": [("latitude", "longitude")]}),
        (_("Codes and address"), {"fields": [("iso2", "iso3", "iso3166_3"), "wikidata", "slug"]}),
    ]


@admin.register(Organization)
class OrganizationAdmin(NamedAdmin):
    list_display = ["name", "acronym", "kind", "country", "part_of"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["country", "part_of"]
    readonly_fields = ["merged_into"]
    fieldsets = [
        (None, {"fields": [("name", "acronym"), "other_names", "kind", "country", "part_of"]}),
        (_("Codes and address"), {"fields": ["wikidata", "slug", "merged_into"]}),
    ]

    def for_choices(self, records, request):
        return records.select_related("country")

    def choice_label(self, record):
        return f"{record.name} ({record.country})" if record.country else record.name
