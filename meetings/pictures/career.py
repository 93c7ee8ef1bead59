"""A record over the years as SVG: bars above, columns of meetings below, on one axis."""

from collections.abc import Iterator
from html import escape
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from meetings.figures import commas
from meetings.lenses.portrait import Career, Column, Stretch
from meetings.pictures.axis import round_step
from meetings.pictures.svg import Drawing, element, number, shortened, text


class Layout(NamedTuple):
    """How a picture is laid out, in pixels: its ``width``; a bar, the ``row`` that it stands in, and what of this is
    ``above`` the bar for its name (0: the name is in the bar, or beside it); and how wide columns are ``linked``."""

    width: int
    row: int
    bar: int
    above: int
    linked: float


#: On a page, or as a file; and on a telephone, where thinner columns could not be touched: their table is below.
WIDE, NARROW = Layout(680, 18, 13, 0, 0), Layout(288, 25, 8, 13, 6)
#: Pixels: what is left of the axis and right of it; the columns at their highest.
LEFT, RIGHT, HEIGHT = 34, 14, 84
#: Pixels: the mean width of a letter, a bar whose other end is not known, one that goes on, and a short time at least.
LETTER, STUB, ARROW, LEAST = 5.8, 20, 8, 2
#: Pixels: what a letter of a name takes at most, where no part of this may be out of sight.
WIDER = 6.6
#: Pixels: no column is wider; each meeting stands out where it can be so high, and is no higher.
WIDEST, BLOCK, HIGHEST = 40, 4, 11
#: Pixels: columns so wide have their numbers on them.
NUMBERED = 16
#: So many years without a meeting may be years without a source.
LONG = 20
#: What columns are made of, from below.
KINDS = {
    "held": _("held"),
    "vague": _("held, with a date that reaches beyond the column"),
    "planned": _("planned or postponed"),
    "other": _("cancelled, denied or not confirmed"),
}
#: What bars are, by whose years these are.
BARS = {
    "official": _("posts held"),
    "country": _("from the first to the last meeting on record at which they spoke for it, not a term of office"),
}
#: How a bar shows what is not known.
UNSURE = {"pale": _("pale where it is possible only"), "broken": _("with broken lines where an end is not known")}
#: Pixels from the name of a year to the next, and those that it takes.
APART, YEAR = 38, 27


def draw(career: Career, address: str, layout: Layout = WIDE) -> Drawing:
    """Columns lead to the list at ``address``, narrowed down to their years. Neither they nor the whole say anything to
    those who cannot see them, for whom there is a table."""
    painter = Painter(career, address, layout)
    return Drawing(layout.width, painter.bottom + 18, "\n".join(painter.parts()))


class Painter:
    """Draws one career: what all its parts need is computed once."""

    def __init__(self, career: Career, address: str, layout: Layout):
        self.career = career
        self.address = address
        self.layout = layout
        self.scale = (layout.width - LEFT - RIGHT) / (career.after - career.first)
        #: Where the columns begin, and where they stand.
        self.top = layout.row * len(career.bars) + (26 if career.greatest else 0)
        self.unit = min(HEIGHT / career.greatest, HIGHEST) if career.greatest else 0.0
        self.height = max(self.unit * career.greatest, 4)
        self.bottom = self.top + self.height

    def x(self, year: float) -> float:
        return LEFT + self.scale * (year - self.career.first)

    @property
    def filled(self) -> Iterator[Column]:
        return filter(attrgetter("number"), self.career.columns)

    def parts(self) -> Iterator[str]:
        if self.career.greatest:
            yield from self.columns()
            yield self.gaps()
            yield from self.measure()
        yield from self.axis()
        for at, bar in enumerate(self.career.bars):
            yield from self.bar(bar, self.layout.row * at + self.layout.above)

    def axis(self) -> Iterator[str]:
        """The years, with lines that bars and columns share, and today."""
        career, y = self.career, self.bottom + 14
        step = max(career.step, round_step(APART / self.scale))
        years = range(-(-career.first // step) * step, career.after, step)
        for year in years:
            x = self.x(year)
            yield element("path", class_="line", d=f"M{number(x)} 0V{self.bottom + 4}", pointer_events="none")
            if step == 1:
                yield element("text", text(year), class_="soft middle", x=self.x(year + 0.5), y=y)
            elif x + YEAR <= self.layout.width:
                yield element("text", text(year), class_="soft", x=x + 3, y=y)
        if step > 1:
            yield from self.outermost(years)
        if career.today:
            d = f"M{number(self.x(career.today))} 0V{self.bottom}"
            yield element("path", class_="axis", stroke_dasharray="2 2", d=d, pointer_events="none")
        yield element("path", class_="axis", d=f"M{LEFT} {self.bottom + 0.5}H{self.layout.width - RIGHT}")

    def outermost(self, named: range) -> Iterator[str]:
        """The first and the last year, where they have room beside those that are ``named``."""
        career, y = self.career, self.bottom + 14
        last = career.after - 1
        if not named or self.scale * (named[0] - career.first) >= YEAR:
            yield element("text", text(career.first), class_="soft", x=LEFT, y=y)
        if not named or (last > named[-1] and self.scale * (career.after - named[-1]) >= APART + YEAR):
            yield element("text", text(last), class_="soft end", x=self.x(career.after), y=y)

    def bar(self, bar: Stretch, y: float) -> Iterator[str]:
        """What is possible is light, what is sure dark over it; an end that is not known is a broken line."""
        left, right = min(map(self.x, bar.ends)), max(map(self.x, bar.ends))
        start, end = bar.start, bar.end
        if bar.open:
            right, end = self.x(self.career.after), self.career.today
        right = max(right, left + LEAST)
        height, middle = self.layout.bar, y + self.layout.bar / 2
        yield element("rect", class_="own", fill_opacity=0.5, x=left, y=y, width=right - left, height=height)
        if start is not None and end is not None and start < end:
            width = max(self.x(end) - self.x(start), LEAST)
            yield element("rect", class_="own", x=self.x(start), y=y, width=width, height=height)
        if bar.open:
            tip = f"M{number(right)} {y}l{ARROW} {height / 2}l-{ARROW} {height / 2}z"
            yield element("path", class_="own", fill_opacity=0.5, d=tip)
        outer_left, outer_right = left, right + (ARROW if bar.open else 0)
        if bar.soonest is None:
            outer_left = max(left - STUB, 0)
            yield broken(outer_left, left, middle)
        if bar.latest is None and not bar.open:
            outer_right = min(right + STUB, self.layout.width)
            yield broken(right, outer_right, middle)
        if self.layout.above:
            yield name_above(bar.label, outer_left, self.layout.width, y - 3)
        else:
            yield name(bar.label, (outer_left, left, right, outer_right), self.layout.width, y + 10.5)

    def columns(self) -> Iterator[str]:
        """Columns as links, with a title; too thin ones as one shape of each kind."""
        width = self.scale * self.career.step
        if width >= self.layout.linked:
            yield from map(self.column, self.filled)
            return
        shapes: dict[str, list[str]] = {kind: [] for kind in self.career.kinds}
        for column in self.filled:
            for kind, x, y, thick, height in self.blocks(column):
                shapes[kind].append(f"M{number(x)} {number(y)}h{number(thick)}v{number(height)}h-{number(thick)}z")
        yield from (element("path", class_=f"mark-{kind}", d="".join(found)) for kind, found in shapes.items())

    def blocks(self, column: Column) -> Iterator[tuple[str, float, float, float, float]]:
        """The kinds of meetings upon each other: each with its left, top, width and height."""
        width, y = self.scale * (column.last - column.first + 1), float(self.bottom)
        thick = min(width - min(1.5, width / 4), WIDEST)
        for kind, n in zip(Column._fields[2:], column[2:], strict=True):
            if n:
                y -= self.unit * n
                yield kind, self.x(column.first) + (width - thick) / 2, y, thick, self.unit * n

    def column(self, column: Column) -> str:
        """A column; its whole height is the link."""
        width, x = self.scale * (column.last - column.first + 1), self.x(column.first)
        parts = "".join(
            f'<rect class="shape mark-{kind}" x="{number(left)}" width="{number(thick)}" y="{number(y)}"'
            f' height="{height:.1f}"/>'
            for kind, left, y, thick, height in self.blocks(column)
        )
        hit = f'<path class="hit" d="M{number(x)} {self.top}h{number(width)}v{number(self.height)}h-{number(width)}z"/>'
        return (
            f'<a tabindex="-1" href="{escape(self.address)}&amp;from={column.first:04}&amp;to={column.last:04}">'
            f"<title>{column.label}: {commas(column.number)}</title>{hit}{parts}</a>"
        )

    def gaps(self) -> str:
        """Lines between meetings, where they are few enough to be seen one by one."""
        if self.unit < BLOCK:
            return ""
        heights = (number(self.bottom - self.unit * at) for at in range(self.career.greatest))
        return element("path", class_="gap", d="".join(f"M{LEFT} {y}H{self.layout.width - RIGHT}" for y in heights))

    def measure(self) -> Iterator[str]:
        """How many each column has, or the highest of them where they are narrow."""
        width, greatest = self.scale * self.career.step, self.career.greatest
        if width >= max(NUMBERED, LETTER * len(commas(greatest)) + 3):
            for column in self.filled:
                x, y = self.x((column.first + column.last + 1) / 2), self.bottom - self.unit * column.number
                shown = text(commas(column.number))
                yield element("text", shown, class_="middle", x=x, y=y - 3, pointer_events="none")
            return
        y = self.bottom - self.unit * greatest
        yield element(
            "path", class_="line", stroke_dasharray="1 2", d=f"M{LEFT} {number(y)}H{self.layout.width - RIGHT}"
        )
        yield element("text", text(commas(greatest)), class_="soft end", x=LEFT - 5, y=y + 4)
        yield element("text", "0", class_="soft end", x=LEFT - 5, y=self.bottom + 4)


def broken(left: float, right: float, y: float) -> str:
    """The line of an end that is not known."""
    return element("path", class_="axis", stroke_dasharray="3 3", d=f"M{number(left)} {y}H{number(right)}")


def name(label: str, around: tuple[float, float, float, float], most: float, y: float) -> str:
    """A bar's name, in the bar or beside it (``around`` has where its lines, and the bar itself, begin and end): in the
    first of these that has room, else in that which has most, up to the picture's width."""
    outer, left, right, beyond = around
    rooms = [(right - left - 10, left + 5, ""), (most - beyond - 5, beyond + 5, ""), (outer - 5, outer - 5, "end")]
    fits = [room for room in rooms if room[0] >= LETTER * len(label)]
    width, x, side = fits[0] if fits else max(rooms)
    return element("text", text(shortened(label, int(width / LETTER))), class_=side or None, x=x, y=y)


def name_above(label: str, left: float, most: float, y: float) -> str:
    """A bar's name over where it begins, or up to the end of the picture, where there is no room for it; where there
    may be none, as much further left as it can need."""
    shown = shortened(label, int(most / WIDER))
    if left + LETTER * len(shown) > most:
        return element("text", text(shown), class_="halo end", x=float(most), y=y)
    return element("text", text(shown), class_="halo", x=max(min(left, most - WIDER * len(shown)), 0.0), y=y)


def title(noun: str, name: str) -> str:
    """What the picture is of; a country and a place may have one name."""
    told = {
        "place": gettext("Meetings in %(name)s over the years"),
        "topic": gettext("Meetings on %(name)s over the years"),
    }
    return told.get(noun, gettext("%(name)s over the years")) % {"name": name}


def bars(career: Career, noun: str) -> str:
    """What the bars of a noun's years are; "" where there are none."""
    if not career.bars:
        return ""
    unsure = {
        "pale": any(bar.is_vague for bar in career.bars),
        "broken": any(bar.is_broken for bar in career.bars),
    }
    return ", ".join(str(one) for one in [BARS[noun], *(UNSURE[how] for how, is_so in unsure.items() if is_so)])


def said(career: Career, noun: str) -> list[str]:
    """How the bars and the columns are read, and what is in none."""
    lines = [gettext("Grey bars: %(what)s.") % {"what": told}] if (told := bars(career, noun)) else []
    if kinds := "; ".join(str(KINDS[kind]) for kind in career.kinds):
        lines.append(gettext("Meetings, from below: %(kinds)s.") % {"kinds": kinds})
    return [*filter(None, [*lines, gap(career), undated(career.undated) if career.undated else ""])]


def gap(career: Career) -> str:
    """That a long time without meetings may be one without sources; "" where there is none."""
    if career.gap < LONG:
        return ""
    return gettext("For %(n)s years no meeting is listed here: perhaps no source tells of any.") % {"n": career.gap}


def undated(n: int) -> str:
    """That meetings are in no column."""
    told = ngettext(
        "One meeting of unknown date is in no column.", "%(n)s meetings of unknown date are in no column.", n
    )
    return told % {"n": commas(n)}
