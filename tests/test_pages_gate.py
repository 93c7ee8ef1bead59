"""The gate before every page: what is not public is not there, and is named nowhere."""

from urllib.parse import quote

import pytest
from django.db import connection

from meetings import index
from meetings.choices import Publication
from meetings.index import gate, schema
from meetings.index.counts import public
from meetings.models import Meeting, Official, Organization, Place, Source, Statement, Topic
from tests import factories
from tests.pages import LISTS, OTHERS, link, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("publication", [one for one in Publication if one != Publication.PUBLISHED])
def test_the_gate_stands_before_everything(client, publication):
    meeting = factories.MeetingFactory(title="Zebra talks", publication=publication)
    official = factories.OfficialFactory(name="Zebra Person", slug="zebra-person")
    place = factories.PlaceFactory(name="Zebra Place", slug="zebra-place")
    topic = factories.TopicFactory(name="Zebra Topic", slug="zebra-topic")
    source = factories.SourceFactory(title="Zebra Source")
    body = factories.OrganizationFactory(name="Zebra Body", slug="zebra-body")
    meeting.topics.add(topic)
    Meeting.objects.filter(pk=meeting.pk).update(place=place)
    factories.ParticipationFactory(meeting=meeting, official=official, organization=body)
    factories.CitationFactory(meeting=meeting, source=source)
    said = factories.StatementFactory(
        meeting=meeting, speaker=official, text="Zebra words", publication=Publication.PUBLISHED
    )
    for record in (meeting, official, body, place, topic, source, said):
        page(client, record.get_absolute_url(), 404)
    for address in [*OTHERS, "/search/?q=zebra", *(f"/{noun}/" for noun in LISTS), "/meetings/?official=zebra-person"]:
        html = page(client, address)
        assert "Zebra" not in html, address
    for noun in ("official", "organization", "place", "topic"):
        assert client.get(f"/autocomplete/{noun}/?q=zebra").json() == {"results": []}


def test_a_public_meeting_hides_its_drafts(client):
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    factories.MeetingFactory(title="Zebra part", part_of=meeting)
    factories.StatementFactory(text="Zebra words", meeting=meeting)
    outer = factories.MeetingFactory(title="Zebra visit")
    Meeting.objects.filter(pk=meeting.pk).update(part_of=outer)
    assert "Zebra" not in page(client, meeting.get_absolute_url())


def test_a_body_that_is_not_public_is_not_named_by_its_parts(client):
    unknown = factories.OrganizationFactory(name="Zebra Union")
    steps = [factories.OrganizationFactory(part_of=unknown)]
    for _step in range(2):
        steps.append(factories.OrganizationFactory(part_of=steps[-1]))
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    factories.ParticipationFactory(meeting=meeting, organization=steps[-1])
    page(client, unknown.get_absolute_url(), 404)
    for address in ["/organizations/", *(one.get_absolute_url() for one in steps)]:
        assert "Zebra" not in page(client, address), address
    assert f"Part of {link(steps[0])}" in page(client, steps[1].get_absolute_url())


@pytest.fixture
def named() -> list:
    """A record of each noun that has a page by something public alone, and what alone makes it so: of organizations
    and sources in each way."""
    publisher, holder = factories.OrganizationFactory(), factories.OrganizationFactory()
    whole = factories.OrganizationFactory()
    body = factories.OrganizationFactory(part_of=factories.OrganizationFactory(part_of=whole))
    city = factories.PlaceFactory()
    meeting = factories.MeetingFactory(published=True, place=factories.PlaceFactory(within=city))
    meeting.topics.add(topic := factories.TopicFactory())
    official = factories.OfficialFactory()
    factories.ParticipationFactory(meeting=meeting, official=official, organization=body)
    post = factories.PositionFactory(official=official, organization=holder)
    sources = [factories.SourceFactory(publisher=publisher), *(factories.SourceFactory() for _ in range(3))]
    said = factories.StatementFactory(meeting=meeting, published=True)
    factories.CitationFactory(meeting=meeting, source=sources[0])
    factories.CitationFactory(position=post, source=sources[1])
    factories.CitationFactory(statement=said, source=sources[2])
    factories.StatusChangeFactory(meeting=meeting, source=sources[3])
    index.rebuild()
    return [official, body, whole, holder, publisher, city, topic, *sources]


def test_a_page_asks_the_records_however_stale_the_index_is(client, named):
    Meeting.objects.update(publication=Publication.RETRACTED)
    Statement.objects.update(publication=Publication.RETRACTED)
    for record in named:
        page(client, record.get_absolute_url(), 404)


def test_a_key_of_a_filter_asks_the_records_however_stale_the_index_is(client, named):
    Meeting.objects.update(publication=Publication.RETRACTED)
    for record in named:
        noun = record._meta.model_name
        key = getattr(record, record.KEY)
        assert f"There is no {noun}" in page(client, f"/meetings/?{noun}={key}"), record
        if record.KEY == "slug":
            assert f"There is no {noun}" in page(client, f"/meetings/?{noun}={quote(record.name)}"), record


def test_what_is_public_is_there_while_the_index_is_empty(client, named):
    with connection.cursor() as cursor:
        schema.drop_tables(cursor)
        schema.create_tables(cursor)
    for record in named:
        page(client, record.get_absolute_url())
        noun, key = record._meta.model_name, getattr(record, record.KEY)
        assert "There is no" not in page(client, f"/meetings/?{noun}={key}"), record


def test_lists_call_public_what_the_gate_does(named):
    for expected in (set(named), set()):
        for model in (Official, Organization, Place, Topic, Source):
            gated = set(model.objects.published())
            assert set(public(model)) == gated
            assert gated & set(named) == {one for one in expected if type(one) is model}
        Meeting.objects.update(publication=Publication.RETRACTED)
        index.rebuild()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole, whatever it is asked")
@pytest.mark.parametrize("model", [Official, Organization, Place, Topic, Source])
def test_of_one_record_the_gate_gathers_nothing(db, model):
    for number in range(len(model.objects.reasons())):
        sql, parameters = gate.question(model, model.KEY, number, connection.vendor)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            steps = [step for *_place, step in cursor.fetchall()]
        assert not [step for step in steps if step.startswith(("SCAN", "LIST"))], steps
