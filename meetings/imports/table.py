"""Reads a folder of CSV files in the neutral format (`meetings.table`), or single ones of them."""

import csv
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from meetings.imports import DATASETS
from meetings.imports.report import Report, Row
from meetings.models import derived_uid
from meetings.table import TABLES, Table, unescape

#: The longest cell (characters).
LONGEST_CELL = 10_000_000


class Unreadable(Exception):
    """A file that is not what it should be, in the line where that shows."""

    def __init__(self, text: str, line: int = 0):
        super().__init__(text)
        self.line = line


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files, in the order in which they build on each other."""
    files = found(paths, report)
    report.size = sum(path.stat().st_size for path in files.values())
    ids = {name for name, path in files.items() if has_own_ids(path, TABLES[name])}
    for name in ids if report.dataset in DATASETS else ():
        told = _(
            "The column “id” holds ids of your own. Say whose they are, or those of another folder would be taken for "
            "the same: --dataset-name my-visits."
        )
        report.problem(told, files[name].name, 1)
    report.again = lambda name: rows(TABLES[name], files[name], ids, Report(report.dataset))
    for name, path in files.items():
        try:
            yield from rows(TABLES[name], path, ids, report)
        except Unreadable as error:
            report.problem(str(error), path.name, error.line)
        except OSError as error:
            report.problem(error.strerror or str(error), path.name)


def found(paths: Sequence[Path], report: Report) -> dict[str, Path]:
    """The files by noun, in order. What is no file of the format is told; other files of a folder are let be."""
    files: dict[str, Path] = {}
    for path in paths:
        listed = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        if not listed:
            report.problem(_("There is no CSV file in this folder, such as meetings.csv."), str(path))
        for file in listed:
            if not file.is_file():
                report.problem(_("There is no such file."), str(file))
            elif file.stem not in TABLES or file.suffix != ".csv":
                names = ", ".join(f"{name}.csv" for name in TABLES)
                report.problem(
                    _("No file of the neutral format is called so. The names: %(names)s.") % {"names": names}, file.name
                )
            elif file.stem in files:
                report.problem(_("There are two files of this name."), file.name)
            else:
                files[file.stem] = file
    return {name: files[name] for name in TABLES if name in files}


def has_own_ids(path: Path, table: Table) -> bool:
    """Whether a file tells its records by ids of its own: it has a column “id” and no “uid”."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = [name.strip() for name in next(csv.reader(file), [])]
    except (OSError, UnicodeDecodeError, csv.Error):
        return False  # reading it tells what is wrong
    return table.key == "uid" and "id" in header and "uid" not in header


def lines(file: BinaryIO, report: Report) -> Iterator[str]:
    """The lines of a file as text. Raises Unreadable in the line where it is not UTF-8, or no text."""
    for number, line in enumerate(file, 1):
        report.read += len(line)
        if b"\0" in line:
            raise Unreadable(_("This is no text: it holds NUL bytes. Save the file as “CSV UTF-8”."), number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            bad = line[error.start : error.start + 1].hex()
            told = _("This is not UTF-8 (byte 0x%(byte)s). Save the file as “CSV UTF-8”.") % {"byte": bad}
            raise Unreadable(told, number) from error


def rows(table: Table, path: Path, ids: set[str], report: Report) -> Iterator[Row]:
    """The rows of one file. A row that is too short or too long is told, and reading goes on."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open("rb") as file:
        cells = csv.reader(lines(file, report), strict=True)
        try:
            header = [unescape(name.strip()) for name in next(cells, [])]
            check_header(table, header)
            columns = [name if name in kept_columns(table) else "" for name in header]
            own = table.name in ids
            references = [c.name for c in table.columns if c.name in header and c.to in ids]
            start = cells.line_num + 1
            for row in cells:
                if len(row) == len(header):
                    values = {
                        name: unescape(cell) if cell[:1] == "'" else cell
                        for name, cell in zip(columns, row, strict=True)
                    }
                    values.pop("", None)
                    given = own_ids(values, own, references, report.dataset) if own or references else None
                    yield Row(table.name, values, path.name, start, given=given)
                elif row:
                    told = _("%(number)s cells where the first line names %(columns)s columns.")
                    report.problem(told % {"number": len(row), "columns": len(header)}, path.name, start)
                start = cells.line_num + 1
        except csv.Error as error:
            told = _("This is no CSV (%(error)s). Is the file cut off, or a quotation mark left open?")
            raise Unreadable(told % {"error": error}, cells.line_num) from error


def kept_columns(table: Table) -> set[str]:
    return {*table.header, "id"}


def check_header(table: Table, header: list[str]) -> None:
    """Raises Unreadable for columns that the file cannot have, with those that may be meant."""
    if not header:
        raise Unreadable(
            _("The file is empty: its first line names its columns, such as %(names)s.")
            % {"names": ",".join(table.header[:3])},
            1,
        )
    known = [*table.header, *table.extras, "id"]
    for number, name in enumerate(header, 1):
        if name not in known:
            near = difflib.get_close_matches(name.lower().replace(" ", "_"), known, 1)
            told = _("%(file)s has no column “%(name)s” (the %(number)s. here).") % {
                "file": f"{table.name}.csv",
                "name": name[:60],
                "number": number,
            }
            advice = (
                _("Is “%(near)s” meant?") % {"near": near[0]}
                if near
                else _("Its columns: %(names)s.") % {"names": ", ".join(table.header)}
            )
            raise Unreadable(f"{told} {advice}", 1)
        if header.index(name) != number - 1:
            raise Unreadable(_("The column “%(name)s” stands there twice.") % {"name": name}, 1)


def own_ids(values: dict[str, str], own: bool, references: list[str], dataset: str) -> dict[str, str]:
    """Puts the uids that follow from the user's own ids in their place, and gives back the ids, by column."""
    ids = {name: values[name].strip() for name in references}
    if own:
        ids["uid"] = values.pop("id").strip()
    given = {name: one for name, one in ids.items() if one}
    values |= {name: derived_uid(dataset, one) for name, one in given.items()}
    return given
