"""`seed` fills an empty database, leaves an editor's work alone, and overwrites it only when asked, by name."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from meetings import index
from meetings.models import Country, Meeting, Official, Participation, Topic
from tests.factories import CountryFactory, MeetingFactory, ParticipationFactory

pytestmark = pytest.mark.django_db

TIMES = {"created_at": "2026-11-01T00:00:00Z", "updated_at": "2026-11-01T00:00:00Z"}
MEETING = {**TIMES, "uid": "aaaaaaaaaa", "title": "A meeting", "slug": "a-meeting"}
PARTY = {"uid": "bbbbbbbbbb", "meeting": ["aaaaaaaaaa"], "official": ["an-official"]}


def record(model, **fields):
    return {"model": f"meetings.{model}", "fields": fields}


@pytest.fixture
def folder(tmp_path, settings):
    """A folder of fixtures of the test's own: a meeting with one official about one country and one topic."""
    settings.FIXTURE_DIRS = [tmp_path]
    write(
        tmp_path / "01_nouns.json",
        record("country", **TIMES, name="A country", slug="a-country"),
        record("topic", **TIMES, name="A topic", slug="a-topic"),
        record("official", **TIMES, name="An official", slug="an-official"),
    )
    write(tmp_path / "02_meetings.json", record("meeting", **MEETING, about=[["a-country"]], topics=[["a-topic"]]))
    write(tmp_path / "03_participations.json", record("participation", **PARTY))
    return tmp_path


def write(path, *records):
    path.write_text(json.dumps(records), encoding="utf-8")


def seed(*arguments):
    """What the command said."""
    said = StringIO()
    call_command("seed", *arguments, stdout=said)
    return said.getvalue()


def test_an_empty_database_gets_the_article():
    assert "0 overwritten" in seed()
    assert Meeting.objects.published().count() == 13
    assert Official.objects.count() == 5
    assert Country.objects.count() == 272


def test_it_says_how_to_make_an_administrator_until_there_is_one(folder, django_user_model):
    django_user_model.objects.create_user("editor", is_staff=True)
    assert "make admin" in seed()
    django_user_model.objects.create_superuser("admin")
    assert "make admin" not in seed()


def test_a_database_with_meetings_is_left_alone(folder):
    seed()
    Meeting.objects.update(title="Another title", folded="")
    Topic.objects.all().delete()
    assert "nothing loaded" in seed()
    assert Meeting.objects.get().title == "Another title"
    assert not Topic.objects.exists()


def test_an_empty_index_is_made_again(folder):
    MeetingFactory(publication="published")
    assert "nothing loaded" in seed()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_index_entry")
    assert "The index is empty: made again, with 1 records." in seed()
    assert list(index.check()) == []


@pytest.mark.parametrize("publication", ["draft", "in-review", "retracted"])
def test_a_meeting_counts_before_it_is_published_and_after(folder, publication):
    MeetingFactory(publication=publication)
    assert "nothing loaded" in seed()
    assert Meeting.objects.count() == 1


def test_what_an_editor_wrote_before_the_first_meeting_is_left_alone(folder):
    CountryFactory(name="The editor's name", slug="a-country")
    said = seed()
    assert "country a-country: " in said
    assert "nothing loaded" in said
    assert Country.objects.get().name == "The editor's name"
    assert not Meeting.objects.exists()


def test_what_an_editor_wrote_just_as_it_stands_in_a_file_is_no_obstacle(folder):
    call_command("loaddata", folder / "01_nouns.json", verbosity=0)
    assert "0 overwritten" in seed()
    assert Meeting.objects.exists()


class TestReload:
    def test_it_names_each_record_that_it_overwrites_and_the_fields(self, folder):
        seed()
        meeting = Meeting.objects.get()
        meeting.title = "Another title"
        meeting.save()
        meeting.about.set([CountryFactory(name="Another country")])
        Official.objects.get(slug="an-official").save()
        said = seed("--reload")
        assert "meeting aaaaaaaaaa: title, about\n" in said
        assert "an-official" not in said
        assert "1 overwritten" in said
        meeting.refresh_from_db()
        assert meeting.title == "A meeting"
        assert [country.slug for country in meeting.about.all()] == ["a-country"]

    def test_a_second_time_overwrites_nothing(self, folder):
        seed()
        assert "0 overwritten" in seed("--reload")

    def test_it_brings_back_what_an_editor_deleted(self, folder):
        seed()
        Participation.objects.all().delete()
        assert "0 overwritten" in seed("--reload")
        assert Participation.objects.get().uid == "bbbbbbbbbb"

    def test_what_an_editor_added_stays(self, folder):
        seed()
        own = MeetingFactory(title="The editor's own")
        party = ParticipationFactory(meeting=Meeting.objects.get(uid="aaaaaaaaaa"))
        seed("--reload")
        assert Meeting.objects.get(pk=own.pk).title == "The editor's own"
        assert Participation.objects.filter(pk=party.pk).exists()


BROKEN = {
    "no JSON": "[{",
    "no list of records": '{"model": "meetings.meeting"}',
    "no such model": [{"model": "meetings.summit", "fields": {"uid": "aaaaaaaaaa"}}],
    "a model without a natural key": [{"model": "auth.user", "fields": {}}],
    "no natural key": [record("meeting", title="A meeting")],
    "no such field": [record("meeting", **MEETING, where="Brussels")],
    "no such day": [record("meeting", **MEETING, date="2023-02-30")],
    "no such choice": [record("meeting", **MEETING, status="maybe")],
    "no such moment": [record("meeting", **MEETING | {"created_at": "yesterday"})],
    "no such country": [record("meeting", **MEETING, about=[["atlantis"]])],
    "no such place": [record("meeting", **MEETING, place=["atlantis"])],
    "no such meeting": [record("participation", **PARTY | {"meeting": ["cccccccccc"]})],
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_and_nothing_is_half_written(folder, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "02_meetings.json").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"^02_meetings\.json cannot be loaded, so nothing was: .*\w"):
        seed()
    assert not Country.objects.exists()
    assert not Meeting.objects.exists()


def test_what_clashes_with_an_editors_own_record_is_told_and_nothing_is_overwritten(folder):
    seed()
    meeting = Meeting.objects.get()
    Participation.objects.all().delete()
    ParticipationFactory(meeting=meeting, official=Official.objects.get())
    Meeting.objects.filter(pk=meeting.pk).update(title="Another title", folded="")
    with pytest.raises(CommandError, match=r"^03_participations\.json cannot be loaded"):
        seed("--reload")
    assert Meeting.objects.get().title == "Another title"
