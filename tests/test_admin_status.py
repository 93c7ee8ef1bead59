"""A meeting's status in the admin: no change is lost, and none is public without a source."""

import pytest

from tests import factories
from tests.admin_pages import address, errors, messages, page_of, send

pytestmark = pytest.mark.django_db

UNSOURCED = "Say who says that it is now “Held”: add a citation about its status, or a source to the change of status."


def kept(meeting) -> list[str]:
    return [change.status for change in meeting.status_changes.order_by("pk")]


def written(**values) -> dict:
    """A new row of a change of status, as an editor writes it."""
    row = {"status": "held", "date": "2023-06-15", **values}
    return {"status_changes__TOTAL_FORMS": "1", **{f"status_changes__0__{name}": row[name] for name in row}}


def test_a_public_meeting_is_not_held_because_an_editor_says_so(admin_client):
    meeting = factories.MeetingFactory(published=True, status="planned")
    for rows in ({}, written()):
        response = send(admin_client, page_of(meeting), status="held", **rows)
        assert UNSOURCED in errors(response)
        assert response.context["adminform"].form["status"].value() == "held"
        meeting.refresh_from_db()
        assert (meeting.status, kept(meeting)) == ("planned", [])


def test_a_citation_about_the_status_makes_it_public_with_what_it_was(admin_client, admin_user):
    meeting = factories.MeetingFactory(published=True, status="planned")
    cited = {"citations__1__source": factories.SourceFactory().pk, "citations__1__field": "status"}
    assert send(admin_client, page_of(meeting), status="held", **cited).status_code == 302
    assert kept(meeting) == ["planned", "held"]
    assert {change.history.get().history_user for change in meeting.status_changes.all()} == {admin_user}


def test_an_editors_own_row_with_its_source_is_enough(admin_client):
    meeting = factories.MeetingFactory(published=True, status="planned")
    row = written(source=factories.SourceFactory().pk)
    assert send(admin_client, page_of(meeting), status="held", **row).status_code == 302
    assert [(change.status, change.date) for change in meeting.status_changes.order_by("pk")] == [
        ("planned", ""),
        ("held", "2023-06-15"),
    ]


def test_a_change_undone_with_its_row_leaves_no_other(admin_client):
    meeting = factories.MeetingFactory(published=True, status="held")
    for status in ("planned", "held"):
        factories.StatusChangeFactory(meeting=meeting, status=status)
    changes = {"status": "planned", "status_changes__1__DELETE": "on"}
    assert send(admin_client, page_of(meeting), **changes).status_code == 302
    assert kept(meeting) == ["planned"]


def test_the_status_of_what_was_never_public_is_no_event(admin_client):
    meeting = factories.MeetingFactory(published=True, publication="draft", status="unconfirmed")
    assert send(admin_client, page_of(meeting), status="held", _publish="on").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.publication, kept(meeting)) == ("held", "published", [])


def test_a_draft_whose_changes_are_kept_is_saved_and_its_editor_told(admin_client):
    meeting = factories.MeetingFactory(status="planned")
    factories.StatusChangeFactory(meeting=meeting, status="planned")
    response = send(admin_client, page_of(meeting), status="held")
    assert UNSOURCED in messages(admin_client.get(response.url))
    assert kept(meeting) == ["planned", "held"]


def test_a_meeting_saved_with_its_status_as_it_was_keeps_no_change(admin_client):
    meeting = factories.MeetingFactory(published=True, status="held")
    assert send(admin_client, page_of(meeting), title="Other").status_code == 302
    assert kept(meeting) == []


def test_a_citation_asks_which_part_it_is_about(admin_client):
    page = admin_client.get(address("meeting")).content.decode()
    assert "About which part:" in page
    assert page.count("EDTF: when the status became this.") == 1
