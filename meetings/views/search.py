"""Search of everything, and what pickers offer."""

from django import forms
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from meetings.filters.fields import MOST_VALUES, QueryField, shown
from meetings.lenses import found


class SearchForm(forms.Form):
    q = QueryField(label=_("Words"))


class Search(TemplateView):
    template_name = "meetings/search.html"

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        given = form["q"].value()
        return super().get_context_data(
            form=form,
            typed=given[0] if isinstance(given, list) else given,
            q=query,
            groups=found.everything(query) if query else [],
            unknown=[shown(name) for name in self.request.GET if name != "q"][:MOST_VALUES],
            **kwargs,
        )


class Autocomplete(View):
    """Up to ten public records whose names begin with the words typed: JSON of key, label and note."""

    def get(self, request, noun):
        if noun not in found.PICKED:
            raise Http404
        form = SearchForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        return JsonResponse({"results": found.offers(noun, form.cleaned_data["q"])})
