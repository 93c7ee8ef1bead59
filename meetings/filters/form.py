"""The form behind every filter: the parameters of an address, and the records that they name."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.fields import KeysField, NumberField
from meetings.filters.keys import Found, called, look_up, suggest

MOST_PER_PAGE = 100
MOST_PAGES = 10**9 - 1
#: How many values of a parameter may be names instead of keys: each takes a few queries.
MOST_NAMES = 3


class ContractForm(forms.Form):
    """The parameters of an address. For a field, ``found`` are the records that its values name, ``missing`` the values
    that name none, ``suggestions`` the records that may be meant by the first of these."""

    page = NumberField(most=MOST_PAGES, label=_("Page"))
    per_page = NumberField(most=MOST_PER_PAGE, label=_("Per page"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found: dict[str, list[Found]] = {}
        self.missing: dict[str, list[str]] = {}
        self.suggestions: dict[str, list[Found]] = {}

    def clean(self):
        cleaned = super().clean()
        wanted = {n: f for n, f in self.fields.items() if isinstance(f, KeysField) and cleaned.get(n)}
        found = look_up({name: (field.model, cleaned[name]) for name, field in wanted.items()})
        for name, field in wanted.items():
            self.find(name, field, {key: found.get((name, key)) for key in cleaned[name]})
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last.latest < first.earliest:
            message = gettext("“%(last)s” ends before “%(first)s” begins: swap the two.")
            self.add_error("to", message % {"first": first.text, "last": last.text})
        if cleaned.get("sort") == "relevance" and not cleaned.get("q"):
            self.add_error("sort", gettext("“relevance” needs words to look for. Without them, use -date."))
        return cleaned

    def find(self, name: str, field: KeysField, records: dict[str, Found | None]) -> None:
        """The records of a field's values; what is no key may be the name in full of a single one. The others are told.
        No query where all are keys, else those of `suggest` and one more, for a few names as often."""
        missing = [value for value, record in records.items() if record is None]
        offered: list[Found] = []
        so: list[Found] = []
        for _name in missing[:MOST_NAMES]:
            offered = suggest(field.model, missing[0])
            so = called(field.model, missing[0], offered)
            if len(so) != 1:
                break
            records[missing.pop(0)] = so[0]
        self.found[name] = self.cleaned_data[name] = list(dict.fromkeys(filter(None, records.values())))
        if missing:
            self.missing[name], self.suggestions[name] = missing, so or offered
            self.add_error(name, field.unknown(missing, ambiguous=bool(so)))
