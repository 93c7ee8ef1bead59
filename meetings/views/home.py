"""The front page, and the pages about the product."""

from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from meetings.lenses import home
from meetings.pictures import map as map_picture
from meetings.views.again import until_written


@method_decorator(until_written, name="dispatch")
class Home(TemplateView):
    template_name = "meetings/home.html"

    def get_context_data(self, **kwargs):
        page = home.home_page()
        return super().get_context_data(**page, map=map_picture.small(page["where"]), **kwargs)


class About(TemplateView):
    template_name = "meetings/about.html"


@method_decorator(until_written, name="dispatch")
class AboutData(TemplateView):
    template_name = "meetings/about_data.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sources=home.sources(), datasets=home.datasets(), **kwargs)
