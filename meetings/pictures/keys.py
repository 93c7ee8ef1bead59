"""What the marks of a picture mean, as its file says it."""

from collections.abc import Callable, Iterable
from operator import attrgetter

from django.utils.translation import gettext, ngettext

from meetings.figures import commas
from meetings.lenses.coverage import Coverage, Covered
from meetings.pictures.svg import NARROWEST, Drawing, element, text

#: Pixels: a sample of a mark, what is between it and its words, a letter of these, what is between two; a line.
SAMPLE, HEIGHT, GAP, LETTER, BETWEEN, LINE = 20, 12, 6, 5.8, 16, 20


def above(drawing: Drawing, marks: Iterable[tuple[str, str]]) -> Drawing:
    """The picture below the marks that it has, each drawn in `SAMPLE` by `HEIGHT` pixels, and their meanings. Words
    without a mark begin a line."""
    width, x, y = max(drawing.width, NARROWEST), 0.0, 0
    parts = []
    for mark, words in marks:
        before = SAMPLE + GAP if mark else 0
        long = before + LETTER * len(words)
        if x and (x + long > width or not mark):
            x, y = 0, y + LINE
        if mark:
            parts.append(element("svg", mark, x=x, y=y, width=SAMPLE, height=HEIGHT, overflow="visible"))
        parts.append(element("text", text(words), x=x + before, y=y + 10, class_="soft"))
        x += long + BETWEEN
    if not parts:
        return drawing
    top = y + LINE + 8
    below = element("g", drawing.body, transform=f"translate(0 {top})")
    return Drawing(drawing.width, drawing.height + top, "".join([*parts, below]))


def unheld() -> str:
    """What is said of two, or of a place, of whose meetings none was held."""
    return gettext("none held (planned, cancelled…)")


def held_of(n: int | None) -> str:
    """How many of several meetings were held."""
    return gettext("%(n)s held") % {"n": commas(n)} if n else gettext("none held")


def alone(n: int | None) -> str:
    """That meetings of which no picture of two has anything are among those counted; "" where none are known."""
    return gettext("Meetings that name one of them alone, or none: %(n)s.") % {"n": commas(n)} if n else ""


def sources_end(coverage: Coverage, named: Callable[[Covered], str] = attrgetter("name")) -> str:
    """Which years sources tell of, each as it is ``named``, so that no one takes the end of a list for that of the
    meetings; "" for none."""
    first = gettext("“%(name)s” tells of %(years)s (%(n)s of these meetings)")
    further = gettext("“%(name)s” of %(years)s (%(n)s)")
    parts = [
        (further if at else first) % {"name": named(one), "years": one.years, "n": commas(one.n)}
        for at, one in enumerate(coverage.sources)
    ]
    if parts and coverage.others:
        parts.append(of_others(coverage.others, exact=coverage.exact))
    return gettext("Fewer meetings may mean fewer sources: %(told)s.") % {"told": "; ".join(parts)} if parts else ""


def of_others(n: int, *, exact: bool) -> str:
    """How many meetings come from other sources than those that are named."""
    if exact:
        told = ngettext("%(n)s comes from another source", "%(n)s come from other sources", n)
    else:
        told = ngettext("at least %(n)s comes from another source", "at least %(n)s come from other sources", n)
    return told % {"n": commas(n)}
