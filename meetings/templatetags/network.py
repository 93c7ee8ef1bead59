"""A network as tables, and what its script draws from, written by functions as the rows of lists are.

Every value that comes from a record goes through `html.escape`.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from meetings.figures import commas
from meetings.lenses.addresses import addresses
from meetings.lenses.network import Network, Node
from meetings.lenses.together import Together
from meetings.pictures import network as pictures
from meetings.pictures import svg
from meetings.pictures.keys import alone
from meetings.pictures.network import Shown

register = template.Library()

#: How many ties the page tells at once; the others are folded away.
OPEN = 25


@register.simple_tag
def network_picture(shown: Shown, together: Together, label: str) -> SafeString:
    """The picture; ``label`` says what it is of."""
    return svg.on_page(pictures.draw(shown, together), label)


@register.simple_tag
def network_legend(shown: Shown, label: str) -> SafeString:
    """What the sizes in it stand for."""
    return svg.on_page(pictures.legend(shown), label)


@register.simple_tag
def network_cuts(network: Network) -> str:
    """What it has no room for, and nothing of."""
    return " ".join(filter(None, [alone(network.alone), *pictures.cuts(network)]))


@register.simple_tag
def network_told(network: Network, least: int) -> SafeString:
    """Which have no ties, who has the most, and which are the strongest."""

    def written(name: str) -> str:
        return f"<bdi>{escape(name)}</bdi>"

    return SafeString(f"{pictures.apart(network, least, written)} {pictures.most_tied(network, written)}")


@register.simple_tag
def network_ties(network: Network, together: Together, start: int = 0, end: int | None = None) -> SafeString:
    """The rows of the ties from ``start`` to ``end``: one, the other, at how many meetings both."""
    return SafeString("".join(tie_rows(network, together, start, end)))


def tie_rows(network: Network, together: Together, start: int, end: int | None) -> Iterable[str]:
    names = [f"<bdi>{escape(node.name)}</bdi>" for node in network.nodes]
    for tie in network.ties[start:end]:
        one, other = network.nodes[tie.one], network.nodes[tie.other]
        told = linked(together.address(one.key, other.key), tie.n, tie.unheld)
        yield f'<tr><th scope="row">{names[tie.one]}</th><td>{names[tie.other]}</td><td>{told}</td></tr>'


@register.simple_tag
def network_nodes(network: Network, together: Together) -> SafeString:
    """The rows of the nodes: name, at how many meetings, how many ties."""
    address = addresses(together.by, "some-slug")
    return SafeString("".join(node_row(node, address(node.key), together) for node in network.nodes))


def node_row(node: Node, address: str, together: Together) -> str:
    told = linked(together.address(node.key), node.total, node.unheld)
    name = f'<a href="{escape(address)}"><bdi>{escape(node.name)}</bdi></a>'
    return (
        f'<tr data-slug="{escape(node.key)}"><th scope="row">{name}</th><td>{told}</td>'
        f"<td>{commas(node.ties)}</td></tr>"
    )


def linked(address: str, n: int, unheld: bool) -> str:
    """A number, with its list's address where there is one, and whether none of these was held."""
    told = f'<span class="soft">{escape(gettext("none held"))}</span> ' if unheld else ""
    shown = escape(str(commas(n)))
    return told + (f'<a href="{escape(address)}">{shown}</a>' if address else f"<span>{shown}</span>")


@register.inclusion_tag("meetings/_network_tables.html")
def network_tables(network: Network, together: Together) -> dict:
    """All that it shows, as tables."""
    return {"network": network, "together": together, "open": OPEN}


@register.filter
def drawn_from(shown: Shown) -> dict:
    """Where the nodes are, the ties between them, and how these are drawn, for network.js. Names, numbers and addresses
    are in the tables, in the same order."""
    return {
        "width": pictures.WIDTH,
        "height": round(shown.height),
        "longest": pictures.LONGEST,
        "nodes": [
            [place.x, place.y, place.radius, *((place.label.side, int(place.label.first)) if place.label else ())]
            for place in shown.places
        ],
        "unheld": [at for at, node in enumerate(shown.network.nodes) if node.unheld],
        "ties": [
            [tie.one, tie.other, tie.n, shown.network.shade(tie.n), int(tie.unheld)] for tie in shown.network.ties
        ],
        "pens": {step: pen for step, (_n, pen) in shown.pens.items()},
    }
