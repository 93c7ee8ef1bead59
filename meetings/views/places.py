"""The pages of places."""

from meetings.filters import PlaceFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.models import Place
from meetings.views.base import NounDetail, NounList


class PlaceList(NounList):
    template_name = "meetings/place_list.html"
    filterset_class = PlaceFilter

    def get_queryset(self):
        return with_meetings(super().get_queryset())


class PlaceDetail(NounDetail):
    template_name = "meetings/place_detail.html"
    model = Place
    lens = staticmethod(profile.place_page)
