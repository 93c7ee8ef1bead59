"""The way of a meeting or statement to its readers: draft, in review, published, retracted.

Nothing else writes ``publication``. Each step locks its records, works in one transaction, and keeps who did it in
their history. Records that are not ready are left as they are and told with the reasons; they never stop the others.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings import index
from meetings.choices import Publication
from meetings.editorial.status import unsourced_status
from meetings.models import Meeting, Statement

Record = Meeting | Statement

#: What publishing a meeting publishes with it. A statement that was retracted stays so until it is published itself.
UNPUBLISHED = (Publication.DRAFT, Publication.IN_REVIEW)


@dataclass
class Outcome:
    """What a step did: the records that it changed (as they are now), and why it left others alone."""

    done: list[Record] = field(default_factory=list)
    refused: dict[Record, list[str]] = field(default_factory=dict)


def missing(record: Record) -> list[str]:
    """What keeps a meeting or statement from being published, as sentences for its editor; at most five queries."""
    return waits_for(record) + incomplete(record)


def waits_for(record: Record) -> list[str]:
    """What has to happen elsewhere before a record can be shown, as sentences."""
    if isinstance(record, Meeting):
        survivor = record.merged_into
        return [_("It was merged into “%(meeting)s”: publish that one.") % {"meeting": survivor}] if survivor else []
    if record.meeting is None or record.meeting.is_public:
        return []
    return [_("Publish its meeting first: “%(meeting)s”.") % {"meeting": record.meeting}]


def incomplete(record: Record) -> list[str]:
    """What a record lacks in itself, before and while it is published, as sentences; at most four queries."""
    return _meeting_lacks(record) if isinstance(record, Meeting) else _statement_lacks(record)


def publish(records: Iterable[Record], user=None) -> Outcome:
    """Show records to the public, meetings first, and each meeting with its drafts of statements."""

    def step(record, outcome):
        if lacking := missing(record):
            outcome.refused[record] = lacking
            return
        if record.publication != Publication.PUBLISHED:
            _set(record, Publication.PUBLISHED, user, outcome)
        if isinstance(record, Meeting):
            for statement in _locked(record.statements.filter(publication__in=UNPUBLISHED)):
                step(statement, outcome)

    return _each(records, step)


def submit(records: Iterable[Record], user=None) -> Outcome:
    """Ask for a review. What is published has to be retracted first."""

    def step(record, outcome):
        if record.publication == Publication.PUBLISHED:
            outcome.refused[record] = [_("It is published. Retract it first to have it reviewed.")]
        elif record.publication != Publication.IN_REVIEW:
            _set(record, Publication.IN_REVIEW, user, outcome)

    return _each(records, step)


def retract(records: Iterable[Record], user=None) -> Outcome:
    """Take published records back. The statements of a retracted meeting are hidden with it, until it comes back."""

    def step(record, outcome):
        if record.publication == Publication.PUBLISHED:
            _set(record, Publication.RETRACTED, user, outcome)
        else:
            outcome.refused[record] = [_("It is not published, so there is nothing to retract.")]

    return _each(records, step)


def _meeting_lacks(meeting: Meeting) -> list[str]:
    lacking = []
    if not meeting.title:
        lacking.append(_("Give it a title."))
    if not meeting.participations.exists():
        lacking.append(_("Say who took part: at least one participant."))
    if not meeting.citations.exists():
        lacking.append(_("Say who says so: at least one citation."))
    return lacking + unsourced_status(meeting)


def _statement_lacks(statement: Statement) -> list[str]:
    meeting = statement.meeting
    if statement.citations.exists() or (meeting is not None and meeting.citations.exists()):
        return []
    return [_("Say who says so: a citation of its own, or one of its meeting.")]


def _each(records: Iterable[Record], step: Callable[[Record, Outcome], None]) -> Outcome:
    with transaction.atomic():
        outcome = Outcome()
        for record in _as_stored(records):
            step(record, outcome)
        index.refresh_around(*outcome.done)
        return outcome


def _as_stored(records: Iterable[Record]) -> Iterator[Record]:
    """The records as the database has them, meetings first, each locked until the transaction ends."""
    records = list(records)
    for model in (Meeting, Statement):
        yield from _locked(model.objects.filter(pk__in=[record.pk for record in records if isinstance(record, model)]))


def _locked(records: QuerySet) -> QuerySet:
    """The records, each locked until the transaction ends, always in the same order. Others may go on naming them, as
    an import does at its end."""
    return records.select_for_update(of=["self"], no_key=True).order_by("pk")


def _set(record: Any, publication: Publication, user, outcome: Outcome):
    record.publication = publication
    record._change_reason = str(publication.label)
    if user is not None:
        record._history_user = user
    record.save(update_fields=["publication", "updated_at"])
    outcome.done.append(record)
