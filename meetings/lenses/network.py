"""Who meets whom as a network: countries, officials or organizations, tied by the meetings that name both."""

from collections import Counter
from typing import NamedTuple

from meetings import words
from meetings.index import names, pairs
from meetings.index.asked import Asked
from meetings.index.pairs import Pairs
from meetings.index.tags import LETTERS
from meetings.lenses import shades
from meetings.lenses.matrix import BY

#: Ties are looked for among so many of the most frequent.
POOL = 500
#: Those without ties are named if they are no more.
NAMED = 3
#: A picture has so many ties for each of its nodes, and no more than these: with more, none can be followed.
TIES_EACH, MOST_TIES = 5, 1_500


class Node(NamedTuple):
    """A record's key and name, how many of the meetings it took part in and of the ties shown it has, whether none
    of these meetings was held, where that is known, and with how many of those shown it is tied, drawn or not."""

    key: str
    name: str
    total: int
    ties: int
    unheld: bool = False
    others: int = 0


class Tie(NamedTuple):
    """That ``n`` of the meetings name two nodes, which are given by their places; ``unheld`` as of a `Node`."""

    one: int
    other: int
    n: int
    unheld: bool = False


class Network(NamedTuple):
    """The nodes shown, those in most meetings first, and their ties, the strongest first, of so many ``between`` them.
    ``tied`` are all that have ties; ``pool`` those looked at, the most frequent of ``among`` in the set. Not ``exact``:
    of the newest meetings of the set only. ``untied`` are the names of those looked at that have no tie, if few;
    ``alone`` as of `Pairs`."""

    nodes: list[Node]
    ties: list[Tie]
    between: int
    tied: int
    pool: int
    among: int
    exact: bool
    untied: tuple[str, ...] = ()
    alone: int | None = None

    def shade(self, n: int) -> int:
        """How strongly a tie of ``n`` meetings is drawn (`shades.shade`), from the weakest of those shown on."""
        less = self.ties[-1].n - 1
        return shades.shade(n - less, self.ties[0].n - less)

    @property
    def steps(self) -> list[tuple[int, int]]:
        """The shades that there are, with the least number that has each."""
        return shades.steps((tie.n for tie in self.ties), self.shade)

    @property
    def has_unheld(self) -> bool:
        """Whether some are tied, or there, by meetings none of which was held."""
        return any(tie.unheld for tie in self.ties) or any(node.unheld for node in self.nodes)


def of(asked: Asked, by: str, most: int, least: int) -> Network:
    """The ``most`` that have the strongest ties of a set, of ``least`` meetings or more; at most four queries."""
    found = pairs.of(asked, LETTERS[by], POOL)
    called = names.called({by: (BY[by], found.tags)})
    ties = strongest(found, [tag for tag in found.tags if tag in called], least)
    tied = dict.fromkeys(tag for tie in ties for tag in tie[:2])
    chosen = {*list(tied)[:most]}
    between = [tie for tie in ties if tie[0] in chosen and tie[1] in chosen]
    shown = worth(between, min(TIES_EACH * most, MOST_TIES))
    degrees = Counter(tag for tie in shown for tag in tie[:2])
    tags = sorted(degrees, key=lambda tag: (-found.totals[tag], words.fold(called[tag][1]), called[tag][0]))
    at = {tag: place for place, tag in enumerate(tags)}
    others = Counter(tag for tie in between for tag in tie[:2])
    nodes = [Node(*called[tag], found.totals[tag], degrees[tag], (tag,) in found.unheld, others[tag]) for tag in tags]
    drawn = [
        Tie(min(at[one], at[other]), max(at[one], at[other]), n, (one, other) in found.unheld)
        for one, other, n in shown
    ]
    drawn.sort(key=lambda tie: (-tie.n, tie))
    untied = tuple(called[tag][1] for tag in found.tags if tag in called and tag not in tied)
    return Network(
        nodes,
        drawn,
        len(between),
        len(tied),
        len(found.tags),
        found.among,
        found.exact,
        untied if len(untied) <= NAMED else (),
        found.alone,
    )


def strongest(found: Pairs, tags: list[str], least: int) -> list[tuple[str, str, int]]:
    """All ties of ``least`` meetings or more, the strongest first; among equals, those of the most frequent."""
    at = {tag: place for place, tag in enumerate(tags)}
    ties = [
        (-n, own + at[other], own, at[other])
        for tag, own in at.items()
        for other, n in found.together.get(tag, {}).items()
        if n >= least and at.get(other, -1) > own
    ]
    ties.sort()
    return [(tags[one], tags[other], -n) for n, _rank, one, other in ties]


def worth(ties: list[tuple[str, str, int]], most: int) -> list[tuple[str, str, int]]:
    """Those of the ties that are shown: each one's own strongest, which is the first that names it, and then the
    strongest of all, ``most`` in all."""
    own: dict[str, tuple[str, str, int]] = {}
    for tie in ties:
        own.setdefault(tie[0], tie)
        own.setdefault(tie[1], tie)
    return list(dict.fromkeys([*own.values(), *ties]))[:most]
