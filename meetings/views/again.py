"""The same address again: “not modified”, or the page as it was made, while nothing public has been written."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from meetings.index import version

#: Pages are of the code and the static files that this process (or the one that it was forked from) began with.
STARTED = secrets.token_hex(8)
#: Pages are kept no longer than these seconds; settings.CACHES says how many.
KEPT = 3600
#: Nor are those of more bytes, such as a matrix of forty thousand cells: hundreds of these would fill the memory.
LARGEST = 300_000


def until_written(view: Callable) -> Callable:
    """Makes a view of public records answer the same address from memory until something is written; a query.

    Browsers ask each time whether the page has changed; one that reloads by force gets a page made anew.
    The version is read before the page is made: a page that saw a later write is kept under a version that has passed.
    Inside a transaction, which may see what others do not, nothing is kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if connection.in_atomic_block or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        tag = etag(request)
        response = None
        if "no-cache" not in request.headers.get("Cache-Control", ""):
            response = unchanged(request, tag) or kept(tag)
        response = response or made(tag, view(request, *args, **kwargs))
        response["ETag"], response["Cache-Control"] = tag, "no-cache"
        return response

    return answer


def etag(request: HttpRequest) -> str:
    """What a page depends on, in short."""
    day = timezone.localdate().isoformat()
    asked = (request.scheme, request.get_host(), request.get_full_path(), get_language())
    return f'"{hashlib.sha256(repr((STARTED, version.current(), day, asked)).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """What the conditions of a request lead to, if not to the page: 304 or 412."""
    # A page has no time of change, so that HTTP lets this one pass; Django would answer 412.
    request.META.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    return get_conditional_response(request, etag=tag)


def kept(tag: str) -> HttpResponse | None:
    content = cache.get(tag)
    return None if content is None else HttpResponse(content)


def made(tag: str, response: HttpResponse) -> HttpResponse:
    """The page, kept if it is one, and not too large."""
    if not isinstance(response, TemplateResponse):
        return response
    response.render()
    if response.status_code == 200 and len(response.content) <= LARGEST:
        cache.set(tag, response.content, KEPT)
    return response
