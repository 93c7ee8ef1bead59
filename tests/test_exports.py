"""What is taken away: the same set as the page shows, streamed, harmless in a spreadsheet, and whole."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from meetings import index
from meetings.choices import Publication
from meetings.filters import MeetingFilter
from meetings.models import Country, Meeting, Official, Source, Statement
from meetings.models.neutral import MODELS
from meetings.table import TABLES
from tests import factories
from tests.importing import import_table, numbers

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200
    assert response.streaming
    assert not response.has_header("Content-Length")
    return b"".join(response).decode()


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(response), newline=""), strict=True))


FILTERS = [
    "",
    "?official=yoav-gallant",
    "?official=yoav-gallant&official=lloyd-austin&sort=date",
    "?country=israel&status=planned&sort=title",
    "?place=brussels&from=2023-06&to=2023",
    "?q=airshow&sort=relevance",
    "?has=statements&per_page=1&page=2",
    "?topic=joint-military-exercises&about=iran",
    "?source=xwwbdvnlhm&kind=exhibition",
]


@pytest.mark.parametrize("query", FILTERS)
def test_every_filter_leaves_what_the_page_shows_in_its_order(client, article, query):
    page = client.get(f"/meetings/{query}")
    expected = [meeting.uid for meeting in page.context["filterset"].ordered]
    assert expected
    assert [row["uid"] for row in rows(client.get(f"/meetings.csv{query}"))] == expected
    taken = json.loads(body(client.get(f"/meetings.json{query}")))
    assert taken["count"] == len(expected)
    assert [one["uid"] for one in taken["results"]] == expected
    assert f'href="/meetings.csv{query.partition("&per_page")[0].replace("&", "&amp;")}"' in page.content.decode()


def test_a_row_says_what_the_page_says(client, article):
    [row] = [row for row in rows(client.get("/meetings.csv")) if row["uid"] == "7xhmofhkmd"]
    assert row["title"] == "Yoav Gallant and Lloyd Austin meet in Brussels"
    assert (row["date"], row["earliest"], row["latest"], row["date_words"]) == (
        *["2023-06-15"] * 3,
        "15 June 2023",
    )
    assert (row["place"], row["place_name"]) == ("brussels", "Brussels")
    assert row["participants"] == "Yoav Gallant (Israel); Lloyd Austin (United States)"
    assert row["about"] == "gaza;iran;lebanon;syria;west-bank"
    assert client.get(row["url"].removeprefix("http://testserver")).status_code == 200
    source = Source.objects.get(uid="xwwbdvnlhm")
    assert (row["sources"], row["source_urls"]) == (source.title or source.publisher.name, source.url)
    assert list(row)[: len(TABLES["meetings"].header)] == TABLES["meetings"].header


def test_an_object_has_what_the_contract_says(client, article):
    taken = json.loads(body(client.get("/meetings.json?official=yoav-gallant&status=held&place=brussels")))
    [meeting] = taken["results"]
    assert " ".join(meeting) == (
        "uid url title slug kind medium protocol status date time_note starts_at ends_at time_zone place participants "
        "topics about summary outcome citations part_of external_ids updated_at"
    )
    assert meeting["date"] == {
        "edtf": "2023-06-15",
        "earliest": "2023-06-15",
        "latest": "2023-06-15",
        "words": "15 June 2023",
    }
    assert meeting["place"] == {
        "slug": "brussels",
        "name": "Brussels",
        "country": "belgium",
        "latitude": 50.8467,
        "longitude": 4.3525,
    }
    assert meeting["participants"][0] == {
        "official": {"slug": "yoav-gallant", "name": "Yoav Gallant"},
        "country": {"slug": "israel", "name": "Israel"},
        "organization": None,
        "name_as_written": "Yoav Gallant",
        "title_as_written": "Defense Minister",
        "role": "participant",
    }
    citation = meeting["citations"][0]
    assert " ".join(citation) == "source title url field locator quote stance note"
    source = Source.objects.get(uid=citation["source"])
    assert (citation["title"], citation["url"]) == (source.title or source.publisher.name, source.url)
    assert meeting["starts_at"] is None


def test_every_row_names_all_its_sources(client):
    meeting = factories.MeetingFactory(published=True)
    first, second = meeting.citations.get().source, factories.SourceFactory(title="Told otherwise", url="")
    factories.CitationFactory(meeting=meeting, source=second, field="date", stance="contradicts")
    factories.CitationFactory(meeting=meeting, source=first, field="place")
    own, other = factories.StatementFactory.create_batch(2, published=True, meeting=meeting)
    own.citations.update(source=second)
    other.citations.all().delete()
    index.refresh([meeting.pk])
    [row] = rows(client.get("/meetings.csv"))
    assert (row["sources"], row["source_urls"]) == (f"{first}; Told otherwise", first.url)
    assert {row["sources"] for row in rows(client.get("/statements.csv"))} == {
        "Told otherwise",
        f"{first}; Told otherwise",
    }


def test_every_row_names_its_topics_and_countries(client, article):
    for model, address in ((Meeting, "/meetings.csv"), (Statement, "/statements.csv")):
        for row in rows(client.get(address)):
            record = model.objects.get(uid=row["uid"])
            for name in ("topics", "about"):
                assert row[name] == ";".join(sorted(getattr(record, name).values_list("slug", flat=True)))


def test_what_the_index_lacks_is_read_from_the_records(client, article, tmp_path):
    """An update can have emptied the index, and a record may have been written past every door."""
    addresses = ("/meetings.csv?sort=-updated", "/meetings.json?sort=-updated", "/statements.csv?sort=-updated")

    def taken(name: str) -> list[bytes]:
        call_command("export_data", str(tmp_path / name), verbosity=0)
        files = [(tmp_path / name / f"{table}.csv").read_bytes() for table in TABLES]
        return files + [client.get(address).getvalue() for address in addresses]

    before = taken("before")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM meetings_index_entry WHERE record_id % 2 = 0")
        cursor.execute("DELETE FROM statements_index_entry")
    assert taken("after") == before


def test_a_source_that_was_deleted_past_every_door_is_left_out(client):
    meeting = factories.MeetingFactory(published=True)
    factories.CitationFactory(meeting=meeting, source=factories.SourceFactory(title="Gone"))
    meeting.citations.filter(source__title="Gone").delete()
    Source.objects.filter(title="Gone").delete()
    [row] = rows(client.get("/meetings.csv"))
    assert row["sources"] == str(meeting.citations.get().source)


@pytest.mark.parametrize("noun", ["meetings", "statements"])
def test_wrong_parameters_are_told_in_the_words_of_the_page(client, article, noun):
    query = "?topic=nothing&from=2023-02-30&sort=random&nonsense=1&page=x"
    response = client.get(f"/{noun}.csv{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    told = response.content.decode()
    for message in MeetingFilter(response.wsgi_request.GET, Meeting.objects.none()).form.errors["from"]:
        assert f"from: {message}" in told
    assert "topic: There is no topic “nothing” here." in told
    assert "sort: " in told
    assert "nonsense: There is no such parameter here." in told
    assert "page: " in told


def test_what_a_page_shows_is_no_part_of_the_set(client, article):
    """An address copied from a page has these; they are read as there, and leave the set whole."""
    whole = body(client.get("/meetings.csv"))
    assert body(client.get("/meetings.csv?page=2&per_page=3")) == whole
    assert json.loads(body(client.get("/meetings.json?page=99")))["count"] == whole.count("\r\n") - 1
    assert "per_page: " in client.get("/meetings.csv?per_page=101").content.decode()


@pytest.mark.parametrize("name", ["meetings.csv", "meetings.json", "statements.csv"])
def test_the_headers_alone_cost_no_export(article, name):
    view = resolve(f"/{name}").func
    with CaptureQueriesContext(connection) as queries:
        head = view(RequestFactory().head(f"/{name}"))
        assert b"".join(head) == b""
    assert len(queries) == 0
    assert (head.status_code, dict(head.items())) == (200, dict(view(RequestFactory().get(f"/{name}")).items()))
    assert view(RequestFactory().head(f"/{name}?page=x")).status_code == 400


def test_wrong_parameters_of_json(client, article):
    response = client.get("/meetings.json?status=never&foo=1")
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert set(errors) == {"status", "foo"}
    assert "“never”" in errors["status"][0]


def test_nothing_but_what_is_public(client):
    shown = factories.MeetingFactory(published=True, title="Shown", part_of=factories.MeetingFactory(title="Draft"))
    factories.MeetingFactory(title="Merged", merged_into=shown, publication=Publication.PUBLISHED)
    said = factories.StatementFactory(published=True, within=factories.StatementFactory())
    factories.StatementFactory(publication=Publication.PUBLISHED, meeting=factories.MeetingFactory())
    [row] = rows(client.get("/meetings.csv"))
    assert (row["uid"], row["part_of"]) == (shown.uid, "")
    [row] = rows(client.get("/statements.csv"))
    assert (row["uid"], row["within"]) == (said.uid, "")


def test_no_formula_reaches_a_spreadsheet(client):
    titles = ["=HYPERLINK(1)", "+1", "-1", "@a", "\t=1", "'=1", 'plain, "quoted"\r\nand long', "\r"]
    for title in titles:
        meeting = factories.MeetingFactory(published=True, title=title, slug="x", summary=title)
        factories.ParticipationFactory(meeting=meeting, name_as_written="=cmd()")
    found = rows(client.get("/meetings.csv?sort=date"))
    for row, title in zip(found, titles, strict=True):
        assert not row["title"].startswith(tuple("=+-@\t\r"))
        assert row["title"].removeprefix("'") == title or row["title"] == title
        assert all(not cell.startswith(tuple("=+-@\t\r")) for cell in row.values())


def test_what_a_chunk_asks_does_not_grow_with_it(client):
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            body(client.get(address))
        return len(queries)

    def meetings(number: int) -> None:
        for _index in range(number):
            meeting = factories.MeetingFactory(published=True, place=factories.PlaceFactory(), kind="visit")
            factories.MeetingFactory(published=True, part_of=meeting)
            factories.ParticipationFactory(meeting=meeting, official=factories.OfficialFactory())
            meeting.topics.add(factories.TopicFactory())
            factories.StatementFactory(published=True, meeting=meeting, speaker=factories.OfficialFactory())

    addresses = ("/meetings.csv", "/meetings.json", "/statements.csv")
    meetings(1)
    few = [cost(address) for address in addresses]
    meetings(5)
    assert [cost(address) for address in addresses] == few == [10, 13, 8]


def test_chunks_join_without_a_seam(client, monkeypatch, article):
    whole = [body(client.get(address)) for address in ("/meetings.csv", "/meetings.json", "/statements.csv")]
    monkeypatch.setattr("meetings.views.exports.CHUNK", 3)
    assert [body(client.get(a)) for a in ("/meetings.csv", "/meetings.json", "/statements.csv")] == whole


def test_an_empty_set(client, db):
    assert rows(client.get("/meetings.csv")) == []
    assert json.loads(body(client.get("/meetings.json"))) == {"count": 0, "results": []}


def test_statements_say_who_said_it_where(client, article):
    found = {row["uid"]: row for row in rows(client.get("/statements.csv?speaker=lloyd-austin&sort=date"))}
    assert len(found) > 3
    assert {row["speaker_name"] for row in found.values()} == {"Lloyd Austin"}
    assert all(row["meeting_title"] for row in found.values())


def test_everything_comes_back_the_same(article, tmp_path):
    """Out, into an empty database, and out again: the same bytes, and the same records."""
    enrich()
    call_command("export_data", str(tmp_path / "first"), verbosity=0)
    before = {name: set(model.objects.values_list(model.KEY, flat=True)) for name, model in MODELS.items()}
    linked = links()
    assert all(linked.values())
    meeting = Meeting.objects.values().get(uid="7xhmofhkmd")
    wipe()
    report = import_table(tmp_path / "first")
    assert report.skipped == report.doubted == 0
    assert {name: set(model.objects.values_list(model.KEY, flat=True)) for name, model in MODELS.items()} == before
    assert links() == linked
    again = Meeting.objects.values().get(uid="7xhmofhkmd")
    ours = ("id", "place_id", "part_of_id")
    assert {k: v for k, v in again.items() if k not in ours} == {k: v for k, v in meeting.items() if k not in ours}
    call_command("export_data", str(tmp_path / "second"), verbosity=0)
    for name in TABLES:
        assert (tmp_path / "first" / f"{name}.csv").read_bytes() == (tmp_path / "second" / f"{name}.csv").read_bytes()
    made, changed, same, *_rest = numbers(import_table(tmp_path / "second"))
    assert (made, changed) == (0, 0)
    assert same == report.made.total()


def test_an_export_writes_over_nothing_unasked(article, tmp_path):
    mine = tmp_path / "meetings.csv"
    mine.write_text("uid,title\n")
    with pytest.raises(CommandError, match=r"meetings\.csv is there already"):
        call_command("export_data", str(tmp_path), verbosity=0)
    assert mine.read_text() == "uid,title\n"
    assert [path.name for path in tmp_path.iterdir()] == ["meetings.csv"]
    call_command("export_data", str(tmp_path), "--overwrite", verbosity=0)
    assert mine.read_text() != "uid,title\n"


def links() -> dict[str, set[tuple[str, str]]]:
    """What meetings and statements are linked to, by keys."""
    return {
        f"{model.__name__} {name}": set(model.objects.exclude(**{name: None}).values_list("uid", f"{name}__slug"))
        for model in (Meeting, Statement)
        for name in ("topics", "about")
    }


def enrich() -> None:
    """What the article does not have: ids, changes of status, strange texts."""
    meeting = Meeting.objects.get(uid="7xhmofhkmd")
    source = meeting.citations.first().source
    factories.StatusChangeFactory(meeting=meeting, date="2023-06-01", source=source)
    factories.StatusChangeFactory(meeting=meeting, status="held", source=source)
    factories.ExternalIdFactory(meeting=meeting, topic=None, identifier="=1+1")
    factories.ExternalIdFactory(official=Official.objects.first(), topic=None)
    Meeting.objects.filter(pk=meeting.pk).update(time_note="'=“night”, they said", time_zone="Europe/Brussels")
    Country.objects.filter(slug="israel").update(latitude=-0.1 + 0.3)


def wipe() -> None:
    """An empty database; what was never an editor's decision leaves no trace."""
    for name in reversed(TABLES):
        model = MODELS[name]
        for link in ("part_of", "within", "merged_into"):
            if any(field.name == link for field in model._meta.fields):
                model._base_manager.update(**{link: None})
        for field in model._meta.local_many_to_many:
            field.remote_field.through._base_manager.all().delete()
        model._base_manager.all()._raw_delete("default")


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file"):
        call_command("export_data", str(tmp_path / "file"))
