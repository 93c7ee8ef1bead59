"""A matrix as SVG."""

from collections.abc import Iterable

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.matrix import Matrix
from meetings.pictures import keys
from meetings.pictures.svg import Drawing, element, shortened, text

#: Pixels: a cell, and a character of a name.
WIDTH, HEIGHT, LETTER = 38, 18, 6
#: No name takes more characters than these.
LONGEST = 30


def as_file(matrix: Matrix) -> Drawing:
    """The table below its shades, each with the least number that has it."""
    meant = [(f"shade-{shade}", gettext("from %(n)s") % {"n": commas(n)}) for shade, n in matrix.steps]
    if matrix.has_unheld:
        meant.append(("mark-planned", keys.unheld()))
    swatches = ((element("rect", width="100%", height=keys.HEIGHT, class_=kind), words) for kind, words in meant)
    return keys.above(draw(matrix), swatches)


def said(matrix: Matrix) -> list[str]:
    """How it is read, and what it does not show."""
    if not matrix.lines:
        return [gettext("None of these meetings names any.")]
    told = [gettext("A number counts the meetings that name both.")]
    if len(matrix.lines) < matrix.among:
        cut = gettext("The %(shown)s in most meetings are shown, of %(among)s.")
        told.append(cut % {"shown": commas(len(matrix.lines)), "among": commas(matrix.among)})
    return [*told, *filter(None, [of_all(matrix)])]


def of_all(matrix: Matrix) -> str:
    """Why the numbers of a row do not add up to that of all; "" where they do."""
    why = gettext("“All” counts each meeting once, also those with several of the others, or with none of them.")
    return f"{why} {keys.alone(matrix.alone)}".strip() if matrix.differs else ""


def draw(matrix: Matrix) -> Drawing:
    """The table, with the names of its columns on their side."""
    names = [shortened(line.name, LONGEST) for line in matrix.lines]
    top = LETTER * max(map(len, names), default=0) + 6
    side = top + 2 * WIDTH
    parts = [
        f'<text transform="translate({side + WIDTH * at + 23} {top - 6}) rotate(-90)">{text(name)}</text>'
        for at, name in enumerate(names)
    ]
    for at, line in enumerate(matrix.lines):
        y = top + HEIGHT * at
        parts.append(f'<text x="0" y="{y + 13}">{text(names[at])}</text>')
        parts.append(f'<text class="soft end" x="{side - 8}" y="{y + 13}">{commas(line.total)}</text>')
        parts += cells(matrix, at, side, y)
    return Drawing(side + WIDTH * len(names), top + HEIGHT * len(names), "\n".join(parts))


def cells(matrix: Matrix, own: int, x: int, y: int) -> Iterable[str]:
    """The cells of a row, from left to right; nothing where no meeting names two."""
    line = matrix.lines[own]
    for at, n in enumerate(line.cells):
        left, shade = x + WIDTH * at, 0 if at in line.unheld else matrix.shade(n)
        if n or at == own:
            colour = (f"shade-{shade}" if shade else "mark-planned") if n else "own"
            yield f'<rect class="{colour}" x="{left}" y="{y}" width="{WIDTH - 1}" height="{HEIGHT - 1}"/>'
        if n:
            yield f'<text class="on-{shade} end" x="{left + WIDTH - 5}" y="{y + 13}">{commas(n)}</text>'
