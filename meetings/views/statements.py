"""The pages of statements."""

from meetings.filters import StatementFilter
from meetings.lenses import detail
from meetings.models import Statement
from meetings.views.base import NounDetail, NounFacets, NounList


class StatementList(NounList):
    template_name = "meetings/statement_list.html"
    filterset_class = StatementFilter


class StatementFacets(NounFacets):
    extra_context = {"list_template": StatementList.template_name}
    filterset_class = StatementFilter


class StatementDetail(NounDetail):
    template_name = "meetings/statement_detail.html"
    model = Statement
    lens = staticmethod(detail.statement_page)
