"""What an editor types and picks with: dates that say what they mean, and pickers that find any spelling."""

from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings import dates

#: One of each form of date, as the help text shows them.
EXAMPLES = (
    "2023-06-15",
    "2023-06",
    "2023",
    "2023-21",
    "2023-06~",
    "2023-06-15?",
    "2023-06%",
    "2023-06-15/2023-06-19",
    "2023-06-19/..",
    "[2023-06-16..2023-06-30]",
    "[..2023-06-15]",
    "[2023-06-15..]",
)


def date_help(text) -> SafeString:
    """A help text with the forms of a date and what each means below it, unfolding, in the reader's language."""
    rows = format_html_join("", "<dt><code>{}</code></dt><dd>{}</dd>", ((one, dates.words(one)) for one in EXAMPLES))
    unfolding = '{} <details class="date-forms"><summary>{}</summary><dl>{}</dl></details>'
    return format_html(unfolding, text, gettext("How to write a date"), rows)


class DateInput(AdminTextInputWidget):
    """An EDTF date. Where JavaScript runs, what is typed is said in words as one types."""

    def __init__(self, still=False, attrs=None):
        self.still = still
        super().__init__({"class": "edtf", "autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def build_attrs(self, base_attrs, extra_attrs=None):
        address = reverse("admin:meetings_meeting_date_words")
        attrs = {"data-words-url": address, "data-still": "1" if self.still else ""}
        return {**super().build_attrs(base_attrs, extra_attrs), **attrs}

    class Media:
        js = ["js/admin-dates.js"]


class Lines(AdminTextareaWidget):
    """Text of several lines, whose ends stay as records have them: browsers send others."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and value.replace("\r\n", "\n")


class Picker:
    """Mixin of a select that looks records up as one types. What is no key in a POST or an address is left out.

    ``known`` are the chosen records where the form has them already, so that a row of a formset costs no query.
    """

    known: dict | None = None

    def get_url(self):
        options = self.field.remote_field.model._meta
        return reverse(f"{self.admin_site.name}:{options.app_label}_{options.model_name}_choices")

    def optgroups(self, name, value, attr=None):
        keys = [str(key) for key in value if is_key(key)]
        if not self.known or keys != [str(key) for key in self.known]:
            return super().optgroups(name, keys, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = [self.create_option(name, key, str(record), True, 1) for key, record in self.known.items()]
        return [(None, empty + chosen, 0)]


class RecordSelect(Picker, AutocompleteSelect):
    class Media:
        js = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "js/admin-positions.js"]


class RecordSelectMultiple(Picker, AutocompleteSelectMultiple):
    pass


def is_key(value) -> bool:
    """Whether a text from outside can be a primary key of ours."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 19
