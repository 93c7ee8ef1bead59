"""What the pages of all nouns share. Views are thin: filters say which records, lenses say what of them."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.views.generic import TemplateView

from meetings.filters import FilterSet
from meetings.filters.base import PER_PAGE


class NounList(TemplateView):
    """The filtered list of a noun's public records."""

    filterset_class: type[FilterSet]

    def get_queryset(self):
        """The public records, before any filter."""
        return self.filterset_class._meta.model.objects.published()

    def get_context_data(self, **kwargs):
        filterset = self.filterset_class(self.request.GET, self.get_queryset())
        return super().get_context_data(filterset=filterset, **listing(filterset), **kwargs)


def listing(filterset: FilterSet) -> dict:
    """One page of a filtered set; a count and the rows' queries."""
    size, at = filterset.asked.get("per_page") or PER_PAGE, filterset.asked.get("page") or 1
    rows = filterset.rows((at - 1) * size, size + 1)
    number, exact = filterset.number
    past_end = at > 1 and not rows
    if past_end and not exact:
        number, exact = filterset.exact_number(), True
    # Of a set that was not counted to its end, as many pages are known as were counted, and the one shown.
    paginator = Pages(number if exact else max(number, (at - 1) * size + len(rows)), size)
    return {
        "page": Page(rows[:size], at, paginator),
        "page_numbers": None if past_end else paginator.get_elided_page_range(at, on_each_side=2, on_ends=1),
        "count": number,
        "exact": exact,
        "past_end": past_end,
        "last_address": filterset.address(page=str(paginator.num_pages)),
        "orders": filterset.orders,
        "suggested": {
            name: [
                (found.label, filterset.address(**{name: instead(filterset, name, found.key)})) for found in suggestions
            ]
            for name, suggestions in filterset.form.suggestions.items()
        },
    }


class Pages(Paginator):
    """The pages of a set of which only the number is known."""

    def __init__(self, number: int, size: int):
        super().__init__(range(number), size)


def instead(filterset: FilterSet, name: str, key: str) -> list[str]:
    """The values of a parameter with a suggested key in the place of the first that is none."""
    known = {found.key for found in filterset.form.found[name]}
    given = filterset.given(name)
    wrong = next(value for value in given if value not in known)
    return [key if value == wrong else value for value in given]


class NounDetail(TemplateView):
    """The page of one public record. A merged one's address leads to its survivor for ever; others are not found."""

    model: Any
    lens: Callable[[Any], dict]

    def get(self, request, *args, **kwargs):
        key = kwargs[self.model.KEY]
        record = self.get_queryset().filter(**{self.model.KEY: key}).first()
        if record is None:
            return self.redirect_merged(key)
        return self.render_to_response(self.get_context_data(**type(self).lens(record)))

    def get_queryset(self):
        return self.model.objects.published().for_detail()

    def redirect_merged(self, key: str):
        """To the record that this one was merged into, if it is public; one query."""
        public = self.model.objects.published()
        survivor = (
            public.filter(**{f"merged__{self.model.KEY}": key}).first() if hasattr(self.model, "merged") else None
        )
        if survivor is None:
            raise Http404
        return HttpResponsePermanentRedirect(survivor.get_absolute_url())
