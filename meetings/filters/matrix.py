"""How a matrix is shown."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.filters.base import PAGING
from meetings.filters.form import ContractForm
from meetings.filters.kinds import ShownFilter
from meetings.filters.meetings import MeetingFilter


class MatrixForm(ContractForm):
    """The parameters of an address, and how a matrix is shown."""

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("order") == "region" and cleaned.get("by", "country") != "country":
            self.add_error("order", gettext("“region” is of countries. Of others, the orders: number, name."))
        return cleaned


class MatrixFilter(MeetingFilter):
    """The filter of meetings, and what the rows and columns of a matrix are."""

    by = ShownFilter(
        label=_("Rows and columns"),
        choices=[("country", _("Countries")), ("official", _("Officials")), ("organization", _("Organizations"))],
    )
    order = ShownFilter(
        label=_("In order of"),
        choices=[("number", _("Number")), ("name", _("Name")), ("region", _("Region"))],
    )
    most = ShownFilter(label=_("How many"), choices=[(number, number) for number in ("40", "20", "100", "200")])
    showing = (*PAGING, "by", "order", "most")

    class Meta(MeetingFilter.Meta):
        form = MatrixForm

    @property
    def shape(self) -> dict:
        """What `lenses.matrix.of` is asked for beside the set."""
        return {"by": self.asked["by"], "order": self.asked["order"], "most": int(self.asked["most"])}
