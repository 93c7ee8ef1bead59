"""From the text of a cell to the value of a column, with a message that shows a right one where it cannot be."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from meetings import dates
from meetings.models.fields import EdtfField
from meetings.table import SEPARATOR, Column

Convert = Callable[[Any], Any]

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
UID = re.compile(r"[a-z2-7]{10}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?")


class Wrong(ValueError):
    """A cell that cannot be what its column holds. The message names it and shows a right one."""


def converter(model: type[models.Model], column: Column) -> Convert:
    """The function from a cell of ``column`` to the value of the field of the same name; it raises Wrong.

    Keys stay texts, lists of keys become tuples of texts: what they name is looked up elsewhere.
    """
    try:
        field: Any = model._meta.get_field(column.name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{model.__name__} has no {column.name}.") from error
    match column.type:
        case "key":
            return plain
        case "keys":
            return keys
        case "choice":
            return choice(field)
        case "edtf":
            return edtf(field)
        case "date":
            return optional(day, field)
        case "time":
            return optional(clock, field)
        case "moment":
            return optional(moment, field)
        case "int":
            return optional(whole, field)
        case "float":
            return optional(decimal, field)
    if column.name == "slug":
        return slug
    if column.name == "uid":
        return uid
    return text(field)


def shown(value: object) -> str:
    """A value of a file, short and printable, between marks."""
    line = "".join(c if c.isprintable() else "�" for c in str(value)[:61])
    return f"“{line if len(line) <= 60 else line[:59] + '…'}”"


def plain(value: Any) -> str:
    """A cell as text without blanks around it."""
    return "" if value is None else str(value).strip()


def keys(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, (list, tuple)) else plain(value).split(SEPARATOR)
    return tuple(dict.fromkeys(one for each in given if (one := plain(each))))


def slug(value: Any) -> str:
    value = plain(value)
    if value and not _SLUG.fullmatch(value):
        raise Wrong(
            _("%(value)s is no slug: letters a to z, digits and hyphens, 100 at most, such as yoav-gallant.")
            % {"value": shown(value)}
        )
    return value


def uid(value: Any) -> str:
    value = plain(value)
    if value and not UID.fullmatch(value):
        raise Wrong(
            _(
                "%(value)s is no uid: ten of the letters a to z and the digits 2 to 7, such as a2b3c4d5e6. "
                "Call a column of ids of your own “id”."
            )
            % {"value": shown(value)}
        )
    return value


def text(field: models.Field) -> Convert:
    """Text as it is; what the field's own validators ask for besides its length."""
    most = field.max_length or math.inf
    validators = [
        v for v in field.validators if getattr(v, "code", "") not in ("max_length", "null_characters_not_allowed")
    ]

    def validated(value: str) -> str:
        value = field.to_python(value)
        for validate in validators:
            try:
                validate(value)
            except ValidationError as error:
                raise Wrong(" ".join(error.messages)) from error
        return value

    validated = lru_cache(maxsize=1000)(validated) if validators else validated

    def convert(value: Any) -> str:
        value = "" if value is None else value if isinstance(value, str) else str(value)
        if "\0" in value:
            raise Wrong(_("%(value)s holds a NUL character: take it out.") % {"value": shown(value)})
        if len(value) > most:
            raise Wrong(
                _("%(value)s is %(length)s characters long; at most %(most)s fit.")
                % {"value": shown(value), "length": len(value), "most": most}
            )
        return validated(value) if value and validators else value

    return convert


def choice(field: models.Field) -> Convert:
    """One of the field's choices; empty is the field's default."""
    right = {str(value) for value, _label in field.choices or ()}
    default = str(field.get_default())

    def convert(value: Any) -> str:
        value = plain(value)
        if value in right:
            return value
        if value:
            raise Wrong(
                _("%(value)s is none of the choices: %(right)s.")
                % {"value": shown(value), "right": ", ".join(sorted(right - {""}))}
            )
        return default

    return convert


def edtf(field: EdtfField) -> Convert:
    @lru_cache(maxsize=10_000)
    def convert(value: Any) -> str:
        value = plain(value)
        try:
            dates.parse(value, allow_open=field.still)
        except dates.EdtfError as error:
            raise Wrong(str(error)) from error
        return value

    return convert


def optional(convert: Convert, field: models.Field) -> Convert:
    """The function for cells that may be empty: then it is the field's default."""

    def converted(value: Any) -> Any:
        value = plain(value)
        return convert(value) if value else field.get_default()

    return converted


def day(value: str) -> date:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        return wrong(_("%(value)s is a day that does not exist. A right one: 2023-06-15."), value)
    return wrong(_("%(value)s is no day. A right one: 2023-06-15."), value)


def clock(value: str) -> time:
    try:
        if _TIME.fullmatch(value):
            return time.fromisoformat(value)
    except ValueError:
        return wrong(_("%(value)s is a time that does not exist. A right one: 18:30."), value)
    return wrong(_("%(value)s is no time of day. A right one: 18:30."), value)


def moment(value: str) -> datetime:
    """An instant; without an offset it is UTC."""
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return wrong(_("%(value)s is no instant. A right one: 2023-06-15T18:30:00Z."), value)


def whole(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 6 and int(value) < 2**15):
        return wrong(_("%(value)s is no whole number from 0 to 32767, such as 1."), value)
    return int(value)


def decimal(value: str) -> float:
    try:
        number = float(value) if value.isascii() and "_" not in value else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return wrong(_("%(value)s is no number. A right one: 50.85."), value)
    return number


def wrong(message: str, value: str) -> Any:
    """Raises Wrong with the value in the message."""
    raise Wrong(message % {"value": shown(value)})
