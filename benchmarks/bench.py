"""Measures the product: python3 -m benchmarks.bench --meetings 100000 --databases "sqlite postgres"

Makes the data once for each number and seed, under var/bench/, and writes a table into benchmarks/results/.
"""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

from benchmarks import peers, report
from benchmarks.generate import generate
from benchmarks.one import stop
from benchmarks.servers import ROOT

#: Seconds for all of one database.
LONGEST = 6 * 3_600

#: As PostgreSQL's own manual and packagers advise for a machine of a few gigabytes; safe against a loss of power.
POSTGRES = (
    "shared_buffers=512MB effective_cache_size=2GB work_mem=16MB maintenance_work_mem=256MB max_wal_size=4GB"
    " random_page_cost=1.1"
)


def data(folder: Path, meetings: int, seed: int) -> dict[str, Any]:
    """The data in the folder, made if they are not there; their probes."""
    probes = folder / "data" / "probes.json"
    if not probes.exists():
        print(f"Making {meetings} meetings in {folder}", file=sys.stderr)
        generate(meetings, seed, folder / "data")
    return json.loads(probes.read_text(encoding="utf-8"))


def measured(database: str, folder: Path, reuse: bool) -> dict[str, Any]:
    """What `benchmarks.one` finds, with the database made for it. Raises RuntimeError when it fails."""
    arguments = [sys.executable, "-m", "benchmarks.one", database, str(folder)] + ["--reuse"] * reuse
    env = dict(os.environ)
    if database == "sqlite":
        file = folder / "meetings.sqlite3"
        if not reuse:
            for path in folder.glob(f"{file.name}*"):
                path.unlink()
        env["DATABASE_URL"] = f"sqlite:///{file}"
    else:
        kept = folder / "postgres"
        if not reuse and kept.exists():
            subprocess.run(["rm", "-r", str(kept)], check=True)
        arguments = ["scripts/postgres.sh", *arguments]
        env |= {"POSTGRES_DATA": str(kept), "POSTGRES_SETTINGS": POSTGRES}
    process = subprocess.Popen(arguments, cwd=ROOT, env=env)
    try:
        status = process.wait(LONGEST)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)
    if status:
        raise RuntimeError(f"Measuring {database} ended with {status}: see {folder / database}.log")
    return json.loads((folder / f"{database}.json").read_text(encoding="utf-8"))


def machine() -> str:
    """What it ran on, without its name."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    return f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GB, {platform.system()}; {versions}; gunicorn with 2 workers"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", type=str.split, default=["sqlite", "postgres"])
    parser.add_argument("--reuse", action="store_true", help="measure the databases that an earlier run has filled")
    parser.add_argument("--peers", action="store_true", help="measure Datasette too, which is installed for it")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, stop)
    if wrong := set(options.databases) - set(report.NAMES):
        parser.error(f"{', '.join(sorted(wrong))} is no database here: choose among {' '.join(report.NAMES)}.")
    folder = ROOT / "var" / "bench" / f"{options.meetings}-{options.seed}"
    probes = data(folder, options.meetings, options.seed)
    runs = [measured(database, folder, options.reuse) for database in options.databases]
    result = {
        "date": date.today().isoformat(),
        "machine": machine(),
        **{name: probes[name] for name in ("meetings", "participations", "statements", "seed")},
        "probes": len(probes["probes"]),
        "runs": runs,
        "peers": [peers.measured(folder, probes)] if options.peers else [],
    }
    path = report.write(result)
    print(path.read_text(encoding="utf-8"))
    print(f"Written to {path.relative_to(ROOT)}", file=sys.stderr)
    if any(run["wrong"] for run in runs):
        sys.exit("Some answers were wrong.")


if __name__ == "__main__":
    main()
