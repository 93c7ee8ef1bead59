"""The floor: the product's list of meetings, made by Django's templates of data that is at hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template.backends.django import DjangoTemplates

from benchmarks.floor.ready import LIST, context

ENGINE = DjangoTemplates(
    {
        "NAME": "floor",
        # Rows in plain templates, even where the product has something faster.
        "DIRS": [Path(__file__).parent / "templates", settings.BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"libraries": dict.fromkeys(("pairs", "panel", "records", "rows"), "benchmarks.floor.tags")},
    }
)


def render(ready: dict[str, Any], host: str) -> str:
    """The page as HTML, of `ready.capture`'s data."""
    request = SimpleNamespace(
        path=LIST,
        get_full_path=ready["full_path"],
        scheme="http",
        get_host=host,
        resolver_match=SimpleNamespace(url_name="meetings"),
    )
    given = {**context(ready), "request": request, "site_name": settings.SITE_NAME}
    return ENGINE.get_template("meetings/meeting_list.html").render(given)
