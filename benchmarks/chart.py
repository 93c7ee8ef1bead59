"""Draws a result for the README: python3 -m benchmarks.chart RESULT.json docs/img/speed.svg

Bars on a logarithmic scale of T, a row for each page; a mark where the limit is.
"""

import json
import sys
from collections.abc import Iterator
from html import escape
from math import log10
from pathlib import Path
from typing import Any

from benchmarks.report import NAMES, ratio
from benchmarks.scenarios import SCENARIOS

#: The scale, from the least to the most T; pixels.
LEAST, MOST = 0.1, 10_000.0
LEFT, WIDTH, RIGHT, TOP, BAR, GAP, BOTTOM = 190, 640, 110, 70, 9, 12, 40
COLOURS = {"sqlite": "#1f6f8b", "postgres": "#99582a"}
NAIVE, INK, LINE = "#b9bec4", "#22262a", "#d9dde1"


def place(times: float) -> float:
    """Where a number of T lies on the scale."""
    return LEFT + log10(min(max(times, LEAST), MOST) / LEAST) / log10(MOST / LEAST) * WIDTH


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, colour: str = INK) -> str:
    style = f'text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def bar(y: float, times: float, colour: str) -> str:
    return f'<rect x="{LEFT}" y="{y:.1f}" width="{max(place(times) - LEFT, 1):.1f}" height="{BAR}" fill="{colour}"/>'


def short(times: float) -> str:
    return f"{times:.2f}" if times < 10 else f"{times:,.0f}"


def bars(run: dict[str, Any], name: str, y: float) -> Iterator[str]:
    """A page on one database: the product's bar, the naive version's, and the limit."""
    found = run["scenarios"].get(name)
    value = ratio(found)
    if value is None:
        return
    limit = next(one for one in SCENARIOS if one.name == name).limits.get(run["database"])
    told, longest = short(value), max(value, limit or 0)
    naive = found.get("naive", {})
    if slow := naive.get("p50") or naive.get("given_up_ms"):
        times = slow / found["floor"]["p50"]
        told += f" (naive {'> ' if 'given_up_ms' in naive else ''}{short(times)})"
        longest = max(longest, times)
        yield bar(y, times, NAIVE)
    yield bar(y, value, COLOURS[run["database"]])
    yield text(place(longest) + 6, y + BAR, told, size=10)
    if limit is not None:
        mark = place(limit)
        yield f'<path d="M{mark:.1f} {y - 1:.1f}v{BAR + 2}" stroke="{INK}" stroke-width="2"/>'


def draw(result: dict[str, Any]) -> str:
    """The chart as SVG."""
    runs = result["runs"]
    names = [one.name for one in SCENARIOS if any(ratio(run["scenarios"].get(one.name)) for run in runs)]
    row = len(runs) * (BAR + 2) + GAP
    bottom = TOP + len(names) * row
    width, height = LEFT + WIDTH + RIGHT, bottom + BOTTOM
    title = f"Time of each page at {result['meetings']:,} meetings"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t"'
        ' font-family="system-ui, sans-serif">',
        f'<title id="t">{escape(title)}</title>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        text(16, 26, title, size=16),
        text(16, 46, "in T, the time of such a page from ready data, without a database; the black mark is the limit"),
    ]
    power = LEAST
    while power <= MOST:
        x = place(power)
        parts.append(f'<path d="M{x:.1f} {TOP - 8}V{bottom}" stroke="{INK if power == 1 else LINE}"/>')
        parts.append(text(x, bottom + 16, f"{power:,g} T", anchor="middle"))
        power = round(power * 10, 1)
    for number, name in enumerate(names):
        top = TOP + number * row
        parts.append(text(LEFT - 10, top + row / 2, name, anchor="end"))
        for at, run in enumerate(runs):
            parts += bars(run, name, top + at * (BAR + 2))
    x = 16.0
    for colour, label in [
        *((COLOURS[run["database"]], NAMES[run["database"]]) for run in runs),
        (NAIVE, "naive Django"),
    ]:
        parts.append(f'<rect x="{x:.0f}" y="{height - 16}" width="10" height="10" fill="{colour}"/>')
        parts.append(text(x + 15, height - 7, label))
        x += 110
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    target.write_text(draw(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
