"""The pages of officials."""

from meetings.filters import OfficialFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.models import Official
from meetings.views.base import NounDetail, NounList


class OfficialList(NounList):
    template_name = "meetings/official_list.html"
    filterset_class = OfficialFilter

    def get_queryset(self):
        return with_meetings(super().get_queryset())


class OfficialDetail(NounDetail):
    template_name = "meetings/official_detail.html"
    model = Official
    lens = staticmethod(profile.official_page)
