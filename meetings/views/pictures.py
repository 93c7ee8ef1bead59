"""Pictures as files."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from meetings.pictures import svg

#: No file's name is longer (characters).
LONGEST = 80


def taken(
    request: HttpRequest, name: str, drawing: svg.Drawing, title: str, said: Iterable[str], path: str
) -> HttpResponse:
    """A picture to keep, with its ``title``, what is ``said`` of it, and the ``path`` of its page."""
    base = f"{request.scheme}://{request.get_host()}"
    source = f"{settings.SITE_NAME}, {timezone.localdate().isoformat()}: {base}{path}"
    picture = svg.as_file(drawing, title, [*filter(None, said), source], base)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(picture, content_type="image/svg+xml", headers=headers)


def file_name(*parts: str) -> str:
    """What a picture is kept as: in ASCII, and no longer than `LONGEST`."""
    stem, most = slugify("-".join(parts).replace(",", "-")), LONGEST - len(".svg")
    return f"{stem if len(stem) <= most else stem[: most + 1].rpartition('-')[0] or stem[:most]}.svg"
