"""What tests of pictures share: SVG as elements without a namespace, their classes and where they stand."""

from typing import NamedTuple
from xml.etree import ElementTree

from meetings.pictures.svg import Drawing
from tests import factories

#: What marks can stand for.
KINDS = ("held", "vague", "planned", "other")


def parsed(content: bytes | str) -> ElementTree.Element:
    root = ElementTree.fromstring(content)
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    return root


def of(drawing: Drawing) -> ElementTree.Element:
    return parsed(f"<svg>{drawing.body}</svg>")


def taken(client, address: str) -> ElementTree.Element:
    """The picture that an address gives."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml"), address
    return parsed(response.content)


def kinds(one: ElementTree.Element) -> list[str]:
    """The classes of an element."""
    return (one.get("class") or "").split()


def told(link: ElementTree.Element) -> str:
    return link.findtext("title") or ""


def number(value: str | None) -> float:
    return float((value or "0").rstrip("%"))


class Box(NamedTuple):
    """Where a rectangle stands, in pixels or percent."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, one: ElementTree.Element) -> "Box":
        return cls(*(number(one.get(name)) for name in ("x", "y", "width", "height")))

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def has(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def is_near(self, x: float, y: float, far: float) -> bool:
        """Whether its middle is no farther away than so much on either axis."""
        return abs(self.x + self.width / 2 - x) <= far and abs(self.y + self.height / 2 - y) <= far


def meeting(when: str = "", status: str = "held", parties=(), **values):
    """A published meeting of these parties."""
    made = factories.MeetingFactory(publication="published", date=when, status=status, **values)
    for party in parties:
        factories.ParticipationFactory(meeting=made, **{party._meta.model_name: party})
    return made


def stacked(link: ElementTree.Element) -> dict[str, Box]:
    """The marks of a bar or column by kind; each kind is drawn once."""
    found = [(kind, Box.of(one)) for one in link.iter("rect") for kind in KINDS if f"mark-{kind}" in kinds(one)]
    assert len(dict(found)) == len(found)
    return dict(found)


def links(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The links by what they say before a colon, in the order in which they are drawn."""
    return {told(link).partition(":")[0]: link for link in root.iter("a") if link.find("title") is not None}
