"""How a map is shown."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.base import PAGING
from meetings.filters.fields import OneField, shown
from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter

#: How many places a table has at first.
FEW = 50


class AreaField(OneField):
    """A part of the world: west, south, east and north in degrees; cleaned to four numbers, or None. One whose west is
    the greater crosses the 180th meridian."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            west, south, east, north = map(degrees, value.split(","))
        except ValueError:
            raise self.wrong(value) from None
        if abs(west) > 180 or abs(east) > 180 or west == east or not -90 <= south < north <= 90:
            raise self.wrong(value)
        return west, south, east, north

    def wrong(self, value: str) -> ValidationError:
        message = gettext(
            "“%(value)s” is no area: give west, south, east and north in degrees, such as -25,34,45,72 for Europe."
        )
        return ValidationError(message % {"value": shown(value)}, code="area")


def degrees(text: str) -> float:
    """A plain decimal number. Raises ValueError."""
    sign, digits = text.strip().startswith("-"), text.strip().removeprefix("-")
    if not (digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) < 20):
        raise ValueError(text)
    return -float(digits) if sign else float(digits)


class AreaFilter(ShownFilter):
    field_class = AreaField


class MapFilter(MeetingFilter):
    """The filter of meetings, which part of the world is shown, and how long its tables are."""

    area = AreaFilter(label=_("Area"))
    most = ShownFilter(label=_("Rows of tables"), choices=[(str(FEW), FEW), ("all", _("All"))])
    showing = (*PAGING, "area", "most")

    @property
    def shown_by(self):
        """Nothing, unless it is wrong: a short table has a link to all of it, and the map itself leads elsewhere."""
        return super().shown_by if self.form.errors.get("most") else []

    @property
    def places(self) -> list[int]:
        """The primary keys of the places that the set is narrowed down to."""
        return [one.pk for one in self.asked.get("place") or []]

    @property
    def is_of_one(self) -> bool:
        """Whether the set is of one official."""
        return len(self.asked.get("official") or []) == 1

    @property
    def most_rows(self) -> int | None:
        """How many rows a table has; None: all."""
        return None if self.asked["most"] == "all" else self.few

    @property
    def few(self) -> int:
        """How many rows a table has that is not whole."""
        return FEW

    @property
    def with_all_rows(self) -> str:
        """The query string of the same map with whole tables."""
        return self.map_with(most=["all"])

    @property
    def with_few_rows(self) -> str:
        """The query string of the same map with short tables."""
        return self.map_with(most=[])

    def of_days(self, first: date, last: date) -> str:
        """The query string of the map of what is between two days, shown as large as it can be."""
        return self.query_string((*PAGING, "area"), {"from": [str(first)], "to": [str(last)]})

    def map_with(self, **changes: list[str]) -> str:
        """The query string of the same map with other values of parameters."""
        return self.query_string(PAGING, changes)
