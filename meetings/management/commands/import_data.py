"""Public datasets and people's own spreadsheets into the database."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from meetings.imports import DATASETS, reader
from meetings.imports.base import Busy, run
from meetings.models import ImportRun

LONGEST = ImportRun._meta.get_field("dataset").max_length


class Command(BaseCommand):
    help = (
        "Imports a dataset: all of it or, where something is wrong with it, nothing. A second time changes nothing. "
        "To be able to go back, copy the database first (docs/importing.md)."
    )

    def add_arguments(self, parser):
        parser.add_argument("dataset", choices=DATASETS, metavar="DATASET", help=", ".join(DATASETS))
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="its files or folders")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, and write nothing")
        parser.add_argument("--dataset-name", default="", help="for “table”: whose ids a file holds, such as my-visits")

    def handle(self, *, dataset, paths, dry_run, dataset_name, **options):
        if dataset_name and dataset != "table":
            raise CommandError("--dataset-name is for the dataset “table” alone.")
        if len(dataset_name) > LONGEST:
            raise CommandError(f"--dataset-name is longer than {LONGEST} characters. A right one: my-visits.")
        out = getattr(self.stdout, "_out", None)
        try:
            report = run(reader(dataset), dataset_name or dataset, paths, dry_run=dry_run, out=out)
        except Busy as busy:
            raise CommandError(str(busy)) from busy
        told = "\n".join(report.lines())
        if report.problems:
            raise CommandError(told)
        self.stdout.write(told)
        if dry_run:
            self.stdout.write(
                "A dry run: nothing was written. To be able to go back after the real one, copy the database"
            )
            self.stdout.write("before it: “Going back” in docs/importing.md.")
