"""Queries of every page shape, at two sizes of the data: what a page costs does not grow.

`query_counts.json` is the budget, without the look at the version by which lists are kept (`views.again`). To change it
on purpose, edit it: a page that costs more or less than it says fails.
"""

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.choices import Publication, Status
from tests import factories

pytestmark = pytest.mark.django_db

BUDGET = json.loads(Path(__file__).with_name("query_counts.json").read_text())
#: The index is asked many small questions in the place of a few long ones.
MOST = {"home": 25, "list": 16, "detail": 27}

#: The lenses of the list of meetings cost what it does.
LENS = re.compile(r"^\w+/(facets|timeline|calendar|map|network|matrix)$")

#: A name for records of every noun, so that one search finds them all.
ZED = {"name": "Zed"}


def fill(number: int) -> None:
    """``number`` meetings of the same people at one place on one topic, each with statements and citations."""
    published = {"publication": Publication.PUBLISHED}
    israel, belgium = (factories.CountryFactory(slug=slug, **ZED) for slug in ("israel", "belgium"))
    body = factories.OrganizationFactory(slug="a-body", **ZED)
    ann, bob = (factories.OfficialFactory(slug=slug, **ZED) for slug in ("ann", "bob"))
    post = factories.PositionFactory(official=ann, country=israel, organization=body)
    factories.CitationFactory(meeting=None, position=post)
    brussels = factories.PlaceFactory(slug="brussels", country=belgium, **ZED)
    venue = factories.PlaceFactory(slug="venue", within=factories.PlaceFactory(within=brussels))
    topic = factories.TopicFactory(slug="a-topic", **ZED)
    source = factories.SourceFactory(uid="asourceuid", publisher=body, title="Zed")
    visit = factories.MeetingFactory(uid="thevisitxx", slug="talks", kind="visit", **published)
    for index in range(number):
        meeting = factories.MeetingFactory(
            uid=f"meeting{index:03}",
            slug="talks",
            title=f"Zed talks {index}",
            place=venue,
            status=[Status.HELD, Status.PLANNED][index % 2],
            part_of=visit,
            **published,
        )
        meeting.topics.add(topic)
        meeting.about.add(belgium)
        factories.ParticipationFactory(meeting=meeting, official=ann, country=israel, position=post)
        factories.ParticipationFactory(meeting=meeting, official=bob, organization=body)
        factories.ParticipationFactory(meeting=meeting, official=None, country=factories.CountryFactory())
        factories.CitationFactory(meeting=meeting, source=source)
        factories.StatusChangeFactory(meeting=meeting, source=source)
        for turn in range(2):
            said = factories.StatementFactory(
                uid=f"said{index:03}{turn:03}", text="Zed said", meeting=meeting, speaker=ann, **published
            )
            said.topics.add(topic)
            factories.CitationFactory(meeting=None, statement=said, source=source)
            factories.StatementFactory(meeting=meeting, within=said, speaker=bob, quoted_by=ann, **published)


@pytest.mark.parametrize("number", [2, 12], ids=["few", "many"])
def test_every_page_costs_what_the_budget_says(client, number):
    fill(number)
    cost = {}
    for address in BUDGET:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, address
        cost[address] = len(queries)
    assert cost == BUDGET


def test_the_budget_keeps_to_its_limits():
    for address, cost in BUDGET.items():
        path = LENS.sub("list", address.partition("?")[0].strip("/"))
        shape = "detail" if "/" in path else "list" if path else "home"
        assert cost <= MOST[shape], address
