"""Filtered sets, taken away. What is wrong with an address is told, parameter by parameter, as 400."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from meetings.exports import CHUNK, meetings, statements
from meetings.filters import FilterSet, MeetingFilter, StatementFilter

CSV = "text/csv; charset=utf-8; header=present"
JSON = "application/json"


class Export(View):
    """The records that the filter leaves, in its order, as a stream; for HEAD, what would be said of it.

    A set is whole: ``page`` and ``per_page`` may stand in the address, as they do in that of a page, and part nothing.
    """

    filterset_class: type[FilterSet]
    write: Callable[..., Iterator[bytes]]
    filename: str

    def get(self, request):
        filterset = self.filterset_class(request.GET, self.filterset_class._meta.model.objects.published())
        if wrong := errors(filterset):
            return refusal(self.filename, wrong)
        head = request.method == "HEAD"
        parts = iter(()) if head else self.parts(filterset, f"{request.scheme}://{request.get_host()}")
        return download(self.filename, parts)

    def parts(self, filterset, base):
        return type(self).write(filterset.chunks(CHUNK), base)


def errors(filterset: FilterSet) -> dict[str, list[str]]:
    """What is wrong with the parameters, in the words of the page."""
    wrong = {name: [str(message) for message in told] for name, told in filterset.errors.items()}
    for name in filterset.unknown:
        wrong.setdefault(name, []).append(_("There is no such parameter here."))
    return wrong


def refusal(filename: str, wrong: dict[str, list[str]]) -> HttpResponse:
    """400 with what is wrong, for people or for programs."""
    if filename.endswith(".json"):
        return JsonResponse({"errors": wrong}, status=400)
    text = "".join(f"{name}: {message}\n" for name, messages in wrong.items() for message in messages)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=400)


def download(filename: str, parts: Iterator[bytes]) -> StreamingHttpResponse:
    """A file that is written while it is sent; nobody knows its length before."""
    kind = JSON if filename.endswith(".json") else CSV
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return StreamingHttpResponse(parts, content_type=kind, headers=headers)


class MeetingsCsv(Export):
    filterset_class = MeetingFilter
    write = staticmethod(meetings.as_csv)
    filename = "meetings.csv"


class MeetingsJson(Export):
    filterset_class = MeetingFilter
    filename = "meetings.json"

    def parts(self, filterset, base):
        return meetings.as_json(filterset.chunks(CHUNK), base, filterset.exact_number())


class StatementsCsv(Export):
    filterset_class = StatementFilter
    write = staticmethod(statements.as_csv)
    filename = "statements.csv"
