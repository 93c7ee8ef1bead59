"""The ways to see a filtered set of meetings, each a page and a picture that can be taken away."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from meetings.filters import MatrixFilter
from meetings.index.counts import public
from meetings.lenses import matrix
from meetings.models import Meeting
from meetings.pictures import matrix as matrix_picture
from meetings.views.base import Lens
from meetings.views.exports import errors, refusal
from meetings.views.pictures import taken


class Picture(View):
    """A lens's picture as a file, with what it is of, and where it comes from."""

    lens: type[Lens] = Lens

    def get(self, request):
        name, filterset = f"{self.lens.name}.svg", self.lens.filterset_class(request.GET, public(Meeting))
        if wrong := errors(filterset):
            return refusal(name, wrong)
        seen = self.lens.seen(filterset)
        chosen = "; ".join(f"{chip.label}: {chip.text}" for chip in filterset.chips)
        said = [chosen, *self.lens.noted(filterset, seen)]
        path = f"{reverse(f'meetings:meeting_{self.lens.name}')}{filterset.as_shown}"
        return taken(request, name, self.lens.drawn(seen), str(self.lens.title), said, path)


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
