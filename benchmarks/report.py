"""The outcome of a run, as a table for people; the same stands beside it as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.scenarios import AGAIN, AGAIN_LIMIT, FIGURES, SCENARIOS, Limit, Scenario

RESULTS = Path(__file__).resolve().parent / "results"
#: The limit of an import is for so many meetings; what there are but few of takes its time with fewer too.
MILLION = 1_000_000
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def ratio(found: dict[str, Any] | None) -> float | None:
    """How many times the floor's time a page takes; None for one that was not measured."""
    return found["product"]["p50"] / found["floor"]["p50"] if found and "product" in found else None


def limited(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def verdict(value: float, limit: float | None) -> str:
    """Whether a time is within its limit, or how far it is from it; nothing where none is set."""
    if limit is None:
        return ""
    return "met" if value <= limit else f"**missed by {(value / limit - 1) * 100:.0f} %**"


def table(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'|'.join(['---'] + ['--:'] * (len(header) - 2) + ['---'])}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def in_times(milliseconds: float | None, floor: float) -> str:
    if milliseconds is None:
        return ""
    times = milliseconds / floor
    return f"{times:,.2f}" if times < 10 else f"{times:,.0f}"


def row(scenario: Scenario, run: dict[str, Any]) -> list[str]:
    found = run["scenarios"][scenario.name]
    limit = scenario.limits.get(run["database"])
    value = ratio(found)
    if value is None:
        return [scenario.name, "", "", "", "", "", limited(limit), f"not measured: it answers {found['status']}"]
    floor = found["floor"]["p50"]
    naive = found.get("naive", {})
    given_up = naive.get("given_up_ms")
    return [
        scenario.name,
        f"{found['product']['p50']:.1f}",
        f"{found['product']['p95']:.1f}",
        in_times(found["product"]["p50"], floor),
        in_times(found.get("sql", {}).get("p50"), floor),
        f"> {in_times(given_up, floor)}" if given_up else in_times(naive.get("p50"), floor),
        limited(limit),
        verdict(value, limit),
    ]


def again(run: dict[str, Any]) -> list[str]:
    found, limit = run["again"], AGAIN_LIMIT[run["database"]]
    value = found["product"]["p50"] / found["floor"]["p50"]
    how = f"{AGAIN}, the same again ({found['status']})"
    times = [f"{found['product'][name]:.1f}" for name in ("p50", "p95")]
    return [how, *times, f"{value:.2f}", "", "", f"{limit:g}", verdict(value, limit)]


def figures(run: dict[str, Any], meetings: int) -> list[list[str]]:
    rows = []
    for name, limit in FIGURES.items():
        value = run["figures"].get(name)
        if name == "import_seconds" and meetings < MILLION:
            limit = Limit(limit.name, limit.unit)
        told = limit.told(run["database"])
        if value is None:
            rows.append([limit.name, "", told, "not measured"])
        else:
            how = "" if not told else "met" if limit.met(run["database"], value) else "**missed**"
            rows.append([limit.name, f"{value:,g} {limit.unit}", told, how])
    return rows


def growth(run: dict[str, Any], smaller: dict[str, Any]) -> list[list[str]]:
    """How much dearer each page is, in T, than it was with fewer meetings."""
    rows = []
    for scenario in SCENARIOS:
        now, then = ratio(run["scenarios"].get(scenario.name)), ratio(smaller["scenarios"].get(scenario.name))
        if now and then:
            limit = scenario.growth.get(run["database"])
            rows.append(
                [
                    scenario.name,
                    f"{then:.2f}",
                    f"{now:.2f}",
                    f"{now / then:.2f}",
                    limited(limit),
                    verdict(now / then, limit),
                ]
            )
    return rows


def lines(result: dict[str, Any], smaller: dict[str, Any] | None) -> Iterator[str]:
    meetings = result["meetings"]
    yield f"# {meetings:,} meetings, {result['date']}"
    yield ""
    yield (
        f"{result['participations']:,} participations, {result['statements']:,} statements, seed {result['seed']}."
        f" {result['machine']}."
    )
    yield ""
    yield "`T` is the time of the floor in the same rounds; columns without a unit are in T. Limits are for 1,000,000."
    for run in result["runs"]:
        name = NAMES[run["database"]]
        floors = sorted(found["floor"]["p50"] for found in run["scenarios"].values() if "floor" in found)
        yield ""
        yield f"## {name} {run['version']}"
        yield ""
        yield f"T was {floors[0]:.1f} to {floors[-1]:.1f} ms, {floors[len(floors) // 2]:.1f} in the middle."
        yield ""
        header = ["page", "p50 ms", "p95 ms", "p50", "its SQL", "naive", "limit", ""]
        yield from table(header, [*(row(scenario, run) for scenario in SCENARIOS), again(run)])
        yield ""
        yield from table(["figure", "value", "limit", ""], figures(run, meetings))
        yield ""
        if run["wrong"]:
            yield "**Wrong answers:**"
            yield ""
            yield from (f"- {text}" for text in run["wrong"])
        else:
            yield f"All {result['probes']} probes were answered with the right number of meetings."
        for other in (smaller or {"runs": []})["runs"]:
            if other["database"] == run["database"]:
                yield ""
                yield f"Growth from {smaller['meetings']:,} meetings:" if smaller else ""
                yield ""
                yield from table(["page", "then", "now", "growth", "limit", ""], growth(run, other))
    for peer in result["peers"]:
        yield ""
        yield f"## {peer['name']} {peer['version']}, in T"
        yield ""
        yield from table(["page", "p50 ms", "p50", ""], peer_rows(peer))


def peer_rows(peer: dict[str, Any]) -> list[list[str]]:
    rows = []
    for name, found in peer["scenarios"].items():
        slow = found["product"].get("p50") or found["product"]["given_up_ms"]
        times = in_times(slow, found["floor"]["p50"])
        rows.append([name, f"{slow:.1f}", times, "" if found["right"] else "counts others, or none"])
    return rows


def newest(meetings: int) -> dict[str, Any] | None:
    """The last result with so many meetings."""
    found = sorted(RESULTS.glob(f"*-{meetings}.json"))
    return json.loads(found[-1].read_text(encoding="utf-8")) if found else None


def write(result: dict[str, Any]) -> Path:
    """Writes the result as a table and as JSON; the path of the table."""
    RESULTS.mkdir(exist_ok=True)
    stem = RESULTS / f"{result['date']}-{result['meetings']}"
    smaller = newest(result["meetings"] // 10)
    stem.with_suffix(".json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    path = stem.with_suffix(".md")
    path.write_text("\n".join(lines(result, smaller)) + "\n", encoding="utf-8")
    return path
