"""The pages of meetings."""

from django.http import HttpResponsePermanentRedirect

from meetings.filters import MatrixFilter, MeetingFilter
from meetings.lenses import detail, matrix, rows, snippets
from meetings.models import Meeting
from meetings.views.base import NounDetail, NounFacets, NounLens, NounList


class MeetingList(NounList):
    template_name = "meetings/meeting_list.html"
    filterset_class = MeetingFilter

    def rows(self, filterset, offset, size):
        return snippets.given(rows.of(filterset.page(offset, size)), filterset.terms)


class MeetingFacets(NounFacets):
    extra_context = {"list_template": MeetingList.template_name}
    filterset_class = MeetingFilter


class MeetingMatrix(NounLens):
    """Who meets whom, as a table of numbers."""

    template_name = "meetings/meeting_matrix.html"
    filterset_class = MatrixFilter

    def seen(self, filterset):
        return {"matrix": matrix.of(filterset.sought(), **filterset.shape)}


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
