"""Pictures as small as a cell of a table, and as wide as it is. They say nothing that the cells beside them do not."""

from collections.abc import Iterable
from datetime import date


def bar(n: int, greatest: int, held: int | None = None) -> str:
    """How large a number is beside the greatest; what of it was not held is hollow, where that is known."""
    solid = n if held is None else held
    parts = [f'<rect width="{100 * solid / greatest:.0f}%" height="100%"/>'] if solid else []
    if solid < n:
        box = f'x="{100 * solid / greatest:.0f}%" width="{100 * (n - solid) / greatest:.0f}%"'
        parts.append(f'<rect class="mark-planned" {box} height="100%"/>')
    return f'<svg class="bar" aria-hidden="true">{"".join(parts)}</svg>'


class Reach:
    """The years that the first and the last meetings of all rows are in, to the ends of which it reaches."""

    def __init__(self, days: Iterable[date | None]):
        known = {day.year for day in days if day}
        self.years = sorted({min(known), max(known)}) if known else []
        self.start = date(self.years[0], 1, 1).toordinal() if known else 0
        self.days = date(self.years[-1], 12, 31).toordinal() - self.start if known else 1

    def span(self, first: date | None, last: date | None) -> str:
        """From the first to the last: two dots and the line between, or one dot; nothing where neither is known."""
        if first is None or last is None:
            return ""
        left, right = (96 * (day.toordinal() - self.start) / self.days + 2 for day in (first, last))
        line = f'<rect x="{left:.0f}%" width="{right - left:.0f}%"/>' if right > left else ""
        dot = f'<circle cx="{right:.0f}%"/>' if right > left else ""
        return f'<svg class="reach" aria-hidden="true">{line}<circle cx="{left:.0f}%"/>{dot}</svg>'
