"""How strongly a number is drawn beside the greatest of its picture."""

from collections.abc import Callable, Iterable
from math import ceil, log

#: How many shades numbers have.
SHADES = 6


def shade(n: int, greatest: int) -> int:
    """From 1 to `SHADES`, 0 for none: by the logarithm, as few meet most. Where all are small, none is strongest."""
    return min(ceil(SHADES * log(n + 1) / log(max(greatest, SHADES) + 1)), SHADES) if n else 0


def steps(numbers: Iterable[int], shaded: Callable[[int], int]) -> list[tuple[int, int]]:
    """The shades that there are of numbers, with the least number that has each; 0 has none."""
    found: dict[int, int] = {}
    for n in sorted({*numbers} - {0}):
        found.setdefault(shaded(n), n)
    return sorted(found.items())
