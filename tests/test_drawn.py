"""What a reader sees in the pictures: which mark stands where, in which order, how high, and what the legend says."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from meetings import dates
from meetings.filters import CalendarFilter
from meetings.index.periods import Period, around
from meetings.index.times import Bar
from meetings.lenses import calendar, matrix, month, portrait, timeline
from meetings.lenses.course import Column, Course
from meetings.lenses.rows import Row
from meetings.lenses.shared import Counted
from meetings.models import Meeting
from meetings.pictures import calendar as calendar_picture
from meetings.pictures import career as career_picture
from meetings.pictures import matrix as matrix_picture
from meetings.pictures import pair as pair_picture
from meetings.pictures import strips, svg
from meetings.pictures import timeline as timeline_picture
from tests import factories
from tests.drawings import Box, kinds, of, parsed, taken, told
from tests.pages import page

KINDS = ("held", "vague", "planned", "other")


def meeting(when: str = "", status: str = "held", parties=(), **values):
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


class TestBars:
    """Many meetings in time."""

    NUMBERS = {2001: (60, 30, 20, 10), 2002: (20, 0, 10, 40), 2003: (0, 0, 0, 30), 2004: (0, 50, 0, 0)}

    @pytest.fixture
    def drawn(self) -> ElementTree.Element:
        bars = [Bar(around(date(year, 1, 1), "year"), *numbers) for year, numbers in self.NUMBERS.items()]
        axis = Period(bars[0].period.first, bars[-1].period.last)
        seen = timeline.Timeline(axis, "year", bars, [], 0, False, False)
        return of(timeline_picture.draw(seen, lambda period, *_statuses: f"?from={period.first.year}"))

    @staticmethod
    def line(drawn: ElementTree.Element) -> float:
        (y,) = {
            float(one.get("y1"))
            for one in drawn.iter("line")
            if one.get("y1") == one.get("y2") and "axis" in kinds(one) and one.get("x2") == "100%"
        }
        return y

    def test_held_ones_stand_upon_the_line_and_all_others_hang_below(self, drawn):
        zero = self.line(drawn)
        for year, numbers in self.NUMBERS.items():
            found = stacked(links(drawn)[str(year)])
            assert list(found) == [kind for kind, n in zip(KINDS, numbers, strict=True) if n]
            above = [found[kind] for kind in ("held", "vague") if kind in found]
            below = [found[kind] for kind in ("planned", "other") if kind in found]
            edges = [zero, *(box.y for box in above)]
            assert [box.bottom for box in above] == pytest.approx(edges[: len(above)], abs=0.2)
            edges = [zero, *(box.bottom for box in below)]
            assert [box.y for box in below] == pytest.approx(edges[: len(below)], abs=0.2)

    def test_heights_are_as_the_numbers(self, drawn):
        one = stacked(links(drawn)["2001"])["held"].height / 60
        assert one * (90 + 50) == pytest.approx(timeline_picture.PLOT, abs=1)
        for year, numbers in self.NUMBERS.items():
            found = stacked(links(drawn)[str(year)])
            for kind, n in zip(KINDS, numbers, strict=True):
                assert not n or found[kind].height == pytest.approx(n * one, abs=0.2), (year, kind)

    def test_years_follow_one_another_and_each_leads_to_its_list(self, drawn):
        starts = []
        for at, year in enumerate(self.NUMBERS):
            link = links(drawn)[str(year)]
            boxes = list(stacked(link).values())
            assert len({(box.x, box.width) for box in boxes}) == 1
            assert 25 * at <= boxes[0].x < boxes[0].right <= 25 * at + 25.1
            assert link.get("href").endswith(f"?from={year}")
            starts.append(boxes[0].x)
        assert starts == sorted(starts)
        number = re.compile(r"\d+")
        above = {
            int(number.search(one.get("aria-label"))[0]): "".join(one.itertext())
            for one in drawn.iter("a")
            if one.find("text") is not None
        }
        assert above == {year: str(sum(numbers)) for year, numbers in self.NUMBERS.items()}

    def test_the_legend_says_what_the_marks_are(self, drawn):
        *samples, _bars = reversed([one for one in drawn if one.tag == "svg"])
        words = [one.text for one in drawn if one.tag == "text"]
        marks = [next(kind for kind in KINDS if f"mark-{kind}" in kinds(one.find("rect"))) for one in samples[::-1]]
        assert marks == list(KINDS)
        for kind, word, start in zip(
            marks, words, ("held in this", "held, but partly", "planned", "cancelled, denied"), strict=True
        ):
            assert word.startswith(start), kind

    @pytest.mark.django_db
    def test_statuses_are_drawn_as_what_they_are(self, client):
        for status, number in {"held": 6, "planned": 2, "postponed": 1, "cancelled": 1, "denied": 1}.items():
            for _each in range(number):
                meeting("2001-05-05", status)
        found = stacked(links(taken(client, "/meetings/timeline.svg?unit=year"))["2001"])
        heights = {kind: box.height for kind, box in found.items()}
        one = timeline_picture.PLOT / 11
        assert heights == pytest.approx({"held": 6 * one, "planned": 3 * one, "other": 2 * one}, abs=0.3)


class TestStrips:
    """Few meetings in time: a line for each."""

    YEAR = Period(date(2001, 1, 1), date(2001, 12, 31))
    FEW = (date(2001, 4, 11), date(2001, 6, 29))

    def drawn(self, group, surely, possibly) -> ElementTree.Element:
        """One strip of the file's picture."""
        row = Row(1, "uid", "slug", "Talks", "held", "", "2001", None, None)
        line = timeline.Line(row, timeline.Mark(group, surely, possibly))
        seen = timeline.Timeline(self.YEAR, "", [], [line], 0, False, False)
        return of(timeline_picture.draw(seen, lambda *_period: "")).findall("svg")[0]

    @staticmethod
    def edges(strip: ElementTree.Element) -> list[tuple[float, str]]:
        """Where brackets and arrows stand, in percent, and which of them."""
        found = []
        for one in strip.iter("svg"):
            for mark in one:
                if any(kind.startswith("edge-") for kind in kinds(mark)):
                    side = "bracket" if mark.tag == "rect" else "left" if mark.get("d").startswith("M-") else "right"
                    found.append((float(one.get("x").rstrip("%")), side))
        return found

    def at(self, day: date) -> float:
        return 100 * (day - self.YEAR.first).days / 365

    def test_a_day_is_a_dot_on_it(self):
        for group, tag in (("held", "circle"), ("planned", "circle"), ("other", "path")):
            strip = self.drawn(group, (self.FEW[0], self.FEW[0]), None)
            (place,) = [
                one for one in strip.iter("svg") if f"mark-{group}" in [kind for sub in one for kind in kinds(sub)]
            ]
            assert [one.tag for one in place] == [tag]
            assert float(place.get("x").rstrip("%")) == pytest.approx(self.at(self.FEW[0]), abs=0.3)
            assert self.edges(strip) == []
            assert not list(strip.iter("rect"))

    def test_several_days_are_a_bar_over_them(self):
        strip = self.drawn("held", self.FEW, None)
        boxes = [Box.of(one) for one in strip.iter("rect") if "mark-held" in kinds(one)]
        widest = max(boxes, key=lambda box: box.width)
        assert (widest.x, widest.right) == pytest.approx((self.at(self.FEW[0]), self.at(date(2001, 6, 30))), abs=0.1)
        assert self.edges(strip) == []

    @pytest.mark.parametrize(("group", "kind"), [("held", "vague"), ("planned", "planned"), ("other", "other")])
    def test_a_day_not_known_is_a_band_between_brackets(self, group, kind):
        strip = self.drawn(group, None, self.FEW)
        (band,) = [Box.of(one) for one in strip.iter("rect") if f"mark-{kind}" in kinds(one)]
        start, end = self.at(self.FEW[0]), self.at(date(2001, 6, 30))
        assert (band.x, band.right) == pytest.approx((start, end), abs=0.1)
        assert [side for _x, side in self.edges(strip)] == ["bracket", "bracket"]
        assert [x for x, _side in self.edges(strip)] == pytest.approx([start, end], abs=0.1)
        assert not list(strip.iter("circle"))

    def test_a_day_without_a_known_beginning_or_end_goes_on_as_an_arrow(self):
        middle = date(2001, 7, 2)
        before = self.drawn("held", None, (None, middle))
        after = self.drawn("held", None, (middle, None))
        assert [side for _x, side in self.edges(before)] == ["left", "bracket"]
        assert [x for x, _side in self.edges(before)] == pytest.approx([0, 50.1], abs=0.2)
        assert [side for _x, side in self.edges(after)] == ["bracket", "right"]
        assert [x for x, _side in self.edges(after)] == pytest.approx([50, 100], abs=0.2)
        for strip, ends in ((before, (0, 50)), (after, (50, 100))):
            (band,) = [Box.of(one) for one in strip.iter("rect") if "mark-vague" in kinds(one)]
            assert (band.x, band.right) == pytest.approx(ends, abs=0.5)

    def test_sure_days_lie_on_possible_ones(self):
        strip = self.drawn("held", (date(2001, 5, 1), date(2001, 5, 31)), self.FEW)
        classes = [kind for one in strip.iter("rect") for kind in kinds(one) if kind in ("mark-vague", "mark-held")]
        assert classes[0] == "mark-vague"
        assert set(classes[1:]) == {"mark-held"}

    def test_the_legend_draws_what_it_says(self):
        marks = [timeline.Mark(group, None, self.FEW) for group in ("held", "planned", "other")]
        marks += [timeline.Mark(group, self.FEW, None) for group in ("held", "other")]
        row = Row(1, "uid", "slug", "Talks", "held", "", "2001", None, None)
        seen = timeline.Timeline(self.YEAR, "", [], [timeline.Line(row, mark) for mark in marks], 0, False, False)
        found = {words: ElementTree.fromstring(f"<svg>{mark}</svg>") for mark, words in strips.legend(seen)}
        assert list(found) == [
            "held on all these days",
            "held some time within these days",
            "planned some time within these days",
            "cancelled, denied or unconfirmed on all these days",
            "cancelled, denied or unconfirmed some time within these days",
        ]
        for words, sample in found.items():
            kind = words.split()[0].replace("cancelled,", "other")
            within = "within" in words
            assert len(self.edges(sample)) == (2 if within else 0), words
            drawn = "vague" if within and kind == "held" else kind
            assert {one for rect in sample.iter("rect") for one in kinds(rect) if one.startswith("mark-")} == {
                f"mark-{drawn}"
            }

    @pytest.mark.django_db
    def test_a_file_has_a_line_for_each_the_oldest_first(self, client):
        for when in ("2003-06", "2001-05-05", "[2004..]", ""):
            meeting(when, title=f"Talks {when or 'undated'}")
        root = taken(client, "/meetings/timeline.svg")
        lines = [(float(link.find("text").get("y")), told(link)) for link in root.iter("a")]
        assert lines == sorted(lines)
        assert [title for _y, title in lines] == [
            "Talks 2001-05-05",
            "Talks 2003-06",
            "Talks [2004..]",
            "Talks undated",
        ]
        drawn = [one for one in root.iter("svg") if len(self.edges(one)) and one.get("y") not in (None, "50%")]
        assert [[side for _x, side in self.edges(one)] for one in drawn][:2] == [
            ["bracket", "bracket"],
            ["bracket", "right"],
        ]


class TestCareer:
    """A profile over the years."""

    COLUMNS = {1991: (6, 3, 2, 1), 1994: (2, 0, 1, 4), 1995: (0, 0, 0, 3), 1999: (1_200, 0, 0, 0)}

    def drawn(self, *bars, years=(1991, 1994, 1995)) -> ElementTree.Element:
        columns = [
            portrait.Column(year, year, *(self.COLUMNS.get(year, ()) if year in years else ()))
            for year in range(1990, 2000)
        ]
        return of(
            career_picture.draw(portrait.Career(list(bars), columns, 1990, 2000, 0, None), "/meetings/?official=x")
        )

    @staticmethod
    def scale(drawn: ElementTree.Element):
        """Where a year begins, by the axis's own names."""
        named = {
            int(one.text): float(one.get("x")) - 3 for one in drawn.iter("text") if re.fullmatch(r"\d{4}", one.text)
        }
        first, last = min(named), max(named)
        year = (named[last] - named[first]) / (last - first)
        return lambda at: named[first] + year * (at - first)

    def test_each_kind_has_its_part_of_a_column_in_order_and_in_proportion(self):
        drawn = self.drawn()
        found = {year: stacked(links(drawn)[str(year)]) for year in (1991, 1994, 1995)}
        one, base = found[1991]["held"].height / 6, found[1991]["held"].bottom
        assert one * 12 == pytest.approx(career_picture.HEIGHT, abs=1)
        for year, marks in found.items():
            expected = {kind: n for kind, n in zip(KINDS, self.COLUMNS[year], strict=True) if n}
            assert list(marks) == list(expected)
            for (kind, box), n in zip(marks.items(), expected.values(), strict=True):
                assert box.height == pytest.approx(n * one, abs=0.3), (year, kind)
            bottoms = [base, *(box.y for box in marks.values())][: len(marks)]
            assert [box.bottom for box in marks.values()] == pytest.approx(bottoms, abs=0.3)

    def test_a_column_stands_at_its_year_with_its_number_above(self):
        drawn = self.drawn()
        at = self.scale(drawn)
        for year in (1991, 1994, 1995):
            link = links(drawn)[str(year)]
            boxes = list(stacked(link).values())
            middle, top = (boxes[0].x + boxes[0].right) / 2, min(box.y for box in boxes)
            assert middle == pytest.approx(at(year + 0.5), abs=1)
            assert link.get("href").endswith(f"from={year}&to={year}")
            (number,) = [
                one.text
                for one in drawn.iter("text")
                if "middle" in kinds(one) and abs(float(one.get("x")) - middle) < 1
            ]
            assert number == str(sum(self.COLUMNS[year]))
            assert told(link) == f"{year}: {number}"
            (y,) = [float(one.get("y")) for one in drawn.iter("text") if one.text == number]
            assert top - 12 < y <= top

    def test_large_numbers_can_be_read(self):
        drawn = self.drawn(years=(1999,))
        assert told(next(drawn.iter("a"))) == "1999: 1,200"
        assert "1,200" in [one.text for one in drawn.iter("text")]
        assert career_picture.undated(14_059) == "14,059 meetings of unknown date are in no column."

    def test_posts_are_dark_as_far_as_they_are_sure(self):
        drawn = self.drawn(
            portrait.Bar("Minister", 1991, 1993, 1996, 1998), portrait.Bar("Envoy", 1994, 1994, 1995, 1995)
        )
        at = self.scale(drawn)
        boxes = [(Box.of(one), one.get("fill-opacity")) for one in drawn.iter("rect") if "own" in kinds(one)]
        (light, faint), (dark, full), *envoy = boxes
        assert (light.x, light.right) == pytest.approx((at(1991), at(1998)), abs=0.5)
        assert (dark.x, dark.right) == pytest.approx((at(1993), at(1996)), abs=0.5)
        assert faint
        assert not full
        assert min(box.y for box, _faint in envoy) >= light.bottom

    def test_the_legend_names_the_kinds_from_below(self):
        columns = [portrait.Column(1990, 1990, *self.COLUMNS[1991])]
        (said,) = career_picture.said(portrait.Career([], columns, 1990, 1991, 0, None))
        places = [said.index(word) for word in ("held;", "held, with", "planned or", "cancelled,")]
        assert places == sorted(places)


class TestPair:
    """The course of what two have in common."""

    @pytest.fixture
    def marks(self, client, db) -> ElementTree.Element:
        one, other = (factories.CountryFactory(name=name) for name in ("Aland", "Bland"))
        for when, ground, status in (
            ("2001-03-03", one, "held"),
            ("2009-09-09", one, "held"),
            ("2005-05-05", one, "planned"),
            ("2003-06-06", other, "cancelled"),
            ("2007-05", other, "held"),
        ):
            place = factories.PlaceFactory(country=ground)
            meeting(when, status, (one, other), place=place, title=f"Talks {when}")
        return taken(client, f"/countries/{one.slug}/with/{other.slug}/timeline.svg")

    @staticmethod
    def boxes(drawn: ElementTree.Element) -> dict[str, Box]:
        found = {}
        for link in drawn.iter("a"):
            box = Box.of(link.find("rect"))
            found[re.search(r"Talks ([\d-]+)", told(link))[1]] = box
        return found

    def test_time_runs_from_left_to_right(self, marks):
        boxes = self.boxes(marks)
        assert sorted(boxes, key=lambda when: boxes[when].x) == sorted(boxes)
        days = {when: date.fromisoformat(when) for when in boxes if len(when) == 10}
        middle = {when: (boxes[when].x + boxes[when].right) / 2 for when in days}
        first, last = "2001-03-03", "2009-09-09"
        day = (middle[last] - middle[first]) / (days[last] - days[first]).days
        for when in days:
            assert middle[when] - middle[first] == pytest.approx(day * (days[when] - days[first]).days, abs=1)
        labels = {
            int(one.text): float(one.get("x")) for one in marks.iter("text") if re.fullmatch(r"\d{4}", one.text or "")
        }
        for when in days:
            year = days[when].year
            if year in labels and year + 1 in labels:
                assert labels[year] <= middle[when] <= labels[year + 1]
        assert [labels[year] for year in sorted(labels)] == sorted(labels.values())

    def test_each_stands_in_the_lane_of_its_ground(self, marks):
        boxes = self.boxes(marks)
        names = {one.text: float(one.get("y")) for one in marks.iter("text") if one.text in ("Aland", "Bland")}
        assert names["Aland"] < names["Bland"]
        for when, box in boxes.items():
            home = when in ("2001-03-03", "2009-09-09", "2005-05-05")
            assert names["Aland"] < box.y
            assert (box.bottom < names["Bland"]) == home, when

    def test_marks_say_in_what_sense_they_met(self, marks):
        found = {re.search(r"Talks ([\d-]+)", told(link))[1]: kinds(link.find("rect")) for link in marks.iter("a")}
        for when, kind in {
            "2001-03-03": "held",
            "2009-09-09": "held",
            "2005-05-05": "planned",
            "2003-06-06": "other",
            "2007-05": "vague",
        }.items():
            assert [one for one in found[when] if one.startswith("mark-")] == [f"mark-{kind}"], when

    NUMBERS = {"1990": (2, 8), "1991": (0, 1), "1992": (0, 0), "1993": (4, 4), "1994": (1_000, 2_000)}

    def columns(self, *labels) -> ElementTree.Element:
        found = [
            Column(label, self.NUMBERS[label][0], Counted(self.NUMBERS[label][1], f"/{label}")) for label in labels
        ]
        return of(pair_picture.draw(Course((1990, 1994), [], found, 0)))

    def test_columns_are_as_high_as_their_numbers(self):
        drawn = links(self.columns("1990", "1991", "1992", "1993"))
        assert list(drawn) == ["1990", "1991", "1993"]
        found = {label: stacked(link) for label, link in drawn.items()}
        assert [list(marks) for marks in found.values()] == [["other", "held"], ["other"], ["other", "held"]]
        base, one = found["1990"]["other"].bottom, found["1990"]["other"].height / 8
        assert one == pytest.approx(pair_picture.HEIGHT / 8, abs=0.1)
        for label, marks in found.items():
            for kind, n in zip(("held", "other"), self.NUMBERS[label], strict=True):
                assert not n or marks[kind].height == pytest.approx(n * one, abs=0.3)
                assert not n or marks[kind].bottom == pytest.approx(base, abs=0.3)
        lefts = [marks["other"].x for marks in found.values()]
        assert lefts == sorted(lefts)
        assert [link.get("href") for link in drawn.values()] == ["/1990", "/1991", "/1993"]

    def test_a_column_says_its_numbers_in_words(self):
        drawn = self.columns("1991", "1994")
        assert [told(link) for link in drawn.iter("a")] == [
            "1991: 1 meeting names both; at 0 of them they met",
            "1994: 2,000 meetings name both; at 1,000 of them they met",
        ]
        assert "2,000" in [one.text for one in drawn.iter("text")]


class TestMatrix:
    """Who meets whom as a table."""

    def drawn(self, *numbers) -> ElementTree.Element:
        first, second, third = numbers
        cells = ([0, first, second], [first, 0, third], [second, third, 0])
        lines = [matrix.Line(name, name, 2_345, row) for name, row in zip(("Ann", "Bob", "Cid"), cells, strict=True)]
        return of(matrix_picture.draw(matrix.Matrix(lines, 3, max(numbers), True)))

    def test_a_number_stands_where_its_row_and_column_cross_on_its_shade(self):
        drawn = self.drawn(1, 6, 40)
        rows = {one.text: float(one.get("y")) for one in drawn.iter("text") if one.get("x") == "0"}
        moved = re.compile(r"translate\((\S+) ")
        columns = {
            one.text: float(moved.match(one.get("transform"))[1]) for one in drawn.iter("text") if one.get("transform")
        }
        assert list(rows) == list(columns) == ["Ann", "Bob", "Cid"]
        assert list(columns.values()) == sorted(columns.values())
        squares = [(Box.of(one), kinds(one)) for one in drawn.iter("rect")]
        for (row, column), n in {("Ann", "Bob"): 1, ("Ann", "Cid"): 6, ("Bob", "Cid"): 40}.items():
            for one, other in ((row, column), (column, row)):
                ((_box, shade),) = [it for it in squares if it[0].has(columns[other] - 4, rows[one] - 4)]
                assert shade == [f"shade-{matrix.Matrix([], 0, 40, True).shade(n)}"]
                (number,) = [
                    it
                    for it in drawn.iter("text")
                    if float(it.get("y") or 0) == rows[one] and abs(float(it.get("x") or 0) - columns[other]) < 20
                ]
                assert number.text == str(n)
                assert shade[0].replace("shade", "on") in kinds(number)
        assert len({tuple(shade) for _box, shade in squares}) == 4

    def test_the_more_the_darker(self):
        drawn = self.drawn(1, 6, 40)
        shade = {one.text: kinds(one)[0] for one in drawn.iter("text") if kinds(one)[:1] and kinds(one)[0] != "soft"}
        assert shade["1"] < shade["6"] < shade["40"] == "on-6"

    def test_large_numbers_can_be_read(self):
        texts = [one.text for one in self.drawn(1, 6, 14_059).iter("text")]
        assert texts.count("14,059") == 2
        assert texts.count("2,345") == 3


HOSTILE = '<b>&"Ann'


@pytest.mark.django_db
class TestFiles:
    """Pictures that are taken away."""

    ADDRESSES = [
        "/meetings/calendar.svg?",
        "/meetings/calendar.svg?on=2001-05&",
        "/meetings/map.svg?",
        "/meetings/network.svg?by=official&",
        "/meetings/matrix.svg?by=official&",
        "/meetings/timeline.svg?",
        "/meetings/timeline.svg?unit=year&",
        "/officials/ann/years.svg?",
        "/officials/ann/with/bob/timeline.svg?",
    ]

    @pytest.fixture(autouse=True)
    def _made(self):
        one = factories.OfficialFactory(slug="ann", name=HOSTILE)
        other = factories.OfficialFactory(slug="bob", name="Bob\x02by")
        factories.PositionFactory(official=one, title=HOSTILE, started="1999", ended="2003")
        place = factories.PlaceFactory(name=HOSTILE, latitude=10, longitude=10)
        meeting("2001-05-05", parties=(one, other), place=place, title=HOSTILE)
        meeting("2002-05-05", parties=(one, other), place=place, title="Talks \x1b[31m")

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_each_can_be_read_whatever_names_and_filters_hold(self, client, address):
        words = "" if "/officials/" in address else "q=a%01b"
        root = taken(client, f"{address}{words}")
        assert not words or any("ab" in (one.text or "") for one in root.iter("text"))
        root = taken(client, address.rstrip("&?"))
        assert not list(root.iter("b"))
        shown = [one.text for name in ("text", "title", "tspan") for one in root.iter(name)]
        if "calendar.svg?&" not in address and address != "/meetings/calendar.svg?" and "unit=year" not in address:
            assert any(HOSTILE in (text or "") for text in shown), shown

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_all_links_lead_to_the_site(self, client, address):
        found = [link.get("href") for link in taken(client, address.rstrip("&?")).iter("a")]
        assert found or "calendar" in address or "matrix" in address
        for one in found:
            assert one.startswith("http://testserver/")
            assert client.get(one.removeprefix("http://testserver")).status_code == 200


def test_nothing_that_xml_forbids_is_written():
    forbidden = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]))
    kept = "a\tb é 日 😀 \x7f <&\"'>"
    drawn = svg.element("text", svg.text(f"{kept}{forbidden}"), aria_label=f"{forbidden}{kept}")
    root = ElementTree.fromstring(drawn)
    assert root.text == kept
    assert root.get("aria-label").replace(" ", "") == kept.replace(" ", "").replace("\t", "")
    file = svg.as_file(svg.Drawing(10, 10, drawn), forbidden + kept, [forbidden + kept], "https://example.org")
    assert parsed(file).findtext("title") == kept


@pytest.mark.django_db
class TestCalendar:
    """A year of days, and a month of meetings."""

    @staticmethod
    def months(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
        return {
            one.find("text").text: one
            for one in root.iter("g")
            if one.find("text") is not None and "title" in kinds(one.find("text"))
        }

    @staticmethod
    def cell(month: ElementTree.Element, day: int) -> tuple[float, list[ElementTree.Element]]:
        """Where a day stands, from the left, and what is drawn on its square."""
        (text,) = [one for one in month.iter("text") if one.text == str(day) and "middle" in kinds(one)]
        x, y = float(text.get("x")), float(text.get("y")) - 4
        return x, [one for one in month.iter("rect") if Box.of(one).is_near(x, y, 11)]

    def test_days_are_as_dark_as_many_were_held(self, client):
        for day, number in {1: 1, 2: 3, 3: 8}.items():
            for _each in range(number):
                meeting(f"2023-06-{day:02}")
        june = self.months(taken(client, "/meetings/calendar.svg?on=2023"))["June"]
        shades = [[kind for one in self.cell(june, day)[1] for kind in kinds(one)] for day in (1, 2, 3, 4)]
        (one,), (some,), (most,), none = shades
        assert "shade-1" <= one < some < most == "shade-6"
        assert none == []

    def test_days_show_what_is_planned_what_was_not_held_and_what_may_be(self, client):
        for when, status in (
            ("2023-06-01", "planned"),
            ("2023-06-02", "held"),
            ("2023-06-02", "planned"),
            ("2023-06-03", "cancelled"),
            ("[2023-06-04..2023-06-05]", "held"),
        ):
            meeting(when, status)
        june = self.months(taken(client, "/meetings/calendar.svg?on=2023"))["June"]
        drawn = {day: [kind for one in self.cell(june, day)[1] for kind in kinds(one)] for day in range(1, 7)}
        assert drawn[1] == ["frame-planned"]
        assert "frame-planned" in drawn[2]
        assert any(kind.startswith("shade-") for kind in drawn[2])
        assert drawn[3] == ["mark-other"]
        assert drawn[4] == drawn[5] == drawn[6] == []
        dotted = [one for one in june.iter("path") if one.get("stroke-dasharray")]
        assert len(dotted) == 2

    def test_months_follow_one_another_and_days_stand_below_their_weekdays(self, client):
        meeting("2023-06-15")
        months = self.months(taken(client, "/meetings/calendar.svg?on=2023"))
        assert [name[:3] for name in months] == [f"{date(2023, at, 1):%b}" for at in range(1, 13)]
        places = [tuple(map(float, re.findall(r"[\d.]+", one.get("transform"))))[::-1] for one in months.values()]
        assert places == sorted(places)
        for number, month in enumerate(months.values(), 1):
            heads = {
                float(one.get("x")): one.text for one in month.iter("text") if re.fullmatch("[A-Z][a-z]", one.text)
            }
            for day in (1, 15, 28):
                x, _drawn = self.cell(month, day)
                assert heads[x] == f"{date(2023, number, day):%A}"[:2]

    def test_large_numbers_can_be_read(self):
        meeting("2023-06-15")
        asked = CalendarFilter(QueryDict("on=2023-06"), Meeting.objects.published()).sought()
        seen = calendar.of(asked, dates.parse("2023-06"))
        for tally in (seen.days[date(2023, 6, 15).toordinal()], seen.months[seen.period]):
            tally.sure["held"], tally.may = 14_059, 5_678
        drawn = of(calendar_picture.draw(seen, month.of(asked, seen)))
        assert "+ 14,058 more" in [one.text for one in drawn.iter("text")]
        june = self.months(of(calendar_picture.draw(seen, None)))["June"]
        assert "14,059 +5,678" in [one.text for one in june.iter("text")]

    def test_a_visit_lies_across_its_days(self, client):
        meeting("2023-06-13/2023-06-15", title="Visit")
        meeting("2023-06-13", "cancelled", title="Talks")
        root = taken(client, "/meetings/calendar.svg?on=2023-06")
        days = {f"{date(2023, 5, 1) + timedelta(days=at):%A}" for at in range(7)}
        heads = {one.text: float(one.get("x")) for one in root.iter("text") if one.text in days}
        (visit,) = [Box.of(one) for one in root.iter("rect") if "ground" not in kinds(one)]
        assert visit.x == pytest.approx(heads["Tuesday"], abs=10)
        assert visit.right == pytest.approx(heads["Friday"], abs=12)
        texts = {one.text: one for one in root.iter("text")}
        assert visit.has(float(texts["Visit"].get("x")), float(texts["Visit"].get("y")) - 3)
        assert float(texts["Cancelled: Talks"].get("y")) > visit.bottom

    def test_the_list_for_phones_has_visits_of_several_days(self, client):
        for title, when, status in (
            ("Long visit", "2023-06-13/2023-06-15", "held"),
            ("Late visit", "2023-05-30/2023-06-02", "planned"),
            ("Short talks", "2023-06-14", "held"),
        ):
            meeting(when, status, title=title)
        html = page(client, "/meetings/calendar/?on=2023-06")
        agenda = re.search(r'<ol class="agenda">(.*?)</ol>', html, re.S)[1]
        for title, words, days in (("Long visit", "13 to 15 June 2023", 3), ("Late visit", "30 May to 2 June 2023", 2)):
            shown = re.findall(rf"<bdi>{title}</bdi>.*?</li>", agenda, re.S)
            assert len(shown) == days or (len(shown) == 1 and words in re.sub("<[^>]+>", "", shown[0])), title
        assert [re.search(title, agenda) is not None for title in ("Long visit", "Late visit", "Short talks")] == [
            True
        ] * 3
        assert agenda.index("Late visit") < agenda.index("Long visit") < agenda.index("Short talks")
