"""How dark a number is drawn among others: by its logarithm, as few have most."""

from collections.abc import Iterable
from math import ceil, log

#: How many shades numbers have.
SHADES = 6


def shade(n: int, greatest: int) -> int:
    """From 1 to `SHADES`, 0 for none. Where even the ``greatest`` number is small, none is darkest."""
    return min(ceil(SHADES * log(n + 1) / log(max(greatest, SHADES) + 1)), SHADES) if n else 0


def steps(numbers: Iterable[int], greatest: int) -> list[tuple[int, int]]:
    """The shades that the numbers have, each with the least number that has it."""
    found: dict[int, int] = {}
    for n in sorted({n for n in numbers if n}):
        found.setdefault(shade(n, greatest), n)
    return sorted(found.items())
