"""What every noun's admin does: pickers for every link, one search for all spellings, and no edit lost or half done."""

import logging
from typing import Any
from urllib.parse import unquote

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import PROTECT, ProtectedError, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from meetings import index
from meetings.admin.forms import RecordForm, RecordFormSet, RecordsField
from meetings.admin.widgets import DateInput, Lines, RecordSelect, RecordSelectMultiple, date_help, is_key
from meetings.models.base import EVER_PUBLISHED
from meetings.models.fields import EdtfField
from meetings.models.sources import CITED

logger = logging.getLogger(__name__)

#: How many records that hold another one are named when it is to be deleted.
HOLDERS = 20

#: The order of dated records: newest first, those of unknown date last.
NEWEST_FIRST: list[str | Combinable] = [Coalesce("earliest", "latest").desc(nulls_last=True), "-id"]

#: How many rows of a kind one page takes: about what DATA_UPLOAD_MAX_NUMBER_FIELDS lets in.
MOST_ROWS = 500


class Editing:
    """Mixin for pages and their rows: how the fields of records are typed and picked."""

    form: Any = RecordForm

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, EdtfField):
            kwargs["widget"] = DateInput(still=db_field.still)
            if isinstance(self, admin.ModelAdmin):
                kwargs["help_text"] = date_help(db_field.help_text)
        elif isinstance(db_field, TextField):
            kwargs["widget"] = Lines({"rows": 3 if isinstance(self, admin.ModelAdmin) else 2})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if self.admin_site.is_registered(db_field.remote_field.model):
            kwargs["widget"] = RecordSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"widget": RecordSelectMultiple(db_field, self.admin_site), "form_class": RecordsField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """The fieldsets, with the hidden version for whoever may change something."""
        first, *rest = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            first = (first[0], {**first[1], "fields": [*first[1]["fields"], "version"]})
        return [first, *rest]


class RecordInline(Editing, admin.StackedInline):
    """Rows of another record's page; ``related`` are the links that a row shows."""

    formset = RecordFormSet
    extra = 1
    view_on_site = False
    related: tuple[str, ...]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"max_num": MOST_ROWS, "absolute_max": MOST_ROWS, **kwargs})

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related(*self.related)
        return rows.select_for_update(of=["self"], no_key=True) if request.method == "POST" else rows


class Rows(ChangeList):
    """A list whose queryset its admin completes with what a row shows."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.for_rows(super().get_queryset(request, exclude_parameters))


class Choices(AutocompleteJsonView):
    """What a picker offers: no merged records, and words that tell namesakes apart."""

    def get_queryset(self):
        offered = super().get_queryset()
        if any(field.name == "merged_into" for field in offered.model._meta.fields):
            offered = offered.filter(merged_into=None)
        return self.model_admin.for_choices(offered, self.request)

    def serialize_result(self, obj, to_field_name):
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.choice_label(obj)}


class RecordAdmin(Editing, admin.ModelAdmin):
    """A record's list and page. What the database refuses is told as an error of the form, which keeps its entries."""

    list_per_page = 50
    show_full_result_count = False
    search_fields = ["folded"]
    search_help_text = gettext_lazy("The beginnings of words, in any case, with or without accents.")

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_changelist(self, request, **kwargs):
        return Rows

    def for_rows(self, records: QuerySet) -> QuerySet:
        """The records with what a row of the list shows."""
        return records

    def for_choices(self, records: QuerySet, request) -> QuerySet:
        """The records with what a picker shows."""
        return records

    def choice_label(self, record) -> str:
        """A record in the words of a picker."""
        return str(record)

    def get_search_results(self, request, queryset, search_term):
        """The records that ``matching()`` finds; all for an empty search."""
        return queryset.matching(search_term) if search_term.strip() else queryset, False

    def get_urls(self):
        options = self.opts
        view = Choices.as_view(admin_site=self.admin_site)
        name = f"{options.app_label}_{options.model_name}_choices"
        return [path("choices/", self.admin_site.admin_view(view), name=name), *super().get_urls()]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusals = getattr(request, "refusals", ())
        return form

    def get_object(self, request, object_id, from_field=None):
        """The record, locked while it is written: the views that write do so in a transaction, others hold no lock."""
        record = super().get_object(request, object_id, from_field)
        if record is not None and request.method == "POST" and connection.in_atomic_block:
            record.refresh_from_db(from_queryset=self.model.objects.select_for_update(of=["self"], no_key=True))
        return record

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, IntegrityError, DataError) as error:
            if request.method != "POST":
                raise
            request.refusals = reasons(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changelist_instance(self, request):
        """The list. What an address asks for and cannot be is told and logged; Django then shows the whole list."""
        try:
            if "\0" in unquote(request.META.get("QUERY_STRING", "")):
                raise ValueError("a NUL character")
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError) as error:
            if not request.GET:
                raise
            logger.warning("No list for %s", request.get_full_path(), exc_info=True)
            told = _("The address asked for something that cannot be. Here is the whole list.")
            self.message_user(request, told, messages.ERROR)
            raise IncorrectLookupParameters from error

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except ProtectedError as error:
            return self.refuse(request, reasons(error))

    def response_action(self, request, queryset):
        """What an action answers; nothing is done for a selection of which some can be no keys."""
        strange = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if not is_key(key)]
        if strange:
            told = _("No record has the key “%(key)s”. Choose records in the list.")
            return self.refuse(request, [told % {"key": strange[0]}])
        return super().response_action(request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError as error:
            return self.refuse(request, reasons(error))

    def refuse(self, request, why: list[str]):
        """Back to the page or list, with what was wrong."""
        for reason in why:
            self.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(request.path)

    def save_related(self, request, form, formsets, change):
        """Saves the rows; and what lists know of the record and of those that changed."""
        super().save_related(request, form, formsets, change)
        index.refresh([before] if (before := form.initial.get("meeting")) else [])
        index.refresh_around(form.instance, *(row for formset in formsets for row in changed(formset)))

    def delete_model(self, request, obj):
        keys = {obj.pk, getattr(obj, "merged_into_id", None)} - {None}
        super().delete_model(request, obj)
        index.refresh_names(self.model, keys)

    def delete_queryset(self, request, queryset):
        keys = {key for obj in queryset for key in (obj.pk, getattr(obj, "merged_into_id", None)) if key}
        super().delete_queryset(request, queryset)
        index.refresh_names(self.model, keys)

    def get_deleted_objects(self, objs, request):
        """What would be deleted, and what forbids it: also links of many to many, and published records."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, permissions, [line for record in objs for line in held(record)] or protected


class NounAdmin(RecordAdmin, SimpleHistoryAdmin):
    """A noun: with its history, to which it can be put back."""

    def history_view(self, request, object_id, extra_context=None):
        self.refuse_strange(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """An old version; sent, it becomes the present one, all but what no form shows (see `save_model`)."""
        if not is_key(version_id):
            raise Http404
        try:
            with transaction.atomic():
                record = self.refuse_strange(request, object_id)
                if request.method == "POST" and not self.has_change_permission(request, record):
                    raise PermissionDenied
                response = super().history_form_view(request, object_id, version_id, extra_context)
                if request.method == "POST":
                    index.refresh([before] if (before := getattr(record, "meeting_id", None)) else [])
                    index.refresh_around(self.refuse_strange(request, object_id))
                return response
        except ObjectDoesNotExist:
            self.message_user(request, _("That version names a record that was deleted since."), messages.ERROR)
            return HttpResponseRedirect("../")

    def refuse_strange(self, request, object_id):
        """The record, or Http404 when there is none by this key."""
        record = super().get_object(request, object_id) if is_key(object_id) else None
        if record is None:
            raise Http404
        return record

    def save_model(self, request, obj, form, change):
        if hasattr(obj, "_history"):
            kept = [field.attname for field in self.opts.concrete_fields if field.name not in form.fields]
            for name, value in self.model.objects.values(*kept).get(pk=obj.pk).items():
                setattr(obj, name, value)
        super().save_model(request, obj, form, change)


class NamedAdmin(NounAdmin):
    """A noun with a name and a slug, which is fixed once it is public."""

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj)]
        if obj is not None and self.model.objects.published().filter(pk=obj.pk).exists():
            fields.append("slug")
        return fields

    def view_on_site(self, obj):
        """Its public page, once there is one."""
        return obj.get_absolute_url() if self.model.objects.published().filter(pk=obj.pk).exists() else None


def changed(formset) -> list:
    """The rows that a form set added or changed."""
    return [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]


def reasons(error: Exception) -> list[str]:
    """Why a write was refused, in sentences for the editor."""
    if isinstance(error, ValidationError):
        return error.messages
    if isinstance(error, ProtectedError):
        holders = sorted(map(str, error.protected_objects))[:HOLDERS]
        return [f"{error.args[0]} {get_text_list(holders, _('and'))}"]
    return [_("The database refused this, perhaps because something changed meanwhile. Check it and save again.")]


def held(record) -> list[str]:
    """What forbids deleting a record, with links to it; a query for each noun that can link to it."""
    found = []
    if getattr(record, "publication", "") in EVER_PUBLISHED:
        message = _("“%(record)s” is or was published: it can be retracted, but never deleted.")
        found.append(message % {"record": record})
    for relation in record._meta.related_objects:
        if not relation.hidden and (relation.many_to_many or relation.on_delete is PROTECT):
            holders = relation.related_model.objects.filter(**{relation.field.name: record})[:HOLDERS]
            found += [link_to(holder) for holder in holders]
    return found


def link_to(record) -> str:
    """The noun and name of a record, or of the one whose row it is, with a link to where it is edited."""
    while not admin.site.is_registered(type(record)):
        record = next(filter(None, (getattr(record, noun, None) for noun in CITED)))
    options = record._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
    return format_html('{}: <a href="{}">{}</a>', capfirst(options.verbose_name), address, record)
