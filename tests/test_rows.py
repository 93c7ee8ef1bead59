"""Rows of meetings: what they show, escaped; and that the functions which write them say what records say."""

import re
from html import unescape

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from meetings import figures, words
from meetings.choices import Publication, Status
from meetings.lenses import rows
from meetings.models import Meeting
from meetings.templatetags.rows import SHOWN, addresses, meeting_rows
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db

HOSTILE = "\"><script>alert('x')</script>&amp;"


def shown(*meetings: Meeting, **options) -> str:
    return meeting_rows(rows.of([one.pk for one in meetings]), **options)


def test_a_row_says_of_parties_what_their_records_say(article):
    meetings = list(Meeting.objects.published().for_list())
    for meeting, row in zip(meetings, rows.of([one.pk for one in meetings]), strict=True):
        assert (row.title, row.status, row.kind, row.date) == (
            meeting.title,
            meeting.status,
            meeting.kind,
            meeting.date,
        )
        for one, party in zip(meeting.participations.all(), row.parties, strict=True):
            named = one.shown_name if one.official or one.name_as_written else ""
            assert (party.name, party.title) == (named, one.shown_title)
            assert (party.country or party.organization) == str(one.party or "")
        assert [one.name for one in row.topics] == [str(one) for one in meeting.topics.all()]
        assert row.place == (meeting.place and (meeting.place.slug, meeting.place.name))


def test_a_title_that_only_repeats_the_name_is_left_out():
    country = factories.CountryFactory(name="Atlantis")
    for fields in ({"name_as_written": "The Envoy"}, {"country": country}):
        name = fields.get("name_as_written", "Atlantis")
        one = factories.ParticipationFactory(official=None, title_as_written=name, **fields)
        assert one.shown_title == ""
        assert rows.parties_of([one.meeting_id])[one.meeting_id][0].title == ""


def test_rows_come_in_the_order_asked_for_and_only_public_ones():
    first, second = factories.MeetingFactory(published=True), factories.MeetingFactory(published=True)
    draft = factories.MeetingFactory()
    assert [one.pk for one in rows.of([second.pk, draft.pk, first.pk])] == [second.pk, first.pk]


def test_a_part_names_the_public_meeting_that_it_is_part_of():
    whole = factories.MeetingFactory(published=True, title="Grand tour")
    part = factories.MeetingFactory(published=True, part_of=whole)
    told = f'<p class="whole">part of <a href="{whole.get_absolute_url()}"><bdi>Grand tour</bdi></a></p>'
    assert told in shown(part)
    assert "part of" not in shown(whole)
    whole.publication = Publication.RETRACTED
    whole.save()
    assert "Grand tour" not in shown(part)


def test_hostile_text_is_escaped_wherever_it_stands():
    official, place = factories.OfficialFactory(name=HOSTILE), factories.PlaceFactory(name=HOSTILE)
    meeting = factories.MeetingFactory(published=True, title=HOSTILE, place=place)
    meeting.topics.add(factories.TopicFactory(name=HOSTILE))
    whole = factories.MeetingFactory(published=True, title=HOSTILE)
    meeting.part_of = whole
    meeting.save()
    country, body = factories.CountryFactory(name=HOSTILE), factories.OrganizationFactory(name=HOSTILE)
    factories.ParticipationFactory(meeting=meeting, official=official, country=country, organization=body)
    factories.ParticipationFactory(meeting=meeting, name_as_written=HOSTILE, title_as_written=f"{HOSTILE}!")
    (row,) = rows.of([meeting.pk])
    row = row._replace(snippet=HOSTILE)
    for terms in ((), words.terms("alert")):
        html = meeting_rows([row], topics=True, terms=terms)
        html5lib.HTMLParser(strict=True).parseFragment(html)
        text = "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
        assert text.count(HOSTILE) == 10
        assert "<script" not in html


def test_what_was_looked_for_is_marked():
    meeting = factories.MeetingFactory(published=True, title="Gas and peace")
    (row,) = rows.of([meeting.pk])
    html = meeting_rows([row._replace(snippet="… of peace talks …")], terms=words.terms("peace"))
    assert html.count("<mark>peace</mark>") == 2
    assert '<p class="snippet">' in html
    assert "<mark>" not in meeting_rows([row])


@pytest.mark.parametrize(
    "where", ["title", "place", "official", "written", "title written", "country", "topic", "whole"]
)
def test_it_is_marked_wherever_the_row_shows_it(where):
    def named(name: str) -> str:
        return "Zebra" if name == where else f"Some {name}"

    meeting = factories.MeetingFactory(
        published=True,
        title=named("title"),
        place=factories.PlaceFactory(name=named("place")),
        part_of=factories.MeetingFactory(published=True, title=named("whole")),
    )
    meeting.topics.add(factories.TopicFactory(name=named("topic")))
    official, country = (
        factories.OfficialFactory(name=named("official")),
        factories.CountryFactory(name=named("country")),
    )
    factories.ParticipationFactory(
        meeting=meeting, official=official, country=country, title_as_written=named("title written")
    )
    factories.ParticipationFactory(meeting=meeting, name_as_written=named("written"))
    plain = factories.MeetingFactory(published=True)
    html = shown(meeting, plain, topics=True, terms=words.terms("zebra"))
    assert html.count("<mark>") == html.count("<mark>Zebra</mark>") == 1


def test_the_first_few_parties_are_named_and_the_others_counted():
    meeting = factories.MeetingFactory(published=True)
    for number in range(SHOWN + 2):
        factories.ParticipationFactory(meeting=meeting, name_as_written=f"Envoy {number:02}")
    html = shown(meeting)
    assert "Envoy" in html
    assert html.count("<li>") == SHOWN + 1
    assert f"and {meeting.participations.count() - SHOWN} more" in html


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2023-06-15", '<time class="leaf" datetime="2023-06-15"><b>15</b> June 2023</time>'),
        ("2023-06-15/2023-06-17", "leaf leaf-span"),
        ("2023-06~", "leaf leaf-rough"),
        ("", '<span class="leaf leaf-unknown">date unknown</span>'),
    ],
)
def test_a_date_is_a_leaf_of_a_calendar_or_words(date, told):
    assert told in shown(factories.MeetingFactory(published=True, date=date))


def test_months_and_labels_are_in_the_readers_language():
    meeting = factories.MeetingFactory(published=True, date="2023-06-15")
    with translation.override("fr"):
        assert "</b> juin 2023</time>" in shown(meeting)


@pytest.mark.parametrize(("name", "keys"), [("meeting", ("abcdefghij", "a-slug")), ("place", ("new-york",))])
def test_addresses_are_those_of_the_pattern(name, keys):
    blanks = ("UID", "SLUG")[-len(keys) :]
    assert addresses(name, *blanks)(*keys) == reverse(f"meetings:{name}", args=keys)


def test_in_brief_a_meeting_is_a_line(client):
    country = factories.CountryFactory()
    for title, date, status in (("<b>Talks</b>", "2023-06", Status.PLANNED), ("Visit", "", Status.HELD)):
        meeting = factories.MeetingFactory(published=True, title=title, date=date, status=status)
        meeting.about.add(country)
        factories.index.refresh_around(meeting)
    told = page(client, country.get_absolute_url()).partition('<ul class="brief">')[2].partition("</ul>")[0]
    lines = [unescape(re.sub("<[^>]+>", "", one)).split() for one in told.split("</li>")[:-1]]
    assert lines == [["<b>Talks</b>", "June", "2023", "Planned"], ["Visit", "date", "unknown", "Held"]]


def test_words_for_a_number_are_in_the_readers_language():
    one, many = "Please correct the error below.", "Please correct the errors below."
    assert figures.ngettext(one, many, 2) == many
    with translation.override("fr"):
        assert figures.ngettext(one, many, 2) == "Corrigez les erreurs ci-dessous."
        assert figures.ngettext(one, many, 1) == "Corrigez l’erreur ci-dessous."
