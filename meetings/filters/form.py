"""The form behind every filter: the parameters of an address, and the records that they name."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.fields import MOST_NAMES, KeysField, NumberField
from meetings.filters.keys import Found, called, is_name, look_up, suggest

MOST_PER_PAGE = 100
MOST_PAGES = 10**9 - 1


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
        No query where all are keys, else those of `suggest` and one more, as often as there are names, up to
        `MOST_NAMES` and to the first that does not stand for one record."""
        missing = [value for value, record in records.items() if record is None]
        wrong: str | None = None
        several: list[str] = []
        offered: list[Found] = []
        for value in missing[:MOST_NAMES]:
            found = suggest(field.model, value)
            so = called(field.model, value, found)
            if len(so) != 1:
                wrong, several, offered = value, [value] if so else [], so or found
                break
            records[value] = so[0]
        missing = [value for value in missing if records[value] is None]
        self.found[name] = self.cleaned_data[name] = list(dict.fromkeys(filter(None, records.values())))
        if missing:
            self.missing[name], self.suggestions[name] = missing, offered
            unread = [value for value in missing if value != wrong and is_name(field.model, value)]
            self.add_error(name, field.unknown(missing, several=several, unread=unread))
