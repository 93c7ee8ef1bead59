"""How a matrix is shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.among import AmongFilter
from meetings.filters.base import PAGING
from meetings.filters.form import ContractForm
from meetings.filters.kinds import ShownFilter


class MatrixForm(ContractForm):
    """The parameters of an address, and how a matrix is shown."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("order") == "region" and cleaned.get("by", "country") != "country":
            self.add_error("order", gettext("“region” is of countries. Of others, the orders: number, name."))
        return cleaned


class MatrixFilter(AmongFilter):
    """The filter of meetings, whom the rows and columns of a matrix are of, and how many in which order."""

    order = ShownFilter(
        label=_("Order"),
        choices=[("number", _("Number")), ("name", _("Name")), ("region", _("Region"))],
    )
    most = ShownFilter(
        label=_("At most"), choices=[(number, number) for number in ("20", "40", "100", "200")], default="40"
    )
    showing = (*PAGING, "by", "most", "order")

    class Meta(AmongFilter.Meta):
        form = MatrixForm

    @property
    def shape(self) -> dict:
        """What `lenses.matrix.of` is asked for beside the set."""
        return {"by": self.asked["by"], "order": self.asked["order"], "most": int(self.asked["most"])}
