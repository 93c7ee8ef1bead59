"""The ways to see a filtered set of meetings, each a page and a picture that can be taken away."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from meetings.filters import MatrixFilter, TimelineFilter
from meetings.index.counts import public
from meetings.lenses import matrix, timeline
from meetings.models import Meeting
from meetings.pictures import matrix as matrix_picture
from meetings.pictures import svg
from meetings.pictures import timeline as timeline_picture
from meetings.views.base import Lens
from meetings.views.exports import errors, refusal


class Picture(View):
    """A lens's picture as a file, with what it is of, and where it comes from."""

    lens: type[Lens] = Lens

    def get(self, request):
        name, filterset = f"{self.lens.name}.svg", self.lens.filterset_class(request.GET, public(Meeting))
        if wrong := errors(filterset):
            return refusal(name, wrong)
        seen, base = self.lens.seen(filterset), f"{request.scheme}://{request.get_host()}"
        address = f"{base}{reverse(f'meetings:meeting_{self.lens.name}')}{filterset.as_shown}"
        chosen = "; ".join(f"{chip.label}: {chip.text}" for chip in filterset.chips)
        source = f"{settings.SITE_NAME}, {timezone.localdate().isoformat()}: {address}"
        said = [line for line in (chosen, *self.lens.noted(filterset, seen), source) if line]
        picture = svg.as_file(self.lens.drawn(seen), str(self.lens.title), said, base)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(picture, content_type="image/svg+xml", headers=headers)


class Matrix(Lens):
    """Who meets whom, as a table of numbers."""

    name = "matrix"
    title = _("Who meets whom")
    filterset_class = MatrixFilter

    @staticmethod
    def seen(filterset):
        return {"matrix": matrix.of(filterset.sought(), **filterset.shape)}

    @staticmethod
    def drawn(seen):
        return matrix_picture.draw(seen["matrix"])

    @staticmethod
    def noted(filterset, seen):
        return [] if seen["matrix"].exact else [filterset.of_newest]


class Timeline(Lens):
    """When they met, as far as that is known."""

    name = "timeline"
    title = _("When they met")
    filterset_class = TimelineFilter

    @staticmethod
    def seen(filterset):
        asked = filterset.sought()
        few = filterset.has_few
        found = timeline.each(asked) if few else timeline.counted(filterset.times, asked, filterset.bars_of)
        return {"timeline": found, "narrowed_to": filterset.narrowed_to}

    @staticmethod
    def drawn(seen):
        return timeline_picture.draw(seen["timeline"], seen["narrowed_to"])

    @staticmethod
    def noted(filterset, seen):
        return timeline_picture.notes(seen["timeline"])
