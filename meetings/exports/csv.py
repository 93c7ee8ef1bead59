"""Rows as CSV, as RFC 4180 has it, in UTF-8, with no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from meetings.table import RISKY, escape


def lines(
    header: Sequence[str], chunks: Iterable[Iterable[Sequence[str]]], numbers: Iterable[str] = ()
) -> Iterator[bytes]:
    """The header, then each chunk of rows. ``numbers`` are columns that hold numbers alone, whose minus is one."""
    safe = {header.index(name) for name in numbers if name in header}
    places = [at for at in range(len(header)) if at not in safe]
    yield encode([header])
    for rows in chunks:
        yield encode([escaped(row, places) for row in rows])


def encode(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


def escaped(row: Sequence[str], places: Sequence[int]) -> Sequence[str]:
    """The row with its formulas made harmless."""
    if any(cell[:1] in RISKY for cell in row if cell):
        changed = list(row)
        for at in places:
            changed[at] = escape(changed[at])
        return changed
    return row
