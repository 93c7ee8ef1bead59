"""The gate before every page: what is not public is not there, and is named nowhere."""

import pytest

from meetings.choices import Publication
from meetings.models import Meeting
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
