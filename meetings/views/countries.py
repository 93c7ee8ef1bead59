"""The pages of countries."""

from meetings.filters import CountryFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.models import Country
from meetings.views.base import NounDetail, NounList


class CountryList(NounList):
    template_name = "meetings/country_list.html"
    filterset_class = CountryFilter

    def get_queryset(self):
        return with_meetings(super().get_queryset())


class CountryDetail(NounDetail):
    template_name = "meetings/country_detail.html"
    model = Country
    lens = staticmethod(profile.country_page)
