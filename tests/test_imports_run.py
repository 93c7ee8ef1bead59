"""What is seen of an import: the bar, the report, the admin's record of it; and how little it asks."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from html5lib import parse

from meetings.imports import base, checks, progress
from meetings.imports.bits import Bits
from meetings.imports.report import MOST_LINES, Report, Row
from meetings.imports.table import read
from meetings.models import ImportRun, Position
from tests import factories
from tests.admin_pages import address, page_of
from tests.importing import FILES, import_table, numbers, write

pytestmark = pytest.mark.django_db(transaction=True)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_a_bar_and_is_left_clean(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0)
    people = "".join(f"p{number},Person {number}\n" for number in range(1200))
    out = Terminal()
    base.run(read, "mine", [write(tmp_path, {"officials": f"slug,name\n{people}"})], out=out)
    shown = out.getvalue()
    for part in ("█", "%", "records/s", "left"):
        assert part in shown
    assert shown.endswith("\r")
    assert shown.rstrip("\r").rpartition("\r")[2].strip() == ""


def test_a_file_sees_no_bar(tmp_path):
    out = io.StringIO()
    base.run(read, "mine", [write(tmp_path, FILES)], out=out)
    assert out.getvalue() == ""


def test_the_admin_shows_the_report_and_changes_nothing(tmp_path, admin_client):
    import_table(tmp_path, {**FILES, "citations": "source,meeting\ns1,1\n"})
    run = ImportRun.objects.get()
    page = admin_client.get(address("importrun", "change", run.pk)).content.decode()
    found = (cell for cell in parse(page, namespaceHTMLElements=False).iter() if cell.tag in ("th", "td"))
    cells = ["".join(cell.itertext()).strip() for cell in found]
    cells = cells[cells.index("Records") :]
    assert cells[:8] == ["Records", "Made", "Changed", "The same", "Countries", "2", "0", "0"]
    assert cells[-4:] == ["All", "11", "0", "0"]
    assert '<p class="told">1 doubt:</p>' in page
    assert "<li>meetings.csv, line 3: the meeting “2” is not published: no citation.</li>" in page
    assert 'name="_save"' not in page
    assert admin_client.post(address("importrun", "change", run.pk), {"report": "x"}).status_code == 403


def test_the_admin_links_the_officials_that_a_report_names_and_escapes_what_files_say(admin_client):
    ann = factories.OfficialFactory(slug="ann")
    line = "ann: <b>Ann</b>, “ann”, and Nobody, “nobody”, may be one person; “<script>” too."
    told = f"0 records made\n0 changed\n0 the same\n0 skipped\n1 doubts:\n  {line}\nA note."
    run = ImportRun.objects.create(dataset="x", state="done", report=told, counts={"made": {}, "doubts": 1})
    with CaptureQueriesContext(connection) as queries:
        page = admin_client.get(page_of(run)).content.decode()
    assert f'Ann&lt;/b&gt;, “<a href="{page_of(ann)}">ann</a>”, and Nobody, “nobody”, may be' in page
    assert "“&lt;script&gt;”" in page
    assert "<script>”" not in page
    assert "A note." in page
    assert len([query for query in queries if "meetings_official" in query["sql"]]) == 1


def test_the_admin_shows_why_an_import_was_refused(tmp_path, admin_client):
    import_table(tmp_path, {**FILES, "meetings": "id,title,date\n1,<i>,never\n"})
    page = admin_client.get(page_of(ImportRun.objects.get())).content.decode()
    assert "Refused, nothing written:" in page
    assert "<li>meetings.csv, line 2: date: “never”" in page


def test_an_import_that_was_interrupted_has_a_page(admin_client):
    run = ImportRun.objects.create(dataset="x", state="running")
    assert admin_client.get(page_of(run)).status_code == 200


def test_a_long_list_is_counted_whole_and_shown_in_part():
    report = Report("mine")
    for number in range(MOST_LINES + 5):
        report.doubt("Hm.", "a.csv", number)
    told = list(report.lines())
    assert "1005 doubts:" in told
    assert told[-1].strip() == "… and 5 more"
    assert report.counts()["doubts"] == MOST_LINES + 5


def test_no_row_is_asked_for_by_itself(tmp_path):
    def cost(number: int) -> int:
        folder = tmp_path / str(number)
        folder.mkdir()
        ids = [f"{number}x{n}" for n in range(number)]
        files = {
            "sources": FILES["sources"],
            "officials": FILES["officials"],
            "meetings": "id,title,date\n" + "".join(f"{one},Talks,2023\n" for one in ids),
            "participations": "meeting,official\n" + "".join(f"{one},ann\n" for one in ids),
            "citations": "source,meeting\n" + "".join(f"s1,{one}\n" for one in ids),
        }
        with CaptureQueriesContext(connection) as queries:
            numbers(import_table(folder, files))
        with CaptureQueriesContext(connection) as again:
            numbers(import_table(folder))
        return len(queries), len(again)

    import_table(tmp_path, FILES)
    assert cost(5) == cost(300)


def test_a_change_of_many_costs_what_a_change_of_one_does(tmp_path):
    def posts(number: int, title: str) -> dict[str, str]:
        rows = "".join(f"{n},ann,{title},israel\n" for n in range(number))
        return {"positions": f"id,official,title,country\n{rows}"}

    import_table(tmp_path, {**FILES, **posts(150, "Minister")})
    costs = []
    for number in (1, 150):
        with CaptureQueriesContext(connection) as queries:
            report = import_table(tmp_path, posts(number, f"Minister {number}"))
        assert report.changed.total() == number
        costs.append(len(queries))
    assert Position.history.filter(history_type="~").count() == 151
    assert costs[1] <= costs[0] + 10


def test_bits_are_a_set():
    numbers_in = [1, 7, 8, 9, 63, 64, 100_000, 3]
    bits = Bits()
    assert [bits.add(number) for number in (*numbers_in, 7)] == [True] * 8 + [False]
    assert list(bits) == sorted(numbers_in)
    assert len(bits) == 8
    assert 64 in bits
    assert 65 not in bits
    assert 10**9 not in bits
    other = Bits()
    other.update([2, 200_000])
    assert list(bits | other) == sorted([*numbers_in, 2, 200_000])


def test_a_row_may_come_before_what_is_of_another_noun_in_the_same_batch():
    """A reader may tell a trip with all that it needs, one after the other."""
    trips = []
    for number in range(3):
        trips += [
            Row("places", {"slug": f"town-{number}", "name": "Town"}),
            Row("meetings", {"uid": f"aaaaaaaaa{number + 2}", "title": "Talks", "place": f"town-{number}"}),
            Row("participations", {"meeting": f"aaaaaaaaa{number + 2}", "name_as_written": "An envoy"}),
        ]

    def reader(paths, report):
        yield from trips

    assert numbers(base.run(reader, "trips", []))[0] == 9


def test_the_planner_is_told_of_all_tables_that_became_large(tmp_path, monkeypatch):
    """One that it knows nothing of, it may read to its end for each batch."""
    monkeypatch.setattr(checks, "LARGE_TABLE", 1)
    with CaptureQueriesContext(connection) as queries:
        import_table(tmp_path, FILES)
    told = {query["sql"].removeprefix("ANALYZE ") for query in queries if query["sql"].startswith("ANALYZE ")}
    assert {"meetings_meeting", "meetings_meeting_topics", "meetings_meeting_about"} <= told
