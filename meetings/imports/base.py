"""One import from beginning to end: one transaction, one at a time, with a report that is kept whatever comes of it."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.choices import RunState
from meetings.imports import checks, left
from meetings.imports.progress import Progress
from meetings.imports.report import Line, Refused, Report, Row
from meetings.imports.writer import Writer
from meetings.index.schema import backend
from meetings.models import ImportRun

#: From the files to rows, in an order in which a key is known before it is named; problems go to the report.
Read = Callable[[Sequence[Path], Report], Iterator[Row]]


BUSY = gettext_lazy("Another import, or something else, is writing to the database. Try again when it is done.")


class Busy(Exception):
    """Another import is at work, or something else holds the database; the message is for people."""


def run(
    read: Read, dataset: str, paths: Sequence[Path], *, dry_run: bool = False, user: Any = None, out: IO | None = None
) -> Report:
    """Imports ``paths``. All of it is written or nothing; problems are in the report.

    Raises Busy while another import runs. A dry run does all the work, and takes it back.
    """
    report = Report(dataset)
    entry = begin(dataset, paths, user)
    try:
        with at_full_speed(), transaction.atomic():
            take_turn(entry)
            work(read, paths, report, Progress(out, report))
            if report.problems:
                raise Refused
            if dry_run:
                transaction.set_rollback(True)
            else:
                end(entry, RunState.DONE, report)
    except Refused as refusal:
        if str(refusal):
            report.problems.append(Line(str(refusal)))
        end(entry, RunState.REFUSED, report)
    except BaseException as error:
        busy = error if isinstance(error, Busy) else Busy(BUSY) if is_locked(error) else None
        told = str(busy) if busy else _("broken off: %(error)s") % {"error": repr(error)}
        report.problems.append(Line(told))
        with suppress(DatabaseError):
            end(entry, RunState.REFUSED, report)
        if busy is not None:
            raise busy from error
        raise
    if dry_run and not report.problems:
        entry.delete()
    return report


@contextmanager
def at_full_speed() -> Iterator[None]:
    """Without Python's search for cycles, of which rows make none, and with room for large writes."""
    with connection.cursor() as cursor, backend().room(cursor):
        searching = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if searching:
                gc.enable()


def work(read: Read, paths: Sequence[Path], report: Report, progress: Progress) -> None:
    """Reads and writes all rows, then what can be told only of the whole."""
    writer = Writer(report)
    for row in read(paths, report):
        writer.add(row)
        progress.row()
    writer.close()
    checks.finish(writer, progress.step)
    left.tell(writer)
    progress.done()


def begin(dataset: str, paths: Sequence[Path], user: Any) -> ImportRun:
    """Notes that an import runs, and that those are over whose process is gone."""
    try:
        with transaction.atomic():
            running = ImportRun.objects.filter(state=RunState.RUNNING).order_by("pk")
            for left in running.select_for_update(skip_locked=True):
                left.state, left.finished_at = RunState.REFUSED, timezone.now()
                left.report = _("It was interrupted, and nothing written.")
                left.save()
            files = "\n".join(map(str, paths))
            return ImportRun.objects.create(dataset=dataset, files=files, started_by=user)
    except OperationalError as error:
        if is_locked(error):
            raise Busy(BUSY) from error
        raise


def is_locked(error: BaseException) -> bool:
    """Whether SQLite has another writer for longer than this one waits."""
    return isinstance(error, OperationalError) and "locked" in str(error)


def take_turn(entry: ImportRun) -> None:
    """Holds the import's own entry until the transaction ends: whose entry is held is alive, and the oldest goes first.

    On SQLite the transaction alone keeps others out. Raises Busy.
    """
    mine = ImportRun.objects.select_for_update().filter(pk=entry.pk, state=RunState.RUNNING).first()
    oldest = ImportRun.objects.filter(state=RunState.RUNNING).order_by("pk").first()
    if mine is None or oldest is None or oldest.pk != mine.pk:
        told = _("Another import is running: %(run)s. Try again when it is done.")
        raise Busy(told % {"run": oldest if oldest is not None else entry})


def end(entry: ImportRun, state: RunState, report: Report) -> None:
    entry.state, entry.finished_at = state, timezone.now()
    entry.counts, entry.report = report.counts(), "\n".join(report.lines())
    entry.save()
