"""What Django and its packages leave to us: the Permissions-Policy header, and who asks through a proxy."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
