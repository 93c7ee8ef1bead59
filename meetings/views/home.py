"""The front page, and the pages about the product."""

from django.views.generic import TemplateView

from meetings.lenses import home


class Home(TemplateView):
    template_name = "meetings/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**home.home_page(), **kwargs)


class About(TemplateView):
    template_name = "meetings/about.html"


class AboutData(TemplateView):
    template_name = "meetings/about_data.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sources=home.sources(), **kwargs)
