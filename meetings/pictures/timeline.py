"""How many meetings there were in each period, as bars: held ones stand above a line, all others hang below it."""

from collections.abc import Callable, Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meetings.figures import commas
from meetings.index.periods import Period
from meetings.index.times import Bar
from meetings.lenses.coverage import Coverage
from meetings.lenses.timeline import Timeline
from meetings.pictures import ends, keys, strips
from meetings.pictures.axis import BELOW, NARROW, Axis, named, nested, now, percent, round_step
from meetings.pictures.svg import Drawing, element, link, text

#: Writes the query string of those that can lie in a period, and have one of some statuses.
Query = Callable[..., str]

#: Pixels: the width of a file, what bars have together, room for numbers above them, and a digit.
WIDTH, PLOT, TOP, DIGIT = 900, 230, 20, 6.4
#: The least width of a picture beside the filters.
ROOMY = 640
#: What a bar is, by its unit.
UNITS = {
    "century": _("A bar is a century."),
    "decade": _("A bar is a decade."),
    "year": _("A bar is a year."),
    "month": _("A bar is a month."),
    "week": _("A bar is a week, Monday to Sunday."),
    "day": _("A bar is a day."),
}
#: What longer meetings stand below the bars for.
LONG = {"day": _("more than 7 days"), "week": _("more than 7 weeks"), "month": _("more than 7 months")}
#: Pixels of the band of these.
BAND = 16
#: No number but zero is drawn with fewer pixels.
LEAST = 2
#: No grid has more lines.
MOST_LINES = 5


def draw(timeline: Timeline, query: Query, coverage: Coverage) -> Drawing:
    """The picture as a file has it, with what its marks mean."""
    if timeline.bars:
        body, height = bars(timeline, query, coverage)
        body = nested(body, WIDTH, height)
    else:
        body, height = strips.draw(timeline, coverage)
    return keys.above(Drawing(WIDTH + 16, height, body), legend(timeline))


def legend(timeline: Timeline) -> list[tuple[str, str]]:
    """The marks that occur, each drawn by itself, and what they mean."""
    if timeline.lines:
        return strips.legend(timeline)
    meant = (
        ("sure", "held", gettext("held")),
        ("vague", "vague", gettext("held, partly or perhaps in another bar")),
        ("planned", "planned", gettext("planned or postponed")),
        ("other", "other", gettext("cancelled, denied or not confirmed")),
    )
    shown = [
        (f"mark-{kind}", words) for field, kind, words in meant if any(getattr(bar, field) for bar in timeline.drawn)
    ]
    if timeline.long:
        shown.append(("shade-2", over(timeline)))
    return [(element("rect", width="100%", height=keys.HEIGHT, class_=css), words) for css, words in shown]


def over(timeline: Timeline) -> str:
    """What the numbers of the band are of."""
    return gettext("lasted %(long)s, or have a date less certain than that") % {"long": LONG[timeline.unit]}


def told(timeline: Timeline, coverage: Coverage) -> list[str]:
    """How it is read, what it does not show, and which times its sources cover, a sentence or more each."""
    return [reading(timeline), *notes(timeline), keys.sources_end(coverage)]


def reading(timeline: Timeline) -> str:
    """How the picture is read; "" where nothing is drawn."""
    if timeline.bars:
        return str(UNITS[timeline.unit])
    return gettext("Each meeting is drawn as far as its date is known.") if timeline.lines else ""


def notes(timeline: Timeline) -> list[str]:
    """What has to be known of the numbers, in sentences."""
    found = []
    if timeline.several:
        found.append(
            gettext("One that lasted longer, or whose date is less certain, counts in each period that it can lie in.")
        )
    if n := timeline.long:
        told = ngettext(
            "%(n)s of these meetings lasted %(long)s, or has a date less certain than that: it is in no bar, but in the"
            " band below the bars; the lists of the bars have it too.",
            "%(n)s of these meetings lasted %(long)s, or have a date less certain than that: they are in no bar, but in"
            " the band below the bars; the lists of the bars have them too.",
            n,
        )
        found.append(told % {"n": commas(n), "long": LONG[timeline.unit]})
    if timeline.some_open:
        found.append(gettext("A date that is open to one side reaches to the end of that side."))
    if n := timeline.undated:
        told = ngettext(
            "%(n)s of these meetings has no known date, and stands at no place.",
            "%(n)s of these meetings have no known date, and stand at no place.",
            n,
        )
        found.append(told % {"n": commas(n)})
    return found


def bars(timeline: Timeline, query: Query, coverage: Coverage) -> tuple[str, float]:
    """Bars, with their numbers where there is room, and where sources end; and the height."""
    writer = BarWriter(timeline, query, coverage)
    return writer.body(), writer.height


class BarWriter:
    """Writes the bars of one timeline."""

    def __init__(self, timeline: Timeline, query: Query, coverage: Coverage):
        self.bars, self.drawn, self.opens, self.query = timeline.bars, timeline.drawn, timeline.opens, query
        self.axis = Axis(Period(self.bars[0].period.first, self.bars[-1].period.last))
        self.up = max(bar.held for bar in self.drawn)
        self.down = max(bar.planned + bar.other for bar in self.drawn)
        self.scale = PLOT / max(self.up + self.down, 1)
        self.ends = ends.of(self.axis, coverage, timeline.unit)
        self.top = ends.height(self.ends) + TOP
        self.zero = self.top + self.pixels(self.up)
        self.floor = self.zero + self.pixels(self.down) + (6 if self.down else 0)
        self.bottom = self.floor + (BAND + 8 if timeline.long else 0)
        self.height = self.bottom + BELOW
        room = DIGIT * len(commas(max(bar.number for bar in self.bars))) + 4
        narrow, roomy = (width / len(self.bars) >= room for width in (NARROW, ROOMY))
        #: The class of the numbers beside the bars; None where there is no room for them.
        self.numbers = "middle" if narrow else "middle roomy" if roomy else None
        self.paths = reverse("meetings:meetings"), reverse("meetings:meeting_timeline")

    def pixels(self, n: int) -> float:
        return max(n * self.scale, LEAST) if n else 0

    def body(self) -> str:
        amid = [tick.day for tick in self.axis.ticks] == [bar.period.first for bar in self.bars]
        # Where numbers stand beside the bars, a scale says nothing more.
        scale = [] if self.numbers == "middle" else list(grid(self.up, self.zero, self.scale, self.numbers))
        return "".join(
            [
                *(line for line, _number in scale),
                *map(self.bar, self.bars, self.drawn),
                *self.band(),
                # Over the bars, so that they can be read.
                *(number for _line, number in scale),
                element("line", x1=0, x2="100%", y1=self.zero, y2=self.zero, class_="axis"),
                *now(self.axis, self.top, self.bottom),
                *ends.flags(self.ends, self.bottom),
                *named(self.axis, self.bottom, amid=amid),
            ]
        )

    def bar(self, bar: Bar, drawn: Bar) -> str:
        """A bar as it is ``drawn``, which opens its period if that can be seen closer, and its number, which opens the
        list."""
        if not drawn.number:
            return ""
        query, left, width = self.query(bar.period), self.axis.at(bar.period.first), bar.period.days * self.axis.day
        places = {"x": percent(left + width * 0.08), "width": percent(width * 0.84)}
        parts, top, below = [], self.zero, self.zero
        for kind, n in (("held", drawn.sure), ("vague", drawn.vague)):
            top -= self.pixels(n)
            parts += mark(kind, n, y=top, height=self.pixels(n), **places)
        for kind, n in (("planned", drawn.planned), ("other", drawn.other)):
            parts += mark(kind, n, y=below, height=self.pixels(n), **places)
            below += self.pixels(n)
        whole = {"x": percent(left), "width": percent(width), "fill": "none", "pointer_events": "all"}
        parts.append(element("rect", **whole, y=self.top, height=self.floor - self.top))
        shown = link(f"{self.paths[self.opens]}{query}", said(bar, bar.number - drawn.number), *parts)
        if self.numbers:
            number = element("text", commas(drawn.number), x=percent(left + width / 2), y=top - 5, class_=self.numbers)
            # The list of a period has the long ones too.
            alike, words = drawn.number == bar.number, meetings(bar.period, bar.number)
            shown += element("a", number, href=f"{self.paths[0]}{query}", aria_label=words) if alike else number
        return shown

    def band(self) -> Iterator[str]:
        """How many long ones there can be in which days: a rectangle as far as the number is the same."""
        there = ((bar.number - drawn.number, bar.period) for bar, drawn in zip(self.bars, self.drawn, strict=True))
        for n, run in groupby(there, lambda one: one[0]):
            periods = [period for _n, period in run]
            if n:
                yield self.part(n, Period(periods[0].first, periods[-1].last))

    def part(self, n: int, period: Period) -> str:
        """A rectangle of the band, with its number if there is room."""
        left, width = self.axis.at(period.first), period.days * self.axis.day
        told = element("title", text(meetings(period, n)))
        gap = 0.04 * self.axis.day
        places = {"x": percent(left + gap), "width": percent(width - 2 * gap), "y": self.floor + 4, "height": BAND}
        drawn = element("rect", told, class_="shade-2", **places)
        room = DIGIT * len(commas(n)) + 2
        narrow, roomy = (wide * width / 100 >= room for wide in (NARROW, ROOMY))
        if not roomy:
            return drawn
        css = "middle" if narrow else "middle roomy"
        return drawn + element("text", commas(n), x=percent(left + width / 2), y=self.floor + BAND, class_=css)


def mark(kind: str, n: int, **places: object) -> list[str]:
    return [element("rect", class_=f"shape mark-{kind}", **places)] if n else []


def grid(most: int, zero: float, scale: float, numbers: str | None) -> Iterator[tuple[str, str]]:
    """A few lines, with their round numbers; on a page, only where there are no ``numbers`` of the bars."""
    hidden = " cramped" if numbers else ""
    step = round_step(most / MOST_LINES)
    for n in range(step, most + 1, step):
        y = zero - n * scale
        line = element("line", x1=0, x2="100%", y1=y, y2=y, class_=f"line{hidden}")
        yield line, element("text", commas(n), x=0, y=y - 3, class_=f"soft halo{hidden}", pointer_events="none")


def said(bar: Bar, long: int) -> str:
    """What a bar shows, in words; how many ``long`` ones there can be besides."""
    parts = [
        (bar.sure, gettext("held, dated within this period: %(n)s")),
        (bar.vague, gettext("held, partly or perhaps in another bar: %(n)s")),
        (bar.planned, gettext("planned or postponed: %(n)s")),
        (bar.other, gettext("cancelled, denied or not confirmed: %(n)s")),
    ]
    if long:
        parts.append((long, gettext("of all these, in the band below: %(n)s")))
    return "; ".join([meetings(bar.period, bar.number), *(words % {"n": commas(n)} for n, words in parts if n)])


def meetings(period: Period, number: int) -> str:
    told = ngettext("%(period)s: %(n)s meeting", "%(period)s: %(n)s meetings", number)
    return told % {"period": period.words, "n": commas(number)}
