"""How a network is shown."""

from django.utils.translation import gettext_lazy as _

from meetings.filters.among import AmongFilter
from meetings.filters.base import PAGING
from meetings.filters.kinds import ShownFilter


class NetworkFilter(AmongFilter):
    """The filter of meetings, who is tied by them, and by how many."""

    most = ShownFilter(
        label=_("At most"), choices=[(number, number) for number in ("30", "60", "120", "250", "500")], default="60"
    )
    least = ShownFilter(
        label=_("Ties from"),
        choices=[(number, number) for number in ("1", "2", "3", "5", "10", "20", "50", "100")],
    )
    showing = (*PAGING, "by", "most", "least")

    @property
    def shape(self) -> dict:
        """What `lenses.network.of` is asked for beside the set."""
        return {"by": self.asked["by"], "most": int(self.asked["most"]), "least": int(self.asked["least"])}
