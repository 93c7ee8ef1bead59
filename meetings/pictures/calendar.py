"""A calendar as SVG: a year as twelve small months, or a month with its meetings; and its words."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from textwrap import wrap

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy

from meetings import dates
from meetings.choices import Status
from meetings.figures import commas
from meetings.index.periods import Period
from meetings.index.times import group_of
from meetings.lenses.calendar import Calendar, Tally
from meetings.lenses.month import Entry, Month, Week, first_weekday, fitted, weeks_of
from meetings.pictures import keys
from meetings.pictures.svg import Drawing, element, shortened, text

#: Pixels of a year: a day, and the free space between months.
DAY, BETWEEN = 24, 24
#: Pixels of a month: a day's width, a line, and a character.
WIDTH, LINE, LETTER = 150, 16, 5.9
#: How many lines a day of a month has beside those of the visits across its week.
LINES = 4
#: The classes of marks of meetings.
CLASSES = {"held": "mark-held", "planned": "mark-planned", "other": "frame-other"}
#: What is said of those that make numbers of `Calendar` unlike each other.
UNLIKE = {
    "months": ngettext_lazy(
        "%(n)s meeting goes on into another month, and counts in each month.",
        "%(n)s meetings go on into another month, and count in each month.",
        "number",
    ),
    "day": ngettext_lazy(
        "%(n)s meeting has no sure day, and counts only in its month.",
        "%(n)s meetings have no sure day, and count only in their month.",
        "number",
    ),
    "year": ngettext_lazy(
        "%(n)s meeting has no sure month, and counts only in the year.",
        "%(n)s meetings have no sure month, and count only in the year.",
        "number",
    ),
}


def month_name(period: Period, *, short: bool = False) -> str:
    return capfirst(str((MONTHS_3 if short else MONTHS)[period.first.month]))


def weekdays() -> list[tuple[str, str]]:
    """The days of a week in order, each in short and in full."""
    names = [capfirst(str(WEEKDAYS[(first_weekday() + at) % 7])) for at in range(7)]
    return [(name[:2], name) for name in names]


def status_words(status: str) -> str:
    return _status(status, get_language())


def sure_words(tally: Tally) -> str:
    """“3 meetings (1 planned)”."""
    told = _meetings(tally.n, get_language())
    others = [f"{commas(n)} {status_words(one)}" for one, n in sorted(tally.sure.items()) if n and one != Status.HELD]
    return f"{told} ({', '.join(others)})" if others else told


def of_day(day: int, tally: Tally) -> str:
    """What is on a day (number), in words."""
    sentences = gettext("%(meetings)s can lie on this day"), gettext("%(n)s more can lie on this day")
    return f"{dates.words(date.fromordinal(day).isoformat())}: {in_words(tally, *sentences)}"


def of_period(tally: Tally) -> str:
    """What is in a month or year, in words."""
    return in_words(tally, gettext("%(meetings)s can lie in it"), gettext("%(n)s more can lie in it"))


def in_words(tally: Tally, alone: str, more: str) -> str:
    """Those that are sure, and ``more`` that may be; where none are sure, the others ``alone``."""
    if tally.may and not tally.n:
        unheld = "" if tally.may_held else f" ({gettext('not held')})"
        return alone % {"meetings": _meetings(tally.may, get_language())} + unheld
    return f"{sure_words(tally)}; {more % {'n': commas(tally.may)}}" if tally.may else sure_words(tally)


@lru_cache(maxsize=5_000)
def _meetings(n: int, _language: str | None) -> str:
    """A number of meetings in the active language, which is told for the cache's sake: a year has some four hundred."""
    return ngettext("%(n)s meeting", "%(n)s meetings", n) % {"n": commas(n)}


@lru_cache(maxsize=100)
def _status(status: str, _language: str | None) -> str:
    return str(Status(status).label).lower()


def said(calendar: Calendar | None) -> list[str]:
    """What is shown, and what of the set is not."""
    if calendar is None:
        return [gettext("None of these meetings has a known date.")]
    reading = "" if calendar.unit == "month" else f"{read_as()} {counted(calendar)}".strip()
    return list(filter(None, [f"{calendar.period.words}: {of_period(calendar.shown)}", undated(calendar), reading]))


def counted(calendar: Calendar) -> str:
    """Why the numbers of a year's months and days do not add up, where they do not."""
    found = (told % {"number": n, "n": commas(n)} for kind, told in UNLIKE.items() if (n := calendar.unlike[kind]))
    return " ".join(found)


def read_as() -> str:
    """How the picture of a year is read."""
    return gettext("The stronger the colour of a day, the more meetings were held on it.")


def meant(calendar: Calendar, month: Month | None) -> list[tuple[str, str]]:
    """What the marks mean, of those that there are: the kind of each, or a status, and words."""
    found = month_marks(month) if month else year_marks(calendar)
    first, last = calendar.left(calendar.period)
    tallies = [tally for day, tally in calendar.days.items() if first <= day <= last]
    kinds = {one.only_may for one in tallies}
    if "only-may" in kinds:
        found.append(("only-may", gettext("a meeting may fall on this day")))
    if "may-unheld" in kinds:
        found.append(("may-unheld", gettext("a meeting not held (planned, cancelled…) may fall on this day")))
    if not month:
        found += month_numbers(calendar)
    if not month and any(one.may for one in calendar.months.values()):
        found.append(("more", gettext("perhaps 2 more")))
    return found


def month_numbers(calendar: Calendar) -> list[tuple[str, str]]:
    """The numbers of months that are not of held ones."""
    some = any(one.unheld for one in calendar.months.values())
    return [("unheld", gettext("not held: planned, cancelled…"))] if some else []


def year_marks(calendar: Calendar) -> list[tuple[str, str]]:
    """The shades of days, the least number of each, and the marks of those not held."""
    found = [
        (f"shade-{shade}", (gettext("from %(n)s") if at else gettext("%(n)s held")) % {"n": commas(n)})
        for at, (shade, n) in enumerate(calendar.steps)
    ]
    tallies = calendar.days.values()
    if any(one.planned for one in tallies):
        found.append(("has-planned", gettext("some planned or postponed")))
    if any(one.other for one in tallies):
        found.append(("has-other", gettext("some cancelled, denied or not confirmed")))
    return found


def month_marks(month: Month) -> list[tuple[str, str]]:
    """The statuses of the meetings shown, if they are not all held."""
    statuses = month.statuses
    return [(one, status_words(one)) for one in statuses] if statuses != [Status.HELD] else []


def drawn_mark(kind: str) -> str:
    """The mark of a kind, or of a status, as the drawing has it."""
    width, height = keys.SAMPLE, keys.HEIGHT
    if kind.startswith("shade-"):
        return element("rect", width=width, height=height, class_=kind)
    if kind == "has-planned":
        return element("rect", x=1, y=1, width=width - 2, height=height - 2, class_="frame-planned")
    if kind == "has-other":
        return element("rect", x=width / 2, y=4, width=4, height=4, class_="mark-other")
    if kind in Status.values:
        return element("circle", cx=width - 6, cy=6, r=3.5, class_=CLASSES[group_of(kind)])
    if kind == "unheld":
        frame = element("rect", x=2, y=0.5, width=width - 4, height=height - 1, class_="frame-planned")
        return frame + element("text", "2", x=width / 2, y=10, class_="middle")
    sample = element("text", "+2" if kind == "more" else "14", x=width / 2, y=10, class_="middle")
    return sample + (dotted(width / 2, 13, kind) if kind != "more" else "")


def dotted(middle: float, y: float, kind: str) -> str:
    """The line below a day on which there are perhaps some, of a kind of `Tally.only_may`."""
    colour, dashes = ("edge-unheld", "4 2") if kind == "may-unheld" else ("axis", "1 2")
    return element("path", d=f"M{middle - 6:g} {y:g}h12", class_=colour, stroke_dasharray=dashes)


def undated(calendar: Calendar) -> str:
    """How many meetings of the set no calendar shows."""
    n = calendar.beside.undated
    told = ngettext(
        "%(n)s meeting of this set has no known date, and is in no calendar.",
        "%(n)s meetings of this set have no known date, and are in no calendar.",
        n,
    )
    return told % {"n": commas(n)} if n else ""


def draw(calendar: Calendar | None, month: Month | None) -> Drawing:
    """The year or the month, with what its marks mean; nothing where no date is known."""
    if calendar is None:
        return Drawing(0, 0, "")
    drawing = draw_month(calendar, month) if month else draw_year(calendar)
    return keys.above(drawing, [(drawn_mark(kind), words) for kind, words in meant(calendar, month)])


def draw_year(calendar: Calendar) -> Drawing:
    """Twelve months in rows of four."""
    width, height = 7 * DAY + BETWEEN, 8 * DAY + BETWEEN
    parts = []
    for at, period in enumerate(calendar.months):
        x, y = at % 4 * width, at // 4 * height
        parts.append(f'<g transform="translate({x} {y})">{"".join(small(calendar, period))}</g>')
    return Drawing(4 * width - BETWEEN, 3 * height - BETWEEN, "\n".join(parts))


def small(calendar: Calendar, period: Period) -> Iterable[str]:
    """A month: its name and number, the weekdays, and the days."""
    tally = calendar.tally(period)
    yield element("text", text(month_name(period)), x=0, y=14, class_="title")
    if tally.n or tally.may:
        number = gettext("%(held)s held of %(n)s") if tally.unheld else "%(n)s"
        told = number % {"held": commas(tally.held), "n": commas(tally.n)} + (
            f" +{commas(tally.may)}" if tally.may else ""
        )
        yield element("text", text(told), x=7 * DAY - 4, y=14, class_="soft end")
    for at, (short, _name) in enumerate(weekdays()):
        yield element("text", text(short), x=DAY * at + DAY / 2 - 1, y=DAY + 14, class_="soft middle")
    for row, week in enumerate(weeks_of(period), 2):
        for at, day in enumerate(week.days):
            if day:
                yield from cell(calendar, day, DAY * at, DAY * row)


def cell(calendar: Calendar, day: int, x: int, y: int) -> Iterable[str]:
    """A day: as dark as many were held, framed if some are planned or postponed, dotted where some only may be."""
    tally, size, shade = calendar.days.get(day, Tally()), DAY - 2, 0
    if tally.held:
        shade = calendar.shade(tally)
        yield element("rect", x=x, y=y, width=size, height=size, class_=f"shade-{shade}")
    if tally.planned:
        yield element("rect", x=x + 1, y=y + 1, width=size - 2, height=size - 2, class_="frame-planned")
    if tally.other:
        yield element("rect", x=x + size - 6, y=y + 2, width=4, height=4, class_="mark-other")
    if tally.only_may:
        yield dotted(x + size / 2, y + 18, tally.only_may)
    known = f"on-{shade}" if shade else "" if tally.n or tally.may else "soft"
    number = date.fromordinal(day).day
    yield element("text", text(number), x=x + size / 2, y=y + 15, class_=f"{known} middle".strip())


def draw_month(calendar: Calendar, month: Month) -> Drawing:
    """The weeks, one below the other, and below them what has no sure day."""
    parts = [
        element("text", text(name), x=WIDTH * at + 6, y=12, class_="soft")
        for at, (_short, name) in enumerate(weekdays())
    ]
    y = LINE + 4
    for week in month.weeks:
        height = LINE * (1 + len(week.lanes) + LINES + 1)
        parts += weeks_part(calendar, month, week, y, height)
        y += height
    parts.append(element("path", d=f"M0 {y}H{7 * WIDTH}", class_="line"))
    for some in month.some:
        name = (some.period or calendar.period).words
        heading = gettext("Some time in %(period)s") if some.period else gettext("Perhaps in %(period)s")
        y += 2 * LINE
        parts.append(element("text", text(f"{heading % {'period': name}}: {commas(some.n)}"), x=0, y=y, class_="title"))
        for entry in some.entries:
            y += LINE
            parts.append(line(entry, 0, y, 7 * WIDTH, dates.words(entry.date)))
        if rest := some.n - len(some.entries):
            y += LINE
            parts.append(element("text", text(and_more(rest)), x=12, y=y, class_="soft"))
    return Drawing(7 * WIDTH, y + LINE, "\n".join(parts))


def and_more(rest: int) -> str:
    """That some are not shown."""
    return ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": commas(rest)}


def weeks_part(calendar: Calendar, month: Month, week: Week, y: int, height: int) -> Iterable[str]:
    """A week: its rules, its days' numbers, the visits across it, and the other meetings."""
    yield element("path", d=f"M0 {y}H{7 * WIDTH}", class_="line")
    top = y + LINE * (1 + len(week.lanes))
    for at, day in enumerate(week.days):
        if not day:
            continue
        x, tally = WIDTH * at, calendar.days.get(day, Tally())
        yield element("path", d=f"M{x} {y}v{height}m{WIDTH} 0v-{height}", class_="line")
        yield element("text", text(date.fromordinal(day).day), x=x + 6, y=y + 13, class_="" if tally.n else "soft")
        if tally.only_may:
            yield dotted(x + 12, y + 16, tally.only_may)
        own = fitted(month.on.get(day, []), LINES, tally.n - len(week.across(day)))
        for number, (entry, words) in enumerate(in_lines(own)):
            y_of = top + LINE * (number + 1) - 4
            if entry:
                yield element("circle", cx=x + 10, cy=y_of - 4, r=3.5, class_=CLASSES[group_of(entry.status)])
            yield element("text", text(words), x=x + 18, y=y_of)
        if more := tally.n - len(own) - len(week.across(day)):
            told = gettext("+ %(n)s more") % {"n": commas(more)}
            yield element("text", text(told), x=x + 6, y=top + LINE * (LINES + 1) - 4, class_="soft")
    for number, lane in enumerate(week.lanes, 1):
        for bar in lane:
            yield from across(bar, WIDTH * bar.at, y + LINE * number)


def in_lines(entries: Sequence[Entry]) -> Iterable[tuple[Entry | None, str]]:
    """The titles of a day, each in as many lines as all leave it; the meeting stands before the first of its lines."""
    most = int((WIDTH - 22) / LETTER)
    for entry in entries:
        lines, room = wrap(title_of(entry), most) or [""], max(LINES // len(entries), 1)
        if len(lines) > room:
            lines[room - 1 :] = [shortened(" ".join(lines[room - 1 :]), most)]
        yield from zip([entry, *[None] * (len(lines) - 1)], lines, strict=True)


def across(bar, x: int, y: int) -> Iterable[str]:
    """A visit of several days."""
    width, group = WIDTH * bar.width, group_of(bar.entry.status)
    kind = "shade-2" if group == "held" else CLASSES[group]
    yield element("rect", x=x + 2, y=y + 1, width=width - 4, height=LINE - 2, class_=kind)
    told = shortened(placed(bar.entry), int((width - 26) / LETTER))
    told = f"{'◂ ' if bar.before else ''}{told}{' ▸' if bar.after else ''}"
    yield element("text", text(told), x=x + 7, y=y + 12)


def placed(entry: Entry) -> str:
    """The title after the place: in little room, that tells visits of one person apart."""
    return f"{entry.place} · {title_of(entry)}" if entry.place else title_of(entry)


def title_of(entry: Entry) -> str:
    """The title, after the status of one that was not held."""
    return entry.title if entry.status == Status.HELD else f"{Status(entry.status).label}: {entry.title}"


def line(entry: Entry, x: int, y: int, width: int, after: str = "") -> str:
    """A meeting on one line: the mark of its status, its title, and what comes ``after``."""
    shown = shortened(title_of(entry), int((width - 12 - LETTER * len(after)) / LETTER))
    return element("circle", cx=x + 4, cy=y - 4, r=3.5, class_=CLASSES[group_of(entry.status)]) + element(
        "text", text(f"{shown} · {after}" if after else shown), x=x + 12, y=y
    )
