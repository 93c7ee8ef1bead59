"""What is measured within Django, each in a process of its own: python3 -m benchmarks.inside TASK FILE

TASK is floor, settle, sql or writes. It reads JSON from standard input and writes JSON to FILE.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import django

#: Rounds of what is repeated, and seconds after which it is not repeated again.
ROUNDS, SECONDS = 20, 5.0
SURNAME = "Quxovitz"
#: What writers of records call for what is derived.
WRITERS = ("refresh", "refresh_around", "refresh_names")


@contextmanager
def overheard() -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run meanwhile, with their parameters."""
    from django.db import connection

    heard: list[tuple[str, Any]] = []

    def listen(execute, sql, params, many, context):
        if not many:
            heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield heard


def sql(addresses: dict[str, str]) -> dict[str, Any]:
    """How long the statements of each page take by themselves: milliseconds, and how many they are."""
    from django.db import connection
    from django.test import Client

    found = {}
    client = Client(headers={"Cache-Control": "no-cache", "Host": "127.0.0.1"})
    for name, address in addresses.items():
        with overheard() as heard:
            client.get(address)
        times: list[float] = []
        until = time.monotonic() + SECONDS
        while len(times) < ROUNDS and (len(times) < 2 or time.monotonic() < until):
            began = time.perf_counter()
            with connection.cursor() as cursor:
                for statement, params in heard:
                    cursor.execute(statement, params)
                    cursor.fetchall()
            times.append((time.perf_counter() - began) * 1e3)
        found[name] = {"p50": round(statistics.median(times), 3), "statements": len(heard)}
    return found


def editor():
    """A browser in which an editor is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(get_user_model().objects.create_superuser(f"bench-{time.time_ns()}"))
    return client


def saved(client, address: str, change: Callable[[dict], dict]) -> float:
    """Milliseconds of a save. Raises RuntimeError when the form is refused."""
    from tests.admin_pages import fields

    sent = fields(client.get(address))
    sent = {**sent, **change(sent), "_save": "1"}
    began = time.perf_counter()
    response = client.post(address, sent)
    took = (time.perf_counter() - began) * 1e3
    if response.status_code != 302:
        raise RuntimeError(f"{address} was not saved: {response.status_code}")
    return took


def writes(probes: dict[str, Any]) -> dict[str, Any]:
    """Saves of meetings in the admin, in turns with and without what is derived, and an official renamed."""
    from meetings import index
    from meetings.models import Meeting, Official
    from tests.admin_pages import page_of

    client = editor()
    meetings = list(Meeting.objects.published().order_by("uid")[:ROUNDS])
    times: dict[bool, list[float]] = {True: [], False: []}
    for number, meeting in enumerate(meetings * 2):
        derived = number % 2 == number // len(meetings) % 2
        still = mock.patch.multiple(index, **dict.fromkeys(WRITERS, mock.DEFAULT))
        with nullcontext() if derived else still:
            took = saved(client, page_of(meeting), lambda sent: {"title": f"{sent['title']}, again"})
        if number >= 4:
            times[derived].append(took)
    for meeting in meetings:
        meeting.save()
    index.refresh(meeting.pk for meeting in meetings)
    medians = {derived: statistics.median(found) for derived, found in times.items()}
    official = Official.objects.get(slug=probes["official"])
    took = saved(client, page_of(official), lambda sent: {"name": f"{official.name} {SURNAME}"})
    found = client.get("/meetings/", {"q": SURNAME}).content.decode()
    saved(client, page_of(official), lambda sent: {"name": official.name})
    return {
        "save": round(medians[True], 1),
        "save_added": round(medians[True] - medians[False], 1),
        "rename": round(took / 1e3, 3),
        "found_by_new_name": found,
    }


def floor(_given: Any) -> dict[str, Any]:
    """The newest meetings' page, for the server of the floor."""
    from benchmarks.floor.ready import capture

    return capture()


def settle(_given: Any) -> str:
    """What a database does by itself in the quiet after a large import; its version."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "CHECKPOINT")
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return cursor.fetchone()[0].split()[0]


def main() -> None:
    django.setup()
    task = {"floor": floor, "settle": settle, "sql": sql, "writes": writes}[sys.argv[1]]
    Path(sys.argv[2]).write_text(json.dumps(task(json.load(sys.stdin))), encoding="utf-8")


if __name__ == "__main__":
    main()
