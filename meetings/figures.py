"""Whole numbers as readers of a language write them."""

from functools import lru_cache

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.translation import get_language


def commas(n: int) -> str:
    """A number with the separators of the reader's language: 12345 is “12,345”. A page has hundreds, so that they are
    remembered: Django takes nine microseconds for each."""
    return written(n, get_language())


@lru_cache(maxsize=4096)
def written(n: int, language: str | None) -> str:
    """The same in the language that is active."""
    return intcomma(n)


def ngettext(one: str, many: str, n: int) -> str:
    """The words for so many, as Django's function of this name has them, remembered for the same reason."""
    return worded(one, many, n, get_language())


@lru_cache(maxsize=4096)
def worded(one: str, many: str, n: int, language: str | None) -> str:
    """The same in the language that is active."""
    return translation.ngettext(one, many, n)
