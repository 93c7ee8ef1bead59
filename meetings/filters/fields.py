"""The values that filter parameters take, each with a message that names a bad value and shows a right one."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import dates, words

#: No query that a person types is longer (characters).
QUERY_LENGTH = 200
#: No one narrows down by more values of one parameter.
MOST_VALUES = 20
#: How many values of a parameter may be names instead of keys: each takes a few queries.
MOST_NAMES = 3


def shown(value: str) -> str:
    """A reader's own text, short enough to be repeated to them."""
    return value if len(value) <= 60 else f"{value[:57]}…"


def too_short(error: Exception) -> str:
    """What to do about the beginning of too many names (`asked.TooMany`)."""
    message = gettext("“%(word)s*” is the beginning of too many names: give more of it, such as “Bruss*”.")
    return message % {"word": shown(str(error))}


class ManyWidget(forms.MultipleHiddenInput):
    """All values of a repeated parameter; empty ones, which every plain HTML form sends, are none."""

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return list(dict.fromkeys(value.strip() for value in values if value.strip()))


class OnceWidget(forms.TextInput):
    """The value of a parameter that is given once; several different ones are handed on as a list."""

    def value_from_datadict(self, data, files, name):
        values = ManyWidget().value_from_datadict(data, files, name)
        return values if len(values) > 1 else next(iter(values), "")


class OneField(forms.CharField):
    """A parameter with one value."""

    widget = OnceWidget

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def to_python(self, value):
        if isinstance(value, list):
            message = gettext("Give this once, not %(number)s times: “%(first)s” and “%(second)s”.")
            params = {"number": len(value), "first": shown(value[0]), "second": shown(value[1])}
            raise ValidationError(message % params, code="repeated")
        return super().to_python(value)


class QueryField(OneField):
    """Words to look for."""

    def clean(self, value):
        value = super().clean(value)
        if len(value) > QUERY_LENGTH:
            message = gettext("This is %(length)s characters long: search for %(most)s at most, such as “Brussels”.")
            raise ValidationError(message % {"length": len(value), "most": QUERY_LENGTH}, code="too_long")
        if value and not words.query_tokens(value):
            message = gettext("“%(value)s” has no word to look for: search for letters or digits, such as “Brussels”.")
            raise ValidationError(message % {"value": shown(value)}, code="no_word")
        return value


class BoundField(OneField):
    """A day, month or year in EDTF; cleaned to `dates.Edtf`, or None."""

    def clean(self, value):
        value = super().clean(value)
        try:
            return dates.parse_bound(value) if value else None
        except dates.EdtfError as error:
            raise ValidationError(str(error), code="edtf") from error


class ManyField(forms.Field):
    """A parameter that may be repeated; cleaned to the list of its distinct values."""

    widget = ManyWidget

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value):
        values = value or []
        if len(values) > MOST_VALUES:
            message = gettext("%(number)s values are too many here: choose %(most)s at most.")
            raise ValidationError(message % {"number": len(values), "most": MOST_VALUES}, code="too_many")
        for one in values:
            if "\x00" in one:
                raise ValidationError(gettext("Null characters are not allowed."), code="null")
        return values


def no_choice(wrong: Collection[str], right: Collection[str]) -> ValidationError:
    """That these values are none of the ``right`` ones."""
    message = gettext("“%(wrong)s” cannot be chosen here. The choices: %(right)s.")
    return ValidationError(message % {"wrong": "”, “".join(wrong), "right": ", ".join(right)}, code="choice")


class ChoicesField(ManyField):
    """Values of a controlled vocabulary."""

    def __init__(self, *, choices, **kwargs):
        self.choices = list(choices)
        super().__init__(**kwargs)

    def clean(self, value):
        values = super().clean(value)
        right = [choice for choice, _label in self.choices]
        wrong = [shown(one) for one in values if one not in right]
        if wrong:
            raise no_choice(wrong, right)
        return values


class KeysField(ManyField):
    """Keys (slug or uid) of records of ``model``, or a name in full; the form looks up those of all its fields in one
    query."""

    def __init__(self, *, model, example, **kwargs):
        self.model = model
        self.example = example
        super().__init__(**kwargs)

    def unknown(self, values: list[str], *, several: Collection[str], unread: Collection[str]) -> ValidationError:
        """That these values name no record; some of them ``several``, and some may, but are ``unread``."""
        params = {"noun": self.model._meta.verbose_name, "example": self.example, "most": MOST_NAMES}
        told = []
        for one in values:
            if one in several:
                message = gettext("More than one %(noun)s here is called “%(value)s”: choose one.")
            elif one in unread:
                message = gettext(
                    "“%(value)s” was not looked up as a name: at most %(most)s are, up to the first that does not work."
                    " Give it as addresses do, such as %(example)s."
                )
            else:
                message = gettext("There is no %(noun)s “%(value)s” here. Such a value looks like this: %(example)s.")
            told.append(ValidationError(message % {**params, "value": shown(one)}, code="unknown"))
        return ValidationError(told)


class SortField(OneField):
    """One of the orders that a list offers."""

    def __init__(self, *, orders, **kwargs):
        self.orders = orders
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if value and value not in self.orders:
            message = gettext("“%(value)s” is no order of this list. The orders: %(right)s.")
            raise ValidationError(message % {"value": shown(value), "right": ", ".join(self.orders)}, code="sort")
        return value


class OneChoiceField(OneField):
    """One of a few values, each with its label; the ``default``, or the first, where none is given."""

    def __init__(self, *, choices, default=None, **kwargs):
        self.choices = list(choices)
        self.default = default or self.choices[0][0]
        super().__init__(**kwargs)

    def clean(self, value):
        value, right = super().clean(value), [choice for choice, _label in self.choices]
        if value and value not in right:
            raise no_choice([shown(value)], right)
        return value or self.default


class NumberField(OneField):
    """A whole number from 1 to ``most``, in ASCII digits; cleaned to int, or None where it is not given."""

    def __init__(self, *, most, **kwargs):
        self.most = most
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= self.most):
            message = _("“%(value)s” does not work here: give a whole number from 1 to %(most)s, such as 1.")
            raise ValidationError(message % {"value": shown(value), "most": self.most}, code="number")
        return int(value)
