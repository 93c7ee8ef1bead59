"""A source's words for where in a country: the towns, islands and bases of one field, told apart; pure.

Moscow, Leningrad, Kiev           three towns
Mexico, D.F.                      one
Halifax (Nova Scotia)             a town in a region
Kingston (Jamaica)                a town in a part of the state that the record names, here a colony
Montebello, Quebec                a town in a region: a region behind one town is not another town
"""

import re
from typing import NamedTuple

from meetings.choices import PlaceKind


class Locality(NamedTuple):
    """A place within a state, and the region of the state that the source adds."""

    name: str
    region: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.region})" if self.region else self.name


#: Regions that no one visits as such: behind a comma they tell where the town before them lies.
_NEVER_ALONE = frozenset(["D.F.", "Apulia", "Sussex", "West Indies"])
#: Regions that share their name with a town, or are visited too: so only behind one single town.
_BEHIND_ONE = frozenset(
    [
        *(
            "Alberta",
            "British Columbia",
            "Manitoba",
            "New Brunswick",
            "Newfoundland",
            "Nova Scotia",
            "Ontario",
            "Quebec",
        ),
        *("Northern Ireland", "Scotland", "Sicily", "Wales"),
    ]
)
#: A federal district belongs to the name of the town.
_DISTRICT = frozenset(["D.F.", "D.C."])

_VENUE = re.compile(r"\b(Air (Force )?Base|Airport|Airfield|Camp|Castle|Field|House|Palace|Ranch|Schloss)\b")
_REGION = re.compile(
    r"\b(Azores|Bali|Bay|Beach|Canal|Cornwall|Demilitarized Zone|Islands?|Lake|Normandy|Okinawa|Peninsula|Sea|Sicily"
    r"|Trinidad|Valley|West Indies)\b"
)
_NO_PLACE = re.compile(r"(aboard|on board|at sea|en route|in flight)\b", re.IGNORECASE)


def localities(written: str) -> list[Locality]:
    """The places of one field, each once, in their order; none where it is empty, or at sea or in the air."""
    found: list[Locality] = []
    pieces = [piece for piece in _pieces(written) if not _NO_PLACE.match(piece)]
    for at, piece in enumerate(pieces):
        if at and piece in _DISTRICT:
            found[-1] = Locality(f"{found[-1].name}, {piece}", found[-1].region)
        elif at and (piece in _NEVER_ALONE or (piece in _BEHIND_ONE and len(pieces) == 2)):
            found[-1] = found[-1]._replace(region=piece)
        else:
            found.append(_locality(piece))
    return list(dict.fromkeys(found))


def _pieces(written: str) -> list[str]:
    """The parts between commas outside of brackets, without the blanks that a line break leaves behind a hyphen."""
    text = re.sub(r"(?<=\w)- (?=[A-Z])", "-", " ".join(written.split()))
    return [piece for part in re.split(r"[,;](?![^(]*\))", text) if (piece := part.strip(" ,;"))]


def _locality(piece: str) -> Locality:
    match = re.fullmatch(r"(.+?) *\((?:The )?(.+)\)", piece)
    return Locality(match[1], match[2]) if match else Locality(piece)


def kind_of(name: str) -> PlaceKind:
    """What sort of place a name is of, by its words; a city where they do not tell."""
    if _VENUE.search(name):
        return PlaceKind.VENUE
    return PlaceKind.REGION if _REGION.search(name) else PlaceKind.CITY
