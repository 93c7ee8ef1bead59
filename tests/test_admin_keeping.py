"""What the admin keeps: records that something rests on, records that were published, and every old version."""

import pytest
from django.contrib.auth import get_user_model

from meetings import editorial, index
from meetings.choices import Publication
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.models import Country, Meeting, Official, Place, Position, Source, Statement
from tests import factories
from tests.admin_pages import address, errors, fields, messages, page_of, send

pytestmark = pytest.mark.django_db


def try_to_delete(client, record) -> str:
    """Presses delete on the record's page and in the list, against any refusal; what the pages say."""
    noun = record._meta.model_name
    page = address(noun, "delete", record.pk)
    said = client.get(page).content.decode()
    client.post(page, {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": record.pk}
    said += client.post(address(noun, "changelist"), chosen).content.decode()
    client.post(address(noun, "changelist"), {**chosen, "post": "yes"})
    return said


@pytest.mark.parametrize(
    ("model", "hold"),
    [
        (Official, lambda official: factories.ParticipationFactory(official=official).meeting),
        (Official, lambda official: factories.StatementFactory(speaker=official)),
        (Official, lambda official: factories.StatementFactory(quoted_by=official)),
        (Country, lambda country: factories.ParticipationFactory(country=country).meeting),
        (Country, lambda country: factories.PlaceFactory(country=country)),
        (Country, lambda country: factories.PositionFactory(country=country)),
        (Position, lambda post: factories.ParticipationFactory(official=post.official, position=post).meeting),
        (Place, lambda place: factories.MeetingFactory(place=place)),
        (Place, lambda place: factories.PlaceFactory(within=place)),
        (Source, lambda source: factories.CitationFactory(source=source).meeting),
        (Source, lambda source: factories.StatusChangeFactory(source=source).meeting),
        (Meeting, lambda meeting: factories.MeetingFactory(part_of=meeting)),
        (Meeting, lambda meeting: factories.StatementFactory(meeting=meeting)),
        (Statement, lambda statement: factories.StatementFactory(within=statement)),
    ],
)
def test_what_something_rests_on_is_not_deleted_and_its_holder_is_named(admin_client, model, hold):
    record = getattr(factories, f"{model.__name__}Factory")()
    holder = hold(record)
    said = try_to_delete(admin_client, record)
    assert model.objects.filter(pk=record.pk).exists()
    assert f'<a href="{page_of(holder)}">{holder}</a>' in said


def test_lines_stay_as_they_are_and_rows_that_nobody_changed_are_not_written(admin_client):
    """Browsers send other ends of lines than files and fixtures have; an import would take them for an edit."""
    meeting = factories.MeetingFactory(published=True, summary="One\nTwo")
    citation = meeting.citations.get()
    citation.quote = "Caracas\nVenezuela"
    citation.save()
    written = citation.history.count()
    send(admin_client, page_of(meeting), title="Another title")
    meeting.refresh_from_db()
    citation.refresh_from_db()
    assert (meeting.title, meeting.summary, citation.quote) == ("Another title", "One\nTwo", "Caracas\nVenezuela")
    assert citation.history.count() == written


@pytest.mark.parametrize("noun", ["country", "topic"])
def test_what_meetings_are_about_is_not_deleted(admin_client, noun):
    record = getattr(factories, f"{noun.title()}Factory")()
    meeting = factories.MeetingFactory(title="Talks about it")
    (meeting.about if noun == "country" else meeting.topics).add(record)
    said = try_to_delete(admin_client, record)
    assert f'Meeting: <a href="{page_of(meeting)}">Talks about it</a>' in said
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("factory", [factories.MeetingFactory, factories.StatementFactory])
def test_what_is_published_is_retracted_never_deleted(admin_client, factory):
    record = factory(published=True)
    said = try_to_delete(admin_client, record)
    assert "is or was published" in said
    assert type(record).objects.filter(pk=record.pk).exists()


def test_a_published_statement_is_not_deleted_in_its_meetings_page(admin_client):
    statement = factories.StatementFactory(meeting=factories.MeetingFactory(published=True), published=True)
    response = send(admin_client, page_of(statement.meeting), statements__0__DELETE="on")
    assert "retract it before you delete it" in errors(response)
    assert Statement.objects.exists()


def test_a_statement_that_another_stands_in_is_not_deleted_in_its_meetings_page(admin_client):
    statement = factories.StatementFactory(meeting=factories.MeetingFactory())
    inner = factories.StatementFactory(within=statement, text="Quoted.")
    response = send(admin_client, page_of(statement.meeting), statements__0__DELETE="on")
    assert str(inner) in errors(response)
    assert Statement.objects.count() == 2


def test_a_post_that_a_meeting_names_is_not_deleted_in_its_officials_page(admin_client):
    post = factories.PositionFactory()
    row = factories.ParticipationFactory(official=post.official, position=post)
    response = send(admin_client, page_of(post.official), positions__0__DELETE="on")
    assert str(row) in errors(response)
    assert post.official.positions.get() == post


def test_a_draft_is_deleted_with_its_rows(admin_client):
    meeting = factories.ParticipationFactory().meeting
    factories.CitationFactory(meeting=meeting)
    try_to_delete(admin_client, meeting)
    assert not Meeting.objects.exists()


def test_a_record_published_while_its_deletion_was_being_confirmed_stays(admin_client, monkeypatch):
    meeting = factories.MeetingFactory(published=True)
    monkeypatch.setattr("meetings.admin.base.held", lambda records: [])
    page = address("meeting", "delete", meeting.pk)
    response = admin_client.post(page, {"post": "yes"})
    assert "never deleted" in messages(admin_client.get(response.url))[0]
    chosen = {"action": "delete_selected", "_selected_action": meeting.pk, "post": "yes"}
    response = admin_client.post(address("meeting", "changelist"), chosen)
    assert "never deleted" in messages(admin_client.get(response.url))[0]
    assert Meeting.objects.exists()


def old_version(record, which=-1) -> str:
    versions = record.history.order_by("history_date", "history_id")
    return address(record._meta.model_name, "simple_history", record.pk, versions[which % versions.count()].pk)


def test_an_old_version_comes_back_with_its_links(admin_client):
    iran, drones = factories.TopicFactory(name="Iran"), factories.TopicFactory(name="Drones")
    meeting = factories.MeetingFactory(title="Talks", date="2023")
    meeting.topics.set([iran])
    send(admin_client, page_of(meeting), title="Talks in Brussels", date="2023-06-15", topics=[drones.pk])
    listed = admin_client.get(address("meeting", "history", meeting.pk)).content.decode()
    assert "Talks in Brussels" in listed
    assert send(admin_client, old_version(meeting, 1)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.date, [*meeting.topics.all()]) == ("Talks", "2023", [iran])
    assert str(meeting.earliest) == "2023-01-01"


def test_an_old_version_brings_no_publication_back(admin_client):
    """Going back to a version from before the publication, or from before a retraction, changes the text alone."""
    meeting = factories.MeetingFactory(published=True, publication=Publication.DRAFT, title="Draft title")
    send(admin_client, page_of(meeting), title="Better title")
    editorial.publish([meeting])
    send(admin_client, old_version(meeting, 0))
    meeting.refresh_from_db()
    assert (meeting.title, meeting.publication) == ("Draft title", Publication.PUBLISHED)
    editorial.retract([meeting])
    published = meeting.history.filter(publication=Publication.PUBLISHED).first()
    send(admin_client, address("meeting", "simple_history", meeting.pk, published.pk))
    meeting.refresh_from_db()
    assert meeting.publication == Publication.RETRACTED


def test_an_old_version_that_breaks_a_rule_now_is_refused(admin_client):
    outer, inner = factories.PlaceFactory(), factories.PlaceFactory()
    outer.within = inner
    outer.save()
    outer.within = None
    outer.save()
    inner.within = outer
    inner.save()
    assert "lead back to itself" in errors(send(admin_client, old_version(outer, 1)))


def test_an_old_version_that_names_a_deleted_record_is_told(admin_client):
    gone = factories.OfficialFactory()
    statement = factories.StatementFactory(speaker=gone)
    statement.speaker = factories.OfficialFactory()
    statement.save()
    gone.delete()
    assert admin_client.get(address("statement", "history", statement.pk)).status_code == 200
    response = admin_client.get(old_version(statement, 0), follow=True)
    assert messages(response) == ["That version names a record that was deleted since."]


def test_versions_tell_who_and_what(admin_client):
    official = factories.OfficialFactory(name="Ann")
    send(admin_client, page_of(official), name="Ann Lee")
    page = admin_client.get(address("official", "history", official.pk)).content.decode()
    assert "admin" in page
    assert "Ann → Ann Lee" in " ".join(page.split())


def test_whoever_may_only_view_brings_no_version_back(client):
    viewer = get_user_model().objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(viewer.user_permissions.model.objects.filter(codename="view_official"))
    client.force_login(viewer)
    official = factories.OfficialFactory(name="Ann")
    official.name = "Bea"
    official.save()
    page = old_version(official, 0)
    assert client.get(page).status_code == 200
    assert client.post(page, {**fields(client.get(page)), "name": "Ann"}).status_code == 403
    official.refresh_from_db()
    assert official.name == "Bea"


def test_imports_are_only_read(admin_client):
    run = factories.ImportRunFactory()
    page = address("importrun", "change", run.pk)
    assert admin_client.get(page).status_code == 200
    assert admin_client.post(page, {"dataset": "x"}).status_code == 403
    assert admin_client.get(address("importrun")).status_code == 403


def test_a_statement_moved_to_another_meeting_is_found_there_and_no_more_at_the_old_one(admin_client):
    before, after = (factories.MeetingFactory(published=True) for _ in range(2))
    statement = factories.StatementFactory(meeting=before, text="Quokka", publication="published")
    factories.CitationFactory(meeting=None, statement=statement)
    assert send(admin_client, page_of(statement), meeting=after.pk).status_code == 302
    assert hits.page(Asked().worded("quokka"), 9) == [after.pk]
    assert list(index.check()) == []


def test_a_quote_that_changed_or_went_is_found_as_it_is_now(admin_client):
    meeting = factories.MeetingFactory(published=True)
    citation = factories.CitationFactory(meeting=meeting, quote="Quokka")
    row = next(number for number, one in enumerate(meeting.citations.all()) if one == citation)
    assert send(admin_client, page_of(meeting), **{f"citations__{row}__quote": "Wombat"}).status_code == 302
    assert [hits.page(Asked().worded(word), 9) for word in ("quokka", "wombat")] == [[], [meeting.pk]]
    assert send(admin_client, page_of(meeting), **{f"citations__{row}__DELETE": "on"}).status_code == 302
    assert hits.page(Asked().worded("wombat"), 9) == []
    assert list(index.check()) == []


def test_a_quote_of_a_statement_that_changed_is_found_as_it_is_now(admin_client):
    statement = factories.StatementFactory(publication="published")
    factories.CitationFactory(meeting=None, statement=statement, quote="Quokka")
    assert send(admin_client, page_of(statement), citations__0__quote="Wombat").status_code == 302
    said = [hits.page(Asked(shelf="statements").worded(word), 9) for word in ("quokka", "wombat")]
    assert said == [[], [statement.pk]]
