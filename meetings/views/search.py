"""Search of everything, and what pickers offer."""

from django import forms
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from meetings.filters.fields import MOST_VALUES, QueryField, shown, too_short
from meetings.index.asked import Asked, TooMany
from meetings.lenses import found, names


class WordsForm(forms.Form):
    q = QueryField(label=_("Words"))


class SearchForm(WordsForm):
    """A search, cleaned to the words and to what they ask of the index."""

    def clean(self):
        cleaned = super().clean()
        try:
            cleaned["asked"] = Asked().worded(cleaned.get("q", ""))
        except TooMany as error:
            self.add_error("q", too_short(error))
        return cleaned


class Search(TemplateView):
    template_name = "meetings/search.html"

    def get_context_data(self, **kwargs):
        form = SearchForm(self.request.GET)
        query = form.cleaned_data["q"] if form.is_valid() else ""
        groups = found.everything(query, form.cleaned_data["asked"]) if query else []
        given = form["q"].value()
        return super().get_context_data(
            form=form,
            typed=given[0] if isinstance(given, list) else given,
            q=query,
            groups=groups,
            near=found.others(query) if query and not any(group.noun == "meetings" for group in groups) else [],
            examples=[] if query or form.errors else found.examples(),
            unknown=[shown(name) for name in self.request.GET if name != "q"][:MOST_VALUES],
            **kwargs,
        )


class Autocomplete(View):
    """Up to ten public records whose names begin with the words typed: JSON of key, label, note, noun and url; where
    there are none of the noun, those with names near them as ``near``."""

    def get(self, request, noun):
        if noun not in names.PICKED:
            raise Http404
        form = WordsForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        query = form.cleaned_data["q"]
        found = names.offers(noun, query)
        near = names.near_misses(noun, query) if noun in names.NAMED and query and not found else []
        return JsonResponse({"results": found, **({"near": near} if near else {})})
