"""What Django and its packages leave to us: a header, who asks through a proxy, a database that is busy."""

import logging
from collections.abc import Callable

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

#: Seconds that a request waits for its turn to write to SQLite; commands wait longer (see settings).
REQUEST_WAITS = 5
#: Seconds after which it is worth trying again.
RETRY_AFTER = 30

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("browsing-topics", "camera", "display-capture", "geolocation", "microphone", "payment")
)


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the browser that no page of ours needs the camera, the place and the like."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def client_address(request: HttpRequest) -> str | None:
    """The asker's address, as the outermost of our PROXIES trusted proxies noted it; else the socket's."""
    noted = [address.strip() for address in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.PROXIES and len(noted) >= settings.PROXIES and noted[-settings.PROXIES]:
        return noted[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR")


class Busy:
    """Answers 503, with what was sent kept in a form, where SQLite has another writer for longer than a reader waits.

    An import writes for minutes, in one transaction. Nothing that was typed is lost: the same form can be sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if connection.vendor != "sqlite" or request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        self.wait(REQUEST_WAITS)
        try:
            return self.get_response(request)
        finally:
            self.wait(settings.DATABASES["default"]["OPTIONS"]["timeout"])

    @staticmethod
    def wait(seconds: int) -> None:
        """How long this connection waits for its turn to write."""
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000}")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError) or "locked" not in str(error):
            return None
        logger.warning("%s was not saved: %s", request.path, error)
        secret = any("password" in name for name in request.POST)
        kept = [] if secret else [pair for pair in request.POST.items() if pair[0] != "csrfmiddlewaretoken"]
        context = {
            **admin.site.each_context(request),
            "kept": [(name, value) for name, _last in kept for value in request.POST.getlist(name)],
            "files": bool(request.FILES),
            "running": apps.get_model("meetings", "ImportRun").objects.filter(state="running").first(),
        }
        response = render(request, "admin/busy.html", context, status=503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
