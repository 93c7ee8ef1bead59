"""Addresses have names of their own: of two with one name, `reverse` would find but the last."""

from collections import Counter
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver


def named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from named(one, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}"


def test_no_name_is_given_twice():
    found = Counter(named(get_resolver()))
    assert found["meetings:meetings"] == 1
    assert [name for name, n in found.items() if n > 1 and not name.startswith("admin:")] == []
