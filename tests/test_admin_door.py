"""Who comes in: the log-in, its throttle, and forms that came too late."""

import pytest
from django.test import Client

from meetings.models import Topic
from tests.admin_pages import address

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor", password=PASSWORD, is_staff=True)


def log_in(client, password):
    return client.post("/admin/login/", {"username": "editor", "password": password})


def test_the_right_password_opens(client, editor):
    assert log_in(client, PASSWORD).status_code == 302


def test_wrong_passwords_close_the_door_for_a_while(client, editor, settings):
    settings.AXES_ENABLED = True
    answers = [log_in(client, "wrong") for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    assert "closed for 15 minutes, after 5 wrong passwords" in " ".join(answers[-1].content.decode().split())
    assert log_in(client, PASSWORD).status_code == 429


def test_a_form_without_its_token_is_refused_in_words(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    answer = client.post(address("topic"), {"name": "Drones"})
    assert answer.status_code == 403
    assert "This form was too old" in answer.content.decode()
    assert not Topic.objects.exists()


def test_whoever_lacks_a_permission_reads_so(client, editor):
    client.force_login(editor)
    answer = client.get(address("topic"))
    assert answer.status_code == 403
    assert "You may not see this" in answer.content.decode()
