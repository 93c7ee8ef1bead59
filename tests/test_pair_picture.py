"""The picture of what two have in common: a mark for each meeting, or columns."""

import itertools
import re
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from meetings.choices import Medium, Status
from meetings.lenses import course, pair
from meetings.lenses.shared import Shared
from meetings.pictures import pair as pair_picture
from tests import factories
from tests.pages import page
from tests.pairs import COLUMN, NUMBER, address, meet, number, side, two

pytestmark = pytest.mark.django_db

LAYOUTS = (pair_picture.WIDE, pair_picture.NARROW)
SVG = "{http://www.w3.org/2000/svg}"


def test_many_meetings_are_columns(client, monkeypatch):
    one, other = two()
    for text in ("2000", "2001-05-04", "2001/2002", ""):
        meet(one, other, text)
    meet(one, other, "2001", status=Status.CANCELLED)
    monkeypatch.setattr(course, "MARKS", 2)
    seen = course.of(Shared(side(one), side(other)), {}, {})
    assert [(column.label, column.met, column.all.n) for column in seen.columns] == [
        ("2000", 1, 1),
        ("2001", 2, 3),
        ("2002", 1, 1),
    ]
    html = page(client, address(one, other))
    assert "The same in numbers" in html
    assert "One of unknown date is not drawn." in html
    wide, narrow = html.split('<div class="for-narrow">')
    assert len(COLUMN.findall(wide)) == 3
    assert COLUMN.findall(narrow) == COLUMN.findall(wide)
    for query, n in NUMBER.findall(html):
        assert number(unescape(query)) == int(n.replace("once", "1"))


class TestPicture:
    def links(self, client, one, other) -> list[tuple[str, str]]:
        response = client.get(f"{address(one, other)}timeline.svg")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        root = ElementTree.fromstring(response.content)
        self.texts = [element.text for element in root.iter(f"{SVG}text")]
        return [(link.get("href"), link[1].get("class")) for link in root.iter(f"{SVG}a")]

    def test_it_has_a_mark_for_each_meeting_of_known_date(self, client):
        one, other = two()
        ground = factories.PlaceFactory(country=one)
        found = [
            (meet(one, other, "2003-05-04", place=ground), "shape mark-held"),
            (meet(one, other, "2003-05"), "shape mark-vague"),
            (meet(one, other, "2003-06-01/2003-06-04"), "shape mark-held"),
            (meet(one, other, "2003-07-01~"), "shape mark-vague"),
            (meet(one, other, "[2003-08-01..2003-08-04]"), "shape mark-vague"),
            (meet(one, other, "2003-09-01/2003-09"), "shape mark-vague"),
            (meet(one, other, "[..2001]", medium=Medium.PHONE), "shape mark-vague"),
            (meet(one, other, "2010", status=Status.PLANNED), "shape mark-planned"),
            (meet(one, other, "2005", status=Status.DENIED), "shape mark-other"),
        ]
        meet(one, other)
        links = self.links(client, one, other)
        base = "http://testserver"
        assert sorted(links) == sorted((f"{base}{meeting.get_absolute_url()}", kind) for meeting, kind in found)
        assert {f"{one.name} · 1", "By phone, video or letter · 1", "Place not known · 7"} <= set(self.texts)
        assert f"{one.name} and {other.name}" in self.texts
        assert "1 of unknown date is not drawn." in self.texts
        assert any(address(one, other) in text for text in self.texts)

    def test_a_lane_says_what_is_not_counted_there(self, client):
        one, other = two()
        meet(one, other, "2003-05-04", place=factories.PlaceFactory(kind="country", country=one))
        there = factories.PlaceFactory(country=other)
        visit = factories.MeetingFactory(place=there, status=Status.HELD, publication="published")
        factories.ParticipationFactory(meeting=visit, country=one)
        self.links(client, one, other)
        assert {f"{one.name} · 1", f"{other.name} · 0 (one visit not counted)"} <= set(self.texts)

    def test_its_newest_end_is_that_of_the_last_month(self, client):
        one, other = two()
        for text in ("2003-03-04", "2003-06-15"):
            meet(one, other, text)
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course)
        root = ElementTree.fromstring(f"<svg>{drawing.body}</svg>")
        assert [one.text for one in root.iter("text")][1:] == ["Mar 2003", "Apr", "May", "Jun"]
        assert max(float(mark.get("x")) for mark in root.iter("rect")) > 0.8 * drawing.width

    def test_a_long_time_has_years(self, client):
        one, other = two()
        for text in ("2003-03-04", "2006-06-15"):
            meet(one, other, text)
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course)
        root = ElementTree.fromstring(f"<svg>{drawing.body}</svg>")
        assert [one.text for one in root.iter("text")][1:] == ["2003", "2004", "2005", "2006"]

    @pytest.mark.parametrize("layout", LAYOUTS)
    @pytest.mark.parametrize(
        "dates",
        [
            ("2003-03-04", "2003-06-15"),
            ("2003-03-04", "2004-08-15"),
            ("2003-12-04", "2004-01-15"),
            ("2003-03-04", "2006-06-15"),
            ("2003-02-04", "2004-11-15"),
            ("1921-03-04", "2023-06-15"),
            ("1921-03-04", "2020-01-15"),
            ("1921-03-04", "2020-12-15"),
            ("0004-03-04", "2023-06-15"),
        ],
    )
    def test_no_name_of_the_axis_touches_another(self, client, layout, dates):
        one, other = two()
        for text in dates:
            meet(one, other, text)
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course, layout)
        spans = []
        for text in ElementTree.fromstring(f"<svg>{drawing.body}</svg>").iter("text"):
            if "soft" in text.get("class", ""):
                x, width = float(text.get("x")), 6 * len(text.text)
                spans.append((x - width, x) if "end" in text.get("class") else (x, x + width))
        assert spans
        assert spans[0][0] >= 0
        assert spans[-1][1] <= drawing.width + 3
        assert all(left[1] < right[0] for left, right in itertools.pairwise(spans))

    def test_both_layouts_have_the_same_meetings(self, client):
        one, other = two()
        for text in ("1921-03-04", "1960", "2023-05", "2023-06-15", "[..2001]"):
            meet(one, other, text)
        meet(one, other, "2005", status=Status.DENIED)
        course = pair.picture(side(one), side(other)).course
        wide, narrow = (re.findall(r'href="[^"]+"', pair_picture.draw(course, layout).body) for layout in LAYOUTS)
        assert len(wide) == 6
        assert narrow == wide

    def test_what_was_no_meeting_of_the_two_is_less_loud(self, client):
        one, other = two()
        meet(one, other, "2003-03-04")
        meet(one, other, "2004-03-04", status=Status.DENIED)
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course)
        met, denied = (
            float(mark.get("height"))
            for kind in ("mark-held", "mark-other")
            for mark in ElementTree.fromstring(f"<svg>{drawing.body}</svg>").iter("rect")
            if kind in mark.get("class")
        )
        assert denied < 0.7 * met

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_a_long_name_is_cut_within_the_picture_and_its_number_is_not(self, client, layout):
        one, other = two()
        one.name = "Long " * 40
        one.save()
        meet(one, other, "2003-03-04", place=factories.PlaceFactory(country=one))
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course, layout)
        name = next(ElementTree.fromstring(f"<svg>{drawing.body}</svg>").iter("text")).text
        assert name.endswith("… · 1")
        assert 5.8 * len(name) <= drawing.width

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_all_marks_are_within_it(self, client, layout):
        one, other = two()
        for day in range(40):
            meet(one, other, (date(2003, 5, 1) + timedelta(days=day % 3)).isoformat())
        drawing = pair_picture.draw(pair.picture(side(one), side(other)).course, layout)
        marks = list(ElementTree.fromstring(f"<svg>{drawing.body}</svg>").iter("rect"))
        assert len(marks) == 40
        for mark in marks:
            x, y, width, height = (float(mark.get(name)) for name in ("x", "y", "width", "height"))
            assert 0 <= x < x + width <= drawing.width
            assert 0 <= y < y + height <= drawing.height
