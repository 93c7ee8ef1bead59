"""What a lens shows as a picture that stands by itself: with what it is of, and where it comes from."""

from collections.abc import Iterable, Sequence
from html import escape

from meetings.lenses.matrix import Matrix

#: Pixels: a cell, a character of a name, the margin, and a line of what is said above.
WIDTH, HEIGHT, LETTER, MARGIN, LINE = 34, 18, 6, 16, 18
#: No name takes more characters than these.
LONGEST = 30
#: The shades, from none to the darkest, and from which on numbers are white; as in static/css/lenses.css, on paper.
SHADES = ("#ffffff", "#e8eef7", "#cbdaf0", "#a4bfe4", "#6f98d1", "#3868ac", "#17407f")
DARK = 5
INK, SOFT, OWN = "#1a1e24", "#525a64", "#d5d8d4"


def matrix_as_svg(matrix: Matrix, title: str, said: Sequence[str]) -> bytes:
    """A matrix as SVG, with a ``title`` and the lines ``said`` of it above."""
    names = [shortened(line.name) for line in matrix.lines]
    side = MARGIN + LETTER * max(map(len, names), default=0) + 2 * WIDTH
    top = MARGIN + LINE * (len(said) + 2) + LETTER * max(map(len, names), default=0)
    size = len(names)
    # What is said may be wider than the table.
    width = max(side + WIDTH * size, MARGIN + LETTER * max(map(len, (title, *said)))) + MARGIN
    height = top + HEIGHT * size + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-family="sans-serif" font-size="11" fill="{INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="{MARGIN + 12}" font-size="15" font-weight="bold">{escape(title)}</text>',
        *(
            f'<text x="{MARGIN}" y="{MARGIN + 14 + LINE * at}" fill="{SOFT}">{escape(line)}</text>'
            for at, line in enumerate(said, 1)
        ),
        *(
            f'<text transform="translate({side + WIDTH * at + 21} {top - 6}) rotate(-90)">{escape(name)}</text>'
            for at, name in enumerate(names)
        ),
    ]
    for at, line in enumerate(matrix.lines):
        y = top + HEIGHT * at
        parts.append(f'<text x="{MARGIN}" y="{y + 13}">{escape(names[at])}</text>')
        parts.append(f'<text x="{side - 8}" y="{y + 13}" text-anchor="end" fill="{SOFT}">{line.total}</text>')
        parts += cells(matrix, at, line.cells, side, y)
    return "\n".join([*parts, "</svg>\n"]).encode()


def cells(matrix: Matrix, own: int, numbers: Sequence[int], x: int, y: int) -> Iterable[str]:
    """The cells of a row, from left to right; nothing where two did not meet."""
    for at, n in enumerate(numbers):
        left, shade = x + WIDTH * at, matrix.shade(n)
        if n or at == own:
            colour = SHADES[shade] if n else OWN
            yield f'<rect x="{left}" y="{y}" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="{colour}"/>'
        if n:
            ink = ' fill="#ffffff"' if shade >= DARK else ""
            yield f'<text x="{left + WIDTH - 5}" y="{y + 13}" text-anchor="end"{ink}>{n}</text>'


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
