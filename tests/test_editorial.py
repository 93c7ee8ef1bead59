"""What makes a record ready for the public, and the steps there and back."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings import editorial
from meetings.choices import Publication
from meetings.models import Meeting, Statement
from tests.factories import CitationFactory, MeetingFactory, ParticipationFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

PARTICIPANT = "Say who took part: at least one participant."
CITATION = "Say who says so: at least one citation."
REST = "Say who says so: a citation of its own, or one of its meeting."


def ready_meeting(**values):
    meeting = MeetingFactory(**values)
    ParticipationFactory(meeting=meeting)
    CitationFactory(meeting=meeting)
    return meeting


def publication(record):
    record.refresh_from_db()
    return record.publication


def test_a_meeting_needs_a_participant_and_a_citation():
    meeting = MeetingFactory()
    assert editorial.missing(meeting) == [PARTICIPANT, CITATION]
    CitationFactory(meeting=meeting)
    assert editorial.missing(meeting) == [PARTICIPANT]
    ParticipationFactory(meeting=meeting)
    assert editorial.missing(meeting) == []


def test_a_meeting_without_a_title_is_not_published():
    assert editorial.missing(ready_meeting(title="")) == ["Give it a title."]


def test_a_merged_meeting_points_to_its_survivor():
    meeting = ready_meeting(merged_into=MeetingFactory(title="The talks"))
    assert editorial.missing(meeting) == ["It was merged into “The talks”: publish that one."]


def test_a_statement_rests_on_its_own_citation_or_on_its_meetings():
    alone = StatementFactory()
    assert editorial.missing(alone) == [REST]
    CitationFactory(statement=alone)
    assert editorial.missing(alone) == []
    assert editorial.missing(StatementFactory(meeting=MeetingFactory(published=True))) == []


def test_a_statement_waits_for_its_meeting():
    statement = StatementFactory(meeting=ready_meeting(title="The talks"))
    assert editorial.missing(statement) == ["Publish its meeting first: “The talks”."]
    outcome = editorial.publish([statement, statement.meeting])
    assert outcome.refused == {}
    assert set(outcome.done) == {statement, statement.meeting}


def test_publishing_shows_what_is_ready_and_tells_what_the_rest_lacks():
    ready, bare = ready_meeting(), MeetingFactory()
    outcome = editorial.publish([bare, ready])
    assert outcome.done == [ready]
    assert outcome.refused == {bare: [PARTICIPANT, CITATION]}
    assert publication(ready) == Publication.PUBLISHED
    assert publication(bare) == Publication.DRAFT
    assert list(Meeting.objects.published()) == [ready]


def test_publishing_a_meeting_publishes_its_unpublished_statements_but_no_retracted_one():
    meeting = ready_meeting()
    draft = StatementFactory(meeting=meeting)
    reviewed = StatementFactory(meeting=meeting, publication=Publication.IN_REVIEW)
    retracted = StatementFactory(meeting=meeting, publication=Publication.RETRACTED)
    assert editorial.publish([meeting]).done == [meeting, draft, reviewed]
    assert publication(retracted) == Publication.RETRACTED
    assert set(Statement.objects.published()) == {draft, reviewed}


def test_publishing_a_published_meeting_publishes_the_statements_added_since():
    meeting = MeetingFactory(published=True)
    added = StatementFactory(meeting=meeting)
    assert editorial.publish([meeting]).done == [added]


def test_retracting_a_meeting_hides_its_statements_and_publishing_brings_them_back():
    meeting = MeetingFactory(published=True)
    statement = StatementFactory(meeting=meeting, published=True)
    assert editorial.retract([meeting]).done == [meeting]
    assert publication(meeting) == Publication.RETRACTED
    assert not Statement.objects.published().exists()
    editorial.publish([meeting])
    assert list(Statement.objects.published()) == [statement]


def test_only_what_is_published_can_be_retracted():
    draft = MeetingFactory()
    outcome = editorial.retract([draft])
    assert outcome.done == []
    assert outcome.refused == {draft: ["It is not published, so there is nothing to retract."]}


def test_drafts_and_retracted_records_are_submitted_and_published_ones_are_not():
    draft, retracted = MeetingFactory(), MeetingFactory(publication=Publication.RETRACTED)
    public = MeetingFactory(published=True)
    outcome = editorial.submit([draft, retracted, public])
    assert set(outcome.done) == {draft, retracted}
    assert publication(draft) == publication(retracted) == Publication.IN_REVIEW
    assert publication(public) == Publication.PUBLISHED
    assert outcome.refused == {public: ["It is published. Retract it first to have it reviewed."]}


def test_history_keeps_who_published_and_when_it_changed():
    meeting = ready_meeting()
    editor = get_user_model().objects.create_user("editor")
    before = meeting.updated_at
    editorial.publish([meeting], user=editor)
    newest = meeting.history.latest()
    assert (newest.history_user, newest.history_change_reason) == (editor, "Published")
    assert newest.prev_record.publication == Publication.DRAFT
    assert Meeting.objects.get().updated_at > before


def test_a_step_that_fails_changes_nothing(monkeypatch):
    first, second = ready_meeting(), ready_meeting()

    def save(record, **values):
        if record.pk == second.pk:
            raise RuntimeError("the disk is full")
        return original(record, **values)

    original = Meeting.save
    monkeypatch.setattr(Meeting, "save", save)
    with pytest.raises(RuntimeError):
        editorial.publish([first, second])
    assert publication(first) == publication(second) == Publication.DRAFT


def test_the_articles_published_records_obey_the_rule(article):
    published = [*Meeting.objects.published(), *Statement.objects.published()]
    assert len(published) == 13 + 14
    assert {record: lacking for record in published if (lacking := editorial.missing(record))} == {}


@pytest.mark.skipif(not connection.features.has_select_for_update, reason="SQLite has no locks of rows.")
def test_statements_are_locked_while_their_meeting_publishes_them():
    meeting = ready_meeting()
    StatementFactory(meeting=meeting)
    with CaptureQueriesContext(connection) as queries:
        editorial.publish([meeting])
    read = [query["sql"] for query in queries if '."publication" IN ' in query["sql"]]
    assert [sql.endswith('FOR NO KEY UPDATE OF "meetings_statement"') for sql in read] == [True]


def held_since(meeting):
    """The meeting, planned at first and held now, as an editor's change of its status leaves it."""
    editorial.keep_first_status(meeting, meeting.status)
    meeting.status = "held"
    meeting.save()
    editorial.keep_status(meeting)
    return meeting


UNSOURCED = "Say who says that it is now “Held”: add a citation about its status, or a source to the change of status."


def test_what_the_status_was_and_became_is_kept_once():
    meeting = held_since(MeetingFactory(status="planned"))
    editorial.keep_first_status(meeting, "denied")
    editorial.keep_status(meeting)
    assert [change.status for change in meeting.status_changes.all()] == ["planned", "held"]


def test_a_status_that_changed_needs_a_source_about_it():
    meeting = held_since(ready_meeting(status="planned"))
    assert editorial.missing(meeting) == [UNSOURCED]
    CitationFactory(meeting=meeting, field="status", stance="contradicts")
    assert editorial.missing(meeting) == [UNSOURCED]
    CitationFactory(meeting=meeting, field="status")
    assert editorial.missing(meeting) == []


def test_a_source_of_the_change_of_status_is_enough():
    meeting = held_since(ready_meeting(status="planned"))
    meeting.status_changes.filter(status="planned").update(source=SourceFactory())
    assert editorial.missing(meeting) == [UNSOURCED]
    meeting.status_changes.filter(status="held").update(source=SourceFactory())
    assert editorial.missing(meeting) == []


def test_a_first_status_needs_no_source_of_its_own():
    meeting = held_since(ready_meeting(status="planned"))
    meeting.status = "planned"
    assert editorial.missing(meeting) == []
    assert editorial.missing(ready_meeting(status="held")) == []
