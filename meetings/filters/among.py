"""Whom of the parties of meetings a lens shows."""

from django.utils.translation import gettext_lazy as _

from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter


class AmongFilter(MeetingFilter):
    """The filter of meetings, and whom a lens that sets parties beside each other shows."""

    by = ShownFilter(
        label=_("Among"),
        choices=[("country", _("Countries")), ("official", _("Officials")), ("organization", _("Organizations"))],
    )

    @property
    def among(self) -> str:
        """The query string of the set among the same kind of parties, for the other such lens."""
        return self.query_string([name for name in self.showing if name != "by"], {})
