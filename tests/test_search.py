"""A search: what it finds noun by noun, where it says so, and what it offers when it finds nothing.

These run on both databases, and say what is found: the same records and the same suggestions on both.
"""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from meetings import words
from meetings.choices import Publication
from meetings.filters import MeetingFilter, OfficialFilter
from meetings.index import hits, named, near, refresh_around
from meetings.index.asked import MOST_NAMES, Asked
from meetings.lenses import found, names, snippets
from meetings.marks import marks
from meetings.models import Citation, Meeting, Official, Place, Statement
from tests import factories

pytestmark = pytest.mark.django_db
PUBLIC = {"publication": Publication.PUBLISHED}


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def groups(query: str) -> dict[str, list[str]]:
    return {one.noun: [str(row) for row in one.rows] for one in found.everything(query, Asked().worded(query))}


def offered(query: str) -> list[tuple[str, int]]:
    return [(one.query, one.number.n) for one in near.searches(query, found.number_of)]


def taking_part(name: str, **meeting) -> Official:
    """An official of this name at a public meeting."""
    official = factories.OfficialFactory(name=name)
    factories.ParticipationFactory(meeting=factories.MeetingFactory(**PUBLIC, **meeting), official=official)
    return official


class TestEverything:
    def test_is_grouped_with_numbers_and_links_to_all(self, article, client):
        html = page(client, "/search/?q=brussels")
        assert re.findall(r'id="found-(\w+)"', html) == ["meetings", "places", "sources"]
        assert re.search(r'result-count">3<', html)
        for index in range(6):
            factories.MeetingFactory(title=f"Brussels talks {index}", **PUBLIC)
        assert 'href="/meetings/?q=brussels&sort=relevance"' in page(client, "/search/?q=brussels")

    def test_names_are_found_by_their_beginning_and_the_rest_by_whole_words(self):
        taking_part("Benjamin Netanyahu", title="Talks")
        assert groups("netan") == {"officials": ["Benjamin Netanyahu"]}
        assert set(groups("netan*")) == set(groups("netanyahu")) == {"meetings", "officials"}

    def test_exclusion_and_phrases_hold_in_every_group(self):
        for title in ("State visit of Zed", "Visit of the state of Zed"):
            meeting = factories.MeetingFactory(title=title, **PUBLIC)
            factories.StatementFactory(meeting=meeting, text=title, speaker=None, speaker_as_written="X", **PUBLIC)
        taking_part("Zed Ahn")
        taking_part("Zed Bo")
        assert len(groups('"state visit" zed')["meetings"]) == len(groups('"state visit" zed')["statements"]) == 1
        assert groups("zed -ahn")["officials"] == ["Zed Bo"]
        assert groups('zed -"zed ahn"')["officials"] == ["Zed Bo"]
        without = groups('visit -"state visit"')
        assert (len(without["meetings"]), len(without["statements"])) == (1, 1)
        assert groups("-visit -zed").get("statements") is None

    def test_a_statement_of_no_meeting_and_one_by_its_speaker(self):
        ann = factories.OfficialFactory(name="Ann Speaker")
        factories.StatementFactory(meeting=None, text="Alone", speaker=ann, **PUBLIC)
        assert len(groups("alone")["statements"]) == len(groups("speaker alone")["statements"]) == 1
        assert groups("ann")["officials"] == ["Ann Speaker"]

    def test_the_best_fit_is_first(self):
        factories.MeetingFactory(title="Summit", date="2001", **PUBLIC)
        factories.MeetingFactory(title="Talks", summary="About a summit and much else.", date="2023", **PUBLIC)
        (group, *_others) = found.everything("summit", Asked().worded("summit"))
        assert [row.title for row in group.rows] == ["Summit", "Talks"]

    def test_no_group_shows_or_counts_what_is_not_public(self, client):
        factories.OfficialFactory(name="Zebra One")
        factories.MeetingFactory(title="Zebra talks")
        factories.PlaceFactory(name="Zebra City")
        factories.StatementFactory(meeting=None, text="Zebra said")
        assert groups("zebra") == {}
        assert offered("zebrra") == []
        assert names.offers("names", "zeb") == []
        assert "Zebra One" not in page(client, "/meetings/?official=Zebrra")

    def test_a_beginning_that_is_too_short_is_told_beside_the_field(self, client):
        for index in range(MOST_NAMES + 1):
            factories.PlaceFactory(name=f"Zo{index:04}x Town")
        for address in ("/search/", "/meetings/", "/statements/"):
            html = page(client, f"{address}?q=zo*")
            assert 'aria-invalid="true"' in html
            assert "“zo*” is the beginning of too many names" in html
        assert client.get("/autocomplete/place/?q=zo").json() == {"results": []}
        assert page(client, "/search/?q=town").count("Nothing here has") == 1

    def test_places_without_public_meetings_are_not_asked_for_their_meetings(self):
        factories.PlaceFactory(name="Zooville")
        with CaptureQueriesContext(connection) as asked:
            assert names.public("zoo", {"place": Place}, 10)[0] == {"place": []}
            assert names.near_misses("place", "zoovile") == []
        assert [query["sql"] for query in asked if "meetings_meeting" in query["sql"]] == []

    def test_a_name_of_a_merged_record_finds_the_survivor(self):
        survivor = taking_part("Lloyd Austin")
        factories.OfficialFactory(name="Lloyd J. Austen", merged_into=survivor)
        assert groups("austen")["officials"] == ["Lloyd Austin"]
        assert OfficialFilter(QueryDict("q=austen"), Official.objects.published()).qs.get() == survivor


class TestQuotes:
    """What a source is quoted with is found, and shown with the source."""

    @pytest.fixture
    def visit(self):
        meeting = factories.MeetingFactory(title="Visit to Moscow", published=True)
        source = factories.SourceFactory(title="Travels abroad")
        factories.CitationFactory(meeting=meeting, source=source, quote="Summit meeting with\nMarshal Bulganin.")
        factories.CitationFactory(meeting=meeting, source=source, field="place", quote="Moscow, U.S.S.R.")
        return meeting

    @pytest.mark.parametrize("query", ["Bulganin", '"summit meeting"', "USSR", "moscow bulganin", "bulg*"])
    def test_find_the_meeting(self, visit, query):
        assert groups(query)["meetings"], query

    @pytest.mark.parametrize("address", ["/meetings/?q=bulganin", "/search/?q=bulganin"])
    def test_are_shown_with_the_source(self, visit, client, address):
        html = page(client, address)
        assert "Summit meeting with, Marshal <mark>Bulganin</mark>." in html
        assert "<cite><bdi>Travels abroad</bdi></cite>" in html

    def test_of_a_draft_or_of_a_citation_that_went_find_nothing(self, visit):
        draft = factories.MeetingFactory()
        factories.CitationFactory(meeting=draft, quote="Zebra")
        quoted = factories.CitationFactory(meeting=visit, quote="Ironclad")
        assert groups("zebra") == {}
        assert groups("ironclad")
        quoted.delete()
        refresh_around(visit)
        assert groups("ironclad") == {}

    @pytest.mark.parametrize("address", ["/statements/?q=ironclad", "/search/?q=ironclad"])
    def test_of_a_statement_find_it(self, client, address):
        said = factories.StatementFactory(text="They agreed.", **PUBLIC)
        source = factories.SourceFactory(title="The readout")
        factories.CitationFactory(meeting=None, statement=said, source=source, quote="The alliance is ironclad.")
        html = page(client, address)
        assert "The alliance is <mark>ironclad</mark>." in html
        assert "The readout" in html


class TestNearMisses:
    @pytest.mark.parametrize(
        ("query", "others"),
        [
            ("Varhelly", [("Várhelyi", 1)]),
            ("olivre várheyli", [("Olivér Várhelyi", 1)]),
            ("Brusels gallant", [("Brussels gallant", 3)]),
            ("ironcald", [("ironclad", 1)]),
            ("Netan", [("Netan*", 1)]),
            ("brussels ironclad", [("ironclad", 1), ("brussels", 3)]),
            ('"senior defense oficials"', [('"senior defense officials"', 1)]),
            ("-brussels ironcald", [("-brussels ironclad", 1)]),
            ("xqzxqz", []),
            ("习近", []),
            ("f36", []),
        ],
    )
    def test_are_offered_with_what_they_find(self, article, query, others):
        assert sorted(offered(query)) == sorted(others)

    def test_the_page_leads_to_them(self, article, client):
        html = page(client, "/search/?q=Varhelly")
        assert 'href="/search/?q=V%C3%A1rhelyi"' in html
        assert "one meeting" in html
        assert "words that begin so" in page(client, "/search/?q=Netan")

    @pytest.mark.parametrize(
        ("address", "other"),
        [
            ("/meetings/?q=Brusels&country=israel", "?q=Brussels&country=israel"),
            ("/statements/?q=ironcald", "?q=ironclad"),
            ("/officials/?q=Varhelly", "?q=V%C3%A1rhelyi"),
            ("/places/?q=Brusels", "?q=Brussels"),
            ("/meetings/?official=joav-galant", "?official=yoav-gallant"),
            ("/meetings/?country=Isreal", "?country=israel"),
        ],
    )
    def test_a_list_leads_to_them_under_its_filters(self, article, client, address, other):
        links = re.findall(r'href="([^"]*)"', page(client, address))
        assert other in links or "&".join([other.partition("&")[2], other[1:].partition("&")[0]]) in links
        assert re.search(r'result-count">\s*[1-9]', page(client, address.partition("?")[0] + other))

    def test_a_list_of_names_offers_no_words_of_texts(self, article):
        assert OfficialFilter(QueryDict("q=ironcald"), Official.objects.published()).near == []

    def test_nothing_is_offered_where_something_was_found(self, article):
        assert MeetingFilter(QueryDict("q=brussels"), Meeting.objects.published()).near == []

    def test_the_nearest_and_then_the_one_with_most_meetings_is_first(self):
        for name in ("Marta", "Marta", "Maria", "Martha"):
            taking_part(f"{name} Zo")
        assert [one.word for one in near.near_words("martta")] == ["marta", "martha", "maria"]


class TestAsOneTypes:
    def test_those_with_most_meetings_come_first(self):
        ann, bob = taking_part("Zed Ann"), taking_part("Zed Bob")
        factories.ParticipationFactory(meeting=factories.MeetingFactory(**PUBLIC), official=bob)
        assert [one["key"] for one in names.offers("official", "ze")] == [bob.slug, ann.slug]

    def test_names_near_those_typed_are_offered_where_none_begins_so(self, article, client):
        answer = client.get("/autocomplete/official/?q=joav+galant").json()
        assert answer["results"] == []
        assert [(one["key"], one["label"]) for one in answer["near"]] == [("yoav-gallant", "Yoav Gallant")]
        assert "near" not in client.get("/autocomplete/official/?q=yoav").json()
        assert "near" not in client.get("/autocomplete/official/?q=xqzxqz").json()
        factories.OfficialFactory(name="Zebra One")
        assert "near" not in client.get("/autocomplete/official/?q=zebrra").json()
        near = client.get("/autocomplete/place/?q=brusels").json()["near"]
        assert [one["key"] for one in near] == ["brussels", "great-synagogue-of-brussels"]

    def test_a_search_is_offered_names_of_every_noun(self, article, client):
        results = client.get("/autocomplete/names/?q=isr").json()["results"]
        assert {"country", "place"} <= {one["noun"] for one in results}
        assert all(client.get(one["url"]).status_code == 200 for one in results)

    @pytest.mark.parametrize("query", ["yo", "-yoav", "yoav -gallant", "gal yo", '"yoav gallant"', "minister"])
    def test_the_index_finds_the_names_that_records_have(self, article, query):
        by_index = Official.objects.filter(pk__in=named.keys(query, Official))
        assert set(by_index) == set(Official.objects.matching(query))


class TestMarks:
    def test_rows_statements_and_names_show_what_was_found(self, article, client):
        html = page(client, "/search/?q=varhelyi")
        assert html.count("<mark>Várhelyi</mark>") >= 3
        assert "<mark>ironclad</mark>" in page(client, "/statements/?q=Ironclad")
        assert "<mark>" not in page(client, "/statements/")

    def test_a_row_that_does_not_show_the_words_has_a_line_with_them(self, article, client):
        for address in ("/meetings/?q=ironclad", "/search/?q=ironclad"):
            assert re.search(r'class="snippet"><bdi>… .*<mark>ironclad</mark>.*…</bdi>', page(client, address))
        assert 'class="snippet"' not in page(client, "/meetings/?q=gallant+varhelyi")

    def test_a_text_is_escaped(self, client):
        factories.MeetingFactory(title="<b>Talks</b>", summary="<i>zebra</i>", **PUBLIC)
        html = client.get("/meetings/?q=zebra").content.decode()
        assert "&lt;i&gt;<mark>zebra</mark>&lt;/i&gt;" in html
        assert "<b>Talks" not in html

    def test_each_meeting_of_a_page_has_its_snippet_whatever_the_others_are_quoted_with(self):
        source = factories.SourceFactory()
        meetings = Meeting.objects.bulk_create(
            Meeting(title="Talks", slug="talks", publication=Publication.PUBLISHED) for _number in range(70)
        )
        Citation.objects.bulk_create(
            Citation(meeting=meeting, source=source, field=field, quote=quote)
            for meeting in meetings
            for field, quote in [("", "Met."), ("date", "In May."), ("place", "At the zoo, before a zebra.")]
        )
        found = snippets.of({meeting.pk: "Talks" for meeting in meetings}, words.terms("zebra"))
        assert {one.text for one in found.values()} == {"At the zoo, before a zebra."}
        assert len(found) == 70

    def test_a_meeting_of_many_words_leaves_the_others_theirs(self):
        speech, talks = (factories.MeetingFactory(publication=Publication.PUBLISHED) for _ in range(2))
        for meeting, number in ((speech, 220), (talks, 1)):
            Statement.objects.bulk_create(
                Statement(meeting=meeting, speaker_as_written="X", text="A zebra.", publication=Publication.PUBLISHED)
                for _number in range(number)
            )
        assert len(snippets.of({speech.pk: "", talks.pk: ""}, words.terms("zebra"))) == 2

    def test_a_draft_statement_is_no_snippet(self):
        meeting = factories.MeetingFactory(title="Talks", summary="zebra", **PUBLIC)
        factories.StatementFactory(meeting=meeting, text="Secret zebra words of a draft, zebra crossing")
        assert snippets.of({meeting.pk: "Talks"}, words.terms("zebra crossing")) == {meeting.pk: ("zebra", "")}

    @given(st.text(min_size=1, max_size=300), st.integers(0, 299))
    def test_a_line_is_cut_around_its_place(self, text, at):
        at = min(at, len(text) - 1)
        assert len(snippets.cut(text, at)) <= snippets.LENGTH + 4
        inner = snippets.cut(f"{'a ' * at}Zebra {text}", 2 * at)
        assert "Zebra" in inner

    @given(st.text(st.sampled_from("aAbé'.- 1习近平|"), max_size=30))
    def test_every_text_that_a_search_finds_can_be_marked(self, text):
        said = factories.StatementFactory(meeting=None, text=f"Said {text}", speaker=None, **PUBLIC)
        for word in words.query_tokens(said.text):
            asked = Asked(shelf="statements").worded(f'"{word}"')
            assert said.pk in hits.page(asked, 1_000), word
            assert marks(said.text, words.terms(word))


HOSTILE = ["*", '"', "-", "a*b*", "'; --", "%", "\\", "{", "a" * 200, "-a -b", '-"x y"', "习*", "NOT"]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_search_breaks_it(article, client, query):
    for address in ("/search/", "/meetings/", "/statements/", "/officials/", "/sources/"):
        assert client.get(f"{address}?q={quote(query)}").status_code == 200
    assert client.get(f"/autocomplete/names/?q={quote(query)}").status_code in (200, 400)
