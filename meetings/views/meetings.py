"""The pages of meetings."""

from django.http import HttpResponsePermanentRedirect

from meetings.filters import MeetingFilter
from meetings.lenses import detail, rows, snippets
from meetings.models import Meeting
from meetings.views.base import NounDetail, NounFacets, NounList


class MeetingList(NounList):
    template_name = "meetings/meeting_list.html"
    filterset_class = MeetingFilter

    def rows(self, filterset, offset, size):
        return snippets.given(rows.of(filterset.page(offset, size)), filterset.terms)


class MeetingFacets(NounFacets):
    extra_context = {"list_template": MeetingList.template_name}
    filterset_class = MeetingFilter


class MeetingDetail(NounDetail):
    """One meeting. The uid alone finds it; another slug, or none, leads to the right address."""

    template_name = "meetings/meeting_detail.html"
    model = Meeting
    lens = staticmethod(detail.meeting_page)

    def render_to_response(self, context, **kwargs):
        address = context["meeting"].get_absolute_url()
        if self.request.path != address:
            return HttpResponsePermanentRedirect(address)
        return super().render_to_response(context, **kwargs)
