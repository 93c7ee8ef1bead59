"""The pages of sources."""

from meetings.filters import SourceFilter
from meetings.lenses import detail
from meetings.models import Source
from meetings.views.base import NounDetail, NounList


class SourceList(NounList):
    template_name = "meetings/source_list.html"
    filterset_class = SourceFilter


class SourceDetail(NounDetail):
    template_name = "meetings/source_detail.html"
    model = Source
    lens = staticmethod(detail.source_page)
