"""One FilterSet per public noun; page, lens, export and API all use it."""

from meetings.filters.base import FilterSet
from meetings.filters.calendar import CalendarFilter
from meetings.filters.map import MapFilter
from meetings.filters.matrix import MatrixFilter
from meetings.filters.meetings import MeetingFilter
from meetings.filters.network import NetworkFilter
from meetings.filters.nouns import (
    CountryFilter,
    OfficialFilter,
    OrganizationFilter,
    PlaceFilter,
    SourceFilter,
    StatementFilter,
    TopicFilter,
)
from meetings.filters.timeline import TimelineFilter

__all__ = [
    "CalendarFilter",
    "CountryFilter",
    "FilterSet",
    "MapFilter",
    "MatrixFilter",
    "MeetingFilter",
    "NetworkFilter",
    "OfficialFilter",
    "OrganizationFilter",
    "PlaceFilter",
    "SourceFilter",
    "StatementFilter",
    "TimelineFilter",
    "TopicFilter",
]
