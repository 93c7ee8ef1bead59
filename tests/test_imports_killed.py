"""An import that is killed leaves the old state or the new one; two at once do not get into each other's way."""

import os
import sqlite3
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from meetings.choices import RunState
from meetings.imports import base
from meetings.imports.report import Row
from meetings.models import ImportRun, Meeting
from meetings.models.neutral import MODELS
from tests.importing import FILES, import_rows, import_table, numbers, problems, write

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 1500
POINTS = 10


def big() -> dict[str, str]:
    """Files of some thousand rows that build on `FILES`."""
    ids = range(10, 10 + MANY)
    return {
        **FILES,
        "meetings": FILES["meetings"] + "".join(f"{n},Talks {n},2023-06,held\n" for n in ids),
        "participations": FILES["participations"] + "".join(f"{n},ann,israel\n{n},bob,\n" for n in ids),
        "citations": FILES["citations"] + "".join(f"s1,{n}\n" for n in ids),
    }


def address() -> str:
    """The DATABASE_URL of the test's own database."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    login = ":".join(filter(None, [at["USER"], at["PASSWORD"]]))
    host = ":".join(filter(None, [quote(at["HOST"] or "", safe=""), str(at["PORT"])]))
    return f"postgres://{login}@{host}/{at['NAME']}"


def start(folder) -> subprocess.Popen:
    """The command in a process of its own."""
    command = [sys.executable, "manage.py", "import_data", "table", str(folder), "--dataset-name", "mine"]
    environment = {**os.environ, "DATABASE_URL": address()}
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def wait_until_running(process: subprocess.Popen) -> float:
    """The moment at which the import notes that it runs (or is over)."""
    while process.poll() is None and not ImportRun.objects.filter(state=RunState.RUNNING).exists():
        time.sleep(0.01)
    return time.monotonic()


def state() -> dict[str, int]:
    return {name: model.objects.count() for name, model in MODELS.items()} | {
        "published": Meeting.objects.published().count()
    }


def old_state(tmp_path) -> dict[str, int]:
    call_command("flush", verbosity=0, interactive=False)
    (tmp_path / "old").mkdir(exist_ok=True)
    import_table(tmp_path / "old", FILES)
    return state()


def test_killed_at_ten_points(tmp_path):
    old = old_state(tmp_path)
    folder = tmp_path / "big"
    folder.mkdir()
    write(folder, big())
    process = start(folder)
    began = wait_until_running(process)
    assert process.wait(60) == 0, process.stdout.read().decode()
    lasts = time.monotonic() - began
    new = state()
    assert new["meetings"] == old["meetings"] + MANY
    assert old_state(tmp_path) == old
    found = []
    for point in range(POINTS):
        process = start(folder)
        wait_until_running(process)
        time.sleep(lasts * point / POINTS)
        process.kill()
        process.wait(10)
        wait_until_quiet()
        found.append(state())
        assert found[-1] in (old, new)
        if found[-1] == new:
            old_state(tmp_path)
        else:
            ImportRun.objects.filter(state=RunState.RUNNING).update(state=RunState.REFUSED)
    assert old in found
    assert start(folder).wait(60) == 0
    assert state() == new


def wait_until_quiet() -> None:
    """Until the database has noticed that a process is gone: on PostgreSQL its entry is held a moment longer."""
    for _attempt in range(200):
        with transaction.atomic():
            running = ImportRun.objects.filter(state=RunState.RUNNING)
            if len(running.select_for_update(skip_locked=True)) == running.count():
                return
        time.sleep(0.05)
    raise AssertionError("still held")


def test_an_import_that_was_interrupted_is_told_by_the_next():
    left = ImportRun.objects.create(dataset="us-travels")
    import_rows(Row("topics", {"slug": "oil", "name": "Oil"}))
    left.refresh_from_db()
    assert (left.state, left.finished_at is None) == (RunState.REFUSED, False)
    assert "interrupted" in left.report


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one lock decides: see below")
def test_two_imports_at_once(tmp_path):
    """While one reads, in a transaction, a second one starts in another process."""
    write(tmp_path, FILES)
    told = []

    def reader(paths, report):
        yield Row("topics", {"slug": "oil", "name": "Oil"})
        second = start(tmp_path)
        told.append((second.wait(60), second.stdout.read().decode()))

    assert numbers(base.run(reader, "first", []))[0] == 1
    [(status, output)] = told
    assert status == 1
    assert "Another import is running: first" in output
    assert not Meeting.objects.exists()
    assert not ImportRun.objects.filter(state=RunState.RUNNING).exists()
    assert problems(import_table(tmp_path)) == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write at a time")
def test_an_import_while_another_holds_sqlite(tmp_path):
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")
    with pytest.raises(base.Busy, match="Another import"):
        import_table(tmp_path, FILES)
    other.execute("ROLLBACK")
    other.close()
    assert problems(import_table(tmp_path, FILES)) == ""
