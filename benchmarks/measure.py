"""Asks servers for pages, in turns, so that what else the machine does meets all of them alike."""

import http.client
import re
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from benchmarks.servers import HOST

#: Rounds of a scenario: at least, at most, and for about so many seconds.
FEWEST, MOST, SECONDS = 7, 60, 4.0
WARM_UP = 3
#: The same for what is slow: rounds, and seconds until it is given up.
SLOW_MOST, SLOW_SECONDS, TIMEOUT = 5, 6.0, 90.0

#: A page that is kept somewhere is to be made anew.
ANEW = {"Cache-Control": "no-cache"}

_COUNT = re.compile(r'(<h2[^>]*>(?:(?!</h2>).)*)class="result-count"[^>]*>([^<]*)<', re.DOTALL)


#: Takes a part of what is fetched.
Took = Callable[[bytes], object]


class Answer(NamedTuple):
    status: int
    headers: Any
    body: bytes
    first_ms: float
    ms: float


class Client:
    """One connection to a server, kept open and opened again when the server has closed it."""

    def __init__(self, port: int, timeout: float = TIMEOUT):
        self.port = port
        self.timeout = timeout
        self.connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: dict[str, str] | None = None, took: Took | None = None) -> Answer:
        """Fetches all of a page; ``took`` gets its parts instead of the answer. Raises OSError where it fails twice."""
        try:
            return self.fetch(path, headers or {}, took)
        except TimeoutError:
            self.close()
            raise
        except (OSError, http.client.HTTPException):
            self.close()
            return self.fetch(path, headers or {}, took)

    def fetch(self, path: str, headers: dict[str, str], took: Took | None) -> Answer:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=self.timeout)
            self.connection.connect()
        began = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        parts = [response.read1(1 << 16)]
        first = time.perf_counter()
        if took is not None:
            took(parts.pop())
        while part := response.read(1 << 18):
            parts.append(part) if took is None else took(part)
        end = time.perf_counter()
        if response.will_close:
            self.close()
        return Answer(response.status, response.headers, b"".join(parts), (first - began) * 1e3, (end - began) * 1e3)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def summary(times: list[float]) -> dict[str, float]:
    """p50 and p95 in milliseconds, and of how many."""
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 3),
        "p95": round(ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))], 3),
        "n": len(ordered),
    }


def in_turns(asked: dict[str, Callable[[], float]]) -> dict[str, dict[str, float]]:
    """Times of several askers, each of which returns milliseconds, one after the other in rounds."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for ask in asked.values():
        for _ in range(WARM_UP):
            ask()
    until = time.monotonic() + SECONDS
    for done in range(MOST):
        if done >= FEWEST and time.monotonic() > until:
            break
        for name, ask in asked.items():
            times[name].append(ask())
    return {name: summary(found) for name, found in times.items()}


def alone(ask: Callable[[], float]) -> dict[str, Any]:
    """Times of something slow, a few at most; how long it was waited for where it was given up."""
    times: list[float] = []
    until = time.monotonic() + SLOW_SECONDS
    for _ in range(SLOW_MOST):
        try:
            times.append(ask())
        except TimeoutError:
            return {"given_up_ms": TIMEOUT * 1e3}
        if time.monotonic() > until:
            break
    return summary(times)


def shown_count(page: str) -> tuple[int, bool] | None:
    """The number of results in a page's heading, and whether it says that there are more."""
    found = _COUNT.search(page)
    digits = re.sub(r"\D", "", found[2]) if found else ""
    return (int(digits), "more than" in f"{found[1]}{found[2]}".lower()) if found and digits else None


def agrees(page: str, right: int, most: int) -> bool:
    """Whether a page tells the right number, or truly that there are more than ``most``."""
    shown = shown_count(page)
    return shown is not None and (shown[0] == right or (shown[1] and shown[0] == most < right))
