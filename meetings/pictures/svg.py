"""SVG as every picture needs it: inside a page, and as a file that stands by itself.

Nothing here has a colour: classes have (static/css/pictures.css), so that a picture follows the page's light or dark.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from textwrap import wrap
from typing import NamedTuple

from django.conf import settings
from django.utils.safestring import SafeString

STYLES = settings.BASE_DIR / "static" / "css" / "pictures.css"
#: Pixels: the margin of a file, a line of what is said above its picture, the mean width of a letter there, and what
#: these lines have at least, however small the picture is.
MARGIN, LINE, LETTER, NARROWEST = 16, 18, 6.2, 480
#: What a file leaves out of these styles: remarks, and what is of a medium. Where a variable gets its value, and where
#: it stands for this, or else for another.
ASIDE = re.compile(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
ROOT = re.compile(r":root \{.*?\}", re.DOTALL)
VALUE, VARIABLE = re.compile(r"(--[\w-]+): ([^;]+);"), re.compile(r"var\((--[\w-]+)(?:, ([^()]*))?\)")
#: What no XML may have, escaped or not: most control characters, and halves of characters.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Drawing(NamedTuple):
    """A picture: its width and height in pixels, and the elements in it."""

    width: float
    height: float
    body: str


def element(name: str, *inside: str, **attributes: object) -> str:
    """An SVG element; attributes are escaped, those of None left out, and ``class_`` or ``text_anchor`` are written as
    SVG writes them. What is ``inside`` are elements, or a `text`."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, float) else text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def text(written: object) -> str:
    """Escaped, without the characters that would make a file unreadable."""
    return escape(FORBIDDEN.sub("", str(written)))


def number(value: float) -> str:
    """At most a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def link(address: str, told: str, *inside: str) -> str:
    """Elements that lead somewhere; their title says what they are, to those who point at them or cannot see them."""
    return element("a", element("title", text(told)), *inside, href=address)


def shortened(name: str, most: int) -> str:
    """A name of at most so many characters."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def on_page(drawing: Drawing, label: str) -> SafeString:
    """The picture inside a page; ``label`` says what it is."""
    attributes = {
        "class_": "picture",
        "viewBox": f"0 0 {number(drawing.width)} {number(drawing.height)}",
        "width": float(drawing.width),
        "height": float(drawing.height),
        "role": "group",
        "aria_label": label,
    }
    return SafeString(element("svg", drawing.body, **attributes))


def fitting(wide: Drawing, narrow: Drawing, label: str) -> SafeString:
    """The picture as a wide page has it and as a telephone does, of which one is shown: nothing of it is out of
    sight."""
    shown = {"for-wide": wide, "for-narrow": narrow}
    boxes = (f'<div class="{name}">{on_page(drawing, label)}</div>' for name, drawing in shown.items())
    return SafeString(f'<div class="fitting">{"".join(boxes)}</div>')


def as_file(drawing: Drawing, title: str, said: Sequence[str], base: str) -> bytes:
    """The picture with a ``title`` and the lines ``said`` of it above; its links lead to the site at ``base``."""
    width = max(drawing.width, NARROWEST)
    lines = [part for line in said for part in wrap(line, int(width / LETTER), break_on_hyphens=False)]
    top = MARGIN + LINE * (len(lines) + 2)
    width, height = width + 2 * MARGIN, top + drawing.height + MARGIN
    body = drawing.body.replace(' href="/', f' href="{escape(base)}/')
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" width="{number(width)}" height="{number(height)}"'
            f' viewBox="0 0 {number(width)} {number(height)}">',
            f"<title>{text(title)}</title>",
            f"<style>{styles()}</style>",
            '<rect class="ground" width="100%" height="100%"/>',
            *heading(title, lines),
            f'<g transform="translate({MARGIN} {top})">{body}</g>',
            "</svg>\n",
        ]
    ).encode()


def heading(title: str, lines: Sequence[str]) -> Iterable[str]:
    yield element("text", text(title), x=MARGIN, y=MARGIN + 12, class_="title")
    for at, line in enumerate(lines, 1):
        yield element("text", text(line), x=MARGIN, y=MARGIN + 14 + LINE * at, class_="soft")


@cache
def styles() -> str:
    """The colours and type of pictures, on paper. Many programs that draw SVG know no variables, and would draw all in
    black: values stand in their place."""
    css = ASIDE.sub("", STYLES.read_text())
    values = dict(VALUE.findall(css))
    plain = VARIABLE.sub(lambda found: values.get(found[1]) or found[2], ROOT.sub("", css))
    return re.sub(r"\n{2,}", "\n", plain).strip()
