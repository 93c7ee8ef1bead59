"""The benchmark's own ground: its data are what they are said to be, and its floor is the product's page."""

import filecmp
import json
import re
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from benchmarks import chart, measure, report
from benchmarks.floor.page import render
from benchmarks.floor.ready import capture
from benchmarks.generate import generate
from benchmarks.scenarios import MOST_COUNTED, SCENARIOS
from meetings.models import Meeting

MEETINGS, SEED, OFFICIALS = 300, 7, 800


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Invented meetings in the neutral format."""
    made = tmp_path_factory.mktemp("benchmark") / "data"
    generate(MEETINGS, SEED, made, officials=OFFICIALS)
    return made


def bare(html: str) -> str:
    """A page without the whitespace that no one sees."""
    one = re.sub(r"\s+", " ", html)
    return re.sub(r" ?(<[^>]*?) ?> ?", r"\1>", one)


def test_the_same_seed_gives_the_same_bytes(folder, tmp_path):
    generate(MEETINGS, SEED, tmp_path, officials=OFFICIALS)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert filecmp.cmpfiles(folder, tmp_path, names, shallow=False) == (names, [], [])


@pytest.mark.django_db
def test_every_probe_finds_what_the_generator_counted(folder, client):
    call_command("import_data", "table", str(folder), verbosity=0)
    probes = json.loads((folder / "probes.json").read_text())["probes"]
    assert len(probes) > 25
    found = {}
    for name, probe in probes.items():
        page = client.get(f"/meetings/{probe['query']}").content.decode()
        found[name] = int(re.search(r'class="result-count">(\d+)<', page)[1])
    assert found == {name: probe["count"] for name, probe in probes.items()}


@pytest.mark.django_db
@pytest.mark.urls("benchmarks.naive.views")
def test_the_naive_version_finds_as_many(folder, client):
    call_command("import_data", "table", str(folder), verbosity=0)
    probes = json.loads((folder / "probes.json").read_text())
    for name in ("newest", "official common", "country common", "two officials", "two countries", "year"):
        probe = probes["probes"][name]
        page = client.get(f"/meetings/{probe['query']}{'&' if probe['query'] else '?'}facets=on").content.decode()
        assert measure.agrees(page, probe["count"], most=MOST_COUNTED), name
    page = client.get(f"/officials/{probes['official']}/").content.decode()
    assert measure.agrees(page, probes["probes"]["official common"]["count"], most=MOST_COUNTED)
    assert len(b"".join(client.get("/meetings.csv")).splitlines()) == MEETINGS


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "page=3", "status=held&kind=visit"])
def test_the_floor_is_the_page_of_the_product(folder, client, query):
    call_command("import_data", "table", str(folder), verbosity=0)
    newest, whole = Meeting.objects.published().by_date()[:2]
    newest.part_of = whole
    newest.save()
    page = client.get(f"/meetings/?{query}").content.decode()
    ready = json.loads(json.dumps(capture(query)))
    assert bare(render(ready, "testserver")) == bare(page)


@pytest.mark.parametrize(
    ("heading", "right"),
    [
        ('<h2 id="results"><span class="result-count">7</span> meetings</h2>', True),
        ('<h2 id="results"><span class="result-count">8</span> meetings</h2>', False),
        ('<h2 id="results"><span class="result-count">5</span> meetings</h2>', False),
        ('<h2 id="results">More than <span class="result-count">5</span> meetings</h2>', True),
        ('<h2 id="results">More than <span class="result-count">4</span> meetings</h2>', False),
        ('<h2 id="results"><span class="result-count"></span></h2>', False),
        ("<h2>Seven meetings</h2>", False),
    ],
)
def test_a_number_is_right_or_says_truly_that_there_are_more(heading, right):
    assert measure.agrees(f"<h2>More than ever</h2><p>x</p>{heading}", 7, most=5) is right


def page(product: float, floor: float, **more) -> dict:
    times = {name: {"p50": value, "p95": value, "n": 9} for name, value in (("product", product), ("floor", floor))}
    return {"address": "/meetings/", "status": 200, **times, **more}


def outcome(meetings: int, newest: dict) -> dict:
    """A result in which all pages but the newest meetings' are missing."""
    missing = {scenario.name: {"address": "/x/", "status": 404} for scenario in SCENARIOS}
    run = {
        "database": "postgres",
        "version": "15",
        "figures": {"csv_rate": 15_000, "import_seconds": 80.0},
        "scenarios": {**missing, "newest": newest},
        "again": page(2.0, 10.0, status=304),
        "wrong": ["surname: None instead of 3 meetings"],
    }
    counted = dict.fromkeys(("participations", "statements", "probes"), 3)
    about = {"date": "2026-01-31", "seed": 1, "machine": "2 cores", "peers": [], "runs": [run]}
    return {"meetings": meetings, **counted, **about}


def test_the_table_says_what_is_met_and_what_is_not():
    before = outcome(100_000, page(5.0, 10.0))
    result = outcome(1_000_000, page(22.0, 10.0, sql={"p50": 1.0}, naive={"p50": 4000.0}))
    told = "\n".join(report.lines(result, before))
    assert "| newest | 22.0 | 22.0 | 2.20 | 0.10 | 400 | 1.1 | **missed by 100 %** |" in told
    assert "| country |  |  |  |  |  | 1.1 | not measured: it answers 404 |" in told
    assert "the same again (304) | 2.0 | 2.0 | 0.20 |  |  | 0.25 | met |" in told
    assert "| CSV of everything | 15,000 rows/s | >= 30,000 | **missed** |" in told
    assert "| import, all derived data included | 80 s | <= 900 | met |" in told
    assert "| newest | 0.50 | 2.20 | 4.40 | 1.25 | **missed by 252 %** |" in told
    assert "surname: None instead of 3 meetings" in told


def test_a_page_without_a_limit_is_told_without_a_verdict():
    seen = page(22.0, 10.0)
    before, result = outcome(100_000, page(5.0, 10.0)), outcome(1_000_000, page(5.0, 10.0))
    for one in (before, result):
        one["runs"][0]["scenarios"]["timeline"] = seen
    told = "\n".join(report.lines(result, before))
    assert "| timeline | 22.0 | 22.0 | 2.20 |  |  |  |  |" in told
    assert "| timeline | 2.20 | 2.20 | 1.00 |  |  |" in told
    assert "timeline" in chart.draw(result)


def test_the_chart_is_a_picture_that_asks_no_other_host():
    result = outcome(1_000_000, page(22.0, 10.0, naive={"given_up_ms": 90_000.0}))
    picture = ElementTree.fromstring(chart.draw(result))
    words = {element.text for element in picture.iter() if element.text}
    assert {"Time of each page at 1,000,000 meetings", "newest", "2.20 (naive > 9,000)", "PostgreSQL"} <= words
    assert "href" not in chart.draw(result)
