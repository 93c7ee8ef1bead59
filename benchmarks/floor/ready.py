"""A page of the list of meetings as plain data: all that its template asks for, and nothing that asks a database."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from meetings.filters import MeetingFilter
from meetings.models import Meeting
from meetings.templatetags.pairs import relationship
from meetings.templatetags.panel import hint
from meetings.templatetags.records import Control, controls
from meetings.views.meetings import MeetingList

LIST = "/meetings/"


class Sheet(list):
    """The rows of a page, with what the template asks of a paginator's page."""

    def __init__(self, rows: Iterable, facts: dict[str, Any]):
        super().__init__(rows)
        for name, value in facts.items():
            setattr(self, name, value)


def capture(query: str = "") -> dict[str, Any]:
    """The list at this query string, from the database, ready to be written as JSON."""
    filterset = MeetingFilter(QueryDict(query), Meeting.objects.published())
    view = MeetingList(request=SimpleNamespace(path=LIST))
    found = view.listing(filterset)
    page, numbers = found.pop("page"), [str(number) for number in found.pop("page_numbers")]
    size = page.paginator.per_page
    pages = {number for number in (*numbers, str(page.number + 1), str(page.number - 1)) if number.isdigit()}
    return {
        **found,
        "full_path": f"{LIST}?{query}" if query else LIST,
        "page_numbers": [int(number) if number.isdigit() else number for number in numbers],
        "filterset": {
            "is_right": filterset.is_right,
            "unknown": filterset.unknown,
            "counting": filterset.counting,
            "counted": filterset.counted,
            "chips": [chip._asdict() for chip in filterset.chips],
            "whole_set": filterset.whole_set,
            "relationship": relationship(filterset),
            "addresses": {
                "": filterset.address(),
                **{number: filterset.address(page=number) for number in sorted(pages)},
            },
            "panel": panel(controls(filterset, found["suggested"])),
        },
        "rows": [row(meeting) for meeting in filterset.rows((page.number - 1) * size, size)],
        "facts": {
            "number": page.number,
            "has_other_pages": page.has_other_pages(),
            "has_previous": page.has_previous(),
            "has_next": page.has_next(),
            "previous_page_number": page.number - 1,
            "next_page_number": page.number + 1,
            "paginator": {"num_pages": page.paginator.num_pages, "ELLIPSIS": str(page.paginator.ELLIPSIS)},
        },
    }


def panel(found: dict) -> dict[str, Any]:
    return {
        "one": {name: control(one) for name, one in found["one"].items()},
        "many": [control(one) for one in found["many"]],
        "note": found["note"],
    }


def control(one: Control) -> dict[str, Any]:
    return {
        **one._asdict(),
        "has_input": one.has_input,
        "is_open": one.is_open,
        "hint": hint(one),
        "options": [
            {"value": option.value, "label": option.label, "count": option.count, "chosen": option.chosen}
            for option in one.options
        ],
    }


def row(meeting: Meeting) -> dict[str, Any]:
    return {
        "uid": meeting.uid,
        "title": meeting.title,
        "get_absolute_url": meeting.get_absolute_url(),
        "status": meeting.status,
        "get_status_display": meeting.get_status_display(),
        "get_kind_display": meeting.get_kind_display(),
        "date": meeting.date,
        "date_words": meeting.date_words,
        "earliest": meeting.earliest and meeting.earliest.isoformat(),
        "place": linked(meeting.place),
        "part_of": whole(meeting.part_of),
        "topics": {"all": [linked(topic) for topic in meeting.topics.all()]},
        "participations": {"all": [participation(one) for one in meeting.participations.all()]},
    }


def whole(meeting: Meeting | None) -> dict[str, str] | None:
    return {"title": meeting.title, "get_absolute_url": meeting.get_absolute_url()} if meeting else None


def linked(record) -> dict[str, str] | None:
    return record and {"name": record.name, "get_absolute_url": record.get_absolute_url()}


def participation(one) -> dict[str, Any]:
    return {
        "official": bool(one.official),
        "name_as_written": one.name_as_written,
        "shown_name": one.shown_name,
        "shown_title": one.shown_title,
        "country": bool(one.country),
        "organization": one.organization and {"name": one.organization.name},
        "party": one.party and {"name": one.party.name},
    }


def context(ready: dict[str, Any]) -> dict[str, Any]:
    """What the template is given, of a captured page."""
    rows = [{**one, "earliest": one["earliest"] and date.fromisoformat(one["earliest"])} for one in ready["rows"]]
    return {**ready, "page": Sheet(rows, ready["facts"])}


def write(path: Path) -> None:
    """Keeps the newest meetings' page in a file, for the server of the floor."""
    path.write_text(json.dumps(capture()), encoding="utf-8")
