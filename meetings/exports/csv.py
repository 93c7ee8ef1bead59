"""Columns as CSV, as RFC 4180 has it, in UTF-8, with no cell that a spreadsheet would run as a formula.

A column of which no cell needs quoting is found by one look at all of it, and only the cells of the others are looked
at. The standard library's writer, which looks at every character of every cell, takes several times as long.
"""

from collections.abc import Iterable, Sequence

from meetings.table import RISKY, Table, escape

#: Columns of these types hold nothing that has to be quoted, and begin no formula.
SAFE = frozenset({"choice", "edtf", "date", "time", "moment", "int", "float"})
#: Cells with one of these are quoted.
QUOTED = (",", '"', "\n", "\r")


class Writer:
    """Writes the rows of a table. ``extras`` are further columns of text."""

    def __init__(self, table: Table, extras: Sequence[str] = ()):
        self.names = [*table.header, *extras]
        self.safe = {column.name for column in table.columns if column.type in SAFE or column.name == "uid"}

    @property
    def header(self) -> bytes:
        """The first line."""
        return (",".join(self.names) + "\r\n").encode()

    def rows(self, columns: Iterable[Sequence[str]]) -> bytes:
        """The lines of some rows, given as columns in the order of the header."""
        written = [
            column if name in self.safe or is_plain(column) else [cell and quoted(cell) for cell in column]
            for name, column in zip(self.names, columns, strict=True)
        ]
        return "\r\n".join([*map(",".join, zip(*written, strict=True)), ""]).encode()


def is_plain(column: Sequence[str]) -> bool:
    """Whether all cells of a column stand in the file as they are."""
    text = "".join(column)
    return not any(mark in text for mark in QUOTED) and RISKY.isdisjoint([cell[:1] for cell in column])


def quoted(cell: str) -> str:
    """A cell as it stands in the file."""
    if cell[0] in RISKY:
        cell = escape(cell)
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return f'"{cell}"' if "," in cell or "\n" in cell or "\r" in cell else cell
