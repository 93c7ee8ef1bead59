"""The pages of topics."""

from meetings.filters import TopicFilter
from meetings.index.counts import with_meetings
from meetings.lenses import profile
from meetings.models import Topic
from meetings.views.base import NounDetail, NounList


class TopicList(NounList):
    template_name = "meetings/topic_list.html"
    filterset_class = TopicFilter

    def get_queryset(self):
        return with_meetings(super().get_queryset())


class TopicDetail(NounDetail):
    template_name = "meetings/topic_detail.html"
    model = Topic
    lens = staticmethod(profile.topic_page)
