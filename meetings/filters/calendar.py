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
    """A year, month or day in EDTF; cleaned to `dates.Edtf`, or None where it is not given."""

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return None
        try:
            return dates.parse_bound(value)
        except dates.EdtfError as error:
            message = gettext("“%(value)s” is not a year or month, or a day in it: write something like “2023-06”.")
            raise ValidationError(message % {"value": shown(value)}, code="period") from error


class PeriodFilter(ShownFilter):
    field_class = PeriodField


class CalendarFilter(MeetingFilter):
    """The filter of meetings, and the year or month that a calendar shows, or a day in this month."""

    on = PeriodFilter(label=_("Year or month"))
    showing = (*PAGING, "on")

    def shown_on(self, period: str) -> str:
        """The query string of the calendar of another year or month."""
        return self.query_string(PAGING, {"on": [period]})
