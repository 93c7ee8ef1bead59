"""Serves the floor, of the file in FLOOR_DATA: gunicorn benchmarks.floor.wsgi"""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
django.setup()

from benchmarks.floor.page import render  # noqa: E402

READY = json.loads(Path(os.environ["FLOOR_DATA"]).read_text(encoding="utf-8"))


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    body = render(READY, environ.get("HTTP_HOST", "")).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
