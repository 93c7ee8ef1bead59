"""The world that maps are drawn on, and the marks on it."""

import re
from itertools import accumulate, pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from meetings.filters.map import AreaField
from meetings.lenses import places
from meetings.models import Country
from meetings.pictures import laid, marks, world
from meetings.pictures import map as map_picture
from meetings.templatetags.map import PARTS
from tests import factories
from tests.maps import published, seen, spot

pytestmark = pytest.mark.django_db

DEGREES = st.one_of(
    st.floats(-200, 200).map(str),
    st.integers(-180, 180).map(str),
    st.decimals(-180, 180, places=15, allow_nan=False).map("{:f}".format),
)


class TestWorld:
    """The outlines, and where a point stands on them."""

    @given(st.floats(-168.9, 190.9), st.floats(-60, 84))
    def test_a_position_leads_back_to_its_degrees(self, longitude, latitude):
        x, y = world.projected(longitude, latitude)
        assert 0 <= x <= 1
        assert abs((world.longitude(x) - longitude + 180) % 360 - 180) < 1e-6
        assert abs(world.latitude(y) - latitude) < 1e-6

    @pytest.mark.parametrize(("_label", "area"), PARTS)
    def test_a_view_shows_all_of_its_area_and_is_written_so(self, _label, area):
        view = world.View.of(area)
        if area:
            for longitude, latitude in ((area[0], area[1]), (area[2], area[3])):
                x, y = world.projected(longitude, latitude)
                assert view.x - 1e-6 <= x <= view.x + 1 / view.scale + 1e-6
                assert y >= view.y - 1e-6
        again = world.View.of(tuple(map(float, view.area.split(","))))
        assert again == pytest.approx(view, abs=0.01)

    @given(st.tuples(st.floats(-180, 180), st.floats(-90, 89), st.floats(-180, 180), st.floats(0.01, 90)))
    def test_any_area_has_a_view_within_the_world(self, area):
        west, south, east, more = area
        view = world.View.of((west, south, east, min(south + more, 90)))
        assert 1 <= view.scale <= world.CLOSEST
        assert -1e-9 <= view.x <= 1 - 1 / view.scale + 1e-9
        assert -1e-9 <= view.y <= world.HEIGHT - world.HEIGHT / view.scale + 1e-9

    @given(st.lists(DEGREES, min_size=4, max_size=4))
    @example(["10", "0", "20", "0.0000000000000001"])
    @example(["10", "0", "10.00000000000001", "20"])
    def test_any_four_numbers_are_refused_or_have_a_view(self, numbers):
        try:
            area = AreaField().clean(",".join(numbers))
        except ValidationError:
            return
        view = world.View.of(area)
        assert 1 <= view.scale <= world.CLOSEST
        west, south, east, north = area
        if west < east and west > -168 and east < 190 and max(abs(south), abs(north)) < 55:
            x, y = world.projected((west + east) / 2, (south + north) / 2)
            assert view.x - 1e-6 <= x <= view.x + 1 / view.scale + 1e-6
            assert view.y - 1e-6 <= y <= view.y + world.HEIGHT / view.scale + 1e-6

    def test_every_country_with_a_code_has_an_outline_or_is_known_to_have_none(self, article):
        outlined = {shape.key for shape in world.shapes()}
        codes = set(Country.objects.exclude(iso2="").values_list("iso2", flat=True))
        assert outlined <= {*codes, *Country.objects.values_list("slug", flat=True), ""}
        none = ["AQ", "BV", "CC", "CX", "GI", "TK", "TV", "UM"]
        # Antarctica is left out; the shapes have no islands so small.
        assert codes - outlined == set(none)

    @pytest.mark.parametrize(
        ("key", "longitude", "latitude"), [("FR", 2.35, 48.86), ("RU", 178, 66), ("FJ", 178, -17.8), ("US", -98, 39)]
    )
    def test_outlines_are_where_they_belong(self, key, longitude, latitude):
        [shape] = [shape for shape in world.shapes() if shape.key == key]
        x, y = world.projected(longitude, latitude)
        assert shape.box[0] < x < shape.box[2]
        assert shape.box[1] < y < shape.box[3]

    @pytest.mark.parametrize(
        ("state", "key", "at"), [("FR", "GF", (-53, 4)), ("FR", "RE", (55.5, -21.1)), ("NO", "SJ", (16, 78))]
    )
    def test_land_overseas_with_a_code_is_no_part_of_its_state(self, state, key, at):
        shapes = {shape.key: shape for shape in world.shapes()}
        x, y = world.projected(*at)
        for own, has in ((state, False), (key, True)):
            west, north, east, south = shapes[own].box
            assert (west < x < east and north < y < south) is has, own

    @pytest.mark.parametrize(
        ("key", "at", "has"),
        [
            ("UA", (34.1, 45.2), True),
            ("RU", (34.1, 45.2), False),
            ("RU", (39.7, 47.3), True),
            ("UA", (30.5, 50.4), True),
        ],
    )
    def test_crimea_is_drawn_as_the_united_nations_assembly_has_it(self, key, at, has):
        [shape] = [shape for shape in world.shapes() if shape.key == key]
        x, y = (14_400 * one for one in world.projected(*at))
        crossed = 0
        for ring in re.findall(r"M([^Mz]*)z", shape.near):
            steps = [int(one) for one in re.findall(r"-?\d+", ring)]
            points = list(zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True))
            for (x1, y1), (x2, y2) in pairwise([*points, points[0]]):
                crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        assert crossed % 2 == has

    def test_small_states_are_squares_until_one_is_near(self):
        for country in (("Malta", "MT"), ("Singapore", "SG"), ("Tuvalu", "TV")):
            name, code = country
            where = {"latitude": -8.0, "longitude": 179.0} if code == "TV" else {}
            record = factories.CountryFactory(name=name, iso2=code, **where)
            published(place=factories.PlaceFactory(kind="country", name=name, country=record))
        found, links = seen(""), map_picture.Links("/meetings/?", "/meetings/map/?")
        drawn = "".join(map_picture.land(found, world.View(), links))
        for name in ("Malta", "Singapore", "Tuvalu"):
            assert re.search(rf'<title>{name}: 1 meeting[^<]*</title><g[^>]*><rect class="large', drawn)
        near = "".join(map_picture.land(found, world.View.of((13, 35, 16, 37)), links))
        assert re.search(r"<title>Malta: 1 meeting[^<]*</title><path", near)


class TestMarks:
    """What lies over each other is one mark."""

    def test_near_places_are_one_and_far_ones_are_not(self):
        near = [spot("A", 4.35, 50.85, 5), spot("B", 4.9, 52.37, 2), spot("C", 139, 35, 1)]
        found = marks.of(near, world.View())
        assert [[one.name for one in mark.spots] for mark in found] == [["A", "B"], ["C"]]
        nearer = marks.opened(found[0], world.View())
        assert [[one.name for one in mark.spots] for mark in marks.of(near, nearer)] == [["A"], ["B"]]

    @given(
        st.lists(st.tuples(st.floats(-180, 180), st.floats(-55, 80), st.integers(1, 500)), max_size=60),
        st.sampled_from([marks.LARGE, marks.SMALL]),
    )
    def test_marks_have_all_places_of_the_view_and_stand_apart(self, points, layout):
        spots = [spot(f"S{at}", *where) for at, where in enumerate(points)]
        found = marks.of(spots, world.View(), layout)
        assert sorted(one.slug for mark in found for one in mark.spots) == sorted(one.slug for one in spots)
        for at, mark in enumerate(found):
            for other in found[at + 1 :]:
                assert (mark.x - other.x) ** 2 + (mark.y - other.y) ** 2 >= layout.of(len(spots)).near ** 2
        assert [mark.n for mark in found] == sorted((mark.n for mark in found), reverse=True)

    @given(
        st.lists(st.tuples(st.floats(0, marks.WIDE), st.floats(0, marks.HIGH), st.integers(1, 500)), max_size=20),
        st.sampled_from([marks.LARGE, marks.SMALL]),
    )
    @example([(0, 0, 2), (marks.WIDE, 0, 1), (0, marks.HIGH, 1), (marks.WIDE, marks.HIGH, 1)], marks.LARGE)
    def test_how_large_marks_are_is_told_where_it_hides_none(self, points, layout):
        found = [marks.Mark(x, y, [spot("A", 0, 0, n)]) for x, y, n in points]
        sizes = marks.Sizes(found, layout)
        box = laid.corner(sizes, found)
        for mark in found if box else ():
            radius = sizes.radius(mark.n)
            assert not (
                box.west < mark.x + radius
                and mark.x - radius < box.east
                and box.north < mark.y + radius
                and mark.y - radius < box.south
            )
        if len({(x > marks.WIDE / 2, y > marks.HIGH / 2) for x, y, _n in points}) < 3 and layout == marks.LARGE:
            middle = all(abs(x - marks.WIDE / 2) > 99 and abs(y - marks.HIGH / 2) > 99 for x, y, _n in points)
            assert box or not middle or sizes.greatest == 1

    @given(
        st.lists(st.tuples(st.floats(-180, 180), st.floats(-55, 80), st.integers(1, 500)), max_size=40),
        st.sampled_from([marks.LARGE, marks.SMALL]),
    )
    def test_names_lie_on_nothing(self, points, layout):
        spots = [spot(f"Some town {at}", *where) for at, where in enumerate(points)]
        keys = ("US", "RU", "BR", "IL", "FR", "MT")
        grounds = [places.Ground(key, key, "", n, n, n, key, False, None, None) for n, key in enumerate(keys, 1)]
        one = laid.lay(places.Places(spots, [], grounds, {}, {}, True, True), None, world.View(), layout)
        assert len(one.names) <= layout.names
        width = {name: 0.56 * layout.letters * len(name.text) for name in (*one.names, *one.lands)}
        starts = {"": 0, "end": 1, "middle": 0.5}
        drawn = []
        for name in (*one.names, *one.lands):
            west = name.x - starts[name.anchor] * width[name]
            north = name.y - 0.95 * layout.letters
            drawn.append(marks.Box(west, north, west + width[name], north + 1.2 * layout.letters))
        for at, box in enumerate(drawn):
            assert box.west >= -0.1
            assert box.east <= marks.WIDE + 0.1
            assert not any(marks.overlap(box, other) for other in drawn[at + 1 :])
            # But for what has far fewer meetings than the largest.
            large = [mark for mark in one.marks if mark.n * 10 > one.sizes.greatest]
            assert not any(marks.touches(box, mark.x, mark.y, one.sizes.reach(mark) - 0.1) for mark in large)
        # None is without a name or a number.
        named = len(one.names) + sum(map(bool, one.figures))
        assert named >= len(one.marks)

    def test_of_a_few_places_neighbours_are_two(self):
        two = [spot("Paris", 2.35, 48.86, 6), spot("Brussels", 4.35, 50.85, 3)]
        view = world.View.of((-10, 25, 50, 55))
        for layout in (marks.LARGE, marks.SMALL):
            assert len(marks.of(two, view, layout)) == 2
        many = [spot(f"S{at}", 0, at, 1) for at in range(26, 52, 2)]
        found = marks.of([*two, *many], view, marks.SMALL)
        assert any({"Paris", "Brussels"} <= {one.name for one in mark.spots} for mark in found)

    def test_discs_of_many_do_not_lie_on_each_other(self):
        many = [spot(f"S{at}", (at % 8) * 9, (at // 8) * 9, 1 + at * at) for at in range(48)]
        for layout in (marks.LARGE, marks.SMALL):
            found = marks.of(many, world.View(), layout)
            sizes = marks.Sizes(found, layout)
            for at, mark in enumerate(found):
                for other in found[at + 1 :]:
                    apart = marks.hypot(mark.x - other.x, mark.y - other.y)
                    assert apart >= marks.APART * (sizes.reach(mark) + sizes.reach(other)) - 0.01

    def test_the_largest_has_its_name_among_many(self):
        around = [spot(f"Town {at}", (at % 5) * 12 - 24, (at // 5) * 12 - 24, 2) for at in range(25)]
        for layout in (marks.LARGE, marks.SMALL):
            found = places.Places([spot("Capital", 1, 1, 300), *around], [], [], {}, {}, True, True)
            one = laid.lay(found, None, world.View(), layout)
            assert "Capital" in one.names[0].text

    def test_a_number_on_land_is_not_in_the_sea(self):
        grounds = [places.Ground(key, key, "", 8, 8, 8, key, False, None, None) for key in ("MT", "BR")]
        one = laid.lay(places.Places([], [], grounds, {}, {}, True, True), None, world.View(), marks.SMALL)
        assert len(one.lands) == 1

    def test_a_number_is_not_in_a_part_that_is_less_than_half(self):
        for held, has_room in ((10, False), (20, True), (30, True)):
            sizes = marks.Sizes([mark := marks.Mark(0, 0, [spot("A", 0, 0, 30, held)])])
            assert sizes.has_room(mark) is has_room

    def test_areas_are_as_numbers(self):
        sizes = marks.Sizes([marks.Mark(0, 0, [spot("A", 0, 0, 400)])])
        assert sizes.radius(400) == marks.LARGE.largest
        assert sizes.radius(100) == pytest.approx(marks.LARGE.largest / 2)
        assert sizes.shown == [400, 80, 1]
        assert marks.Sizes([]).radius(1) == marks.LARGE.of_one

    @given(st.lists(st.integers(1, 2_000_000), min_size=1, max_size=30), st.sampled_from([marks.LARGE, marks.SMALL]))
    @example([31, 8, 1234], marks.LARGE)
    def test_a_number_stands_in_its_mark_only_where_it_has_room(self, numbers, layout):
        found = [marks.Mark(0, 0, [spot("A", 0, 0, n, held)]) for n in numbers for held in {0, -(-n // 3), n}]
        sizes = marks.Sizes(found, layout)
        for mark in found:
            if sizes.has_room(mark):
                # Digits of a bold sans-serif are about so wide.
                room = sizes.core(mark) if mark.held else sizes.radius(mark.n)
                assert 0.58 * layout.letters * len(f"{mark.n:,}") < 2 * room
        huge = marks.Mark(0, 0, [spot("A", 0, 0, 10**9)])
        assert not marks.Sizes([huge], layout).has_room(huge)

    def test_that_part_of_a_mark_is_solid_that_was_held(self):
        mark = marks.Mark(0, 0, [spot("A", 0, 0, 8, held=0), spot("B", 0, 0, 1, held=1)])
        sizes = marks.Sizes([mark])
        assert sizes.core(mark) == pytest.approx(sizes.radius(9) / 3)
        assert [re.search(r'class="shape (\w+)"', one)[1] for one in map_picture.shape(mark, sizes)] == [
            "planned",
            "spot",
        ]
        for held, kinds in ((0, ["planned"]), (9, ["spot"])):
            mark = marks.Mark(0, 0, [spot("A", 0, 0, 9, held)])
            assert [re.search(r"shape (\w+)", one)[1] for one in map_picture.shape(mark, sizes)] == kinds
