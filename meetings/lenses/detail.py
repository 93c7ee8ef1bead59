"""All that the page of one meeting, statement or source tells."""

from collections import Counter
from itertools import groupby

from django.db.models import Prefetch
from django.utils.translation import gettext

from meetings.choices import ENCOUNTERS, Status
from meetings.index import hits
from meetings.index.tags import record_of, tag
from meetings.lenses import rows
from meetings.models import Meeting, Participation, Position, Source, Statement

#: How many other meetings of the same people a meeting's page shows.
ALSO = 8
#: Among how many of each of them it looks for these.
CLOSE = 200

#: How many records of each noun a source's page shows.
SHOWN = 50


def meeting_page(meeting: Meeting) -> dict:
    """A meeting as its page tells it. ``meeting`` comes from `MeetingQuerySet.for_detail`; two queries more."""
    participants = list(meeting.participations.all())
    parties = sides(participants)
    part_of = meeting.part_of if meeting.part_of and meeting.part_of.is_public else None
    return {
        "meeting": meeting,
        "participants": participants,
        "sides": parties,
        "alone": alone(meeting, parties),
        "place_path": [meeting.place, *meeting.place.around()] if meeting.place else [],
        "host_takes_part": host_takes_part(meeting, participants),
        "statements": nested(meeting.statements.all()),
        "evidence": evidence(meeting.citations.all()) + (said_of(part_of) if part_of else []),
        "quoted": any(one.quote for one in meeting.citations.all() if not one.field),
        "date_notes": [
            one for one in meeting.citations.all() if one.field == "date" and one.stance == "supports" and one.note
        ],
        "part_of": part_of,
        "parts": list(meeting.parts.all()),
        "status_changes": list(meeting.status_changes.all()),
        "also": also(meeting, participants),
    }


def sides(participants: list[Participation]) -> list[tuple]:
    """``(party, [participations])``, in the order in which the parties first appear; None for no party."""
    found: dict = {}
    for one in participants:
        found.setdefault(one.party, []).append(one)
    return list(found.items())


def alone(meeting: Meeting, parties: list[tuple]) -> list[str]:
    """The names of those who took part in a held encounter, if nobody is named whom they can have met there: no one
    meets those on their own side."""
    if meeting.status != Status.HELD or meeting.kind not in ENCOUNTERS or len(parties) != 1:
        return []
    ((party, participations),) = parties
    return [one.shown_name for one in participations] if party or len(participations) == 1 else []


def said_of(whole: Meeting) -> list[dict]:
    """The evidence for all of a meeting, as its parts tell it."""
    label = gettext("The %(kind)s of which this is a part") % {"kind": whole.get_kind_display().lower()}
    cited = [one for one in whole.citations.all() if not one.field]
    return [{**group, "field": "part_of", "label": label} for group in evidence(cited)]


def host_takes_part(meeting: Meeting, participants: list[Participation]) -> bool:
    """Whether the country of the meeting's place, or a body of that country, is among the parties."""
    host = meeting.place.country_id if meeting.place else None
    return host is not None and any(
        host in (one.country_id, one.organization and one.organization.country_id) for one in participants
    )


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


def also(meeting: Meeting, participants: list[Participation]) -> list[rows.Row]:
    """Other public meetings of the officials who took part, among the newest `CLOSE` of each: held ones first, then
    those of most of them, then the newest; four queries."""
    officials = [tag("official", one.official_id) for one in participants if one.official_id]
    together = Counter(hits.newest_of_each(officials, CLOSE))
    held = set(hits.having(tag("status", Status.HELD), list(together)))
    ranked = sorted(together, key=lambda key: (key in held, together[key], key), reverse=True)
    others = [pk for key in ranked if (pk := record_of(key)) != meeting.pk]
    return rows.of(others[:ALSO], topics=False)


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


def source_page(source: Source) -> dict:
    """A source with the first of all that rests on it, by noun; at most eleven queries."""
    changes = source.status_changes.published().select_related("meeting")
    return {
        "source": source,
        "of_meetings": resting(source, Meeting.objects.published().by_date()),
        "of_statements": resting(source, Statement.objects.published().select_related("speaker", "meeting").by_date()),
        "of_positions": resting(source, Position.objects.published().select_related("official")),
        "of_changes": {"count": changes.count(), "records": list(changes[:SHOWN])},
    }


def resting(source: Source, records) -> dict:
    """``count`` of the records that cite the source, and the first ``records``, each with its citations of the source
    as ``says``; three queries."""
    cited = records.filter(pk__in=source.citations.values(records.model._meta.model_name))
    says = Prefetch("citations", source.citations.all(), to_attr="says")
    return {"count": cited.count(), "records": list(cited.prefetch_related(says)[:SHOWN])}
