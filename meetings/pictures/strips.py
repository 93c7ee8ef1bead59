"""When each of a few meetings was, as a strip of its own: a dot is one day; a bar lasted so long; a band between
brackets is where the date lies that is not known better."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from django.utils.translation import gettext

from meetings import dates
from meetings.index.periods import Period
from meetings.lenses.addresses import addresses
from meetings.lenses.coverage import Coverage
from meetings.lenses.timeline import Line, Mark, Timeline
from meetings.pictures import ends
from meetings.pictures.axis import BELOW, BESIDE, Axis, named, nested, now, percent
from meetings.pictures.ends import End
from meetings.pictures.svg import element, link, shortened, text

#: Pixels of a file: its width, a line, what stands before a strip, and a letter of that.
WIDTH, LINE, SIDE, LETTER = 900, 24, 460, 6.2
#: The colour of what may be, by what it is.
POSSIBLE = {"held": "vague", "planned": "planned", "other": "other"}
DIAMOND = "M0-6L6 0L0 6L-6 0Z"
#: What samples are drawn on.
FEW_DAYS = Period(date(2000, 1, 1), date(2000, 1, 9))
LEFT, RIGHT = "M-8 0L0-5V5Z", "M8 0L0-5V5Z"
#: A band of less, in percent of the axis, is drawn so many pixels wide: between its brackets nothing could be seen.
SLIGHT, SEEN = 3, 12


def draw(timeline: Timeline, coverage: Coverage) -> tuple[str, float]:
    """The strips beside dates and titles, which lead to the meetings, and where sources end; and the height."""
    address = addresses("meeting", "UID", "SLUG")
    axis = timeline.axis and Axis(timeline.axis)
    found = ends.of(axis, coverage) if axis else []
    top = ends.height(found)
    parts = [nested("".join(ends.flags(found, top)), WIDTH - SIDE, top, SIDE)] if found else []
    for at, line in enumerate(timeline.lines):
        row, when = line.row, dates.words(line.row.date) or gettext("date not known")
        title = shortened(row.title, int(SIDE / LETTER) - len(when) - 2)
        said = element("tspan", text(when), class_="soft") + element("tspan", text(title), dx=8)
        place = {"x": 0, "y": top + LINE * at + 16}
        parts.append(link(address(row.uid, row.slug), row.title, element("text", said, **place)))
        if axis:
            parts.append(nested(strip(line, axis, found), WIDTH - SIDE, LINE, SIDE, top + LINE * at))
    height = top + LINE * len(timeline.lines)
    if axis:
        parts.append(nested("".join(named(axis, 0, least=BESIDE)), WIDTH - SIDE, BELOW, SIDE, height))
    return "".join(parts), height + BELOW


def legend(timeline: Timeline) -> list[tuple[str, str]]:
    """The marks that occur, each drawn by itself, and what they mean."""
    groups = {
        "held": gettext("held"),
        "planned": gettext("planned or postponed"),
        "other": gettext("cancelled, denied or not confirmed"),
    }
    shapes = {
        "day": gettext("%(status)s, dated to this day"),
        "days": gettext("%(status)s, dated to all these days"),
        "within": gettext("%(status)s some time within these days"),
    }
    found = {(line.mark.group, line.mark.shape) for line in timeline.lines}
    return [
        (sample(group, shape), words % {"status": groups[group]})
        for group, (shape, words) in product(groups, shapes.items())
        if (group, shape) in found
    ]


def head(axis: Axis, found: Sequence[End]) -> tuple[str, float]:
    """What stands above strips: where sources end, and the names of the days; and the height."""
    top = ends.height(found)
    return "".join([*ends.flags(found, top + BELOW), *named(axis, top, least=BESIDE)]), top + BELOW


def strip(line: Line, axis: Axis, found: Sequence[End]) -> str:
    """One meeting."""
    ticks = (percent(axis.at(tick.day)) for tick in axis.ticks)
    parts = [element("line", x1=x, x2=x, y1=0, y2="100%", class_="line") for x in ticks]
    return "".join([*parts, *now(axis, 0, "100%"), *ends.lines(found, 0, "100%"), mark(line.mark, axis)])


def mark(line: Mark, axis: Axis) -> str:
    """What says when it was."""
    return element("svg", *band(line, axis), *block(line, axis), y="50%", overflow="visible")


def sample(group: str, shape: str) -> str:
    """A mark as it looks, in a strip of its own."""
    first, last = FEW_DAYS
    surely = None if shape == "within" else (first, last if shape == "days" else first)
    axis = Axis(Period(first, first) if shape == "day" else FEW_DAYS)
    return mark(Mark(group, surely, FEW_DAYS if shape == "within" else None), axis)


def block(line: Mark, axis: Axis) -> Iterator[str]:
    """The days on all of which it was; a dot for a single one."""
    if line.surely is None or not axis.has(*line.surely):
        return
    first, last = line.surely
    kind = f"mark-{line.group}"
    if first < last:
        span = axis.span(first, last)
        yield element("rect", y=-5, height=10, class_=kind, **span)
        # Wide enough to be seen.
        yield element("rect", y=-5, height=10, class_=kind, x=span["x"], width=3)
    else:
        shape = {"d": DIAMOND} if line.group == "other" else {"r": 5}
        dot = element("path" if line.group == "other" else "circle", class_=kind, **shape)
        yield element("svg", dot, x=percent(axis.at(first) + axis.day / 2), overflow="visible")


def band(line: Mark, axis: Axis) -> Iterator[str]:
    """The days among which it can have been; brackets where these begin and end, arrows where no one knows."""
    if line.possibly is None:
        return
    first, last = line.possibly
    if first and last and axis.has(first, last) and axis.at(last) + axis.day - axis.at(first) < SLIGHT:
        yield slight(line, min(max((axis.at(first) + axis.at(last) + axis.day) / 2, 0), 100))
        return
    yield element(
        "rect",
        y=-3.5,
        height=7,
        class_=f"mark-{POSSIBLE[line.group]}",
        **axis.span(first or axis.period.first, last or axis.period.last),
    )
    css = f"edge-{line.group}"
    arrow = (element("path", d=shape, class_=css) for shape in (LEFT, RIGHT))
    bracket = (element("rect", x=x, y=-7, width=1.5, height=14, class_=css) for x in (0, -1.5))
    for day, after, end, open_, known in zip(line.possibly, (0, axis.day), (0, 100), arrow, bracket, strict=True):
        x = end if day is None else axis.at(day) + after
        if 0 <= x <= 100:
            yield element("svg", known if day else open_, x=percent(x), overflow="visible")


def slight(line: Mark, middle: float) -> str:
    """The same of few days, about their ``middle`` (percent), as the legend has it."""
    side = SEEN / 2
    band = element("rect", x=-side, y=-3.5, width=SEEN, height=7, class_=f"mark-{POSSIBLE[line.group]}")
    edges = (element("rect", x=x, y=-7, width=1.5, height=14, class_=f"edge-{line.group}") for x in (-side, side - 1.5))
    return element("svg", band, *edges, x=percent(middle), overflow="visible")
