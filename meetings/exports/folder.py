"""Everything that is published, as a folder in the neutral format."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from meetings.exports import CHUNK, csv
from meetings.exports.records import Keys, Records
from meetings.models.neutral import MODELS
from meetings.table import TABLES, Table


def write(folder: Path) -> Iterator[tuple[str, int]]:
    """Writes a file for each noun into ``folder``, which is made; yields each file's name with its number of records.

    Records stand in the order in which they were made, so that an import into an empty database makes them in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    keys = Keys()
    for table in TABLES.values():
        count = 0
        with (folder / f"{table.name}.csv").open("wb") as file:
            for number, part in parts(table, keys):
                count += number
                file.write(part)
        yield f"{table.name}.csv", count


def parts(table: Table, keys: Keys) -> Iterator[tuple[int, bytes]]:
    """A file in parts, each with the number of its records."""
    records, writer = Records(table, keys), csv.Writer(table)
    public = MODELS[table.name].objects.published().order_by("pk")
    numbers = public.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    yield 0, writer.header
    while pks := list(islice(numbers, CHUNK)):
        block = records.read(pks)
        yield len(block.pks), writer.rows(block.cells.values())
