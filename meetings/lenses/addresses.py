"""Addresses of many records."""

from collections.abc import Callable

from django.urls import reverse


def addresses(name: str, *keys: str) -> Callable[..., str]:
    """A function that writes the addresses of one pattern: `reverse` is asked once, not for every link. ``keys`` stand
    for what it fills in."""
    pattern = reverse(f"meetings:{name}", args=keys)
    for key in keys:
        pattern = pattern.replace(f"/{key}/", "/{}/")
    return pattern.format
