"""What a reader sees in the network and on the map: how large and how wide marks are, and where lines begin and end."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from meetings.lenses.network import Network, Node, Tie
from meetings.lenses.together import Together
from meetings.pictures import network as network_picture
from tests import factories
from tests.drawings import kinds, number, of, parsed, taken, told

FOUND = re.compile(r"-?[\d.]+")


class TestNetwork:
    """Who meets whom."""

    TOTALS = {"Ann": 1_600, "Bob": 900, "Cid": 400, "Dot": 144}
    TIES = {("Ann", "Bob"): 800, ("Ann", "Cid"): 60, ("Bob", "Cid"): 8, ("Cid", "Dot"): 1}

    @pytest.fixture
    def shown(self) -> network_picture.Shown:
        names = list(self.TOTALS)
        nodes = [Node(name.lower(), name, n, 2) for name, n in self.TOTALS.items()]
        ties = [Tie(names.index(one), names.index(other), n) for (one, other), n in self.TIES.items()]
        return network_picture.shown(Network(nodes, ties, 4, 4, 4, 4, True))

    @pytest.fixture
    def drawn(self, shown) -> ElementTree.Element:
        return of(network_picture.draw(shown, Together("official", "/meetings/", "", 20)))

    @staticmethod
    def discs(drawn: ElementTree.Element) -> dict[str, tuple[float, float, float]]:
        """Middle and radius of each, by name."""
        return {
            told(link).partition(":")[0]: tuple(number(link.find("circle").get(name)) for name in ("cx", "cy", "r"))
            for link in drawn.iter("a")
        }

    @staticmethod
    def lines(drawn: ElementTree.Element) -> Iterator[tuple[list[float], float]]:
        """The ends of each tie, and how wide it is."""
        (ties,) = [one for one in drawn.iter("g") if "ties" in kinds(one)]
        for path in ties:
            for line in filter(None, path.get("d").split("M")):
                yield list(map(float, FOUND.findall(line))), float(path.get("stroke-width"))

    def widths(self, drawn: ElementTree.Element) -> dict[frozenset[str], float]:
        """How wide the ties are, by the names of the discs at whose middles they end."""
        middles = {disc[:2]: name for name, disc in self.discs(drawn).items()}
        found = [(frozenset({middles[x1, y1], middles[x2, y2]}), wide) for (x1, y1, x2, y2), wide in self.lines(drawn)]
        assert len(dict(found)) == len(found)
        return dict(found)

    def test_areas_of_discs_are_as_their_numbers(self, drawn):
        discs = self.discs(drawn)
        assert {*discs} == {*self.TOTALS}
        one = discs["Ann"][2] ** 2 / self.TOTALS["Ann"]
        for name, total in self.TOTALS.items():
            assert discs[name][2] == pytest.approx((one * total) ** 0.5, abs=0.1), name
        assert len({disc[:2] for disc in discs.values()}) == 4

    def test_discs_say_their_numbers_and_lead_to_them(self, drawn):
        found = {told(link): link.get("href") for link in drawn.iter("a")}
        assert found["Ann: 1,600"] == "/meetings/?official=ann"
        assert {*found} == {f"{name}: {total:,}" for name, total in self.TOTALS.items()}

    def test_names_stand_at_their_discs(self, drawn):
        for link in drawn.iter("a"):
            name, disc = link.find("text"), link.find("circle")
            if name is not None:
                assert name.text == told(link).partition(":")[0]
                apart = hypot(
                    number(name.get("x")) - number(disc.get("cx")), number(name.get("y")) - number(disc.get("cy"))
                )
                assert apart < number(disc.get("r")) + 10

    def test_ties_end_at_their_discs_and_the_stronger_are_the_wider(self, drawn):
        widths = self.widths(drawn)
        assert {*widths} == {frozenset(names) for names in self.TIES}
        strongest_first = [widths[frozenset(names)] for names in self.TIES]
        assert strongest_first == sorted(strongest_first, reverse=True)
        assert len({*strongest_first}) == len(strongest_first)

    def test_the_legend_is_drawn_as_the_picture_is(self, shown, drawn):
        parts = list(of(network_picture.legend(shown)))
        texts = {at: one.text for at, one in enumerate(parts) if one.tag == "text"}
        one = self.discs(drawn)["Ann"][2] ** 2 / self.TOTALS["Ann"]
        discs = {texts[at + 1]: number(part.get("r")) for at, part in enumerate(parts) if part.tag == "circle"}
        assert list(discs) == ["400", "1,600"]
        for told_, radius in discs.items():
            assert radius == pytest.approx((one * int(told_.replace(",", ""))) ** 0.5, abs=0.1)
        lines = {
            texts[at + 1]: float(part.find("path").get("stroke-width"))
            for at, part in enumerate(parts)
            if part.tag == "g" and part.find("path") is not None
        }
        widths = self.widths(drawn)
        assert len(lines) == 2
        for told_, width in lines.items():
            least = int(told_.rstrip("+").replace(",", ""))
            assert least == min(n for names, n in self.TIES.items() if widths[frozenset(names)] == width)

    def test_a_file_has_both(self, shown):
        together = Together("official", "/meetings/", "", 20)
        file = of(network_picture.as_file(shown, together))
        texts = [one.text for one in file.iter("text")]
        assert {"Meetings", "Together", "1,600", "1+"} <= {*texts}
        assert self.discs(file) == self.discs(of(network_picture.draw(shown, together)))


class Spot(NamedTuple):
    """Where a mark of the map is, and its radius."""

    x: float
    y: float
    r: float


@pytest.mark.django_db
class TestMap:
    """Where they met."""

    PLACES = {"Oslo": (60, 11), "Cairo": (30, 31), "Lima": (-12, -77), "Perth": (-32, 116)}

    @pytest.fixture
    def places(self) -> dict:
        return {
            name: factories.PlaceFactory(name=name, latitude=latitude, longitude=longitude)
            for name, (latitude, longitude) in self.PLACES.items()
        }

    @staticmethod
    def met(place, when: str = "", status: str = "held", official=None) -> None:
        made = factories.MeetingFactory(publication="published", status=status, date=when, place=place)
        if official:
            factories.ParticipationFactory(meeting=made, official=official)

    @staticmethod
    def spots(drawn: ElementTree.Element) -> dict[str, Spot]:
        """By name; a ring around several is none."""
        found = {}
        for group in drawn.iter("g"):
            link = group.find("a")
            if link is not None and link.find("circle") is not None:
                x, y = map(float, FOUND.findall(group.get("transform")))
                radius = min(number(one.get("r")) for one in link.iter("circle"))
                found[told(link).partition(":")[0]] = Spot(x, y, radius)
        return found

    def numbered(self, client, places) -> ElementTree.Element:
        for name, n in {"Oslo": 1, "Cairo": 4, "Lima": 16, "Perth": 9}.items():
            for _each in range(n):
                self.met(places[name])
        return taken(client, "/meetings/map.svg")

    def test_areas_of_points_are_as_their_numbers(self, client, places):
        spots = self.spots(self.numbered(client, places))
        assert {*spots} == {*self.PLACES}
        one = spots["Lima"].r ** 2 / 16
        for name, n in {"Oslo": 1, "Cairo": 4, "Perth": 9}.items():
            assert spots[name].r == pytest.approx((one * n) ** 0.5, abs=0.1), name

    def test_points_stand_where_the_places_are(self, client, places):
        spots = self.spots(self.numbered(client, places))
        assert sorted(spots, key=lambda name: spots[name].y) == ["Oslo", "Cairo", "Lima", "Perth"]
        assert sorted(spots, key=lambda name: spots[name].x) == ["Lima", "Oslo", "Cairo", "Perth"]
        degree = (spots["Perth"].x - spots["Lima"].x) / (116 + 77)
        for name, (_latitude, longitude) in self.PLACES.items():
            assert spots[name].x - spots["Lima"].x == pytest.approx(degree * (longitude + 77), abs=0.3)

    def test_names_stand_beside_their_points(self, client, places):
        drawn = self.numbered(client, places)
        spots = self.spots(drawn)
        names = {one.text: one for one in drawn.iter("text") if "name" in kinds(one)}
        assert {*names} == {*spots}
        for name, one in names.items():
            x, y = number(one.get("x")), number(one.get("y"))
            away = -1 if "end" in kinds(one) else 1
            assert (x - spots[name].x) * away == pytest.approx(spots[name].r + 3, abs=0.5)
            assert abs(y - spots[name].y) < 6

    def test_the_legend_is_drawn_as_the_points_are(self, client, places):
        drawn = self.numbered(client, places)
        one = self.spots(drawn)["Lima"].r ** 2 / 16
        (legend,) = [group for group in drawn.iter("g") if any("sea" in kinds(one) for one in group.findall("rect"))]
        radii = [number(circle.get("r")) for circle in legend.iter("circle")]
        texts = sorted((number(text.get("y")), int(text.text)) for text in legend.iter("text"))
        assert [n for _y, n in texts] == [10, 3, 1]
        assert sorted(radii, reverse=True) == pytest.approx([(one * n) ** 0.5 for _y, n in texts], abs=0.1)

    def test_stops_are_joined_in_their_order_and_as_far_as_it_is_sure(self, client, places):
        ann = factories.OfficialFactory(slug="ann")
        for name, when, status in (
            ("Cairo", "2001-01-05", "held"),
            ("Oslo", "2001-01-01", "held"),
            ("Perth", "2001-01-08", "planned"),
            ("Lima", "[2001-01-03..2001-01-06]", "held"),
        ):
            self.met(places[name], when, status, ann)
        drawn = taken(client, "/meetings/map.svg?official=ann")
        named = {tuple(spot[:2]): name for name, spot in self.spots(drawn).items()}
        ways = [(one, kinds(one)) for one in drawn.iter("path") if "way" in kinds(one) and "Q" in one.get("d")]
        found = []
        for way, classes in ways:
            x1, y1, _x, _y, x2, y2 = map(float, FOUND.findall(way.get("d")))
            kind = next(one for one in classes if one in ("route", "unsure", "to-come"))
            found.append((named[x1, y1], named[x2, y2], kind))
        assert found == [("Oslo", "Lima", "route"), ("Lima", "Cairo", "unsure"), ("Cairo", "Perth", "to-come")]
        texts = ["".join(one.itertext()) for one in drawn.iter("text") if "name" in kinds(one)]
        assert {"1 Oslo", "2 Lima", "3 Cairo", "4 Perth"} == {*texts}
        self.check_heads(drawn, ways)

    @staticmethod
    def check_heads(drawn: ElementTree.Element, ways: list) -> None:
        """Each line has an arrowhead that points to where it ends."""
        heads = [one for one in drawn.iter("path") if "head" in kinds(one)]
        assert len(heads) == len(ways)
        for head, (way, _classes) in zip(heads, ways, strict=True):
            x1, y1, _x, _y, x2, y2 = map(float, FOUND.findall(way.get("d")))
            tip_x, tip_y, left_x, left_y, right_x, right_y = map(float, FOUND.findall(head.get("d")))
            along_x, along_y = tip_x - (left_x + right_x) / 2, tip_y - (left_y + right_y) / 2
            assert along_x * (x2 - x1) + along_y * (y2 - y1) > 0.95 * hypot(along_x, along_y) * hypot(x2 - x1, y2 - y1)

    def test_what_is_not_sure_is_broken_and_what_is_sure_is_not(self, client, places):
        self.met(places["Oslo"])
        style = taken(client, "/meetings/map.svg").findtext("style")
        rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style)
        broken = " ".join(names for names, rule in rules if "stroke-dasharray" in rule)
        assert ".unsure" in broken
        assert ".to-come" in broken
        assert ".route" not in broken

    def test_countries_are_darker_the_more_met_there_and_the_key_says_so(self, client):
        for iso2, n in {"FR": 1, "BR": 4, "AU": 30}.items():
            country = factories.CountryFactory(name=f"Land of {iso2}", iso2=iso2)
            place = factories.PlaceFactory(name=f"Land of {iso2}", kind="country", country=country)
            for _each in range(n):
                self.met(place)
        drawn = taken(client, "/meetings/map.svg")
        shades = {}
        for one in drawn.iter():
            if one.find("title") is not None and one.find("path") is not None:
                (shade,) = [kind for kind in kinds(one.find("path")) if kind.startswith("shade-")]
                shades[int(re.search(r": (\d+) meeting", told(one))[1])] = shade
        assert [*sorted(shades)] == [1, 4, 30]
        assert shades[1] < shades[4] < shades[30] == "shade-6"
        beside = [both for parent in drawn.iter() for both in pairwise(parent)]
        key = {kinds(one.find("rect"))[0]: n.text for one, n in beside if one.find("rect") is not None and n.text}
        assert key == {shade: str(n) for n, shade in shades.items()}


def test_elements_are_read_without_their_namespace():
    root = parsed('<svg xmlns="http://www.w3.org/2000/svg"><a><title>x</title></a></svg>')
    assert [told(link) for link in root.iter("a")] == ["x"]
