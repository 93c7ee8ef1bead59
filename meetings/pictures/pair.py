"""The course of what two have in common, as SVG: a mark for each meeting, or a column for each year of many."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.utils.dateformat import format as format_date
from django.utils.translation import ngettext

from meetings.figures import commas
from meetings.lenses.course import Course, Moment, Stage
from meetings.pictures.svg import Drawing, element, link, shortened, text


class Layout(NamedTuple):
    """How a picture is laid out, in pixels: its ``width``, a ``mark`` and the ``row`` that it stands in, how many
    ``rows`` stand on each other where many are at one time (the rest lie upon these), the ``height`` of columns, and
    how wide these are ``linked``."""

    width: int
    mark: int
    row: int
    rows: int
    height: int
    linked: float


#: On a page, or as a file; and on a telephone, where thinner columns could not be touched: their table is below.
WIDE, NARROW = Layout(800, 9, 12, 8, 150, 0), Layout(288, 9, 12, 16, 100, 6)
#: Pixels: a lane's name, the axis below, the mean width of a letter and what it takes at most, between two labels.
NAME, AXIS, LETTER, WIDER, APART = 18, 20, 5.8, 6.6, 12
#: An axis of more months than these has years.
MONTHS = 18
#: From one label of the axis to the next: every so many months; every so many years.
STEPS = (1, 2, 3, 6), tuple(n * 10**zeros for zeros in range(4) for n in (1, 2, 5))
#: Marks of meetings at which the two did not meet are so much of the others, to be less loud.
LESS = 0.6
CLASSES = {"met": "mark-held", "due": "mark-planned", "other": "mark-other"}


def draw(course: Course, layout: Layout = WIDE) -> Drawing:
    """Lanes of marks, or columns, over an axis of years."""
    return columns(course.columns, layout) if course.columns else marks(course, layout)


class Tick(NamedTuple):
    """A line of the axis at ``x``, what it says, and the number of its year or month: every so many have a line. Months
    have their year ``after`` them where it begins."""

    x: float
    label: str
    number: int
    after: str = ""

    def left(self, width: float) -> float:
        """Where its name begins: at its line, or further left at the end of the picture."""
        return min(self.x, width - LETTER * len(self.label))

    def is_before(self, other: "Tick", width: float) -> bool:
        """Whether its name does not come near the other's."""
        return self.left(width) + LETTER * len(self.label) + APART <= other.left(width)


class Scale:
    """Days to pixels, from the first of a month to the last of another."""

    def __init__(self, first: date, last: date, layout: Layout):
        self.months = [(at // 12, at % 12 + 1) for at in range(month_of(first), month_of(last) + 1)]
        self.start = first.replace(day=1).toordinal()
        self.days = last.replace(day=monthrange(last.year, last.month)[1]).toordinal() - self.start + 1
        self.layout = layout

    def x(self, day: date) -> float:
        mark = self.layout.mark
        return mark + (self.layout.width - 2 * mark) * (day.toordinal() - self.start) / self.days

    def ticks(self) -> list[Tick]:
        """Where the axis has a line, and what it says: years, or months of a short time."""
        days = [date(year, month, 1) for year, month in self.months]
        if len(days) > MONTHS:
            years = [Tick(self.x(day), str(day.year), day.year) for day in days if day.month == 1]
            return [*self.begun(found := thinned(years, STEPS[1], self.layout.width)), *found]
        months = [Tick(self.x(day), format_date(day, "M"), day.month - 1, f" {day.year}") for day in days]
        return thinned(months, STEPS[0], self.layout.width)

    def begun(self, years: Sequence[Tick]) -> Iterator[Tick]:
        """The year that the axis begins in, where it has room before the others."""
        year, _month = self.months[0]
        first = Tick(float(self.layout.mark), str(year), year)
        if year < years[0].number and first.is_before(years[0], self.layout.width):
            yield first


def thinned(ticks: Sequence[Tick], steps: Iterable[int], width: float) -> list[Tick]:
    """As many as can have their names beside each other."""
    found: list[Tick] = []
    for step in steps:
        found = [one for one in ticks if one.number % step == 0] or list(ticks[:1])
        found = [
            one._replace(label=one.label + one.after) if not at or one.number == 0 else one
            for at, one in enumerate(found)
        ]
        sides = pairwise(found)
        if all(one.is_before(other, width) for one, other in sides):
            return found
    return found[:1]


def month_of(day: date) -> int:
    """The months before it since the year 0."""
    return day.year * 12 + day.month - 1


def scale_of(course: Course, layout: Layout) -> Scale:
    """From the month of the first mark to that of the last, so that both ends have something in them."""
    days = [day for lane in course.lanes for one in lane.marks for day in (one.earliest, one.latest) if day]
    return Scale(min(days), max(days), layout)


def marks(course: Course, layout: Layout) -> Drawing:
    scale, parts, y = scale_of(course, layout), [], 0
    ticks, width = scale.ticks(), layout.width
    for lane in course.lanes:
        placed = list(in_rows(lane.marks, scale))
        base = y + NAME + layout.row * (max((row for row, *_place in placed), default=0) + 1)
        number = f" · {lane.told}"
        called = shortened(lane.name, int(width / WIDER) - len(number)) + number
        parts.append(element("text", text(called), x=0, y=y + 12))
        parts += [element("path", d=f"M{one.x:.1f} {y + NAME - 2}V{base + 3}", class_="line") for one in ticks]
        parts += [mark(one, left, right, base - layout.row * row, layout.mark) for row, left, right, one in placed]
        parts.append(element("path", d=f"M0 {base + 3}H{width}", class_="line"))
        y = base + 8
    return Drawing(width, y + AXIS, "\n".join([*parts, *axis(ticks, y, width)]))


def axis(ticks: Iterable[Tick], y: float, width: float) -> Iterator[str]:
    yield element("path", d=f"M0 {y}H{width}", class_="axis")
    for one in ticks:
        end = one.left(width) < one.x
        x = float(width if end else one.x)
        yield element("text", text(one.label), x=x, y=y + 14, class_="soft end" if end else "soft")


def in_rows(found: Sequence[Moment], scale: Scale) -> Iterator[tuple[int, float, float, Moment]]:
    """The row, left and right of each mark: the lowest row in which it covers no other."""
    size = scale.layout.mark
    free = [float("-inf")] * scale.layout.rows
    for one in found:
        left = scale.x(one.earliest) if one.earliest else 0
        right = scale.x(one.latest) if one.latest else float(scale.layout.width)
        if right - left < size:
            middle = (left + right) / 2
            left, right = middle - size / 2, middle + size / 2
        row = next((at for at, taken in enumerate(free) if taken < left), free.index(min(free)))
        free[row] = right
        yield row, left, right, one


def mark(one: Moment, left: float, right: float, bottom: float, size: float) -> str:
    """A disc for a day, a bar for all else; smaller where the two did not meet, and are not to."""
    kind = "mark-vague" if one.state == "met" and not one.sure else CLASSES[one.state]
    height = size * LESS if one.state == "other" else size
    less = size - height
    box = {"x": left + less / 2, "y": bottom - size + less / 2, "width": right - left - less, "height": float(height)}
    shape = element("rect", **box, rx=float(height / 2 if one.is_day else 2), class_=f"shape {kind}")
    if not less:
        return link(one.address, one.told, shape)
    hit = element("rect", x=left, y=float(bottom - size), width=right - left, height=float(size), class_="hit")
    return link(one.address, one.told, shape, hit)


def columns(found: Sequence[Stage], layout: Layout) -> Drawing:
    """Those at which they met, and behind them, thin and grey, all meetings that name both."""
    width, most = layout.width / len(found), max(one.all.n for one in found)
    bottom = NAME + layout.height
    parts = [
        element("path", d=f"M0 {NAME}H{layout.width}", class_="line"),
        element("text", text(commas(most)), x=0, y=NAME - 4, class_="soft"),
    ]
    for at, one in enumerate(found):
        if one.all.n:
            sizes = ((one.all.n, LESS / 2, "shape mark-other"), (one.met, 0.75, "mark-held"))
            bars = [
                column(layout.height * n / most, bottom, (width * at, width, part), kind)
                for n, part, kind in sizes
                if n
            ]
            parts += bars if width < layout.linked else [led(one, bars)]
    ticks = [
        Tick(width * at, one.label.partition("–")[0], int(one.label.partition("–")[0])) for at, one in enumerate(found)
    ]
    shown = thinned(ticks, STEPS[1], layout.width)
    return Drawing(layout.width, bottom + AXIS, "\n".join([*parts, *axis(shown, bottom, layout.width)]))


def led(one: Stage, bars: Sequence[str]) -> str:
    """A column that leads to its list, where one has just these meetings."""
    return link(one.all.address, told(one), *bars) if one.all.address else unlinked(told(one), *bars)


def told(one: Stage) -> str:
    """What a column says."""
    message = ngettext(
        "%(period)s: %(all)s meeting names both; at %(met)s of them they met",
        "%(period)s: %(all)s meetings name both; at %(met)s of them they met",
        one.all.n,
    )
    return message % {"period": one.label, "all": commas(one.all.n), "met": commas(one.met)}


def unlinked(told: str, *inside: str) -> str:
    """What no list has."""
    return element("g", element("title", text(told)), *inside, role="img", aria_label=told)


def column(height: float, bottom: float, place: tuple[float, float, float], kind: str) -> str:
    """A column of that ``part`` of the room from ``x`` on, which is so wide."""
    x, width, part = place
    return element(
        "rect", x=x + width * (1 - part) / 2, y=bottom - height, width=width * part, height=height, class_=kind
    )
