"""Of two countries, the visits of one to the other that do not name the other, as sources often tell of travels: they
are no meetings of the two on record, but they may have been."""

from collections.abc import Mapping
from typing import NamedTuple

from meetings.index import hits
from meetings.index.tags import tag
from meetings.lenses.profile import meetings_address
from meetings.lenses.shared import Counted, Shared, Side


class Unnamed(NamedTuple):
    """How many meetings name ``guest`` and are on the ground of ``host``, but do not name this; and the list of all
    that name ``guest`` there."""

    guest: Side
    host: Side
    n: int
    there: Counted


def of(shared: Shared, places: Mapping[int, tuple[int, str]]) -> dict[str, Unnamed]:
    """Them by whose ground they were on (of `shared.GROUNDS`), where there are any; ``places`` are the two countries as
    filters name them. Whatever came of them: the index keeps no numbers of those that were held. None where not all
    that name both are read; a query of two countries."""
    if shared.noun != "country" or not shared.exact:
        return {}
    own, other = shared.sides
    pairs = {"own": (other, own), "other": (own, other)}
    grounds = [(guest.tag, tag("ground", host.pk)) for guest, host in pairs.values()]
    spots = [(guest.tag, tag("place", places.get(host.pk, ("",))[0])) for guest, host in pairs.values()]
    numbers = hits.within([*grounds, *spots])
    found = {}
    for (ground, (guest, host)), there, listed in zip(pairs.items(), numbers[:2], numbers[2:], strict=True):
        n = there - sum(tag("ground", host.pk) in one.tags for one in shared.meetings)
        same = there == listed and host.pk in places
        address = meetings_address(country=guest.slug, place=places[host.pk][1]) if same else ""
        if n > 0:
            found[ground] = Unnamed(guest, host, n, Counted(there, address))
    return found
