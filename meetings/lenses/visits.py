"""Of two countries, the visits of one to the other that do not name the other, as sources often tell of travels: they
are no meetings of the two on record, but they may have been."""

from collections.abc import Mapping
from typing import NamedTuple

from meetings.choices import Medium, Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import HELD, tag
from meetings.lenses.profile import meetings_address
from meetings.lenses.shared import Counted, Shared, Side

IN_PERSON = tag("medium", Medium.IN_PERSON)


class Unnamed(NamedTuple):
    """How many meetings were held in person that name ``guest`` and were on the ground of ``host``, but do not name
    this; and the list of all of ``guest`` there."""

    guest: Side
    host: Side
    n: int
    there: Counted


def of(shared: Shared, places: Mapping[int, tuple[int, str]]) -> dict[str, Unnamed]:
    """Them by whose ground they were on (of `shared.GROUNDS`), where there are any; ``places`` are the two countries as
    filters name them. None where not all that name both are read; a query of two countries, and two for each that has
    such visits."""
    if shared.noun != "country" or not shared.exact:
        return {}
    own, other = shared.sides
    pairs = {"own": (other, own), "other": (own, other)}
    grounds = [(guest.tag, tag("ground", host.pk)) for guest, host in pairs.values()]
    spots = [(guest.tag, tag("place", places.get(host.pk, ("",))[0])) for guest, host in pairs.values()]
    numbers = hits.within([*grounds, *spots])
    found = {}
    for (ground, (guest, host)), there, listed in zip(pairs.items(), numbers[:2], numbers[2:], strict=True):
        both = [one.tags for one in shared.meetings if tag("ground", host.pk) in one.tags]
        if there == len(both):
            continue
        held = hits.count(Asked().tagged(guest.tag).tagged(tag("ground", host.pk)).tagged(HELD).tagged(IN_PERSON))
        n = held.n - sum(HELD in tags and IN_PERSON in tags for tags in both)
        if held.exact and n > 0:
            address = ""
            if there == listed and host.pk in places:
                chosen = {"status": Status.HELD.value, "medium": Medium.IN_PERSON.value}
                address = meetings_address(country=guest.slug, place=places[host.pk][1], **chosen)
            found[ground] = Unnamed(guest, host, n, Counted(held.n, address))
    return found
