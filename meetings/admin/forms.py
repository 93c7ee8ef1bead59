"""Forms that lose no one's work.

Each form carries the fingerprint of what it showed. When the record has changed since, an editor who touched nothing
leaves it as it is now; one who did gets a form error that tells what is stored, and keeps what was typed.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db.models import Model, QuerySet, UniqueConstraint
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.admin.widgets import Picker, is_key
from meetings.choices import Publication

#: The last order that fits into its column.
LAST = 32767


class VersionField(forms.CharField):
    """The fingerprint of what a form showed. It never counts as a change."""

    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput, max_length=64)

    def has_changed(self, initial, data):
        return False


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records. What can be no key is told, like a key of no record."""

    def clean(self, value):
        for key in value if isinstance(value, list) else ():
            if not is_key(key):
                message = self.error_messages["invalid_pk_value"]
                raise ValidationError(message, code="invalid_pk_value", params={"pk": key})
        return super().clean(value)


def fingerprint(values: Iterable) -> str:
    """A short text that differs when one of the values does; stored, shown and cleaned values give the same."""
    return hashlib.sha256(repr([plain(value) for value in values]).encode()).hexdigest()[:16]


def plain(value) -> str:
    """A field's value in one spelling, whether it comes from a record or from a cleaned form."""
    if isinstance(value, list | QuerySet):
        return ",".join(sorted(str(getattr(one, "pk", one)) for one in value))
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


class RecordForm(forms.ModelForm):
    """A record as the admin edits it, on its own page or in a row of another's; one query for each many-to-many."""

    version = VersionField()
    #: What the database refused when this form was sent, told as errors of the form.
    refusals: Iterable[str] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = [name for name in self.fields if name != "version"]
        if hasattr(self.instance, "_history"):
            self.show_old_links()
        if "order" in self.fields:
            self.fields["order"].required = False
            self.fields["order"].validators.append(MaxValueValidator(LAST))
            if self.instance._state.adding:
                self.initial["order"] = None
        self.current = fingerprint(self.initial.get(name) for name in self.own)
        self.initial["version"] = "" if self.instance._state.adding else self.current
        for name in self.own:
            self.lend_known(name)

    def show_old_links(self):
        """In an old version, the many-to-many links as they were then."""
        for field in self.instance._history._history_m2m_fields:
            if field.name in self.fields:
                rows = getattr(self.instance._history, field.name).select_related(field.m2m_reverse_field_name())
                self.initial[field.name] = [getattr(row, field.m2m_reverse_field_name()) for row in rows]

    def lend_known(self, name: str):
        """Gives a picker the record that it shows, where it is loaded already."""
        widget = self.fields[name].widget
        widget = getattr(widget, "widget", widget)
        if isinstance(widget, Picker) and self.instance._state.fields_cache.get(name) is not None:
            record = self.instance._state.fields_cache[name]
            widget.known = {record.pk: record}

    def clean_order(self):
        return self.cleaned_data["order"] or 0

    def clean(self):
        cleaned = super().clean()
        if self.is_gone:
            self.let_go(cleaned)
        elif self.is_stale:
            self.settle(cleaned)
        for message in self.refusals:
            self.add_error(None, message)
        return cleaned

    @property
    def sent(self) -> str:
        """The fingerprint that came with the form."""
        return self.data.get(self.add_prefix("version"), "")

    @property
    def is_stale(self) -> bool:
        """Whether the record was changed since the form showed it."""
        return self.is_bound and not self.instance._state.adding and self.sent != self.current

    @property
    def is_gone(self) -> bool:
        """Whether the row was deleted since the form showed it, or belongs to another record now."""
        return "id" in self.fields and self.instance._state.adding and bool(self.data.get(self.add_prefix("id")))

    def settle(self, cleaned: dict):
        """Keeps what is stored where this editor changed nothing; tells of it where both changed something."""
        mine = fingerprint(cleaned.get(name) for name in self.own)
        if mine == self.sent:
            for name in self.own:
                cleaned[name] = self.stored(name)
            self.changed_data = []
        elif mine != self.current:
            self.add_error(None, ValidationError(self.conflict(cleaned), code="conflict"))
            self.show_version(self.current)

    def let_go(self, cleaned: dict):
        """Tells once that the row is deleted, if this editor changed it; the formset saves no such row."""
        self.errors.pop("id", None)
        mine = fingerprint(cleaned.get(name) for name in self.own)
        if mine != self.sent:
            message = _("Someone deleted this row meanwhile. Copy it to a new row to keep it; the next save drops it.")
            self.add_error(None, ValidationError(message, code="gone"))
            self.show_version(mine)

    def show_version(self, version: str):
        """Lets the form be sent again as an answer to ``version``."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = version
        self.data = data

    def conflict(self, cleaned: dict) -> str:
        """Who changed the record, and what is stored now where this form says something else; one query."""
        history = getattr(self.instance, "history", None)
        newest = history and history.select_related("history_user").first()
        others = [name for name in self.own if plain(self.stored(name)) != plain(cleaned.get(name))]
        return _(
            "%(who)s changed this while you were editing. Stored now: %(stored)s. Nothing was saved: what you "
            "wrote is still below. Save again to keep yours, or leave this page to keep theirs."
        ) % {
            "who": (newest and newest.history_user) or _("Someone"),
            "stored": "; ".join(f"{capfirst(self.fields[name].label)}: “{self.shown(name)}”" for name in others),
        }

    def stored(self, name: str):
        """A field's value in the database, as a cleaned form has it."""
        value = self.initial.get(name)
        return value if isinstance(value, list) else getattr(self.instance, name)

    def shown(self, name: str) -> str:
        """The stored value of a field, in words."""
        value = self.stored(name)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        words = getattr(self.instance, f"get_{name}_display", None)
        return str(words() if words else "" if value is None else value)


class RecordFormSet(forms.BaseInlineFormSet):
    """Rows in the order in which they stand; none that is public, or that another editor changed, is deleted."""

    def get_queryset(self):
        """The rows; once forms are sent, the row of each form, so that no form is shown as that of another row."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance if form.instance.pk else None for form in self.initial_forms]
        return super().get_queryset()

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if getattr(form.instance, "publication", None) == Publication.PUBLISHED:
                message = _("“%(record)s” is published: retract it before you delete it.")
                raise ValidationError(message % {"record": form.instance}, code="published")
            if form.is_stale:
                form.show_version(form.current)
                message = _(
                    "“%(record)s” was changed while you were editing. Look at it, then save again to delete it."
                )
                raise ValidationError(message % {"record": form.instance}, code="conflict")

    def save_new(self, form, commit=True):
        if getattr(form.instance, "order", None) == 0:
            orders = [other.instance.order for other in self.forms if other is not form]
            form.instance.order = min(max(orders, default=0) + 1, LAST)
        return super().save_new(form, commit)

    def get_unique_error_message(self, unique_check):
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and set(constraint.fields) == set(unique_check):
                return constraint.violation_error_message
        return super().get_unique_error_message(unique_check)
