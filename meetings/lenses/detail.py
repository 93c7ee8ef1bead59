"""All that the page of one meeting, statement or source tells."""

from collections import Counter, defaultdict
from functools import reduce
from itertools import groupby
from operator import or_

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from meetings.choices import ENCOUNTERS, Role, Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import Company, record_of, tag
from meetings.lenses import rows
from meetings.models import Citation, Meeting, Participation, Position, Source, Statement
from meetings.models.sources import CITED

#: How many other meetings of the same people a meeting's page shows.
ALSO = 8
#: Among how many of each of them it looks for these.
CLOSE = 200

#: How many records of each noun a source's page shows, and how many of those that have no list to show the rest.
SHOWN = 10
UNLISTED = 50
#: Of more records than these, those of a source are too many to look through.
FEW = 1_000


def meeting_page(meeting: Meeting) -> dict:
    """A meeting as its page tells it. ``meeting`` comes from `MeetingQuerySet.for_detail`; two queries more."""
    participants = list(meeting.participations.all())
    parties = sides(participants)
    part_of = meeting.part_of if meeting.part_of and meeting.part_of.is_public else None
    return {
        "meeting": meeting,
        "participants": participants,
        "sides": parties,
        "alone": alone(meeting, participants),
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


def alone(meeting: Meeting, participants: list[Participation]) -> list[str]:
    """The names of those who took part in a held encounter, interpreters apart, if none of them met another there, as
    profiles count it (`tags.Company`); whoever is only described counts as a person."""
    if meeting.status != Status.HELD or meeting.kind not in ENCOUNTERS:
        return []
    company = Company()
    for one in participants:
        described = f"described{one.pk}" if one.name_as_written or one.shown_title else None
        company.add(
            tag("official", one.official_id) if one.official_id else described,
            tag("country", one.country_id) if one.country_id else None,
            tag("organization", one.organization_id) if one.organization_id else None,
            one.role,
        )
    if company.have_met():
        return []
    return list(dict.fromkeys(one.shown_name for one in participants if one.role != Role.INTERPRETER))


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
    """A source with the newest of all that rests on it, by noun; twelve queries. They read no more where more meetings
    and statements rest on it, but all of the posts and changes of status that do."""
    own = tag("source", source.pk)
    statements = Statement.objects.published().select_related("speaker", "meeting")
    of_meetings = resting(Asked().tagged(own), Meeting.objects.published())
    of_statements = resting(Asked(shelf="statements").tagged(own), statements)
    of_positions = newest(posts_of(source, of_meetings["count"] + of_statements["count"]))
    with_says(source, meeting=of_meetings, statement=of_statements, position=of_positions)
    return {
        "source": source,
        "of_meetings": of_meetings,
        "of_statements": of_statements,
        "of_positions": of_positions,
        "of_changes": newest(source.status_changes.published().by_date().select_related("meeting")),
    }


def resting(asked: Asked, records: QuerySet) -> dict:
    """``count`` of a set of ``records``, and the newest of them; three queries."""
    keys = hits.page(asked, SHOWN)
    found = records.in_bulk(keys)
    return {"count": hits.count(asked).n, "records": [found[key] for key in keys if key in found]}


def newest(records: QuerySet) -> dict:
    """``count`` of records that come newest first, and the first ``records``; two queries."""
    return {"count": records.count(), "records": list(records[:UNLISTED])}


def with_says(source: Source, **shown: dict) -> None:
    """Gives the records of each noun their citations of the source as ``says``; a query.

    Citations are looked up by record: the source may have a million others.
    """
    cited = reduce(or_, (Q(**{f"{noun}__in": found["records"]}) for noun, found in shown.items()))
    says: dict[tuple, list[Citation]] = defaultdict(list)
    for citation in Citation.objects.filter(cited):
        if citation.source_id == source.pk:
            says[citation.meeting_id, citation.statement_id, citation.position_id].append(citation)
    for noun, found in shown.items():
        for record in found["records"]:
            record.says = says[tuple(record.pk if one == noun else None for one in CITED)]


def posts_of(source: Source, others: int) -> QuerySet:
    """The public posts that rest on a source, the last begun first. Where many ``others`` do, they are looked for among
    all posts that anything is cited for."""
    cited = Citation.objects.order_by().exclude(position=None).annotate(cited=F("source") + 0)
    of_source = cited.filter(cited=source.pk) if others > FEW else cited.filter(source=source)
    return Position.objects.published().filter(pk__in=of_source.values("position")).select_related("official")
