"""The pages of organizations."""

from meetings.filters import OrganizationFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.models import Organization
from meetings.views.base import NounDetail, NounList


class OrganizationList(NounList):
    template_name = "meetings/organization_list.html"
    filterset_class = OrganizationFilter

    def get_queryset(self):
        return with_meetings(super().get_queryset())


class OrganizationDetail(NounDetail):
    template_name = "meetings/organization_detail.html"
    model = Organization
    lens = staticmethod(profile.organization_page)
