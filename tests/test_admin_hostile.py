"""Nonsense in the admin's addresses and forms gets an answer, never a 500."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client

from meetings.models import Meeting
from tests import factories
from tests.admin_pages import address, fields, messages

pytestmark = pytest.mark.django_db

NOUNS = [
    model._meta.model_name for model in apps.get_app_config("meetings").get_models() if admin.site.is_registered(model)
]
PARTS = ("year", "month", "day")
WORDS = ["\0", "x", "9" * 30, "-1,'%é\u202e"]


@pytest.fixture(autouse=True)
def records():
    """One of each record, some of them in the first and in the last year."""
    for noun in NOUNS:
        getattr(factories, FACTORIES[noun])()
    for day in ("0001-01-01", "9999-12-31", "2023", "[..2023]"):
        factories.StatementFactory(meeting=factories.MeetingFactory(date=day))
        factories.SourceFactory(published=day)


FACTORIES = {name.removesuffix("Factory").lower(): name for name in vars(factories) if name.endswith("Factory")}


@pytest.mark.parametrize("noun", NOUNS)
def test_lists_take_any_parameter(admin_client, noun):
    options = admin.site.get_model_admin(apps.get_model("meetings", noun))
    filters = [one if isinstance(one, str) else one[0] for one in options.list_filter]
    names = ["q", "o", "p", "e", "all", "_popup", "_to_field", "_facets", "nonsense", "id", "pk__in", *filters]
    names += [f"{name}__{lookup}" for name in filters for lookup in ("exact", "isempty")]
    if options.date_hierarchy:
        names += [f"{options.date_hierarchy}__{part}" for part in ("year", "gte", "isnull")]
    for name in names:
        for word in WORDS:
            response = admin_client.get(address(noun, "changelist"), {name: word})
            assert response.status_code in (200, 302, 400), (name, word)


@pytest.mark.parametrize("noun", ["meeting", "source", "statement"])
def test_dates_drill_down_from_the_first_year_to_the_last(admin_client, noun):
    field = admin.site.get_model_admin(apps.get_model("meetings", noun)).date_hierarchy
    days = ["1", "1-1", "1-1-1", "9999", "9999-12", "9999-12-31", "2023", "2023-13", "2023-2-30", "10000", "0"]
    for day in days:
        query = {f"{field}__{part}": value for part, value in zip(PARTS, day.split("-"), strict=False)}
        assert admin_client.get(address(noun, "changelist"), query, follow=True).status_code == 200, query


@pytest.mark.parametrize("noun", NOUNS)
def test_strange_keys_are_not_found(admin_client, noun):
    for key in ("x", "0", "9" * 30, "%00", "1/2", "_5F", "a b", "é", "None"):
        for view in ("change", "delete", "history", "preview"):
            url = f"/admin/meetings/{noun}/{key}/{view}/"
            assert admin_client.get(url, follow=True).status_code in (200, 403, 404), url
            assert admin_client.post(url, follow=True).status_code in (200, 403, 404), url
        for version in ("x", "0", "9" * 30, "%00"):
            assert admin_client.get(f"/admin/meetings/{noun}/{key}/history/{version}/").status_code in (302, 404)


@pytest.mark.parametrize("noun", NOUNS)
def test_actions_take_any_selection(admin_client, noun):
    for action in ("delete_selected", "publish", "nonsense"):
        for chosen in ("\0", "x", "9" * 30):
            for more in ({"post": "yes"}, {"select_across": "x", "index": "x"}):
                sent = {"action": action, "_selected_action": chosen, **more}
                response = admin_client.post(address(noun, "changelist"), sent)
                assert response.status_code in (200, 302), sent
    assert Meeting.objects.exists()


def test_add_pages_take_any_beginning(admin_client):
    for noun in NOUNS:
        if noun == "importrun":
            continue
        names = [field.name for field in apps.get_model("meetings", noun)._meta.get_fields() if field.concrete]
        for word in WORDS:
            response = admin_client.get(address(noun), dict.fromkeys([*names, "version", "_popup"], word))
            assert response.status_code == 200, (noun, word)


def test_every_field_takes_any_word(admin_client):
    """Forms with all fields wrong at once; NUL characters, rows and their keys included."""
    meeting = Meeting.objects.get(date="2023")
    page = address("meeting", "change", meeting.pk)
    sent = fields(admin_client.get(page))
    for word in WORDS:
        wrong = {name: word for name in sent if not name.endswith("TOTAL_FORMS")}
        assert admin_client.post(page, {**sent, **wrong}).status_code in (200, 302)


def test_more_rows_than_a_page_takes_are_refused(admin_client):
    page = address("meeting", "change", Meeting.objects.get(date="2023").pk)
    sent = {**fields(admin_client.get(page)), "citations-TOTAL_FORMS": "9" * 9}
    response = admin_client.post(page, sent)
    assert "Please submit at most 500 forms." in response.content.decode()


def test_pickers_take_any_parameter(admin_client):
    right = {"app_label": "meetings", "model_name": "participation", "field_name": "position", "term": "a"}
    for name in [*right, "page", "official"]:
        for word in WORDS:
            response = admin_client.get(address("position", "choices"), {**right, name: word})
            assert response.status_code in (200, 403, 404), (name, word)


def test_dates_in_words_take_any_text(admin_client):
    for word in [*WORDS, "2023-06-15", "9" * 5000, "[2023..", ".."]:
        response = admin_client.get(address("meeting", "date_words"), {"text": word})
        assert {"words", "error"} & set(response.json())


def test_a_reader_of_the_admin_changes_nothing(django_user_model):
    """Whoever may only view sees every page, and every write is refused."""
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(reader)
    for noun in NOUNS:
        record = apps.get_model("meetings", noun).objects.first()
        assert client.get(address(noun, "changelist")).status_code == 200
        page = address(noun, "change", record.pk)
        assert client.get(page).status_code == 200
        assert client.post(page, {"_publish": "1"}).status_code == 403
        assert client.post(address(noun, "delete", record.pk), {"post": "yes"}).status_code == 403
        if hasattr(record, "history"):
            assert client.get(address(noun, "history", record.pk)).status_code == 200
            old = address(noun, "simple_history", record.pk, record.history.first().pk)
            assert client.get(old).status_code == 200
            assert client.post(old, {}).status_code == 403
    draft = Meeting.objects.filter(publication="draft").first()
    sent = {"action": "submit", "_selected_action": draft.pk}
    client.post(address("meeting", "changelist"), sent)
    draft.refresh_from_db()
    assert draft.publication == "draft"
    assert client.get("/admin/meetings/meeting/add/").status_code == 403


@pytest.mark.parametrize("query", [{"q": "\0"}, {"place__isempty": "x"}, {"nonsense": "1"}])
def test_a_list_that_cannot_be_is_told_and_the_whole_list_shown(admin_client, query):
    response = admin_client.get(address("meeting", "changelist"), query, follow=True)
    assert messages(response) == ["The address asked for something that cannot be. Here is the whole list."]
    assert response.context["cl"].result_count == Meeting.objects.count()


def test_a_selection_that_cannot_be_changes_nothing_and_is_told(admin_client):
    chosen = {"action": "submit", "_selected_action": [Meeting.objects.first().pk, "x"]}
    response = admin_client.post(address("meeting", "changelist"), chosen, follow=True)
    assert messages(response) == ["No record has the key “x”. Choose records in the list."]
    assert not Meeting.objects.filter(publication="in-review").exists()


@pytest.mark.parametrize("broken", ["meetings.editorial.publication.missing", "meetings.admin.base.Rows.get_results"])
def test_a_mistake_of_ours_is_not_taken_for_one_of_the_address(admin_client, monkeypatch, broken):
    def fail(*args):
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(broken, fail)
    chosen = {"action": "publish", "_selected_action": Meeting.objects.first().pk}
    with pytest.raises(ValueError, match="a mistake of ours"):
        admin_client.post(address("meeting", "changelist"), chosen)
