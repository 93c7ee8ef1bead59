"""The public datasets as their publishers have them: read where they lie beside the project, never committed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from meetings.imports import reader
from meetings.imports.base import run

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MEETINGS_SHARED_DATA", ROOT.parent / "shared" / "data"))

#: Datasets, with the paths that are given to the command.
PATHS = {
    "gazetteer": [SHARED / "us-gazetteer"],
    "leaders": [SHARED / "world-leaders.csv"],
    "us-travels": [SHARED / "us-travels", SHARED / "us-officers"],
    "us-visits": [SHARED / "us-visits"],
}

needs_shared_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"The public datasets are not at {SHARED}.")


def load_countries():
    """The countries that the product ships with."""
    call_command("loaddata", ROOT / "fixtures" / "01_countries.json", verbosity=0)


@contextmanager
def kept(blocker) -> Iterator[None]:
    """What is written here is there for all tests of a module, each in a transaction of its own, and goes with it."""
    with blocker.unblock(), transaction.atomic():
        load_countries()
        yield
        transaction.set_rollback(True)


def import_all(*datasets: str) -> dict:
    """Imports datasets, one after the other; their reports."""
    return {dataset: run(reader(dataset), dataset, PATHS[dataset]) for dataset in datasets}
