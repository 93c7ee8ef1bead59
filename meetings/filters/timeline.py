"""How a timeline is shown."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.figures import commas
from meetings.filters.base import PAGING
from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter
from meetings.index import times
from meetings.index.periods import FITTING, Period
from meetings.index.times import Extent, Times

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
            (AUTO, _("best fit")),
            ("century", _("century")),
            ("decade", _("decade")),
            ("year", _("year")),
            ("month", _("month")),
            ("week", _("week")),
            ("day", _("day")),
        ],
    )
    showing = harmless = (*PAGING, "unit")

    def look(self):
        """A unit can make more bars than there is room for: the next that has room is shown. A query and
        those of `times` where one is chosen."""
        super().look()
        if self.has_room(self.chosen):
            return
        message = gettext(
            "“%(unit)s” makes %(number)s bars of %(period)s, and %(most)s are the most: “%(other)s” is the next unit"
            " that has room. For a shorter one, ask for fewer days with From and To."
        )
        axis = self.axis
        told = {"unit": self.chosen, "number": commas(axis.number(self.chosen)), "period": axis.words}
        self.form.add_error("unit", message % {**told, "other": self.bars_of, "most": MOST_BARS})

    @property
    def sources(self) -> list[tuple[str, str, int]]:
        """The most frequent sources of the set: uid, name, number; none where not all meetings are counted. Where some
        are asked for, these: the numbers of others are not of the set."""
        found = [one for facet in self.facets if facet.name == "source" for one in facet.options]
        found = [one for one in found if one.chosen] or found
        return [] if self.sampled else [(one.value, one.label, one.count) for one in found if one.count]

    @cached_property
    def chosen(self) -> str:
        """The unit that is asked for, if one is."""
        return self.asked.get("unit", AUTO).replace(AUTO, "")

    @cached_property
    def bars_of(self) -> str:
        """The unit to count by, if one is asked for: this one, or the next longer that has room."""
        longer = list(FITTING)[list(FITTING).index(self.chosen) :] if self.chosen else [""]
        return next(unit for unit in longer if self.has_room(unit))

    def has_room(self, unit: str) -> bool:
        """Whether bars of a unit are not too many for the set; none, where each fits, never are."""
        return not unit or self.axis is None or self.axis.number(unit) <= MOST_BARS

    @property
    def shown_by(self):
        """Only units that have room are offered."""
        return [
            (name, label, [(value, words, unit == self.bars_of) for unit, value, words in self.offered(choices)])
            for name, label, choices in super().shown_by
        ]

    def offered(self, choices: Sequence[tuple[str, str, bool]]) -> Iterator[tuple[str, str, str]]:
        """The units that have room, with their values and words."""
        for value, words, _chosen in choices:
            unit = value.replace(AUTO, "")
            if self.has_room(unit):
                yield unit, value, words if unit else self.best_fit(choices) or words

    def best_fit(self, choices: Sequence[tuple[str, str, bool]]) -> str:
        """Which unit fits, if any; "" where each meeting has a line of its own, or would have."""
        if self.number <= (FEW, True) or not self.axis:
            return ""
        words = next(words for value, words, _chosen in choices if value == self.axis.unit)
        return gettext("%(unit)s (fits best)") % {"unit": words}

    @property
    def as_shown(self):
        """With the unit that is shown, if one is asked for."""
        return self.query_string(PAGING, {"unit": [self.bars_of]})

    @cached_property
    def extent(self) -> Extent:
        """From when to when the dates of the set are; a query, or none, and those of `times`."""
        return self.times.extent()

    @property
    def axis(self) -> Period | None:
        """The days that bars are drawn of, if there are any."""
        return self.extent.axis(self.sought())

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
