"""The product's own data, from ``fixtures/`` into the database: once by itself, and again only when asked."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import BaseCommand, CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, transaction

from meetings import index
from meetings.models import Meeting

#: What each record of the fixtures holds, by its model and natural key.
Contents = dict[tuple[str, str], dict]

#: What goes wrong in a file that is no fixture, or that does not fit the database.
BROKEN = (
    *(AttributeError, LookupError, TypeError, ValueError),
    *(CommandError, DatabaseError, DeserializationError, ObjectDoesNotExist),
)


class Command(BaseCommand):
    help = "Loads fixtures/ into a database that has no meetings yet; with --reload, into any."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reload", action="store_true", help="load again, over what was changed in the same records since"
        )

    def handle(self, *, reload: bool, **options):
        if reload or not Meeting.objects.exists():
            self.seed(reload)
        elif index.is_empty():
            self.stdout.write(f"The index is empty: made again, with {index.rebuild()} records.")
        else:
            self.stdout.write("The database has meetings: nothing loaded. `make fixtures` loads fixtures/ again.")
        if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write("Nobody can log in to the admin yet: `make admin` makes an account.")

    def seed(self, reload: bool):
        """All files or none, in the order of their names."""
        paths = sorted(path for folder in settings.FIXTURE_DIRS for path in Path(folder).glob("*.json"))
        with transaction.atomic():
            keys = [key for path in paths for key in keys_of(path)]
            before = contents(keys)
            for path in paths:
                load(path)
            overwritten = differences(before, contents(keys))
            if overwritten and not reload:
                transaction.set_rollback(True)
            else:
                index.rebuild()
        for line in overwritten:
            self.stdout.write(line)
        if overwritten and not reload:
            self.stdout.write("These records are not as in fixtures/: nothing loaded. `make fixtures` overwrites them.")
        else:
            self.stdout.write(f"Loaded {len(keys)} records from {len(paths)} files; {len(overwritten)} overwritten.")


def keys_of(path: Path) -> list[tuple[str, str]]:
    """Model and natural key of each record in a file."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return [(entry["model"], entry["fields"][apps.get_model(entry["model"]).KEY]) for entry in entries]
    except BROKEN as error:
        raise unusable(path, error) from error


def load(path: Path):
    """Write a file's records, over those that have the same keys."""
    try:
        call_command("loaddata", path, verbosity=0)
    except BROKEN as error:
        raise unusable(path, error) from error


def unusable(path: Path, error: Exception) -> CommandError:
    return CommandError(f"{path.name} cannot be loaded, so nothing was: {type(error).__name__}: {error}")


def contents(keys: Iterable[tuple[str, str]]) -> Contents:
    """What the database holds of these records, in the words of a fixture; a few queries a model."""
    wanted = defaultdict(list)
    for label, key in keys:
        wanted[label].append(key)
    found = {}
    for label, values in wanted.items():
        model = apps.get_model(label)
        records = model.objects.filter(**{f"{model.KEY}__in": values})
        text = serializers.serialize("json", records, use_natural_foreign_keys=True, use_natural_primary_keys=True)
        found.update({(label, entry["fields"][model.KEY]): entry["fields"] for entry in json.loads(text)})
    return found


def differences(before: Contents, after: Contents) -> list[str]:
    """A line for each record that was there and changed, with the fields that did."""
    lines = []
    for (label, key), old in before.items():
        changed = [name for name, value in after[label, key].items() if value != old[name] and name != "updated_at"]
        if changed:
            lines.append(f"{apps.get_model(label)._meta.verbose_name} {key}: {', '.join(changed)}")
    return lines
