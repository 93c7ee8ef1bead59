"""The ways to see a filtered set of meetings, each a page and a picture that can be taken away."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from meetings.filters import CalendarFilter, MapFilter, MatrixFilter, NetworkFilter, TimelineFilter
from meetings.filters.fields import MOST_VALUES
from meetings.index.counts import public
from meetings.lenses import calendar, coverage, matrix, month, network, places, stops, timeline
from meetings.lenses.together import Together
from meetings.models import Meeting
from meetings.pictures import calendar as calendar_picture
from meetings.pictures import keys, laid, map_key, world
from meetings.pictures import map as map_picture
from meetings.pictures import matrix as matrix_picture
from meetings.pictures import network as network_picture
from meetings.pictures import timeline as timeline_picture
from meetings.pictures.marks import LARGE, SMALL
from meetings.views.base import Lens
from meetings.views.exports import errors, refusal
from meetings.views.pictures import file_name, taken


class Picture(View):
    """A lens's picture as a file, with what it is of, and where it comes from."""

    lens: type[Lens] = Lens

    def get(self, request):
        lens, filterset = self.lens, self.lens.filterset_class(request.GET, public(Meeting))
        if wrong := errors(filterset):
            return refusal(f"{lens.name}.svg", wrong)
        seen = lens.seen(filterset)
        chosen = "; ".join(f"{chip.label}: {chip.text}" for chip in filterset.chips)
        newest = filterset.of_newest if seen.get("sampled") else ""
        said = [chosen, *lens.noted(filterset, seen), newest]
        path = f"{reverse(f'meetings:meeting_{lens.name}')}{filterset.as_shown}"
        parts = (f"{chip.name} {chip.value}" for chip in filterset.chips)
        name = file_name(lens.name, *filterset.shown_as, *parts)
        return taken(request, name, lens.drawn(seen), str(lens.title), said, path)


class Calendar(Lens):
    """A year as a heat map of its days, or a month with its meetings."""

    name = "calendar"
    title = _("Meetings in a calendar")
    filterset_class = CalendarFilter

    @staticmethod
    def seen(filterset):
        asked = filterset.sought()
        found = calendar.of(asked, filterset.asked.get("on"))
        return {"calendar": found, "month": found and month.of(asked, found)}

    @staticmethod
    def drawn(seen):
        return calendar_picture.draw(seen["calendar"], seen["month"])

    @staticmethod
    def noted(filterset, seen):
        return calendar_picture.said(seen["calendar"])


def together(filterset: MatrixFilter | NetworkFilter) -> Together:
    """The lists that numbers of two parties lead to."""
    return Together(filterset.asked["by"], reverse("meetings:meetings"), filterset.whole_set, MOST_VALUES)


class Matrix(Lens):
    """Who meets whom, as a table of numbers."""

    name = "matrix"
    title = _("Meetings as a matrix")
    filterset_class = MatrixFilter

    @staticmethod
    def seen(filterset):
        found = matrix.of(filterset.sought(), **filterset.shape)
        return {"matrix": found, "together": together(filterset), "sampled": not found.exact}

    @staticmethod
    def drawn(seen):
        return matrix_picture.as_file(seen["matrix"])

    @staticmethod
    def noted(filterset, seen):
        return [*matrix_picture.said(seen["matrix"]), filterset.not_only_held]


class Map(Lens):
    """Where the meetings took place."""

    name = "map"
    title = _("Meetings on a map")
    filterset_class = MapFilter

    @staticmethod
    def seen(filterset):
        return on_map(filterset)

    @staticmethod
    def drawn(seen):
        large = seen["laid"][0]
        drawing = map_picture.draw(seen["places"], [large], seen["view"], seen["links"])
        meant = map_key.key(seen["places"], large)
        return keys.above(drawing, [(map_key.swatch(one), one.words) for one in meant])

    @staticmethod
    def noted(filterset, seen):
        return [seen["account"], map_picture.states(seen["places"]), map_picture.borders()]


def on_map(filterset: MapFilter) -> dict:
    """Where the meetings of a set took place, and what of that is shown."""
    asked, area = filterset.sought(), filterset.asked.get("area")
    found = places.of(asked, filterset.places)
    joined = stops.of(asked, found.spot_of) if filterset.is_of_one else None
    home = map_picture.fitted(found)
    view = world.View.of(area) if area else home
    return {
        "places": found,
        "laid": [laid.lay(found, joined, view, one) for one in (LARGE, SMALL)],
        "stops": joined,
        "view": view,
        "is_whole": view.is_world or view == home,
        "links": links_of(filterset, home),
        "account": map_picture.account(found),
        "borders": map_picture.borders(),
        "sampled": not found.exact,
    }


def links_of(filterset: MapFilter, home: world.View) -> map_picture.Links:
    """Where a map's marks lead."""

    def start(name: str, query: str) -> str:
        return f"{reverse(name)}{f'{query}&' if query else '?'}"

    return map_picture.Links(
        start("meetings:meetings", filterset.set_with(place=[])),
        start("meetings:meeting_map", filterset.map_with(area=[])),
        home,
    )


class Timeline(Lens):
    """When they met, as far as that is known."""

    name = "timeline"
    title = _("Meetings on a timeline")
    filterset_class = TimelineFilter

    @staticmethod
    def seen(filterset):
        asked, extent, few = filterset.sought(), filterset.extent, filterset.has_few
        bars = (filterset.times, extent, asked, filterset.bars_of)
        found = timeline.each(extent, asked) if few else timeline.counted(*bars)
        return {"timeline": found, "narrowed_to": filterset.narrowed_to, "covered": covered(filterset)}

    @staticmethod
    def drawn(seen):
        return timeline_picture.draw(seen["timeline"], seen["narrowed_to"], seen["covered"])

    @staticmethod
    def noted(filterset, seen):
        return timeline_picture.told(seen["timeline"], seen["covered"])


def covered(filterset: TimelineFilter) -> coverage.Coverage:
    """Which years the main sources of a set tell of."""
    if not filterset.counted:
        return coverage.of_set(filterset.sought(), filterset.number)
    return coverage.of(filterset.sources, filterset.number.n)


class Network(Lens):
    """Who meets whom, as discs tied by lines."""

    name = "network"
    title = _("Meetings as a network")
    filterset_class = NetworkFilter

    @staticmethod
    def seen(filterset):
        found = network.of(filterset.sought(), **filterset.shape)
        shown = network_picture.shown(found)
        return {"shown": shown, "together": together(filterset), "sampled": not found.exact}

    @staticmethod
    def drawn(seen):
        return network_picture.as_file(seen["shown"], seen["together"])

    @staticmethod
    def noted(filterset, seen):
        told = network_picture.said(seen["shown"].network, filterset.shape["least"])
        return [filterset.not_only_held, *told]
