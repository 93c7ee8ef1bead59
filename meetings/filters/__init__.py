"""One FilterSet per public noun; page, lens, export and API all use it."""

from meetings.filters.base import FilterSet
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

__all__ = [
    "CountryFilter",
    "FilterSet",
    "MatrixFilter",
    "MeetingFilter",
    "NetworkFilter",
    "OfficialFilter",
    "OrganizationFilter",
    "PlaceFilter",
    "SourceFilter",
    "StatementFilter",
    "TopicFilter",
]
