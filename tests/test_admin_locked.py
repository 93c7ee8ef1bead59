"""While an import holds SQLite, an editor's save is answered with the form kept, and nothing is lost."""

import sqlite3
from contextlib import contextmanager
from time import monotonic

import pytest
from django.db import connection
from django.urls import reverse

from diplomacy import middleware
from meetings.models import ImportRun, Meeting
from tests import factories
from tests.admin_pages import address, fields, page_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write at a time"),
]


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch):
    monkeypatch.setattr(middleware, "REQUEST_WAITS", 1)


@contextmanager
def locked():
    """Another process writes: a second connection holds the lock."""
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_a_save_is_kept_and_can_be_sent_again(admin_client):
    ImportRun.objects.create(dataset="us-travels")
    meeting = factories.MeetingFactory(title="Talks")
    sent = {**fields(admin_client.get(page_of(meeting))), "title": "Talks “at” <night> & day", "_continue": "1"}
    with locked():
        before = monotonic()
        response = admin_client.post(page_of(meeting), sent)
        assert monotonic() - before < 5
    page = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "us-travels" in page
    assert "<script" not in page.partition('id="busy_form"')[2]
    kept = fields(response)
    token = "csrfmiddlewaretoken"
    assert kept[token]
    assert {**kept, token: ""} == {**{name: value for name, value in sent.items() if value != []}, token: ""}
    assert Meeting.objects.get().title == "Talks"
    assert f'action="{page_of(meeting)}"' in page
    assert admin_client.post(page_of(meeting), kept).status_code == 302
    assert Meeting.objects.get().title == "Talks “at” <night> & day"


def test_several_values_of_one_name_are_kept(admin_client):
    topics = [factories.TopicFactory(), factories.TopicFactory()]
    with locked():
        chosen = {"action": "delete_selected", "_selected_action": [topic.pk for topic in topics], "post": "yes"}
        response = admin_client.post(address("topic", "changelist"), chosen)
    assert response.status_code == 503
    for topic in topics:
        assert f'name="_selected_action" value="{topic.pk}"' in response.content.decode()


def test_a_password_is_not_kept(client):
    with locked():
        response = client.post(reverse("admin:login"), {"username": "ann", "password": "a-secret"})
    assert "a-secret" not in response.content.decode()


def test_pages_are_read_meanwhile(admin_client, client):
    meeting = factories.MeetingFactory(published=True)
    with locked():
        assert client.get(meeting.get_absolute_url()).status_code == 200
        assert admin_client.get(page_of(meeting)).status_code == 200
