"""Which year or month a calendar shows."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings import dates
from meetings.filters.base import PAGING
from meetings.filters.fields import OneField, shown
from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter


class PeriodField(OneField):
    """A year or month in EDTF; cleaned to `dates.Edtf`, or None where it is not given."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            found = dates.parse_bound(value)
        except dates.EdtfError:
            found = None
        if found and found.start and found.start.unit != "day":
            return found
        message = gettext("“%(value)s” is not a year or month (2023 or 2023-06): write something like “%(example)s”.")
        example = value[:7] if found else "2023-06"
        raise ValidationError(message % {"value": shown(value), "example": example}, code="period")


class PeriodFilter(ShownFilter):
    field_class = PeriodField


class CalendarFilter(MeetingFilter):
    """The filter of meetings, and the year or month that a calendar shows."""

    on = PeriodFilter(label=_("Year or month"))
    showing = (*PAGING, "on")

    def shown_on(self, period: str) -> str:
        """The query string of the calendar of another year or month."""
        return self.query_string(PAGING, {"on": [period]})
