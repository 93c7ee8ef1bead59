"""All that is derived for speed, made again from the records."""

from django.core.management import BaseCommand

from meetings import index
from meetings.imports.progress import Progress


class Command(BaseCommand):
    help = "Makes the index of public meetings and statements again. Readers go on with the old one meanwhile."

    def handle(self, **options):
        progress = Progress(self.stdout)
        number = index.rebuild(lambda done, whole: progress.step("Indexing", done, whole))
        progress.done()
        self.stdout.write(f"{number} records are in the index.")
