"""System checks: a configuration that would fail later is told at start, in plain words."""

import importlib.util
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def one_postgresql_driver(**kwargs: Any) -> list[CheckMessage]:
    """psycopg 3 would be preferred by Django without a word; this project is tried with psycopg2."""
    if importlib.util.find_spec("psycopg") is None:
        return []
    return [
        Error(
            "The package psycopg (3) is installed, and Django would use it instead of psycopg2.",
            hint="Remove it: .venv/bin/pip uninstall psycopg",
            id="diplomacy.E001",
        )
    ]


@register
def sqlite_folder_is_writable(**kwargs: Any) -> list[CheckMessage]:
    """SQLite writes its journal beside the database, so the folder has to be writable, and the file too."""
    database = settings.DATABASES["default"]
    name = str(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or name.startswith((":memory:", "file:")):
        return []
    path = Path(name).absolute()
    if not path.parent.is_dir():
        problem = f"{path.parent} is no folder"
    elif not os.access(path.parent, os.W_OK | os.X_OK):
        problem = f"the folder {path.parent} is not writable"
    elif path.exists() and not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
        problem = f"{path} is no file that can be read and written"
    else:
        return []
    return [
        Error(
            f"The SQLite database {path} cannot be used: {problem}.",
            hint="Make it writable, or set DATABASE_URL, for example to sqlite:////a/folder/db.sqlite3.",
            id="diplomacy.E002",
        )
    ]


@register
def hosts_are_names(**kwargs: Any) -> list[CheckMessage]:
    """ALLOWED_HOSTS holds names of hosts, not addresses; a wrong one would answer 400 to everyone."""
    wrong = [host for host in settings.ALLOWED_HOSTS if "/" in host or " " in host]
    return [
        Error(
            f"ALLOWED_HOSTS has {host!r}, which is no name of a host.",
            hint="Write for example ALLOWED_HOSTS=log.example.org,www.log.example.org",
            id="diplomacy.E003",
        )
        for host in wrong
    ]


def uncollected_static_files() -> str | None:
    """Why production cannot serve its static files, or None. Asked by the server only: set-up makes them."""
    manifest = Path(settings.STATIC_ROOT, "staticfiles.json") if settings.STATIC_ROOT else None
    if manifest is None or manifest.is_file():
        return None
    return f"HTTPS is on, and {manifest} does not exist. Run: .venv/bin/python manage.py collectstatic"
