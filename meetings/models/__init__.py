"""The records: who met whom, when, where, what was said, and who says so."""

from meetings.models.base import derived_uid, new_uid
from meetings.models.meetings import Meeting, Participation, StatusChange
from meetings.models.officials import Official, Position
from meetings.models.parties import Country, Organization
from meetings.models.places import Place
from meetings.models.sources import Citation, ExternalId, ImportRun, Source
from meetings.models.statements import Statement, Topic

__all__ = [
    "Citation",
    "Country",
    "ExternalId",
    "ImportRun",
    "Meeting",
    "Official",
    "Organization",
    "Participation",
    "Place",
    "Position",
    "Source",
    "Statement",
    "StatusChange",
    "Topic",
    "derived_uid",
    "new_uid",
]
