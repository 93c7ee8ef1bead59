"""How far an import is, for who waits at a terminal."""

import time
from typing import IO

from django.utils.translation import gettext as _

from meetings.imports.report import Report

#: Seconds between two looks.
EVERY = 0.2
WIDTH = 30


class Progress:
    """A bar with the rate and the time left, on one line that is written over; nothing where ``out`` is no terminal."""

    def __init__(self, out: IO | None, report: Report | None = None):
        self.report = report or Report("")
        self.out = out if out is not None and out.isatty() else None
        self.rows = 0
        self.started = self.shown = time.monotonic()

    def row(self) -> None:
        """One more row was read."""
        self.rows += 1
        if self.out is not None and not self.rows % 500:
            self.show(_("Reading"), self.report.read, self.report.size, self.rows)

    def step(self, what: str, done: int, number: int) -> None:
        """So many of a number of records are done."""
        if self.out is not None:
            if not done:
                self.started = time.monotonic()
            self.show(what, done, number, done)

    def show(self, what: str, done: int, whole: int, number: int) -> None:
        now = time.monotonic()
        if now - self.shown < EVERY or self.out is None:
            return
        self.shown = now
        passed = now - self.started
        line = _("%(what)s: %(rate)s records/s") % {"what": what, "rate": f"{number / passed:,.0f}"}
        if whole and done:
            part = min(1.0, done / whole)
            left = passed / part - passed
            bar = "█" * round(WIDTH * part) + "░" * (WIDTH - round(WIDTH * part))
            line = f"{bar} {part:4.0%}  {line}, " + _("%(time)s left") % {"time": f"{left // 60:.0f}:{left % 60:02.0f}"}
        self.out.write(f"\r{line[:100]:<100}")
        self.out.flush()

    def done(self) -> None:
        """Leaves the line empty."""
        if self.out is not None:
            self.out.write(f"\r{'':<100}\r")
            self.out.flush()
