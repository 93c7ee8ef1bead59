"""How strongly a number is drawn beside the greatest of its picture."""

from collections.abc import Callable, Iterable
from math import ceil, log

#: How many shades numbers have.
SHADES = 6


def shade(n: int, greatest: int, lightest: int = 1) -> int:
    """From ``lightest`` to `SHADES`, 0 for none: by the logarithm, as few meet most. Where all are small, none is
    strongest."""
    number = SHADES - lightest + 1
    return lightest - 1 + min(ceil(number * log(n + 1) / log(max(greatest, number) + 1)), number) if n else 0


def steps(numbers: Iterable[int], shaded: Callable[[int], int]) -> list[tuple[int, int]]:
    """The shades that there are of numbers, with the least number that has each; 0 has none."""
    found: dict[int, int] = {}
    for n in sorted({*numbers} - {0}):
        found.setdefault(shaded(n), n)
    return sorted(found.items())
