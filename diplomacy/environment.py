"""Environment variables, read by type. A wrong one gives a plain line: its name, its value, a right value."""

import os
import re
import secrets
import tempfile
import zoneinfo
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value without surrounding blanks; the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """A switch: 1, true, yes, on; or 0, false, no, off."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value} is neither on nor off. Write {name}=on or {name}=off.")
    return default


def listing(name: str, default: str = "") -> list[str]:
    """Several values, separated by commas."""
    return [word for part in text(name, default).split(",") if (word := part.strip())]


def whole_number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value} is no whole number. Write for example {name}={default}.")
    return int(value)


def time_zone(name: str, default: str) -> str:
    """A name of the IANA time zone database."""
    value = text(name, default)
    try:
        zoneinfo.ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{name}={value} is no time zone. Write for example {name}=Europe/Brussels."
        ) from None
    return value


def language(name: str, default: str, known: list[tuple[str, str]]) -> str:
    """A language code that Django has words for; known is Django's LANGUAGES."""
    value = text(name, default)
    if value.lower() not in dict(known):
        raise ImproperlyConfigured(f"{name}={value} is no language code. Write for example {name}=en-gb.")
    return value.lower()


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings of the SQLite or PostgreSQL database that the address names."""
    url = text(name, default)
    shown = re.sub(r"//([^:/@]*):[^@]*@", r"//\1:***@", url)
    advice = f"Write {name}=postgres://user:password@host/name or {name}=sqlite:////a/folder/db.sqlite3."
    try:
        config = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        raise ImproperlyConfigured(f"{name}={shown} is no address of a database. {advice}") from None
    if config["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        raise ImproperlyConfigured(f"{name}={shown} is neither SQLite nor PostgreSQL. {advice}")
    if not config["NAME"]:
        raise ImproperlyConfigured(f"{name}={shown} names no database. {advice}")
    return config


def secret_key(name: str, kept_in: Path, must_be_given: bool) -> str:
    """The given key; else, on one's own machine, a random one kept in a file that only its owner reads."""
    if value := text(name):
        return value
    if must_be_given:
        raise ImproperlyConfigured(
            f"{name} is not set, and HTTPS=on needs one. Write {name}= and 50 random characters, as from: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    try:
        if not kept_in.exists():
            _write_once(kept_in, secrets.token_urlsafe(50))
        return kept_in.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and no key can be kept in {kept_in} ({error.strerror}). "
            f"Make that folder writable, or set {name} to 50 random characters."
        ) from error


def _write_once(path: Path, content: str) -> None:
    # A link to a finished file: of two processes that start together, both read the same whole key.
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(content)
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
