"""Pictures as small as a cell of a table, and as wide as it is. They say nothing that the cells beside them do not."""

from collections.abc import Iterable
from datetime import date

from meetings.pictures.svg import number

#: The units in which a cell is wide and high; it is stretched, but neither lines nor dots are.
WIDTH, HEIGHT = 100, 16
FRAME = f'<svg class="{{}}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'


def bar(n: int, greatest: int) -> str:
    """How large a number is beside the greatest."""
    width = number(WIDTH * n / greatest)
    return f'{FRAME.format("bar")}<path class="shade-2" d="M0 0H{width}V{HEIGHT}H0z"/></svg>'


class Axis:
    """The years that the first and the last meetings of all rows are in."""

    def __init__(self, days: Iterable[date | None]):
        known = [day.toordinal() for day in days if day]
        self.first, self.last = (min(known), max(known)) if known else (0, 0)
        self.scale = (WIDTH - 8) / max(self.last - self.first, 1)

    @property
    def years(self) -> tuple[int, int] | None:
        """The years at its ends, if it has any."""
        return (date.fromordinal(self.first).year, date.fromordinal(self.last).year) if self.first else None

    def span(self, first: date | None, last: date | None) -> str:
        """From the first to the last: two dots and the line between, or one dot; nothing where neither is known."""
        if first is None or last is None:
            return ""
        left, right = (number(4 + self.scale * (day.toordinal() - self.first)) for day in (first, last))
        line, other = ("", "") if left == right else (f'<path class="between" d="M{left} 8H{right}"/>', f"M{right} 8h0")
        return f'{FRAME.format("reach")}{line}<path class="dots" d="M{left} 8h0{other}"/></svg>'
