"""The admin as an editor uses it: one page a meeting, drafts first, and everything found."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from meetings.choices import Publication
from meetings.models import Citation, Meeting, Participation
from tests import factories
from tests.admin_pages import address, errors, fields, messages, page_of, send

pytestmark = pytest.mark.django_db

NOUNS = ["meeting", "official", "country", "organization", "place", "topic", "statement", "source", "position"]
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=", re.IGNORECASE)


def factory_of(noun):
    return getattr(factories, f"{apps.get_model('meetings', noun).__name__}Factory")


def test_a_meeting_with_participants_statements_and_citations_on_one_page(admin_client):
    gallant = factories.OfficialFactory(name="Yoav Gallant")
    post = factories.PositionFactory(official=gallant)
    source, brussels, iran = factories.SourceFactory(), factories.PlaceFactory(), factories.CountryFactory()
    response = send(
        admin_client,
        address("meeting"),
        title="Gallant meets Austin",
        status="held",
        date="2023-06-15",
        place=brussels.pk,
        about=[iran.pk],
        participations__0__official=gallant.pk,
        participations__0__position=post.pk,
        participations__1__name_as_written="senior defence officials",
        statements__0__speaker=gallant.pk,
        statements__0__text="Israel has the right to defend itself.",
        citations__0__source=source.pk,
        citations__0__field="date",
        citations__0__note="It was a Thursday.",
    )
    assert response.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.publication, meeting.slug) == (Publication.DRAFT, "gallant-meets-austin")
    assert (meeting.date, meeting.place, [*meeting.about.all()]) == ("2023-06-15", brussels, [iran])
    rows = meeting.participations.order_by("order")
    assert [(row.order, str(row), row.position) for row in rows] == [
        (1, "Yoav Gallant", post),
        (2, "senior defence officials", None),
    ]
    statement = meeting.statements.get()
    assert (statement.speaker, statement.publication, statement.order) == (gallant, Publication.DRAFT, 1)
    assert meeting.citations.get().note == "It was a Thursday."
    assert {version.history_user.username for version in meeting.history.all()} == {"admin"}


def test_a_new_row_comes_last_unless_it_says_otherwise(admin_client):
    meeting = factories.MeetingFactory()
    factories.ParticipationFactory(meeting=meeting, order=7)
    new = {"participations__1__name_as_written": "last", "participations__2__name_as_written": "first"}
    send(admin_client, page_of(meeting), **new, participations__2__order="1")
    assert [*Participation.objects.order_by("order").values_list("order", "name_as_written")][::2] == [
        (1, "first"),
        (8, "last"),
    ]


def test_no_form_can_publish(admin_client):
    meeting = factories.MeetingFactory()
    send(admin_client, page_of(meeting), publication="published")
    meeting.refresh_from_db()
    assert meeting.publication == Publication.DRAFT


def test_the_page_says_what_a_draft_lacks(admin_client):
    page = admin_client.get(page_of(factories.MeetingFactory())).content.decode()
    assert "Say who took part" in page
    assert "Say who says so" in page


def test_the_publish_button_saves_and_tells_what_is_missing(admin_client):
    meeting = factories.MeetingFactory(title="Talks")
    response = send(admin_client, page_of(meeting), button="_publish", title="The talks")
    assert response.url == page_of(meeting)
    assert messages(admin_client.get(response.url)) == [
        "Saved as a draft, not published: “The talks”. Say who took part: at least one participant. "
        "Say who says so: at least one citation.",
    ]
    meeting.refresh_from_db()
    assert (meeting.title, meeting.publication) == ("The talks", Publication.DRAFT)


def test_the_publish_button_publishes_a_new_meeting_with_its_statements(admin_client):
    response = send(
        admin_client,
        address("meeting"),
        button="_publish",
        title="Talks",
        participations__0__name_as_written="delegation",
        statements__0__speaker_as_written="a spokesperson",
        statements__0__text="We agree.",
        citations__0__source=factories.SourceFactory().pk,
    )
    assert messages(admin_client.get(response.url))[-1] == "Published: 1 meeting, 1 statement."
    assert Meeting.objects.published().get().statements.published().get().text == "We agree."


def test_the_other_buttons_submit_and_retract(admin_client):
    meeting = factories.MeetingFactory()
    send(admin_client, page_of(meeting), button="_submit")
    meeting.refresh_from_db()
    assert meeting.publication == Publication.IN_REVIEW
    public = factories.MeetingFactory(published=True)
    assert {"_retract", "_publish", "_submit"} & buttons(admin_client, public) == {"_retract", "_publish"}
    assert {"_retract", "_publish", "_submit"} & buttons(admin_client, meeting) == {"_submit", "_publish"}
    send(admin_client, page_of(public), button="_retract")
    public.refresh_from_db()
    assert public.publication == Publication.RETRACTED


def buttons(client, record) -> set:
    return set(re.findall(r'<input type="submit"[^>]* name="(\w+)"', client.get(page_of(record)).content.decode()))


def test_the_bulk_action_publishes_what_is_ready_and_lists_the_rest(admin_client):
    ready = factories.MeetingFactory(published=True, publication=Publication.DRAFT, title="Ready")
    bare = [factories.MeetingFactory(title=f"Bare {number}") for number in range(25)]
    chosen = {"_selected_action": [ready.pk, *(meeting.pk for meeting in bare)]}
    response = admin_client.post(address("meeting", "changelist"), {"action": "publish", **chosen}, follow=True)
    told = messages(response)
    assert told[0] == "Published: “Ready”."
    assert len([one for one in told if one.startswith("“Bare")]) == 20
    assert told[-1] == "5 more are left as they are."
    assert [*Meeting.objects.published()] == [ready]


def test_publishing_needs_the_permission_to_change(django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_meeting"))
    client = Client()
    client.force_login(reader)
    meeting = factories.MeetingFactory(published=True, publication=Publication.DRAFT)
    assert client.post(page_of(meeting), {"_publish": "1"}).status_code == 403
    listed = client.get(address("meeting", "changelist")).content.decode()
    assert 'value="publish"' not in listed
    client.post(address("meeting", "changelist"), {"action": "publish", "_selected_action": meeting.pk})
    meeting.refresh_from_db()
    assert meeting.publication == Publication.DRAFT


def test_what_is_published_stays_complete(admin_client):
    meeting = factories.MeetingFactory(published=True)
    told = errors(send(admin_client, page_of(meeting), title="New", citations__0__DELETE="on"))
    assert "has to stay complete" in told
    assert "at least one citation" in told
    assert Citation.objects.count() == 1
    meeting.refresh_from_db()
    assert meeting.title != "New"


def test_a_published_statement_keeps_what_it_rests_on(admin_client):
    statement = factories.StatementFactory(published=True)
    assert "has to stay complete" in errors(send(admin_client, page_of(statement), citations__0__DELETE="on"))


def test_a_hidden_statement_can_be_corrected(admin_client):
    """A statement that waits for its retracted meeting is complete in itself."""
    meeting = factories.MeetingFactory(published=True, publication=Publication.RETRACTED)
    statement = factories.StatementFactory(meeting=meeting, publication=Publication.PUBLISHED)
    assert send(admin_client, page_of(statement), text="Corrected.").status_code == 302


def test_statement_rows_link_to_their_page_which_has_citations(admin_client):
    statement = factories.StatementFactory(meeting=factories.MeetingFactory())
    assert page_of(statement) in admin_client.get(page_of(statement.meeting)).content.decode()
    assert "citations-TOTAL_FORMS" in admin_client.get(page_of(statement)).content.decode()


@pytest.mark.parametrize("noun", ["official", "organization", "place", "topic", "country", "meeting"])
def test_lists_and_pickers_find_any_spelling(admin_client, noun):
    field = "title" if noun == "meeting" else "name"
    record = factory_of(noun)(**{field: "Olivér Várhelyi"})
    factory_of(noun)(**{field: "Somebody Else"})
    listed = admin_client.get(address(noun, "changelist"), {"q": "varHELYI oliver"})
    assert [*listed.context["cl"].result_list] == [record]
    assert offered(admin_client, noun, "varhel") == [record.pk]
    assert offered(admin_client, noun, "") == offered(admin_client, noun, " ")
    assert offered(admin_client, noun, "!!!") == []


#: A field of some record that links to each noun.
LINKS = {
    "official": ("participation", "official"),
    "organization": ("participation", "organization"),
    "country": ("participation", "country"),
    "position": ("participation", "position"),
    "place": ("meeting", "place"),
    "topic": ("meeting", "topics"),
    "meeting": ("meeting", "part_of"),
    "source": ("citation", "source"),
    "statement": ("statement", "within"),
}


def offered(client, noun, term, key="id", **more) -> list:
    model, field = LINKS[noun]
    query = {"app_label": "meetings", "model_name": model, "field_name": field, "term": term, **more}
    results = client.get(address(noun, "choices"), query).json()["results"]
    return [int(result["id"]) if key == "id" else result["text"] for result in results]


def test_sources_are_found_by_their_publisher_and_address(admin_client):
    publisher = factories.OrganizationFactory(name="The Jerusalem Post")
    untitled = factories.SourceFactory(title="", publisher=publisher)
    linked = factories.SourceFactory(url="https://example.org/readout")
    assert offered(admin_client, "source", "jerusalem POST") == [untitled.pk]
    assert offered(admin_client, "source", "readout") == [linked.pk]
    assert offered(admin_client, "source", "HTTPS://example.org/read") == [linked.pk]
    assert offered(admin_client, "source", "!!!") == []


def test_pickers_offer_no_merged_record_and_tell_namesakes_apart(admin_client):
    paris = factories.PlaceFactory(name="Paris", country=factories.CountryFactory(name="France"))
    texas = factories.PlaceFactory(name="Paris", within=factories.PlaceFactory(name="Texas"))
    factories.PlaceFactory(name="Paris (old)", merged_into=paris)
    assert sorted(offered(admin_client, "place", "paris", "text")) == ["Paris (France)", "Paris (Texas)"]
    assert {paris.pk, texas.pk} == {*offered(admin_client, "place", "paris")}
    post = factories.PositionFactory(title="Minister", country=paris.country)
    assert offered(admin_client, "official", post.official.name, "text") == [f"{post.official}: Minister (France)"]


def test_a_participants_position_is_one_of_the_official_in_the_row(admin_client):
    gallant = factories.OfficialFactory(name="Yoav Gallant")
    post, other = factories.PositionFactory(official=gallant), factories.PositionFactory()
    assert set(offered(admin_client, "position", "")) == {post.pk, other.pk}
    assert offered(admin_client, "position", "", official=gallant.pk) == [post.pk]
    assert offered(admin_client, "position", "gallant minis") == [post.pk]


def test_positions_are_found_in_any_case_and_without_accents(admin_client):
    defence = factories.PositionFactory(title="Ministre de la Défense")
    foreign = factories.PositionFactory(title="Министр иностранных дел")
    assert offered(admin_client, "position", "DEFENSE minist") == [defence.pk]
    assert offered(admin_client, "position", "министр ИНОСТР") == [foreign.pk]
    assert offered(admin_client, "position", "!!!") == []


def test_every_link_is_a_picker_with_a_way_to_add(admin_client):
    """No form of the admin lists all officials in a select."""
    for noun in NOUNS:
        page = admin_client.get(address(noun))
        forms = [page.context["adminform"].form]
        forms += [inline.formset.empty_form for inline in page.context["inline_admin_formsets"]]
        for form in forms:
            for name in form.fields:
                if name in {field.name for field in form._meta.model._meta.get_fields() if field.is_relation}:
                    if name == getattr(getattr(form, "fk", None), "name", None) or form[name].is_hidden:
                        continue
                    wrapper = form.fields[name].widget
                    assert "Record" in type(wrapper.widget).__name__, (noun, name)
                    assert wrapper.can_add_related, (noun, name)


def test_dates_say_what_they_mean(admin_client):
    def said(**query):
        return admin_client.get(address("meeting", "date_words"), query).json()

    assert said(text=" 2023-06~ ") == {"words": "about June 2023"}
    assert said(text="..", still="1") == {"words": "still held"}
    assert "February 2023 has 28 days" in said(text="2023-02-30")["error"]
    assert "error" in said(text="..")
    assert said() == {"words": ""}
    page = admin_client.get(address("meeting")).content.decode()
    assert "<code>[2023-06-16..2023-06-30]</code></dt><dd>between 16 and 30 June 2023</dd>" in page


def test_a_public_slug_is_fixed_and_another_is_not(admin_client):
    draft = factories.OfficialFactory(name="Ann Lee")
    public = factories.ParticipationFactory(
        meeting=factories.MeetingFactory(published=True), official=factories.OfficialFactory(name="Bo Li")
    ).official
    assert "slug" in fields(admin_client.get(page_of(draft)))
    assert "slug" not in fields(admin_client.get(page_of(public)))
    assert "slug" not in fields(admin_client.get(page_of(factories.CountryFactory())))
    send(admin_client, page_of(public), slug="other")
    public.refresh_from_db()
    assert public.slug == "bo-li"


def test_a_slug_left_empty_is_made_from_the_name(admin_client):
    for slug in ("oliver-varhelyi", "oliver-varhelyi-2"):
        assert send(admin_client, address("official"), name="Olivér Várhelyi").status_code == 302
        assert apps.get_model("meetings", "official").objects.filter(slug=slug).exists()


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_costs_the_same_for_more_records(admin_client, noun):
    model = apps.get_model("meetings", noun)

    def add():
        meeting = factories.MeetingFactory(
            date="2023-06-15", place=factories.PlaceFactory(country=factories.CountryFactory())
        )
        position = factories.PositionFactory()
        factories.ParticipationFactory(meeting=meeting, official=position.official, position=position)
        factories.StatementFactory(meeting=meeting, speaker=position.official)
        factories.SourceFactory(title="", publisher=factories.OrganizationFactory(part_of=None))
        factories.OrganizationFactory(country=position.country, part_of=factories.OrganizationFactory())
        factories.TopicFactory()

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            admin_client.get(address(noun, "changelist"))
        return len(captured)

    add()
    few = queries()
    for _time in range(5):
        add()
    assert model.objects.count() >= 6
    assert queries() == few
    assert few <= 13


@pytest.mark.parametrize("noun", ["meeting", "official", "statement"])
def test_a_page_costs_the_same_for_more_rows(admin_client, noun):
    def fill(record):
        post = factories.PositionFactory(organization=factories.OrganizationFactory())
        if noun == "official":
            factories.PositionFactory(official=record)
        elif noun == "statement":
            factories.CitationFactory(statement=record)
        else:
            row = {"official": post.official, "position": post, "country": factories.CountryFactory()}
            factories.ParticipationFactory(meeting=record, **row)
            factories.StatementFactory(meeting=record, speaker=post.official, quoted_by=factories.OfficialFactory())
            source = factories.SourceFactory(title="", publisher=post.organization)
            factories.CitationFactory(meeting=record, source=source)
            factories.StatusChangeFactory(meeting=record, source=source)

    record = factory_of(noun)()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(page_of(record))
        return len(captured)

    fill(record)
    few = queries()
    for _time in range(4):
        fill(record)
    assert queries() == few


@pytest.mark.parametrize("noun", NOUNS)
def test_no_page_breaks_the_content_security_policy(admin_client, monkeypatch, noun):
    monkeypatch.setattr(SimpleHistoryAdmin, "history_list_per_page", 1)
    record = factory_of(noun)()
    record.save()
    old = record.history.last()
    pages = [address(noun), address(noun, "changelist"), page_of(record)]
    pages += [address(noun, view, record.pk) for view in ("delete", "history")]
    pages += [address(noun, "simple_history", record.pk, old.pk), reverse("admin:index"), reverse("admin:login")]
    for page in pages:
        response = admin_client.get(page, follow=True)
        assert response.status_code == 200, page
        assert INLINE.findall(response.content.decode()) == [], page


def test_a_preview_shows_a_draft_as_its_page_would(admin_client, client):
    meeting = factories.MeetingFactory(title="Talks in Brussels")
    factories.StatementFactory(meeting=meeting, text="We agree.")
    assert client.get(meeting.get_absolute_url()).status_code == 404
    link = address("meeting", "preview", meeting.pk)
    assert link in admin_client.get(page_of(meeting)).content.decode()
    page = admin_client.get(link).content.decode()
    assert "Talks in Brussels" in page
    assert "We agree." in page
    assert "not public" in page
    assert client.get(link).status_code == 302


def test_what_is_public_links_to_its_page(admin_client):
    meeting = factories.MeetingFactory(published=True)
    page = admin_client.get(page_of(meeting)).content.decode()
    assert f'href="{meeting.get_absolute_url()}" class="viewsitelink"' in page
    assert "viewsitelink" not in admin_client.get(page_of(factories.OfficialFactory())).content.decode()
