"""Imports and their reports, to be read only."""

import re
from collections.abc import Iterable

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import RecordAdmin
from meetings.choices import RunState
from meetings.models import ImportRun, Official
from meetings.models.neutral import MODELS

#: What the numbers of an import are of, as they stand in `ImportRun.counts`.
DONE = ("made", "changed", "same")
_MARKED = re.compile("“([-a-z0-9]+)”")


@admin.register(ImportRun)
class ImportRunAdmin(RecordAdmin):
    """Reports of imports."""

    list_display = ["dataset", "state", "started_at", "finished_at", "started_by"]
    list_filter = ["state", "dataset"]
    list_select_related = ["started_by"]
    date_hierarchy = "started_at"
    search_fields = ["dataset"]
    fields = ["dataset", "state", "started_at", "finished_at", "started_by", "files", "numbers", "told"]
    readonly_fields = ["numbers", "told"]

    @admin.display(description=_("numbers"))
    def numbers(self, run):
        """What was made, changed and the same, by noun, in a table."""
        given = [run.counts.get(what) or {} for what in DONE]
        nouns = [noun for noun in MODELS if any(noun in one for one in given)]
        rows = [(name_of(noun), [one.get(noun, 0) for one in given]) for noun in nouns]
        wholes = [sum(one.values()) for one in given]
        return render_to_string("admin/meetings/_numbers.html", {"rows": rows, "wholes": wholes}) if rows else "-"

    @admin.display(description=_("report"))
    def told(self, run):
        """The rest of the report, as lists. One query, for links to the officials that it names."""
        parts = sections(run.report)[len(DONE) if run.state == RunState.DONE else 0 :]
        officials = named(line for _title, lines in parts for line in lines)
        shown = [(title, [linked(line, officials) for line in lines]) for title, lines in parts]
        return render_to_string("admin/meetings/_told.html", {"sections": shown}) if shown else "-"

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(dataset__icontains=search_term), False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def name_of(noun: str) -> str:
    """What the records of a file of the neutral format are called."""
    return capfirst(str(MODELS[noun]._meta.verbose_name_plural))


def sections(report: str) -> list[tuple[str, list[str]]]:
    """The titles of a report, each with the lines below it, which begin with blanks."""
    found: list[tuple[str, list[str]]] = []
    for line in report.splitlines():
        if line.startswith("  ") and found:
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def named(lines: Iterable[str]) -> dict[str, int]:
    """The officials whose slugs stand between marks, with their primary keys; one query."""
    slugs = {slug for line in lines for slug in _MARKED.findall(line)}
    return dict(Official.objects.filter(slug__in=slugs).values_list("slug", "pk")) if slugs else {}


def linked(line: str, officials: dict[str, int]) -> SafeString:
    """A line with links to the officials that it names."""
    parts: list[str] = []
    for at, part in enumerate(_MARKED.split(line)):
        if at % 2 and part in officials:
            address = reverse("admin:meetings_official_change", args=[officials[part]])
            parts.append(format_html('“<a href="{}">{}</a>”', address, part))
        else:
            parts.append(f"“{part}”" if at % 2 else part)
    return format_html_join("", "{}", ((part,) for part in parts))
