"""The ways to see a filtered set of meetings, each a page and a picture that can be taken away."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from meetings.filters import MatrixFilter, NetworkFilter
from meetings.filters.together import Together
from meetings.index.counts import public
from meetings.lenses import matrix, network
from meetings.models import Meeting
from meetings.pictures import matrix as matrix_picture
from meetings.pictures import network as network_picture
from meetings.pictures import svg
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


class Network(Lens):
    """Who meets whom, as discs tied by lines."""

    name = "network"
    title = _("Network: who meets whom")
    filterset_class = NetworkFilter

    @staticmethod
    def seen(filterset):
        found = network.of(filterset.sought(), **filterset.shape)
        together = Together(filterset.asked["by"], reverse("meetings:meetings"), filterset.whole_set)
        return {"shown": network_picture.shown(found), "together": together}

    @staticmethod
    def drawn(seen):
        return network_picture.as_file(seen["shown"], seen["together"])

    @staticmethod
    def noted(filterset, seen):
        found = seen["shown"].network
        return [*network_picture.said(found, filterset.shape["least"]), *([] if found.exact else [filterset.of_newest])]
