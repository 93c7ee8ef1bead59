"""How a timeline is shown."""

from functools import cached_property

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.base import PAGING
from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter
from meetings.index import times
from meetings.index.periods import Period
from meetings.index.times import Times

#: No timeline has more bars than these: the days of a year.
MOST_BARS = 366
#: Bars of the unit that fits, or none.
AUTO = "auto"
#: Where a set has no more meetings than these, each has a line of its own.
FEW = 60


class TimelineFilter(MeetingFilter):
    """The filter of meetings, and the periods that a timeline counts them by."""

    unit = ShownFilter(
        label=_("Count by"),
        choices=[
            (AUTO, _("what fits")),
            ("century", _("century")),
            ("decade", _("decade")),
            ("year", _("year")),
            ("month", _("month")),
            ("week", _("week")),
            ("day", _("day")),
        ],
    )
    showing = (*PAGING, "unit")

    def look(self):
        """A unit can make more bars than there is room for. The queries of `times` where one is chosen."""
        super().look()
        unit = self.bars_of
        axis = self.times.extent().axis(self.sought()) if unit else None
        if axis is None or axis.number(unit) <= MOST_BARS:
            return
        message = gettext(
            "“%(unit)s” makes %(number)s bars of %(period)s, and %(most)s are the most: choose “%(other)s”, or fewer"
            " days with From and To."
        )
        told = {"unit": unit, "number": axis.number(unit), "period": axis.words, "other": axis.unit, "most": MOST_BARS}
        self.form.add_error("unit", message % told)

    @cached_property
    def bars_of(self) -> str:
        """The unit that is chosen, if one is."""
        return self.asked["unit"].replace(AUTO, "")

    @cached_property
    def times(self) -> Times:
        """When the meetings of the set can lie."""
        return times.of(self.sought())

    def narrowed_to(self, period: Period, *statuses: str) -> str:
        """The query string of those of the set that can lie in a period, and have one of these statuses if any are
        named; "" where the set has none of them."""
        given = self.given("status")
        left = [one for one in statuses if one in given] if given else statuses
        if statuses and not left:
            return ""
        bounds = zip(("from", "to"), period.bounds, strict=True)
        told = "&".join(f"{name}={value}" for name, value in (*bounds, *(("status", one) for one in left or given)))
        return f"{self.of_any_status}{'&' if self.of_any_status else '?'}{told}"

    @cached_property
    def of_any_status(self) -> str:
        """The query string of the set of all days and statuses."""
        return self.set_with(**{"from": [], "to": [], "status": []})

    @property
    def of_all_days(self) -> str:
        """The query string of the set of all days."""
        return self.set_with(**{"from": [], "to": []})

    @property
    def has_few(self) -> bool:
        """Whether each meeting has a line of its own."""
        return not self.bars_of and self.number <= (FEW, True)
