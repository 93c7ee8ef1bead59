"""The network's picture: shades, places of discs, and names beside them."""

from itertools import combinations
from math import cos, sin

from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.lenses.network import Network, Tie
from meetings.pictures import labels, layout
from meetings.pictures import network as picture


class TestShades:
    def test_they_grow_with_the_numbers_from_the_weakest_on(self):
        found = Network([], [Tie(0, 1, n) for n in (3000, 500, 90, 70, 68)], 5, 0, 0, 0, exact=True)
        shades = [found.shade(tie.n) for tie in found.ties]
        assert shades == sorted(shades, reverse=True)
        assert (shades[0], shades[-1]) == (6, 1)
        assert found.steps[0] == (1, 68)
        assert [n for _shade, n in found.steps] == sorted(n for _shade, n in found.steps)


class TestLayout:
    def test_it_is_the_same_every_time_and_holds_the_tied_near(self):
        tied = [(0, 1, 5), (1, 2, 5), (0, 2, 5), (3, 4, 5), (4, 5, 5), (3, 5, 5), (2, 3, 1)]
        points = layout.places(6, tied)
        assert points == layout.places(6, tied)
        within = max(abs(points[one] - points[other]) for one, other, n in tied if n > 1)
        between = min(abs(points[one] - points[other]) for one in (0, 1) for other in (4, 5))
        assert within < between

    @settings(max_examples=40)
    @given(st.integers(0, 60), st.data())
    def test_every_node_has_a_place_of_its_own_in_the_picture(self, size, data):
        place = st.integers(0, max(size - 1, 0))
        pairs = st.tuples(place, place, st.integers(1, 5000))
        tied = [tie for tie in data.draw(st.lists(pairs, max_size=80)) if tie[0] != tie[1]]
        points = picture.fitted(layout.places(size, tied), 400)
        assert len(set(points)) == size
        assert all(0 <= x <= picture.WIDTH and 0 <= y <= 400 for x, y in points)

    def test_no_disc_hides_another(self):
        points = picture.aside([(100, 100), (101, 100), (160, 100)], [25, 3, 3])
        assert points == [(100, 100), (129, 100), (160, 100)]


class TestLabels:
    def test_no_name_lies_on_another_or_on_a_disc(self):
        discs = [(400 + 370 * cos(at * at), 240 + 220 * sin(at), 4.0) for at in range(200)]
        names = ["A name of some length"] * 200
        found = labels.beside(discs, names, 800, 480)
        boxes = [
            dict(labels.around(disc, labels.LETTER * len(name), labels.LINE))[label.side]
            for disc, name, label in zip(discs, names, found, strict=True)
            if label
        ]
        assert len(boxes) > labels.SURE
        for one, other in combinations(boxes, 2):
            apart = (
                one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
            )
            assert apart
        for box in boxes[labels.SURE :]:
            assert not any(box.left < x < box.right and box.top < y < box.bottom for x, y, _r in discs)

    def test_the_first_have_names_in_large_type_and_none_leaves_the_picture(self):
        found = labels.beside([(400.0, 300.0, 20.0), (2.0, 300.0, 3.0)], ["Greatest", "At the edge"], 800, 600)
        assert [(label.side, label.first) for label in found if label] == [("right", True), ("right", True)]
        assert labels.beside([(50.0, 5.0, 3.0)], ["Much too long for so narrow a picture"], 100, 10) == [None]
