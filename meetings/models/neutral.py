"""Which model the records of each file of the neutral format are of (`meetings.table`)."""

from typing import Any

from meetings.models.meetings import Meeting, Participation, StatusChange
from meetings.models.officials import Official, Position
from meetings.models.parties import Country, Organization
from meetings.models.places import Place
from meetings.models.sources import Citation, ExternalId, Source
from meetings.models.statements import Statement, Topic

MODELS: dict[str, Any] = {
    "countries": Country,
    "organizations": Organization,
    "officials": Official,
    "positions": Position,
    "places": Place,
    "topics": Topic,
    "sources": Source,
    "meetings": Meeting,
    "participations": Participation,
    "status_changes": StatusChange,
    "statements": Statement,
    "citations": Citation,
    "external_ids": ExternalId,
}
