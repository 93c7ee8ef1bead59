"""A record over the years: by itself, for profiles that leave it out, and as a file."""

from typing import Any

from django.urls import reverse

from meetings.lenses import profile
from meetings.models import Official
from meetings.pictures import career
from meetings.views.base import NounDetail
from meetings.views.pictures import taken


class Years(NounDetail):
    """The page of a record's portrait."""

    suffix = "years/"
    template_name = "meetings/years.html"
    model: Any = Official
    lens = staticmethod(profile.years_page)


class YearsPicture(NounDetail):
    """Its picture."""

    suffix = "years.svg"
    model: Any = Official
    lens = staticmethod(profile.years_page)

    def render_to_response(self, context, **kwargs):
        seen, record = context["career"], context["record"]
        drawing = career.draw(seen, context["all_meetings"])
        path = reverse(f"meetings:{context['noun']}_years", args=[record.slug])
        name, title = f"{record.slug}-years.svg", career.title(context["noun"], record.name)
        return taken(self.request, name, drawing, title, career.said(seen, context["noun"]), path)
