"""Where the nodes of a network stand: those that are tied near each other, all others apart.

It is the method of Fruchterman and Reingold: nodes repel each other, ties pull, and each step moves less than the one
before. It starts from the same places every time, so that the same network is always the same picture. Points are
complex numbers, which Python reckons with faster than with pairs.
"""

from cmath import rect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log, pi, sqrt

#: Each point of a spiral stands this much further around than the one before, as the seeds of a sunflower do.
GOLDEN = pi * (3 - sqrt(5))
#: The side of a square of nodes, and those of the squares around one that come after it.
REACH = 5
BESIDE = ((1, -1), (1, 0), (1, 1), (0, 1))
#: How strongly all are drawn to the middle, so that those not tied together stay in one picture.
GRAVITY = 0.12


def places(number: int, ties: Iterable[tuple[int, int, int]]) -> list[complex]:
    """A point for each node, about the origin, at a mean distance of 1 from the next; the first nodes start from the
    middle. It takes some 20 ms for 60 nodes, and 80 for 500, which are moved less often."""
    pulls = [(one, other, 0.3 + log(n)) for one, other, n in ties]
    weights = [1.0] * number
    for one, other, _pull in pulls:
        weights[one] += 1
        weights[other] += 1
    # Who has many ties is pulled from all sides: each pull counts less, or its neighbours would lie upon it.
    scaled = [(one, other, pull / sqrt(sqrt(weights[one] * weights[other]))) for one, other, pull in pulls]
    points = [rect(0.6 * sqrt(at + 0.5), at * GOLDEN) for at in range(number)]
    steps = 45 if number <= 150 else 30 if number <= 300 else 16
    for step in range(steps):
        most = 0.08 + 1.6 * (1 - step / steps) ** 1.5
        points = moved(points, scaled, most)
    return opened(points)


def opened(points: Sequence[complex]) -> list[complex]:
    """The points with more room in their crowded middle: half-way to where as many would stand at each distance from it
    as its circle has room for."""
    if not points:
        return []
    middle = sum(points) / len(points)
    ranked = sorted(range(len(points)), key=lambda at: (abs(points[at] - middle), at))
    furthest = abs(points[ranked[-1]] - middle)
    after = list(points)
    for rank, at in enumerate(ranked):
        way = points[at] - middle
        even = furthest * sqrt(rank / max(len(points) - 1, 1))
        after[at] = way * ((abs(way) + even) / 2 / abs(way)) if way else way
    return after


def moved(points: Sequence[complex], ties: Iterable[tuple[int, int, float]], most: float) -> list[complex]:
    """The points after one step, none further than ``most`` from where it was."""
    forces = repelled(points)
    for one, other, pull in ties:
        way = points[other] - points[one]
        force = way * (pull * min(abs(way), 4) * 0.2)
        forces[one] += force
        forces[other] -= force
    after = []
    for point, force in zip(points, forces, strict=True):
        force -= GRAVITY * point
        far = abs(force)
        after.append(point + (force if far <= most else force * (most / far)))
    return after


def repelled(points: Sequence[complex]) -> list[complex]:
    """How each point is pushed by all others: by each of those in its square and in those around it, and by all of a
    square further away together."""
    squares: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, point in enumerate(points):
        squares[int(point.real // REACH), int(point.imag // REACH)].append(at)
    forces = [0j] * len(points)
    for square, force in far_away(points, squares).items():
        for at in squares[square]:
            forces[at] = force
    for (x, y), own in squares.items():
        near = [at for beside in BESIDE for at in squares.get((x + beside[0], y + beside[1]), ())]
        for place, at in enumerate(own):
            point, force = points[at], 0j
            for other in own[place + 1 :] + near:
                way = point - points[other]
                push = way / (way.real * way.real + way.imag * way.imag + 0.01)
                force += push
                forces[other] -= push
            forces[at] += force
    return forces


def far_away(points: Sequence[complex], squares: dict[tuple[int, int], list[int]]) -> dict[tuple[int, int], complex]:
    """How the points of each square are pushed by those of the squares that do not touch it."""
    middles = [(x, y, sum(points[at] for at in own) / len(own), len(own)) for (x, y), own in squares.items()]
    found = {}
    for x, y, middle, _number in middles:
        force = 0j
        for other_x, other_y, other, number in middles:
            if abs(x - other_x) > 1 or abs(y - other_y) > 1:
                way = middle - other
                force += number * way / (way.real * way.real + way.imag * way.imag)
        found[x, y] = force
    return found
