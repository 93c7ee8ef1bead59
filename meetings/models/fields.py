"""Columns of this field of work: EDTF dates, and columns that are derived from others.

A derived column is computed from its sources whenever it is read on a record, so that it is right after any
assignment, in ``save()``, ``bulk_create()`` and ``loaddata`` alike; the stored column exists to be queried. Derived
columns are left out of forms and of serialisation.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from meetings import dates, words

language_tag = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", _("“%(value)s” is no language tag. A right one: en or pt-BR.")
)
wikidata_id = RegexValidator(r"^Q[1-9][0-9]*\Z", _("“%(value)s” is no Wikidata id. A right one: Q42."))


class DerivedAttribute(DeferredAttribute):
    """Reads a derived column: from its sources where they are loaded, else from the database (one query)."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        if all(source in instance.__dict__ for source in self.field.sources):
            return self.field.derive(*(instance.__dict__[source] for source in self.field.sources))
        return super().__get__(instance, cls)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class Derived:
    """Mixin of a field whose value follows from the attributes named in ``sources``."""

    descriptor_class: Any = DerivedAttribute
    sources: tuple[str, ...]

    def __init__(self, *args, sources, **kwargs):
        self.sources = tuple(sources)
        kwargs.update(editable=False, serialize=False)
        super().__init__(*args, **kwargs)

    def derive(self, *values):
        """The column's value, from the values of ``sources`` in their order."""
        raise NotImplementedError

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs.pop("serialize", None)
        return name, path, args, {**kwargs, "sources": self.sources}


class BoundField(Derived, models.DateField):
    """The first (``earliest``) or last (``latest``) day that an EDTF attribute can mean; NULL: open or unknown."""

    def __init__(self, *args, side, **kwargs):
        self.side = side
        super().__init__(*args, **{**kwargs, "null": True})

    def derive(self, text):
        earliest, latest = dates.bounds(text)
        return earliest if self.side == "earliest" else latest

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "side": self.side}


def earliest_of(source: str, *args) -> BoundField:
    """A column of the first day that the EDTF attribute ``source`` can mean."""
    return BoundField(*args, sources=[source], side="earliest")


def latest_of(source: str, *args) -> BoundField:
    """A column of the last day that the EDTF attribute ``source`` can mean."""
    return BoundField(*args, sources=[source], side="latest")


class FoldedField(Derived, models.TextField):
    """The search words of other columns: `words.searchable` of them, the same on both databases."""

    def derive(self, *texts):
        return words.searchable(*texts)


class EdtfField(models.CharField):
    """An EDTF date as text (see `meetings.dates`). Text that is no such date is refused before it is written.

    ``still`` allows ``..`` (still held) beside the usual forms.
    """

    description = _("EDTF date")

    def __init__(self, *args, still=False, **kwargs):
        self.still = still
        super().__init__(*args, **{"max_length": 64, "blank": True, "default": "", **kwargs})

    def check_edtf(self, value):
        """Raises `dates.EdtfError` (a ValueError) for text that is no date."""
        dates.parse(value, allow_open=self.still)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        try:
            self.check_edtf(value)
        except dates.EdtfError as error:
            raise ValidationError(str(error), code="edtf") from error

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            self.check_edtf(value)
        return super().get_db_prep_save(value, connection)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "still": True} if self.still else kwargs


class HttpUrlField(models.URLField):
    """A link that a reader can follow: http or https, nothing else."""

    default_validators = [
        URLValidator(
            schemes=["http", "https"],
            message=_("“%(value)s” is no web address. A right one: https://example.org/readout."),
        )
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 2000, "blank": True, "default": "", **kwargs})

    def to_python(self, value):
        """The scheme in small letters, as the rule in the database wants it."""
        scheme, mark, rest = (super().to_python(value) or "").partition("://")
        return f"{scheme.lower()}{mark}{rest}" if mark else scheme

    def formfield(self, **kwargs):
        # forms.URLField would first run Django's own check, with its own message and wider schemes.
        return super(models.URLField, self).formfield(**{"form_class": forms.CharField, **kwargs})
