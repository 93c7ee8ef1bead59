"""The admin as it is served: without the transaction that other tests run in, which a lock would have needed."""

import pytest

from meetings.models import Meeting
from tests import factories
from tests.admin_pages import address, fields, page_of, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_old_version_comes_back(admin_client):
    meeting = factories.MeetingFactory(title="Talks")
    send(admin_client, page_of(meeting), title="Talks in Brussels")
    oldest = meeting.history.order_by("history_id").first()
    assert send(admin_client, address("meeting", "simple_history", meeting.pk, oldest.pk)).status_code == 302
    assert Meeting.objects.get().title == "Talks"


@pytest.mark.parametrize("view", ["history", "preview"])
def test_what_is_only_read_takes_a_post_as_a_reading(admin_client, view):
    meeting = factories.MeetingFactory(title="Talks")
    response = admin_client.post(address("meeting", view, meeting.pk), {"title": "Changed"})
    assert response.status_code == 200
    assert Meeting.objects.get().title == "Talks"


def test_the_log_of_a_record_without_history_takes_a_post_as_a_reading(admin_client):
    run = factories.ImportRunFactory()
    assert admin_client.post(address("importrun", "history", run.pk)).status_code == 200


def test_pages_are_saved_and_deleted(admin_client):
    meeting = factories.MeetingFactory(title="Talks")
    page = page_of(meeting)
    sent = fields(admin_client.get(page))
    assert admin_client.post(page, {**sent, "title": "The talks", "_submit": "1"}).status_code == 302
    assert Meeting.objects.get().title == "The talks"
    assert admin_client.post(address("meeting", "delete", meeting.pk), {"post": "yes"}).status_code == 302
    assert not Meeting.objects.exists()
