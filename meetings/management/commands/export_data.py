"""Everything that is published, into a folder that `import_data table` reads."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from meetings.exports.folder import write


class Command(BaseCommand):
    help = "Writes everything that is published as CSV files; `import_data table DIR` makes the same records of them."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="is made where it is missing")

    def handle(self, *, folder: Path, **options):
        try:
            for name, count in write(folder):
                self.stdout.write(f"{name}: {count}")
        except OSError as error:
            raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
