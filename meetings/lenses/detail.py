"""All that the page of one meeting, statement or source tells."""

from itertools import groupby

from meetings.models import Meeting, Participation, Statement

#: How many other meetings of the same people a meeting's page shows.
ALSO = 8


def meeting_page(meeting: Meeting) -> dict:
    """A meeting as its page tells it. ``meeting`` comes from `MeetingQuerySet.for_detail`; two queries more."""
    participants = list(meeting.participations.all())
    part_of = meeting.part_of if meeting.part_of and meeting.part_of.is_public else None
    return {
        "meeting": meeting,
        "participants": participants,
        "place_path": list(reversed([meeting.place, *meeting.place.around()])) if meeting.place else [],
        "statements": nested(meeting.statements.all()),
        "evidence": evidence(meeting.citations.all()),
        "date_notes": [citation for citation in meeting.citations.all() if citation.field == "date" and citation.note],
        "part_of": part_of,
        "parts": list(meeting.parts.all()),
        "status_changes": list(meeting.status_changes.all()),
        "also": also(meeting, participants),
    }


def nested(statements) -> list[Statement]:
    """Statements in their order, each with ``quotations``: those of them that were made within it."""
    statements = list(statements)
    for statement in statements:
        statement.quotations = list(statement.parts.all())
    return statements


def evidence(citations) -> list[dict]:
    """Citations by what they are about, the whole record first; sources that disagree stand side by side."""
    ordered = sorted(citations, key=lambda citation: citation.field)
    groups = []
    for field, found in groupby(ordered, key=lambda citation: citation.field):
        cited = list(found)
        groups.append(
            {
                "field": field,
                "label": cited[0].get_field_display(),
                "supports": [citation for citation in cited if citation.stance == "supports"],
                "contradicts": [citation for citation in cited if citation.stance == "contradicts"],
            }
        )
    return groups


def also(meeting: Meeting, participants: list[Participation]) -> list[Meeting]:
    """Other published meetings of the officials who took part, newest first; two queries."""
    officials = [one.official_id for one in participants if one.official_id]
    if not officials:
        return []
    others = Participation.objects.filter(official__in=officials).exclude(meeting=meeting.pk).values("meeting")
    return list(Meeting.objects.published().filter(pk__in=others).with_parties().by_date()[:ALSO])


def statement_page(statement: Statement) -> dict:
    """A statement as its page tells it: what it stands in, what stands in it, and who says so."""
    own = list(statement.citations.all())
    citations = own or (statement.meeting.citations.all() if statement.meeting else [])
    return {
        "statement": statement,
        "within": statement.within if statement.within and statement.within.is_public else None,
        "parts": list(statement.parts.all()),
        "evidence": evidence(citations),
        "rests_on_meeting": bool(citations) and not own,
    }


def source_page(source) -> dict:
    """A source with all that rests on it, by noun; one query, however much it is."""
    citations = source.citations.published().with_cited()
    return {
        "source": source,
        "of_meetings": [citation for citation in citations if citation.meeting_id],
        "of_statements": [citation for citation in citations if citation.statement_id],
        "of_positions": [citation for citation in citations if citation.position_id],
    }
