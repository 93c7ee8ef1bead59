"""What a reader sees in the pictures of two, of all with all and of a year; and what a file has that is taken away."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from meetings import dates
from meetings.filters import CalendarFilter
from meetings.lenses import calendar, matrix, month
from meetings.lenses.course import Course, Stage
from meetings.lenses.shared import Counted
from meetings.models import Meeting
from meetings.pictures import calendar as calendar_picture
from meetings.pictures import matrix as matrix_picture
from meetings.pictures import pair as pair_picture
from meetings.pictures import svg
from tests import factories
from tests.drawings import Box, kinds, links, meeting, of, parsed, stacked, taken, told
from tests.pages import page


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
        names = {one.text: float(one.get("y")) for one in marks.iter("text") if " · " in (one.text or "")}
        # Each says how many stand in it.
        assert list(names) == ["Aland · 3", "Bland · 2"]
        first, second = names.values()
        assert first < second
        for when, box in boxes.items():
            home = when in ("2001-03-03", "2009-09-09", "2005-05-05")
            assert first < box.y
            assert (box.bottom < second) == home, when

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
        found = [Stage(label, self.NUMBERS[label][0], Counted(self.NUMBERS[label][1], f"/{label}")) for label in labels]
        return of(pair_picture.draw(Course([], found, 0)))

    def test_columns_are_as_high_as_their_numbers(self):
        drawn = links(self.columns("1990", "1991", "1992", "1993"))
        assert list(drawn) == ["1990", "1991", "1993"]
        found = {label: stacked(link) for label, link in drawn.items()}
        assert [list(marks) for marks in found.values()] == [["other", "held"], ["other"], ["other", "held"]]
        base, one = found["1990"]["other"].bottom, found["1990"]["other"].height / 8
        assert one == pytest.approx(pair_picture.WIDE.height / 8, abs=0.1)
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
        for number, drawn in enumerate(months.values(), 1):
            heads = {
                float(one.get("x")): one.text for one in drawn.iter("text") if re.fullmatch("[A-Z][a-z]", one.text)
            }
            for day in (1, 15, 28):
                x, _on_it = self.cell(drawn, day)
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
