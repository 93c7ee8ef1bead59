"""The pages of two officials, and of two countries: all that lies between them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from django.views.generic.base import TemplateResponseMixin

from meetings.filters.keys import look_up
from meetings.lenses import pair
from meetings.lenses.shared import Side
from meetings.models import Country, Official
from meetings.pictures import pair as pair_picture
from meetings.views.pictures import taken


class Kind(NamedTuple):
    """What two of a noun are: their model, the address of the two, and what their page tells."""

    model: Any
    name: str
    lens: Callable[[Side, Side], dict]


KINDS = {
    "official": Kind(Official, "official_pair", pair.official_page),
    "country": Kind(Country, "country_pair", pair.country_page),
}


class Two(View):
    """Two of a ``noun``, in the order of their slugs: the other order, and addresses of merged records, lead there for
    ever; one with itself, to its own page."""

    noun = "official"
    suffix = ""

    def get(self, request, one, other):
        found = look_up({self.noun: (KINDS[self.noun].model, [one, other])})
        if len(found) < len({one, other}):
            raise Http404
        first, second = sorted((found[self.noun, key] for key in (one, other)), key=lambda side: side.key)
        if first.key == second.key:
            return HttpResponsePermanentRedirect(reverse(f"meetings:{self.noun}", args=[first.key]))
        if (first.key, second.key) != (one, other):
            return HttpResponsePermanentRedirect(self.address(first.key, second.key, suffix=self.suffix))
        return self.shown(*(Side(self.noun, side.pk, side.key, side.label) for side in (first, second)))

    def address(self, *slugs: str, suffix=""):
        return reverse(f"meetings:{KINDS[self.noun].name}{suffix}", args=slugs)


class Pair(TemplateResponseMixin, Two):
    """The page of two."""

    def shown(self, own, other):
        seen = KINDS[self.noun].lens(own, other)
        layouts = (pair_picture.WIDE, pair_picture.NARROW) if seen["course"] else ()
        seen["drawings"] = [pair_picture.draw(seen["course"], layout) for layout in layouts]
        seen["svg"] = self.address(own.slug, other.slug, suffix="_svg")
        return self.render_to_response(seen)

    def get_template_names(self):
        return [f"meetings/{KINDS[self.noun].name}.html"]


class PairPicture(Two):
    """The picture of two as a file."""

    suffix = "_svg"

    def shown(self, own, other):
        seen = pair.picture(own, other)
        if seen is None:
            raise Http404
        title = _("%(own)s and %(other)s") % {"own": own.name, "other": other.name}
        name, path = f"{own.slug}-{other.slug}.svg", self.address(own.slug, other.slug)
        return taken(self.request, name, pair_picture.draw(seen.course), title, seen.said, path)
