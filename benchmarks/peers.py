"""The same questions to Datasette, tuned with indexes and full-text search, over the same data.

It is installed into var/bench/peers, for the benchmark alone.
"""

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from benchmarks import measure
from benchmarks.scenarios import SCENARIOS, Scenario
from benchmarks.servers import PATIENCE, ROOT, Server
from benchmarks.world import YEARS

HOME = ROOT / "var" / "bench" / "peers"
SETTINGS = {
    "default_page_size": "25",
    "suggest_facets": "off",
    "sql_time_limit_ms": "60000",
    "facet_time_limit_ms": "60000",
}
FACETED = ("kind", "status", "place")

TABLES = """
CREATE TABLE meetings (
    id INTEGER PRIMARY KEY, uid TEXT, title TEXT, date TEXT, kind TEXT, status TEXT, place TEXT, summary TEXT, said TEXT
);
CREATE TABLE participations (meeting INTEGER REFERENCES meetings (id), official TEXT, country TEXT);
"""
INDEXES = """
CREATE INDEX by_date ON meetings (date);
CREATE INDEX by_kind ON meetings (kind, date);
CREATE INDEX by_status ON meetings (status, date);
CREATE INDEX by_place ON meetings (place, date);
CREATE INDEX by_official ON participations (official, meeting);
CREATE INDEX by_country ON participations (country, meeting);
CREATE VIRTUAL TABLE meetings_fts USING fts5(title, summary, said, content="meetings", content_rowid='id');
INSERT INTO meetings_fts (meetings_fts) VALUES ('rebuild');
ANALYZE;
"""


def rows(data: Path, name: str) -> Iterator[dict[str, str]]:
    with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def fill(data: Path, path: Path) -> None:
    """Makes the database that Datasette serves."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(TABLES)
        numbers: dict[str, int] = {}
        for number, row in enumerate(rows(data, "meetings"), 1):
            numbers[row["uid"]] = number
            values = [row[name] for name in ("uid", "title", "date", "kind", "status", "place", "summary")]
            database.execute("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')", [number, *values])
        database.executemany(
            "INSERT INTO participations VALUES (?, ?, ?)",
            ((numbers[row["meeting"]], row["official"], row["country"]) for row in rows(data, "participations")),
        )
        database.executemany(
            "UPDATE meetings SET said = said || ' ' || ? WHERE id = ?",
            ((row["text"], numbers[row["meeting"]]) for row in rows(data, "statements")),
        )
        database.executescript(INDEXES)
        database.commit()


def address(scenario: Scenario, probes: dict[str, Any]) -> str | None:
    """What Datasette is asked for the same; None where it has no such page."""
    if not (scenario.probe and scenario.naive) or "page" in scenario.added:
        return None
    asked = [("_sort_desc", "date")]
    for name, value in parse_qsl(probes["probes"][scenario.probe]["query"].lstrip("?")):
        if name in ("official", "country"):
            asked.append(("_through", json.dumps({"table": "participations", "column": name, "value": value})))
        elif name == "q":
            asked.append(("_search", value))
        elif name == "from":
            # Dates are texts here: those of the year and of longer spans that begin in it.
            asked += [("date__gte", value), ("date__lt", str(min(int(value) + 1, YEARS.stop)))]
    asked += [("_facet", name) for name in FACETED] if scenario.counted else []
    return f"/peer/meetings?{urlencode(asked)}"


def measured(folder: Path, probes: dict[str, Any]) -> dict[str, Any]:
    """How long Datasette takes, beside the floor; answers that are wrong are told. Needs an earlier run's floor."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True, timeout=600)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "datasette<1"], check=True, timeout=600)
    path, log = folder / "peer.db", folder / "peers.log"
    log.write_bytes(b"")
    if not path.exists():
        fill(folder / "data", path)
    version = subprocess.run(
        [str(python), "-m", "datasette", "--version"], capture_output=True, text=True, check=True, timeout=PATIENCE
    ).stdout.split()[-1]
    settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, value)]
    serve = [str(python), "-m", "datasette", "serve", "-i", str(path), "--host", "127.0.0.1", "--port", "{port}"]
    ready = next(folder.glob("*-floor.json"))
    found: dict[str, Any] = {}
    with (
        Server([*serve, *settings], log, "/-/versions.json") as peer,
        Server.gunicorn("benchmarks.floor.wsgi", log, "/meetings/", {"FLOOR_DATA": str(ready)}) as floor,
    ):
        ours, theirs = measure.Client(floor.port), measure.Client(peer.port)
        for scenario in SCENARIOS:
            if asked := address(scenario, probes):
                found[scenario.name] = compared(ours, theirs, asked, probes["probes"][scenario.probe]["count"])
    return {"name": "Datasette, tuned", "version": version, "scenarios": found}


def compared(ours: measure.Client, theirs: measure.Client, asked: str, right: int) -> dict[str, Any]:
    answer = json.loads(theirs.get(asked.replace("/meetings?", "/meetings.json?")).body)
    return {
        "address": asked,
        "right": answer.get("filtered_table_rows_count") == right,
        "floor": measure.alone(lambda: ours.get("/meetings/").ms),
        "product": measure.alone(lambda: theirs.get(asked).ms),
    }
