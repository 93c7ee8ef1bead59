"""The doors by which public datasets and people's own spreadsheets come in."""

from importlib import import_module
from typing import TYPE_CHECKING

from meetings.choices import PUBLIC_DATASETS

if TYPE_CHECKING:
    from meetings.imports.base import Read

#: Every dataset and the module that reads it. `read(paths, report)` there yields the rows that `base.run` writes.
DATASETS = {name: name.replace("-", "_") for name in (*PUBLIC_DATASETS, "table")}
#: Names of ids that are ours or a dataset's, and no user's own.
RESERVED = frozenset({*DATASETS, "article", "us-gazetteer", "us-people"})


def reader(dataset: str) -> "Read":
    """The function that reads a dataset's files."""
    return import_module(f"meetings.imports.{DATASETS[dataset]}").read
