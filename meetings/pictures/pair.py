"""The course of what two have in common, as SVG: a mark for each meeting, or a column for each year of many."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import ngettext

from meetings.figures import commas
from meetings.lenses.course import Course, Moment, Stage
from meetings.pictures.axis import round_step
from meetings.pictures.svg import Drawing, element, link, text

#: Pixels: the picture, a mark and the row that it stands in, a lane's name, the height of columns, the axis below.
WIDTH, MARK, ROW, NAME, HEIGHT, AXIS = 960, 9, 12, 18, 160, 20
#: Where many are at one time, so many rows of marks stand on each other; the rest lie upon these.
ROWS = 8
#: No label of the axis has less room than these pixels.
ROOM = 48
#: An axis of more months than these has years.
MONTHS = 18
CLASSES = {"met": "mark-held", "due": "mark-planned", "other": "mark-other"}


def draw(course: Course) -> Drawing:
    """Lanes of marks, or columns, over an axis of years."""
    return columns(course.columns) if course.columns else marks(course)


class Scale:
    """Days to pixels, from the first of a month to the last of another."""

    def __init__(self, first: date, last: date):
        self.months = [(at // 12, at % 12 + 1) for at in range(month_of(first), month_of(last) + 1)]
        self.start = first.replace(day=1).toordinal()
        self.days = last.replace(day=monthrange(last.year, last.month)[1]).toordinal() - self.start + 1

    def x(self, day: date) -> float:
        return MARK + (WIDTH - 2 * MARK) * (day.toordinal() - self.start) / self.days

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Where the axis has a line, and what it says: years, or months of a short time."""
        days = [date(year, month, 1) for year, month in self.months]
        if len(days) <= MONTHS:
            for at, day in enumerate(days):
                yield self.x(day), format_date(day, "M Y" if day.month == 1 or not at else "M")
        else:
            step = step_of(-(-len(days) // 12))
            yield from ((self.x(day), str(day.year)) for day in days if day.month == 1 and day.year % step == 0)


def month_of(day: date) -> int:
    """The months before it since the year 0."""
    return day.year * 12 + day.month - 1


def scale_of(course: Course) -> Scale:
    """From the month of the first mark to that of the last, so that the newest end has something in it."""
    days = [day for lane in course.lanes for one in lane.marks for day in (one.earliest, one.latest) if day]
    return Scale(min(days), max(days))


def step_of(number: int) -> int:
    """How many years lie between two labels."""
    return round_step(number / (WIDTH // ROOM))


def marks(course: Course) -> Drawing:
    scale, parts, y = scale_of(course), [], 0
    for lane in course.lanes:
        placed = list(in_rows(lane.marks, scale))
        rows = max(row for row, *_place in placed) + 1
        base = y + NAME + ROW * rows
        # A page may be too narrow to show all of a lane: its name says how much there is, and between where.
        called, spans = f"{lane.name} · {len(lane.marks)}", f"{placed[0][1]:.0f} {max(one[2] for one in placed):.0f}"
        parts.append(element("text", text(called), x=0, y=y + 12, class_="stays", data_spans=spans))
        parts += [
            element("path", d=f"M{x:.1f} {y + NAME - 2}V{base + 3}", class_="line") for x, _label in scale.ticks()
        ]
        parts += [mark(one, left, right, base - ROW * row - MARK) for row, left, right, one in placed]
        parts.append(element("path", d=f"M0 {base + 3}H{WIDTH}", class_="line"))
        y = base + 8
    return Drawing(WIDTH, y + AXIS, "\n".join([*parts, *axis(scale.ticks(), y)]))


def axis(ticks: Iterable[tuple[float, str]], y: float) -> Iterator[str]:
    yield element("path", d=f"M0 {y}H{WIDTH}", class_="axis")
    for x, label in ticks:
        end = x > WIDTH - ROOM / 2
        yield element("text", text(label), x=float(min(x, WIDTH)), y=y + 14, class_="soft end" if end else "soft")


def in_rows(found: Sequence[Moment], scale: Scale) -> Iterator[tuple[int, float, float, Moment]]:
    """The row, left and right of each mark: the lowest row in which it covers no other."""
    free = [float("-inf")] * ROWS
    for one in found:
        left = scale.x(one.earliest) if one.earliest else 0
        right = scale.x(one.latest) if one.latest else float(WIDTH)
        if right - left < MARK:
            middle = (left + right) / 2
            left, right = middle - MARK / 2, middle + MARK / 2
        row = next((at for at, taken in enumerate(free) if taken < left), free.index(min(free)))
        free[row] = right
        yield row, left, right, one


def mark(one: Moment, left: float, right: float, y: float) -> str:
    """A disc for a day, a bar for all else."""
    kind = "mark-vague" if one.state == "met" and not one.sure else CLASSES[one.state]
    shape = element(
        "rect",
        x=left,
        y=float(y),
        width=right - left,
        height=MARK,
        rx=MARK / 2 if one.is_day else 2,
        class_=f"shape {kind}",
    )
    return link(one.address, one.told, shape)


def columns(found: Sequence[Stage]) -> Drawing:
    """Meetings that name both, in grey, and before them those at which they met."""
    width, most = WIDTH / len(found), max(one.all.n for one in found)
    parts = [
        element("path", d=f"M0 {NAME}H{WIDTH}", class_="line"),
        element("text", text(commas(most)), x=0, y=NAME - 4, class_="soft stays"),
    ]
    for at, one in enumerate(found):
        if one.all.n:
            bars = (
                column(n / most, width * at, width, kind)
                for n, kind in ((one.all.n, "shape mark-other"), (one.met, "mark-held"))
                if n
            )
            says = told(one)
            parts.append(link(one.all.address, says, *bars) if one.all.address else unlinked(says, *bars))
    step = step_of(len(found))
    ticks = ((width * at, one.label) for at, one in enumerate(found) if at % step == 0)
    return Drawing(WIDTH, NAME + HEIGHT + AXIS, "\n".join([*parts, *axis(ticks, NAME + HEIGHT)]))


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


def column(part: float, x: float, width: float, kind: str) -> str:
    height = HEIGHT * part
    return element("rect", x=x + width / 8, y=NAME + HEIGHT - height, width=width * 0.75, height=height, class_=kind)
