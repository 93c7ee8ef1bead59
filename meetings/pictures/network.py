"""A network as SVG: a disc for each node, as large as its number of meetings; a line for each tie, as wide as its own.

The names of the greatest stand beside their discs where they find room. Large type, for a picture on a telephone, has
room for fewer: those have the class ``first``.
"""

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from math import hypot, sqrt
from typing import NamedTuple

from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.network import Network
from meetings.lenses.together import Together
from meetings.pictures import keys, labels, layout, svg
from meetings.pictures.marks import rounded
from meetings.pictures.svg import Drawing, element, shortened, text

#: Pixels: the picture's width, and its height at most; the room at its edges; what the largest disc measures.
WIDTH, HEIGHT, EDGE, LARGEST = 800, 640, 34, 25
#: Pixels: no dashed line is thinner, or its colour could not be seen.
DASHED = 1.2
#: Who has the most ties of fewer can be seen.
FEW = 10
#: So many of the strongest ties are told in words.
STRONGEST = 3
#: No name takes more characters than these.
LONGEST = 26


class Pen(NamedTuple):
    """How a tie is drawn: its width in pixels, and how much it hides of what lies below, from 0 to 1."""

    width: float
    opacity: float


class Place(NamedTuple):
    """Where a node is drawn: the middle of its disc and its radius, in pixels; and its label, if it has room."""

    x: float
    y: float
    radius: float
    label: labels.Label | None


class Shown(NamedTuple):
    """A network, where its nodes are drawn, and with which pens its ties: by shade, with the least number of each."""

    network: Network
    places: list[Place]
    pens: dict[int, tuple[int, Pen]]
    height: float


def shown(network: Network) -> Shown:
    """Finds a place for each node; `layout.places` says how long that takes."""
    number = len(network.nodes)
    height = min(HEIGHT, 160 + 90 * sqrt(number))
    radii = [radius(network, node.total) for node in network.nodes]
    points = aside(fitted(layout.places(number, [(tie.one, tie.other, tie.n) for tie in network.ties]), height), radii)
    names = [shortened(node.name, LONGEST) for node in network.nodes]
    found = labels.beside([(*point, r) for point, r in zip(points, radii, strict=True)], names, WIDTH, height)
    places = [Place(*point, r, label) for point, r, label in zip(points, radii, found, strict=True)]
    return Shown(network, places, pens(network), height)


def fitted(points: Sequence[complex], height: float) -> list[tuple[float, float]]:
    """The points in pixels, drawn out over the whole picture."""
    across = along([point.real for point in points], 2 * EDGE, WIDTH - 2 * EDGE)
    return list(zip(across, along([point.imag for point in points], EDGE, height - EDGE), strict=True))


def along(values: Sequence[float], first: float, last: float) -> list[float]:
    """The values drawn out from ``first`` to ``last``; equal ones in the middle."""
    least, most = min(values, default=0), max(values, default=0)
    if most - least < 0.01:
        return [(first + last) / 2] * len(values)
    return [round(first + (value - least) / (most - least) * (last - first), 1) for value in values]


def aside(points: Sequence[tuple[float, float]], radii: Sequence[float]) -> list[tuple[float, float]]:
    """The points, with those that one of the first, which are the largest discs, would hide moved to its edge."""
    after = list(points)
    for large in range(min(labels.SURE, len(after))):
        x, y = after[large]
        for at in range(large + 1, len(after)):
            right, down = after[at][0] - x, after[at][1] - y
            apart, least = hypot(right, down), radii[large] + radii[at] + 1
            if 0 < apart < least:
                after[at] = (round(x + right * least / apart, 1), round(y + down * least / apart, 1))
    return after


def radius(network: Network, total: int) -> float:
    """Of the disc of so many meetings: its area grows with them, but none is too small to be seen."""
    largest = min(LARGEST, 220 / sqrt(len(network.nodes)))
    return round(max(largest * sqrt(total / network.nodes[0].total), 3), 1)


def pens(network: Network) -> dict[int, tuple[int, Pen]]:
    """How the ties of each shade are drawn; the weak ones are fainter where there are many."""
    faint = 0.5 if len(network.ties) <= 150 else 0.3
    return {
        step: (n, Pen(round(0.5 + 0.09 * step * step, 2), round(faint + (0.85 - faint) * (step - 1) / 5, 2)))
        for step, n in network.steps
    }


def draw(shown: Shown, together: Together) -> Drawing:
    """The picture; discs and names lead to the lists of ``together``."""
    parts = [element("g", *ties(shown), class_="ties")]
    # The greatest come last: their names may lie on small discs.
    parts += [node(shown, at, together) for at in reversed(range(len(shown.places)))]
    return Drawing(WIDTH, shown.height, "\n".join(parts))


def as_file(shown: Shown, together: Together) -> Drawing:
    """The picture with its legend below."""
    picture = draw(shown, together)
    if not shown.places:
        return picture
    below = legend(shown)
    moved = element("g", below.body, transform=f"translate(0 {svg.number(picture.height)})")
    return Drawing(below.width, picture.height + below.height, picture.body + moved)


def said(network: Network, least: int) -> list[str]:
    """What the picture shows and does not, a sentence each."""
    told = (apart(network, least, str), most_tied(network, str), keys.alone(network.alone), *cuts(network))
    return [one for one in told if one]


def apart(network: Network, least: int, written: Callable[[str], str]) -> str:
    """How many are not shown as they have no ties, or who, with names as they are ``written``; "" for none."""
    n = network.pool - network.tied
    none = gettext("Not shown, as no meeting names them with another of these: %(n)s.")
    few = gettext("Not shown, as fewer than %(least)s meetings name them with any other of these: %(n)s.")
    who = ", ".join(map(written, network.untied)) if len(network.untied) == n else commas(n)
    return (none if least == 1 else few) % {"n": who, "least": least} if n else ""


def most_tied(network: Network, written: Callable[[str], str]) -> str:
    """Who has the most ties, if one has, and which are the strongest, with names as they are ``written``; "" where few
    are shown, whose ties can be seen."""
    if len(network.nodes) < FEW:
        return ""
    told = []
    most, next_most = nlargest(2, network.nodes, key=lambda node: node.others)
    if most.others > next_most.others:
        words = gettext("Most ties: %(name)s, with %(n)s of the %(others)s others.")
        others = commas(len(network.nodes) - 1)
        told.append(words % {"name": written(most.name), "n": commas(most.others), "others": others})
    strongest = [tie for tie in network.ties[:STRONGEST] if tie.n > network.ties[-1].n]
    ties = ", ".join(
        f"{written(network.nodes[tie.one].name)} – {written(network.nodes[tie.other].name)} ({commas(tie.n)})"
        for tie in strongest
    )
    if ties:
        told.append(gettext("Strongest ties: %(ties)s.") % {"ties": ties})
    return " ".join(told)


def cuts(network: Network) -> list[str]:
    """What there was no room for, a sentence each."""
    found = [
        (
            gettext("The %(some)s with the strongest ties are shown, of %(all)s that have any."),
            len(network.nodes),
            network.tied,
        ),
        (
            gettext(
                "Of %(all)s ties between them, %(some)s are drawn: each one's strongest, and the strongest of all."
            ),
            len(network.ties),
            network.between,
        ),
        (gettext("Ties were looked for among the %(some)s in most meetings, of %(all)s."), network.pool, network.among),
    ]
    return [cut % {"some": commas(some), "all": commas(every)} for cut, some, every in found if some < every]


def ties(shown: Shown) -> Iterable[str]:
    """A path for all ties of a shade, and one for those of them without a meeting that was held: the strong ones lie on
    the weak ones."""
    paths: dict[tuple[int, bool], list[str]] = {(step, unheld): [] for step in shown.pens for unheld in (True, False)}
    for tie in shown.network.ties:
        one, other = shown.places[tie.one], shown.places[tie.other]
        paths[shown.network.shade(tie.n), tie.unheld].append(f"M{one.x:g} {one.y:g}L{other.x:g} {other.y:g}")
    for (step, unheld), lines in paths.items():
        if lines:
            yield lined("".join(lines), shown.pens[step][1], unheld)


def lined(path: str, pen: Pen, unheld: bool = False) -> str:
    width = str(max(pen.width, DASHED) if unheld else pen.width)
    opacity = None if unheld else str(pen.opacity)
    return element("path", d=path, class_="unheld" if unheld else None, stroke_width=width, stroke_opacity=opacity)


def node(shown: Shown, at: int, together: Together) -> str:
    """A disc and its name, which lead to the meetings."""
    place, own = shown.places[at], shown.network.nodes[at]
    kind = "disc shape unheld" if own.unheld else "disc shape"
    inside = [element("circle", cx=place.x, cy=place.y, r=place.radius, class_=kind)]
    if place.label:
        inside.append(name(place, place.label))
    address, told = together.address(own.key), f"{own.name}: {commas(own.total)}"
    told += f", {keys.unheld()}" if own.unheld else ""
    # Told by its title alone: a label may not say else than the name that is seen, which may be shortened.
    inside.insert(0, element("title", text(told)))
    return element("a", *inside, href=address) if address else element("g", *inside)


def name(place: Place, label: labels.Label) -> str:
    """The name of a node, on its side of the disc."""
    far = place.radius + labels.GAP
    x = place.x + {"right": far, "left": -far}.get(label.side, 0)
    y = place.y + {"bottom": far, "top": -far}.get(label.side, 0)
    return element("text", text(label.text), x=x, y=y, class_=f"name {label.side}{' first' if label.first else ''}")


def legend(shown: Shown) -> Drawing:
    """What the sizes of discs and the widths of lines stand for, at the scale of the picture; all of it in large type
    too."""
    discs = [(n, radius(shown.network, n)) for n in sizes(shown.network.nodes[0].total)]
    tall = 2 * max(r for _n, r in discs) + 12
    parts, x = [], 0.0

    def write(what: str, after: float):
        nonlocal x
        parts.append(written(what, x, tall / 2))
        x += room(what) + after

    write(gettext("Meetings"), 16)
    for n, r in discs:
        parts.append(element("circle", cx=x + r, cy=tall / 2, r=r, class_="disc"))
        x += 2 * r + 4
        write(commas(n), 10)
    x += 8
    write(gettext("Together"), 12)
    lines = list(shown.pens.values())
    for n, pen in [lines[at] for at in sorted({0, len(lines) - 1})]:
        parts.append(element("g", lined(f"M{svg.number(x)} {svg.number(tall / 2)}h30", pen), class_="ties"))
        x += 35
        write(f"{commas(n)}+", 10)
    if shown.network.has_unheld:
        pen = lines[0][1]
        parts.append(
            element("g", lined(f"M{svg.number(x)} {svg.number(tall / 2)}h30", pen, unheld=True), class_="ties")
        )
        x += 35
        write(gettext("none held"), 0)
    return Drawing(max(WIDTH, x), tall, "\n".join(parts))


def written(what: str, x: float, y: float) -> str:
    return element("text", text(what), x=x, y=y, class_="name right first")


def room(what: str) -> float:
    """How wide it may be written, in large type."""
    return labels.LARGE * labels.LETTER * len(what)


def sizes(greatest: int) -> list[int]:
    """Numbers of meetings whose discs can be told apart: a round one, and the greatest."""
    return sorted({rounded(max(greatest // 4, 1)), greatest})
