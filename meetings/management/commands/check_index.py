"""Whether what is derived for speed says what the records say."""

from django.core.management import BaseCommand, CommandError

from meetings import index

#: How many differences are told one by one.
TOLD = 50


class Command(BaseCommand):
    help = "Compares the index of public meetings and statements with the records; fails where they differ."

    def handle(self, **options):
        wrong = 0
        for sentence in index.check():
            wrong += 1
            if wrong <= TOLD:
                self.stdout.write(sentence)
        if wrong:
            raise CommandError(f"{wrong} differences. Make the index again with: manage.py rebuild_index")
        self.stdout.write("The index is right.")
