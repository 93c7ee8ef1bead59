"""Reads a folder of CSV files in the neutral format (`meetings.table`), or single ones of them."""

import csv
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from meetings.imports import RESERVED
from meetings.imports.report import Report, Row, Unreadable
from meetings.models import derived_uid
from meetings.table import TABLES, Table, unescape

#: The longest cell (characters).
LONGEST_CELL = 10_000_000
#: Files in which people keep their tables, and which are no CSV.
SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


def read(paths: Sequence[Path], report: Report) -> Iterator[Row]:
    """The rows of all files, in the order in which they build on each other."""
    files = found(paths, report)
    report.size = sum(path.stat().st_size for path in files.values())
    ids = {name for name, path in files.items() if has_own_ids(path, TABLES[name])}
    for name in [name for name in files if name in ids and report.dataset in RESERVED]:
        told = _("The column “id” holds ids of your own, and “%(name)s” is the name of ids that are not yours.")
        if report.dataset == "table":
            told = _(
                "The column “id” holds ids of your own. Say whose they are, or those of another folder are the same."
            )
        advice = _("Choose a name of your own: --dataset-name my-visits.")
        report.problem(f"{told % {'name': report.dataset}} {advice}", files[name].name, 1)
    report.again = lambda name: rows(TABLES[name], files[name], ids, Report(report.dataset))
    for name, path in files.items():
        try:
            yield from rows(TABLES[name], path, ids, report)
        except Unreadable as error:
            report.unread.add(name)
            report.problem(str(error), path.name, error.line)
        except OSError as error:
            report.unread.add(name)
            report.problem(error.strerror or str(error), path.name)


def found(paths: Sequence[Path], report: Report) -> dict[str, Path]:
    """The files by noun, in order. What is no file of the format is told; other files of a folder are let be."""
    files: dict[str, Path] = {}
    for path in paths:
        for file in in_folder(path, report) if path.is_dir() else [path]:
            name = file.stem.lower()
            if not file.is_file():
                report.problem(_("There is no such file."), str(file))
            elif file.suffix.lower() in SPREADSHEETS:
                told = _("A spreadsheet is not read. Save each of its sheets as “CSV UTF-8”: meetings.csv and so on.")
                report.problem(told, file.name)
            elif name not in TABLES or file.suffix.lower() != ".csv":
                names = ", ".join(f"{name}.csv" for name in TABLES)
                report.problem(
                    _("No file of the neutral format is called so. The names: %(names)s.") % {"names": names}, file.name
                )
            elif name in files:
                report.problem(_("There are two files of this name."), file.name)
            else:
                files[name] = file
    return {name: files[name] for name in TABLES if name in files}


def in_folder(path: Path, report: Report) -> list[Path]:
    """The CSV files of a folder, and spreadsheets that seem to be meant: there is no CSV file, or none of that name."""
    listed = sorted(path.iterdir())
    tables = [file for file in listed if file.suffix.lower() == ".csv"]
    stems = {file.stem.lower() for file in tables}
    meant = set(TABLES) - stems if stems else {file.stem.lower() for file in listed}
    sheets = [file for file in listed if file.suffix.lower() in SPREADSHEETS and file.stem.lower() in meant]
    if not tables and not sheets:
        report.problem(_("There is no CSV file in this folder, such as meetings.csv."), str(path))
    return tables + sheets


def has_own_ids(path: Path, table: Table) -> bool:
    """Whether a file tells its records by ids of its own: it has a column “id” and no “uid”."""
    try:
        with path.open("rb") as file:
            header = names_of(next(cells_of(file, Report("")), []))
            return "id" in columns_of(table, header, Report(""), "")
    except (OSError, Unreadable, csv.Error):
        return False  # reading it tells what is wrong


def cells_of(file: BinaryIO, report: Report, name: str = "") -> Any:
    """A CSV reader. The separator is the one that stands most in the first line: no name of a column has one."""
    first = file.readline().decode("utf-8-sig", errors="replace")
    file.seek(0)
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(lines(file, report, name), strict=True, delimiter=max(",;\t", key=first.count))


def lines(file: BinaryIO, report: Report, name: str) -> Iterator[str]:
    """The lines of a file as text. The first that is not UTF-8 is told; raises Unreadable for what is no text."""
    right = True
    for number, line in enumerate(file, 1):
        report.read += len(line)
        if b"\0" in line:
            raise Unreadable(_("This is no text: it holds NUL bytes. Save the file as “CSV UTF-8”."), number)
        encoding = "utf-8-sig" if number == 1 else "utf-8"
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            if right:
                bad = line[error.start : error.start + 1].hex()
                told = _("This is not UTF-8 (byte 0x%(byte)s). Save the file as “CSV UTF-8”.") % {"byte": bad}
                report.problem(told, name, number)
            right = False
            yield line.decode(encoding, errors="replace")


def rows(table: Table, path: Path, ids: set[str], report: Report) -> Iterator[Row]:
    """The rows of one file. A row that is too short or too long is told, and reading goes on."""
    with path.open("rb") as file:
        cells = cells_of(file, report, path.name)
        try:
            header = names_of(next(cells, []))
            columns = columns_of(table, header, report, path.name)
            own = table.name in ids
            references = [c.name for c in table.columns if c.name in columns and c.to in ids]
            start = cells.line_num + 1
            unnamed = [at for at, name in enumerate(header) if not name]
            for row in cells:
                if not any(row):
                    pass  # a line of a spreadsheet below its last row
                elif len(row) == len(header):
                    for cell in [row[at] for at in unnamed if row[at].strip()]:
                        told = _("“%(cell)s” stands in a column without a name.")
                        report.problem(told % {"cell": cell[:60]}, path.name, start)
                    values = {
                        name: unescape(cell) if cell[:1] == "'" else cell
                        for name, cell in zip(columns, row, strict=True)
                    }
                    values.pop("", None)
                    given = own_ids(values, own, references, report.dataset) if own or references else None
                    yield Row(table.name, values, path.name, start, given=given)
                else:
                    told = _("%(number)s cells where the first line names %(columns)s columns.")
                    report.problem(told % {"number": len(row), "columns": len(header)}, path.name, start)
                    values = {"id": "", **dict(zip(columns, row, strict=False))}
                    own_ids(values, own, [], report.dataset)
                    report.wrong[table.name].add(values.get(table.key, ""))
                start = cells.line_num + 1
        except csv.Error as error:
            told = _("This is no CSV (%(error)s). Is the file cut off, or a quotation mark left open?")
            raise Unreadable(told % {"error": error}, cells.line_num) from error


def names_of(header: list[str]) -> list[str]:
    """The names of columns, also where people write them as words: “Name as written”."""
    return ["_".join(unescape(name.strip()).lower().split()) for name in header]


def columns_of(table: Table, header: list[str], report: Report, file: str) -> list[str]:
    """What each cell of a row holds, "" for those that an import passes over. Columns that the file cannot have are
    told, with those that may be meant, and read as these, to find what is wrong in them too. Raises Unreadable for a
    file without columns."""
    if not any(header):
        raise Unreadable(
            _("The file is empty: its first line names its columns, such as %(names)s.")
            % {"names": ",".join(table.header[:3])},
            1,
        )
    known = [*table.header, *table.extras, *(["id"] if table.key == "uid" else [])]
    columns: list[str] = []
    for number, name in enumerate(header, 1):
        meant = name
        if not name:
            pass  # the columns of a spreadsheet right of its last one
        elif name in columns:
            report.problem(_("The column “%(name)s” stands there twice.") % {"name": name}, file, 1)
            meant = ""
        elif name == "id" and (table.key == "slug" or "uid" in header):
            told = _("The column “id” is one too many: records of %(file)s are told apart by “%(key)s”.")
            report.problem(told % {"file": f"{table.name}.csv", "key": table.key}, file, 1)
            meant = ""
        elif name not in known:
            told = _("%(file)s has no column “%(name)s” (the %(number)s. here).") % {
                "file": f"{table.name}.csv",
                "name": name[:60],
                "number": number,
            }
            near = difflib.get_close_matches(name, known, 1)
            meant = near[0] if near and near[0] not in header else ""
            advice = (
                _("Is “%(near)s” meant?") % {"near": near[0]}
                if near
                else _("Its columns: %(names)s.") % {"names": ", ".join(table.header)}
            )
            report.problem(f"{told} {advice}", file, 1)
        columns.append("" if meant in table.extras else meant)
    return columns


def own_ids(values: dict[str, str], own: bool, references: list[str], dataset: str) -> dict[str, str]:
    """Puts the uids that follow from the user's own ids in their place, and gives back the ids, by column."""
    ids = {name: values[name].strip() for name in references}
    if own:
        ids["uid"] = values.pop("id").strip()
    given = {name: one for name, one in ids.items() if one}
    values |= {name: derived_uid(dataset, one) for name, one in given.items()}
    return given
