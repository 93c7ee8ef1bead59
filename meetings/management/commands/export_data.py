"""Everything that is published, into a folder that `import_data table` reads."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from meetings.exports.folder import write
from meetings.table import TABLES


class Command(BaseCommand):
    help = "Writes everything that is published as CSV files; `import_data table DIR` makes the same records of them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="is made where it is missing")
        parser.add_argument("--overwrite", action="store_true", help="over the files that an earlier export left there")

    def handle(self, *, folder: Path, overwrite: bool, **options):
        there = [name for name in TABLES if (folder / f"{name}.csv").exists()]
        if there and not overwrite:
            file = folder / f"{there[0]}.csv"
            raise CommandError(f"{file} is there already: name another folder, or write over it with --overwrite.")
        try:
            for name, count in write(folder):
                self.stdout.write(f"{name}: {count}")
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
