"""What a reader sees in the pictures: which mark stands where, in which order, how high, and what the legend says."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from meetings.index.periods import Period, around
from meetings.index.times import Bar
from meetings.lenses import portrait, timeline
from meetings.lenses.coverage import Coverage
from meetings.lenses.rows import Row
from meetings.pictures import career as career_picture
from meetings.pictures import strips
from meetings.pictures import timeline as timeline_picture
from meetings.pictures.axis import BESIDE, LETTER, NARROW, WIDE, Axis, named, round_step
from tests.drawings import KINDS, Box, kinds, links, meeting, of, stacked, taken, told

#: No source is told of.
NONE = Coverage([], 0, 0)


class TestAxis:
    """The names of years and months."""

    @staticmethod
    def names(first: int, last: int, width: int, least: int = WIDE) -> dict[str, tuple[float, float]]:
        """From where to where each reaches that is shown at a width."""
        axis = Axis(Period(date(first, 1, 1), date(last, 12, 31)))
        found = {}
        for one in ElementTree.fromstring(f"<svg>{''.join(named(axis, 0, least=least))}</svg>").iter("text"):
            if width == NARROW and "minor" in kinds(one):
                continue
            x, long = float(one.get("x").rstrip("%")) * width / 100 + float(one.get("dx", 0)), LETTER * len(one.text)
            found[one.text] = (x - long, x) if one.get("text-anchor") else (x, x + long)
        return found

    @pytest.mark.parametrize(("width", "least"), [(NARROW, WIDE), (WIDE, WIDE), (NARROW, BESIDE), (BESIDE, BESIDE)])
    def test_no_name_covers_another_or_leaves_the_picture(self, width, least):
        for first, last in [(first, last) for last in (2020, 2023, 2029) for first in range(1700, 2019, 3)]:
            places = sorted(self.names(first, last, width, least).values())
            assert all(one[1] < other[0] for one, other in pairwise(places)), (first, last)
            assert places[-1][1] <= width + LETTER * 2, (first, last)

    def test_the_axis_begins_with_its_year_where_it_has_room(self):
        assert list(self.names(1921, 2023, BESIDE, BESIDE)) == ["1921", *map(str, range(1930, 2021, 10))]
        assert next(iter(self.names(1929, 2023, WIDE))) == "1930"


class TestBars:
    """Many meetings in time."""

    NUMBERS = {2001: (60, 30, 20, 10), 2002: (20, 0, 10, 40), 2003: (0, 0, 0, 30), 2004: (0, 50, 0, 0)}

    @pytest.fixture
    def drawn(self) -> ElementTree.Element:
        bars = [Bar(around(date(year, 1, 1), "year"), *numbers) for year, numbers in self.NUMBERS.items()]
        axis = Period(bars[0].period.first, bars[-1].period.last)
        seen = timeline.Timeline(axis, "year", bars, bars, 0, [], 0, False, False)
        drawn = timeline_picture.draw(seen, lambda period, *_statuses: f"?from={period.first.year}", NONE)
        return of(drawn)

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
        samples = [one for one in drawn if one.tag == "svg"]
        words = [one.text for one in drawn if one.tag == "text"]
        marks = [next(kind for kind in KINDS if f"mark-{kind}" in kinds(one.find("rect"))) for one in samples]
        assert marks == list(KINDS)
        for kind, word, start in zip(
            marks,
            words,
            ("held", "held, partly", "planned or postponed", "cancelled, denied"),
            strict=True,
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


@pytest.mark.parametrize(
    ("least", "step"), [(0.01, 1), (1, 1), (1.1, 2), (2, 2), (3, 5), (5.01, 10), (14, 20), (21, 50), (9_999, 10_000)]
)
def test_lines_of_an_axis_are_a_round_number_apart(least, step):
    assert round_step(least) == step


class TestStrips:
    """Few meetings in time: a line for each."""

    YEAR = Period(date(2001, 1, 1), date(2001, 12, 31))
    FEW = (date(2001, 4, 11), date(2001, 6, 29))

    def drawn(self, group, surely, possibly) -> ElementTree.Element:
        """One strip of the file's picture."""
        row = Row(1, "uid", "slug", "Talks", "held", "", "2001", None, None)
        line = timeline.Line(row, timeline.Mark(group, surely, possibly))
        seen = timeline.Timeline(self.YEAR, "", [], [], 0, [line], 0, False, False)
        return of(timeline_picture.draw(seen, lambda *_period: "", NONE)).find("g").find("svg")

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

    def test_a_few_days_are_drawn_as_the_legend_has_them(self):
        """As wide as they are, nothing could be seen between the brackets."""
        strip = self.drawn("planned", None, (date(2001, 6, 28), date(2001, 7, 5)))
        (mark,) = [one for one in strip.iter("svg") if (one.get("x") or "").endswith("%")]
        assert float(mark.get("x").rstrip("%")) == pytest.approx(100 * 182 / 365, abs=0.1)
        band, *edges = [Box.of(one) for one in mark.iter("rect")]
        assert (band.x, band.right) == (-6, 6)
        assert [(one.x, one.right) for one in edges] == [(-6, -4.5), (4.5, 6)]

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
        seen = timeline.Timeline(
            self.YEAR, "", [], [], 0, [timeline.Line(row, mark) for mark in marks], 0, False, False
        )
        found = {words: ElementTree.fromstring(f"<svg>{mark}</svg>") for mark, words in strips.legend(seen)}
        assert list(found) == [
            "held, dated to all these days",
            "held some time within these days",
            "planned or postponed some time within these days",
            "cancelled, denied or not confirmed, dated to all these days",
            "cancelled, denied or not confirmed some time within these days",
        ]
        for words, sample in found.items():
            kind = words.split()[0].strip(",").replace("cancelled", "other")
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
        strips = root.find("g").find("g").findall("svg")
        drawn = [one for one in strips if self.edges(one)]
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
        """Where a year begins, by the axis's own names, which stand amid their years."""
        years = [one for one in drawn.iter("text") if re.fullmatch(r"\d{4}", one.text)]
        assert all("middle" in kinds(one) for one in years)
        named = {int(one.text) + 0.5: float(one.get("x")) for one in years}
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
                if "middle" in kinds(one) and "soft" not in kinds(one) and abs(float(one.get("x")) - middle) < 1
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
            portrait.Stretch("Minister", 1991, 1993, 1996, 1998), portrait.Stretch("Envoy", 1994, 1994, 1995, 1995)
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
        (said,) = career_picture.said(portrait.Career([], columns, 1990, 1991, 0, None), "official")
        places = [said.index(word) for word in ("held;", "held, with", "planned or", "cancelled,")]
        assert places == sorted(places)
