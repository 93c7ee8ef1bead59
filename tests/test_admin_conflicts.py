"""Two editors at once: what the first one saved is never lost without a word, nor what the second one wrote."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from meetings.models import Citation, Meeting, Official, Participation, Statement
from tests.admin_pages import errors, fields, page_of, send
from tests.factories import (
    CitationFactory,
    MeetingFactory,
    OfficialFactory,
    ParticipationFactory,
    PositionFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return signed_in("anna")


@pytest.fixture
def boris():
    return signed_in("boris")


def signed_in(name):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(name))
    return client


def test_the_second_editor_is_told_and_keeps_the_form(anna, boris):
    meeting = MeetingFactory(title="Talks", status="planned")
    page = page_of(meeting)
    sent = fields(boris.get(page))
    send(anna, page, title="Talks in Brussels", status="held")
    response = boris.post(page, {**sent, "title": "Talks about Iran", "summary": "They talked."})
    told = errors(response)
    assert "anna changed this while you were editing" in told
    assert "Title: “Talks in Brussels”; Status: “Held”" in told
    kept = fields(response)
    assert (kept["title"], kept["summary"]) == ("Talks about Iran", "They talked.")
    assert Meeting.objects.get().title == "Talks in Brussels"

    assert boris.post(page, kept).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.summary, meeting.status) == ("Talks about Iran", "They talked.", "planned")


def test_editors_who_change_different_rows_do_not_disturb_each_other(anna, boris):
    meeting = MeetingFactory(title="Talks")
    first, second = ParticipationFactory(meeting=meeting), ParticipationFactory(meeting=meeting)
    page = page_of(meeting)
    sent = fields(boris.get(page))
    send(anna, page, title="Talks in Brussels", participations__0__title_as_written="Minister")
    response = boris.post(page, {**sent, "participations-1-title_as_written": "Envoy"})
    assert response.status_code == 302
    for record in (meeting, first, second):
        record.refresh_from_db()
    assert (meeting.title, first.title_as_written, second.title_as_written) == (
        "Talks in Brussels",
        "Minister",
        "Envoy",
    )


def test_links_of_many_to_many_are_not_lost(anna, boris):
    meeting, iran, drones = MeetingFactory(), TopicFactory(name="Iran"), TopicFactory(name="Drones")
    page = page_of(meeting)
    sent = fields(boris.get(page))
    send(anna, page, topics=[iran.pk])
    assert "Topics: “Iran”" in errors(boris.post(page, {**sent, "topics": [drones.pk]}))
    assert [*meeting.topics.all()] == [iran]
    assert boris.post(page, {**sent, "time_note": ""}).status_code == 302
    assert [*meeting.topics.all()] == [iran]


def test_a_row_changed_by_both_is_told_in_that_row(anna, boris):
    row = ParticipationFactory(title_as_written="Minister")
    page = page_of(row.meeting)
    sent = fields(boris.get(page))
    send(anna, page, participations__0__title_as_written="Envoy")
    response = boris.post(page, {**sent, "participations-0-title_as_written": "Delegate"})
    assert "Title as written: “Envoy”" in errors(response)
    row.refresh_from_db()
    assert row.title_as_written == "Envoy"


def test_a_statement_is_guarded_on_both_of_its_pages(anna, boris):
    statement = StatementFactory(meeting=MeetingFactory(), text="We agree.")
    own, meeting = page_of(statement), page_of(statement.meeting)
    sent = fields(boris.get(meeting))
    send(anna, own, text="We agreed.")
    assert "Text: “We agreed.”" in errors(boris.post(meeting, {**sent, "statements-0-text": "We disagree."}))

    sent = fields(boris.get(own))
    send(anna, meeting, statements__0__text="We do agree.")
    assert "Text: “We do agree.”" in errors(boris.post(own, {**sent, "text": "We disagree."}))


def test_a_citation_on_a_positions_page_is_guarded(anna, boris):
    citation = CitationFactory(position=PositionFactory(), note="first")
    page = page_of(citation.position)
    sent = fields(boris.get(page))
    send(anna, page, citations__0__note="second")
    assert "Note: “second”" in errors(boris.post(page, {**sent, "citations-0-note": "third"}))


def test_a_row_that_the_other_deleted_is_told_once_and_then_dropped(anna, boris):
    meeting = MeetingFactory()
    gone, kept = ParticipationFactory(meeting=meeting), ParticipationFactory(meeting=meeting)
    page = page_of(meeting)
    sent = fields(boris.get(page))
    send(anna, page, participations__0__DELETE="on")
    changed = {"participations-0-title_as_written": "Minister", "participations-1-title_as_written": "Envoy"}
    response = boris.post(page, {**sent, **changed})
    assert "Someone deleted this row meanwhile" in errors(response)
    again = fields(response)
    assert again["participations-0-title_as_written"] == "Minister"
    assert boris.post(page, again).status_code == 302
    assert [*Participation.objects.values_list("pk", "title_as_written")] == [(kept.pk, "Envoy")]
    assert gone.pk != kept.pk


def test_a_deleted_row_that_nobody_else_touched_is_no_trouble(anna, boris):
    row = ParticipationFactory()
    page = page_of(row.meeting)
    sent = fields(boris.get(page))
    send(anna, page, participations__0__DELETE="on")
    assert boris.post(page, {**sent, "title": "Talks"}).status_code == 302
    assert not Participation.objects.exists()


def test_a_row_that_the_other_changed_is_not_deleted_unseen(anna, boris):
    row = ParticipationFactory()
    page = page_of(row.meeting)
    sent = fields(boris.get(page))
    send(anna, page, participations__0__title_as_written="Minister")
    response = boris.post(page, {**sent, "participations-0-DELETE": "on"})
    assert "was changed while you were editing" in errors(response)
    assert Participation.objects.exists()
    assert boris.post(page, {**fields(response), "participations-0-DELETE": "on"}).status_code == 302
    assert not Participation.objects.exists()


def test_a_row_that_the_other_added_stays(anna, boris):
    meeting = MeetingFactory()
    page = page_of(meeting)
    sent = fields(boris.get(page))
    source = SourceFactory()
    send(anna, page, citations__0__source=source.pk)
    assert boris.post(page, {**sent, "citations-0-source": source.pk, "citations-0-field": "date"}).status_code == 302
    assert sorted(Citation.objects.values_list("field", flat=True)) == ["", "date"]


def test_a_record_that_the_other_deleted_is_told(anna, boris):
    meeting = MeetingFactory()
    page = page_of(meeting)
    sent = fields(boris.get(page))
    meeting.delete()
    response = boris.post(page, sent, follow=True)
    assert "Perhaps it was deleted" in response.content.decode()


def test_a_form_that_does_not_say_what_it_showed_is_not_trusted(anna):
    official = OfficialFactory(name="Ann Lee")
    sent = fields(anna.get(page_of(official)))
    del sent["version"]
    assert "Name: “Ann Lee”" in errors(anna.post(page_of(official), {**sent, "name": "Anne Lee"}))


def test_publishing_meanwhile_does_not_disturb_a_form(anna, boris):
    meeting = MeetingFactory(published=True)
    statement = StatementFactory(meeting=meeting, text="We agree.")
    page = page_of(meeting)
    sent = fields(boris.get(page))
    send(anna, page, button="_publish")
    assert boris.post(page, {**sent, "title": "Talks"}).status_code == 302
    assert Statement.objects.get(pk=statement.pk).publication == "published"


def test_what_only_the_database_refuses_is_told_too(anna, monkeypatch):
    """As when another editor takes a slug between the check and the write."""
    OfficialFactory(name="Ann Lee")
    monkeypatch.setattr(Official, "validate_unique", lambda *_args, **_more: None)
    sent = fields(anna.get("/admin/meetings/official/add/"))
    response = anna.post("/admin/meetings/official/add/", {**sent, "name": "Another", "slug": "ann-lee"})
    assert "The database refused this" in errors(response)
    assert fields(response)["name"] == "Another"
    assert Official.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_in_the_same_moment_one_is_told(anna, boris):
    page = page_of(MeetingFactory(title="Talks"))
    sent = fields(anna.get(page))
    start, answers = Barrier(2), {}

    def save(client, title):
        start.wait()
        answers[title] = client.post(page, {**sent, "title": title}).status_code
        connection.close()

    threads = [Thread(target=save, args=pair) for pair in ((anna, "Hers"), (boris, "His"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers.values()) == [200, 302]
    assert answers[Meeting.objects.get().title] == 302
