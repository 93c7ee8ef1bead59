"""Measures one database, the one in DATABASE_URL: python3 -m benchmarks.one DATABASE FOLDER [--reuse]

FOLDER holds ``data``, as `benchmarks.generate` writes it; the outcome becomes ``DATABASE.json`` there.
"""

import argparse
import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from shutil import rmtree
from types import FrameType
from typing import Any

from benchmarks import measure
from benchmarks.scenarios import AGAIN, MOST_COUNTED, SCENARIOS, Scenario
from benchmarks.servers import ROOT, Memory, Server, manage

#: Seconds that an import, or an export of everything, may take before it is given up.
LONGEST = 7_200.0
#: Seconds for each meeting that `export_data` writes.
EXPORT_SECONDS = 0.0018
FLOOR = "/meetings/"
#: An option with its number.
COUNTED = re.compile(rb'class="tally">\d')


class Run:
    """The measuring of one database. ``found`` is what the report is made of."""

    def __init__(self, database: str, folder: Path):
        self.database = database
        self.folder = folder
        self.log = folder / f"{database}.log"
        self.probes: dict[str, Any] = json.loads((folder / "data" / "probes.json").read_text())
        self.found: dict[str, Any] = {"database": database, "figures": {}, "scenarios": {}, "wrong": []}
        self.figures = self.found["figures"]

    def tell(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {self.database}: {text}", file=sys.stderr, flush=True)

    def inside(self, task: str, given: Any = None) -> Any:
        """What `benchmarks.inside` finds, in a process of its own."""
        out = self.folder / f"{self.database}-{task}.json"
        with self.log.open("ab") as log:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.inside", task, str(out)],
                input=json.dumps(given).encode(),
                env={**os.environ, "DJANGO_SETTINGS_MODULE": "diplomacy.settings"},
                cwd=ROOT,
                stdout=log,
                stderr=log,
                timeout=LONGEST,
                check=True,
            )
        return json.loads(out.read_text())

    def fill(self, reuse: bool) -> None:
        """Imports the data; ``reuse`` takes what an earlier run has imported."""
        kept = self.folder / f"{self.database}-import.json"
        manage("migrate", "--verbosity", "0", log=self.log, timeout=LONGEST)
        if reuse and kept.exists():
            self.figures.update(json.loads(kept.read_text()))
            return
        kept.unlink(missing_ok=True)
        self.tell("importing")
        done = manage("import_data", "table", str(self.folder / "data"), log=self.log, timeout=LONGEST)
        self.figures.update(import_seconds=done["seconds"], import_rss=done["rss_mb"])
        kept.write_text(json.dumps(self.figures))

    def ask(self) -> None:
        """All that is asked of servers."""
        ready = self.inside("floor")
        data = self.folder / f"{self.database}-floor.json"
        data.write_text(json.dumps(ready), encoding="utf-8")
        serve = partial(Server.gunicorn, log=self.log)
        with ExitStack() as stack:
            product = stack.enter_context(serve("diplomacy.wsgi", path="/healthz"))
            floor = stack.enter_context(serve("benchmarks.floor.wsgi", path=FLOOR, env={"FLOOR_DATA": str(data)}))
            naive = stack.enter_context(
                serve("benchmarks.naive.wsgi", path="/healthz", env={"STATEMENT_TIMEOUT": "600"})
            )
            self.product, self.floor = measure.Client(product.port), measure.Client(floor.port)
            self.naive_server = naive
            self.check()
            with Memory(product.pid) as memory:
                for scenario in SCENARIOS:
                    self.found["scenarios"][scenario.name] = self.scenario(scenario)
                self.found["again"] = self.again()
                self.figures["worker_pss"] = round(memory.worker, 1)
                self.found["memory_all"] = round(memory.all, 1)
            self.take_away(product.pid)
            self.take_away_naively()

    def check(self) -> None:
        """Asks for every probe, and notes the wrong answers."""
        for name, probe in self.probes["probes"].items():
            page = self.product.get(f"/meetings/{probe['query']}", measure.ANEW).body.decode()
            if not measure.agrees(page, probe["count"], MOST_COUNTED):
                self.wrong(f"{name}: {measure.shown_count(page)} instead of {probe['count']} meetings")
        self.tell(f"asked {len(self.probes['probes'])} probes, {len(self.found['wrong'])} answered wrongly")

    def wrong(self, text: str) -> None:
        """Notes that something was answered wrongly, once."""
        if text not in self.found["wrong"]:
            self.tell(f"WRONG {text}")
            self.found["wrong"].append(text)

    def scenario(self, scenario: Scenario) -> dict[str, Any]:
        address = scenario.address(self.probes)
        answer = self.product.get(address, measure.ANEW)
        if answer.status != 200:
            self.tell(f"{scenario.name}: {answer.status}")
            return {"address": address, "status": answer.status}
        if scenario.counted and not COUNTED.search(answer.body):
            self.wrong(f"{scenario.name}: no option has a number")
        asked = {
            "floor": self.asker(self.floor, FLOOR, {}, 200),
            "product": self.asker(self.product, address, measure.ANEW, 200),
        }
        found: dict[str, Any] = {"address": address, "status": 200, "bytes": len(answer.body)}
        found.update(measure.in_turns(asked))
        if naive := scenario.naive_address(self.probes):
            found["naive"] = self.naively(naive)
        times = found["product"]["p50"] / found["floor"]["p50"]
        self.tell(f"{scenario.name}: {times:.2f} T ({found['product']['p50']:.1f} ms)")
        return found

    def asker(self, client: measure.Client, address: str, headers: dict[str, str], right: int) -> Callable[[], float]:
        """What asks for a page and returns milliseconds; another status than the ``right`` one is noted."""

        def ask() -> float:
            answer = client.get(address, headers)
            if answer.status != right:
                self.wrong(f"{address} answers {answer.status}")
            return answer.ms

        return ask

    def naively(self, address: str) -> dict[str, Any]:
        client = measure.Client(self.naive_server.port)
        found = measure.alone(self.asker(client, address, {}, 200))
        client.close()
        if "given_up_ms" in found:
            self.naive_server.restart()
        return found

    def again(self) -> dict[str, Any]:
        """A page that the reader has seen already: with what it said of itself, else as a stranger would ask."""
        address = next(one for one in SCENARIOS if one.name == AGAIN).address(self.probes)
        answer = self.product.get(address)
        known = {"If-None-Match": answer.headers["ETag"]} if answer.headers["ETag"] else {}
        status = self.product.get(address, known).status
        asked = {
            "floor": self.asker(self.floor, FLOOR, {}, 200),
            "product": self.asker(self.product, address, known, status),
        }
        return {"address": address, "status": status, **measure.in_turns(asked)}

    def take_away(self, pid: int) -> None:
        """Everything as CSV, from the server and by the command."""
        path = self.folder / f"{self.database}-meetings.csv"
        memory = Memory(pid)
        before = memory.look()
        memory.worker = 0.0
        client = measure.Client(self.product.port, timeout=LONGEST)
        with memory, path.open("wb") as file:
            answer = client.get("/meetings.csv", took=file.write)
        client.close()
        if answer.status != 200:
            self.tell(f"/meetings.csv: {answer.status}")
            path.unlink()
            return
        rows = count_rows(path)
        if rows != self.probes["meetings"]:
            self.wrong(f"/meetings.csv has {rows} rows instead of {self.probes['meetings']}")
        self.figures.update(
            csv_rate=round(rows / answer.ms * 1e3),
            csv_first=round(answer.first_ms / 1e3, 3),
            csv_growth=round(max(memory.worker - before, 0), 1),
        )
        self.figures["worker_pss"] = round(max(self.figures["worker_pss"], memory.worker), 1)
        path.unlink()
        self.tell(f"CSV: {self.figures['csv_rate']} rows/s")

    def take_away_naively(self) -> None:
        client = measure.Client(self.naive_server.port)
        try:
            answer = client.get("/meetings.csv")
        except TimeoutError:
            self.naive_server.restart()
            return
        finally:
            client.close()
        self.figures["naive_csv_rate"] = round(answer.body.count(b"\r\n") / answer.ms * 1e3)

    def statements(self) -> None:
        """Adds the time of each page's SQL alone."""
        asked = {name: found["address"] for name, found in self.found["scenarios"].items() if found["status"] == 200}
        for name, times in self.inside("sql", asked).items():
            self.found["scenarios"][name]["sql"] = times

    def export(self) -> None:
        """Everything in the neutral format, by the command; given up where it takes far too long."""
        out = self.folder / f"{self.database}-export"
        longest = max(120.0, self.probes["meetings"] * EXPORT_SECONDS)
        try:
            done = manage("export_data", str(out), log=self.log, timeout=longest)
            self.figures.update(export_seconds=done["seconds"], export_rss=done["rss_mb"])
        except RuntimeError:
            self.wrong(f"export_data failed, or was given up after {longest:.0f} s")
        finally:
            rmtree(out, ignore_errors=True)

    def write(self) -> None:
        found = self.inside("writes", self.probes)
        right = self.probes["probes"]["official common"]["count"]
        if not measure.agrees(found.pop("found_by_new_name"), right, MOST_COUNTED):
            self.wrong("the renamed official's meetings are not found by the new name")
        self.figures.update(found)


def count_rows(path: Path) -> int:
    """The records of a CSV file, without its header."""
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def stop(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=("sqlite", "postgres"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reuse", action="store_true", help="take what an earlier run has imported")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    run = Run(options.database, options.folder)
    run.log.write_bytes(b"")
    run.fill(options.reuse)
    run.found["version"] = run.inside("settle")
    run.ask()
    for step in (run.statements, run.export, run.write):
        run.tell(step.__name__)
        step()
    (options.folder / f"{options.database}.json").write_text(json.dumps(run.found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
