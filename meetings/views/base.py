"""What the pages of all nouns share. Views are thin: filters say which records, lenses say what of them."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from meetings.filters import FilterSet
from meetings.filters.base import PER_PAGE
from meetings.filters.keys import Found
from meetings.index import gate
from meetings.index.counts import public
from meetings.index.hits import Number
from meetings.pictures.svg import Drawing
from meetings.views.again import until_written


@method_decorator(until_written, name="dispatch")
class NounList(TemplateView):
    """The filtered list of a noun's public records."""

    filterset_class: type[FilterSet]

    def get_queryset(self):
        """The public records, before any filter."""
        return public(self.filterset_class._meta.model)

    def get_context_data(self, **kwargs):
        filterset = self.filterset_class(self.request.GET, self.get_queryset())
        return super().get_context_data(filterset=filterset, **self.listing(filterset), **kwargs)

    def listing(self, filterset: FilterSet) -> dict:
        """One page of what the filters leave; a count and the rows' queries."""
        page = shown(filterset, self.rows)
        return {
            "list_address": self.request.path,
            "facets_address": facets_address(filterset),
            "page": page,
            "page_numbers": page.paginator.offered(page.number),
            "past_end": page.number > page.paginator.num_pages,
            "last_address": filterset.address(page=str(page.paginator.num_pages)),
            **offered(filterset, page.paginator.found),
        }

    def rows(self, filterset: FilterSet, offset: int, size: int) -> list:
        """``size`` of the records found from ``offset`` on, as the template shows them."""
        return filterset.rows(offset, size)


class NounFacets(NounList):
    """How many records each option of a list's filters would leave, however long it takes; without the rows.

    Its address is the list's with ``facets/`` at the end.
    """

    template_name = "meetings/facets.html"

    def listing(self, filterset):
        filterset.counting = True
        return {"list_address": self.request.path.removesuffix("facets/"), **offered(filterset, filterset.number)}


class Lens(NounList):
    """A set of meetings seen in another way; ``name`` is that of its address and template, ``title`` its page's and
    its picture's."""

    name: str
    title: Any

    def get_template_names(self):
        return [f"meetings/meeting_{self.name}.html"]

    def listing(self, filterset):
        """What the lens makes of the set, and how many records it has; nothing while a parameter is wrong."""
        seen = self.seen(filterset) if filterset.is_right else {}
        return {
            "list_address": self.request.path,
            "facets_address": facets_address(filterset),
            "title": self.title,
            **seen,
            **offered(filterset, filterset.number),
        }

    @staticmethod
    def seen(filterset: FilterSet) -> dict:
        """What the template shows of the set."""
        raise NotImplementedError

    @staticmethod
    def drawn(seen: dict) -> Drawing:
        """The picture of what is seen."""
        raise NotImplementedError

    @staticmethod
    def noted(filterset: FilterSet, seen: dict) -> list[str]:
        """What else a picture that is taken away says of the set."""
        return []


def facets_address(filterset: FilterSet) -> str:
    """Where the options are counted that the list came without; "" where they are."""
    return "" if filterset.counted else reverse(f"meetings:{filterset._meta.model._meta.model_name}_facets")


def offered(filterset: FilterSet, number: Number) -> dict:
    """How many records the filters leave, and what else can be asked for."""
    return {
        "count": number.n,
        "exact": number.exact,
        "orders": filterset.orders,
        "suggested": {name: suggested(filterset, name, found) for name, found in filterset.form.suggestions.items()},
    }


def shown(filterset: FilterSet, rows: Callable[[FilterSet, int, int], list]) -> "ListPage":
    """The page that is asked for, perhaps past the end; one row more than it holds tells whether others follow."""
    size, at = filterset.asked.get("per_page") or PER_PAGE, filterset.asked.get("page") or 1
    offset = (at - 1) * size
    found = rows(filterset, offset, size + 1)
    number = filterset.number
    if not number.exact and len(found) <= size:
        number = Number(offset + len(found) if found else filterset.exact_number(), exact=True)
    return ListPage(found[:size], at, Pages(number, size, seen=offset + len(found)))


class ListPage(Page):
    """The records of a page, its number and the ``paginator``."""

    paginator: "Pages"


class Pages(Paginator):
    """The pages of a set of which only the number is known. Where it was not counted to its end, there are as many as
    were counted or ``seen``, and more."""

    def __init__(self, found: Number, size: int, seen: int):
        super().__init__(range(found.n if found.exact else max(found.n, seen)), size)
        self.found = found

    def offered(self, at: int) -> list[int | str]:
        """The numbers of the pages around ``at``, with an ellipsis where some are left out or are not known."""
        if at > self.num_pages:
            return []
        numbers = list(self.get_elided_page_range(at, on_each_side=2, on_ends=1))
        if self.found.exact:
            return numbers
        return [*(numbers[:-2] if numbers[-2:-1] == [self.ELLIPSIS] else numbers), str(self.ELLIPSIS)]


def suggested(filterset: FilterSet, name: str, found: list[Found]) -> list[tuple[str, str]]:
    """What may be meant by a word that is no key: label, and the address with it."""
    return [(one.label, filterset.address(**{name: instead(filterset, name, one.key)})) for one in found]


def instead(filterset: FilterSet, name: str, key: str) -> list[str]:
    """The values of a parameter with a suggested key in the place of the first that is none."""
    wrong = filterset.form.missing[name][0]
    return [key if value == wrong else value for value in filterset.given(name)]


class NounDetail(TemplateView):
    """The page of one public record. A merged one's address leads to its survivor for ever; others are not found."""

    model: Any
    lens: Callable[[Any], dict]
    #: What follows the address of the record in that of this page.
    suffix = ""

    def get(self, request, *args, **kwargs):
        key = kwargs[self.model.KEY]
        record = self.one(self.model.KEY, key)
        if record is None:
            return self.redirect_merged(key)
        return self.render_to_response(self.get_context_data(**type(self).lens(record)))

    def one(self, path: str, key: str) -> Any:
        """The record whose ``path`` is a key, if the gate itself lets it through, whatever a stale index says; a query,
        those of what its page shows, and those of `gate.lets_through`."""
        records = self.model.objects.for_detail().annotate(is_usual=gate.usually(self.model, path, [key]))
        record = records.filter(**{path: key}).first()
        if record and (record.is_usual or gate.lets_through(self.model, getattr(record, self.model.KEY), tried=1)):
            return record
        return None

    def redirect_merged(self, key: str):
        """To the same page of the record that this one was merged into, if it is public; one query."""
        survivor = self.one(f"merged__{self.model.KEY}", key) if hasattr(self.model, "merged") else None
        if survivor is None:
            raise Http404
        return HttpResponsePermanentRedirect(survivor.get_absolute_url() + self.suffix)
