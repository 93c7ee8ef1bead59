"""What tests of the map share."""

from django.http import QueryDict

from meetings.choices import Publication
from meetings.filters import MapFilter
from meetings.lenses import places
from meetings.models import Meeting
from tests import factories


def filterset(query: str) -> MapFilter:
    found = MapFilter(QueryDict(query), Meeting.objects.published())
    assert found.is_right, found.form.errors
    return found


def seen(query: str) -> places.Places:
    found = filterset(query)
    return places.of(found.sought(), found.places)


def spot(name: str, longitude: float, latitude: float, n: int = 1, held: int | None = None) -> places.Spot:
    return places.Spot(name.lower(), name, "", latitude, longitude, n, n if held is None else held)


def published(**given):
    return factories.MeetingFactory(publication=Publication.PUBLISHED, **given)
