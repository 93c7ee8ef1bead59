"""What tests of the pages of two share."""

import re

from django.http import QueryDict

from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter
from meetings.lenses.shared import Side
from meetings.models import Country
from meetings.models import Meeting as Record
from tests import factories

#: A number that leads to a list of meetings: `counted`, and “met 3 times”.
NUMBER = re.compile(r'<a href="/meetings/\?([^"]+)">(?:met )?([\d,]+|once)(?:<span| times</a>|</a>)')
#: A column of the picture.
COLUMN = re.compile(r'<a href="/meetings/\?([^"]+)"><title>[^<]*: (\d+) meetings? names? both')


def number(query: str) -> int:
    filterset = MeetingFilter(QueryDict(query), Record.objects.published())
    assert filterset.is_right
    assert not filterset.unknown
    return filterset.qs.count()


def two(noun: str = "country") -> tuple:
    factory = factories.CountryFactory if noun == "country" else factories.OfficialFactory
    return tuple(sorted((factory() for _number in range(2)), key=lambda one: one.slug))


def meet(one, other, date="", **values):
    """A held meeting of two, unless ``values`` say otherwise."""
    given = {"status": Status.HELD, "publication": Publication.PUBLISHED, "date": date, **values}
    meeting = factories.MeetingFactory(**given)
    for party in (one, other):
        factories.ParticipationFactory(meeting=meeting, **{party._meta.model_name: party})
    return meeting


def side(record) -> Side:
    return Side(record._meta.model_name, record.pk, record.slug, record.name)


def address(one, other) -> str:
    plural = "countries" if isinstance(one, Country) else "officials"
    return f"/{plural}/{one.slug}/with/{other.slug}/"
