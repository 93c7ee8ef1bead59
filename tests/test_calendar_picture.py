"""The calendar that is taken away: it says what the page says, and loses nothing."""

import re
from xml.etree import ElementTree

import pytest

from meetings.lenses import month
from tests import factories
from tests.pages import page

pytestmark = pytest.mark.django_db

#: A long word, one without spaces, a short one, and none.
TITLES = ["Außenministerkonferenz der Staaten", "關於兩國關係正常化與經濟合作協定的首次部長級正式會議", "Talks", " "]
SVG = "{http://www.w3.org/2000/svg}"


def held(when: str, **values) -> None:
    factories.MeetingFactory(**{"date": when, "status": "held", "publication": "published", **values})


class TestPicture:
    @staticmethod
    def texts(client, query: str) -> list[str]:
        response = client.get(f"/meetings/calendar.svg?{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        return [element.text for element in ElementTree.fromstring(response.content).iter(f"{SVG}text")]

    def test_it_says_what_the_page_says(self, client):
        held("2023-06-14", title="A call & more")
        held("2023-06-09/2023-06-13", title="Visit", status="planned")
        held("2023-06", title="Some talks")
        held("")
        texts = self.texts(client, "on=2023-06")
        assert "June 2023: 3 meetings (1 planned)" in texts
        assert "1 meeting of this set has no known date, and is in no calendar." in texts
        assert "A call & more" in texts
        assert {"Planned: Visit ▸", "◂ Planned: Visit"} <= {*texts}
        assert "Some talks · June 2023" in texts
        year = self.texts(client, "on=2023")
        assert year.count("June") == 1
        assert [text for text in year if text == "15"] == ["15"] * 12

    @pytest.mark.parametrize("number", [1, 3, 4])
    @pytest.mark.parametrize(
        "title",
        ["Außenministerkonferenz der Staaten", "關於兩國關係正常化與經濟合作協定的首次部長級正式會議", "Talks", " "],
    )
    def test_a_day_has_the_beginning_of_each_title(self, client, number, title):
        for _at in range(number):
            held("2023-06-14", title=title)
        shown = [
            text for text in self.texts(client, "on=2023-06") if text and text.startswith(title[:5].strip() or "-")
        ]
        assert len(shown) == (number if title.strip() else 0)

    def test_nothing_is_a_picture_too(self, client):
        assert "None of these meetings has a known date." in self.texts(client, "")
        held("2023-06-14")
        assert self.texts(client, "from=2023&on=1990-01")[0] == "Meetings in a calendar"

    def test_the_marks_of_a_year_are_told(self, client):
        held("2023-06-14")
        held("2023-06-15", status="cancelled")
        assert not any("perhaps" in text or "may fall" in text for text in self.texts(client, "on=2023"))
        held("2023-06-16", status="planned")
        held("[2023-06-29..2023-07-02]")
        texts = self.texts(client, "on=2023")
        for words in (
            "1 held",
            "some planned or postponed",
            "some cancelled, denied or not confirmed",
            "a meeting may fall on this day",
            "perhaps 2 more",
        ):
            assert words in texts
            assert f"</span>{words}</li>" in page(client, "/meetings/calendar/?on=2023")

    def test_the_marks_of_a_month_are_told(self, client):
        held("2023-06-14")
        assert "held" not in self.texts(client, "on=2023-06")
        held("2023-06-15", status="cancelled")
        held("[2023-06-28..2023-06-29]")
        assert {"held", "cancelled", "a meeting may fall on this day"} <= {*self.texts(client, "on=2023-06")}
        assert "may fall on" in page(client, "/meetings/calendar/?on=2023-06")
        assert "may fall on" not in page(client, "/meetings/calendar/?on=2023-05")

    @pytest.mark.parametrize("number", [month.EACH, month.EACH + 1, month.EACH + 5])
    def test_none_of_no_known_day_is_lost(self, client, number):
        for at in range(number):
            held("2023-06", title=f"Talks {at}")
        texts = self.texts(client, "on=2023-06")
        assert f"Some time in June 2023: {number}" in texts
        rest = number - sum("Talks" in text for text in texts)
        # None is left out alone: to say so takes as much room.
        assert rest == (number - month.EACH if number > month.EACH + 1 else 0)
        assert (f"and {rest} more" in texts) == bool(rest)


def test_why_months_and_days_do_not_add_up_is_told(client):
    for when in ("2023-06-14", "2023-07-01/2023-07-02"):
        held(when)
    html = page(client, "/meetings/calendar/?on=2023")
    assert not any(words in html for words in ("count in", "counts in", "counts only", "count only"))
    for when in ("2023-06-30/2023-07-02", "2023-05-30/2023-07-02", "2023-06", "2023", "[2023-01-30..2023-02-02]"):
        held(when)
    html = page(client, "/meetings/calendar/?on=2023")
    numbers = re.findall(r'<span class="sr-only">\w+ 2023: (\d+) meetings?[;<]', html)
    assert (">7 meetings<" in html, sum(map(int, numbers))) == (True, 7 - 2 + 1 + 2)
    told = (
        "2 meetings go on into another month, and count in each month."
        " 1 meeting has no sure day, and counts only in its month."
        " 2 meetings have no sure month, and count only in the year."
    )
    assert f'<p class="reading">{told}</p>' in html
    svg = client.get("/meetings/calendar.svg?on=2023").content.decode()
    assert told in " ".join(re.findall(r'class="soft">([^<]*)<', svg))
    assert "no sure" not in page(client, "/meetings/calendar/?on=2023-06")
    # Of a month that is asked for, nothing reaches into another.
    assert "another month" not in page(client, "/meetings/calendar/?on=2023&from=2023-07&to=2023-07")


def test_no_single_one_is_hidden(client):
    """To say that there is one more takes as much room as it does."""
    for at in range(5):
        held("2023-06-14", title=f"Talks {at}")
    for at in range(month.EACH + 1):
        held("2023-06", title=f"Meeting {at}")
    for drawn in ("/meetings/calendar/", "/meetings/calendar.svg"):
        text = client.get(f"{drawn}?on=2023-06").content.decode()
        assert all(f"Talks {at}" in text for at in range(5))
        assert all(f"Meeting {at}" in text for at in range(month.EACH + 1))
        assert "and 1 more" not in text
        assert "+ 1 more" not in text
    held("2023-06")
    assert "and 2 more" in page(client, "/meetings/calendar/?on=2023-06")


def test_a_visit_of_several_days_begins_with_its_place(client):
    """Visits of one person all begin with the same words; the title stays whole."""
    place = factories.PlaceFactory(name="Zed <City>")
    held("2023-06-13/2023-06-15", title="Visit of Ann Smith to Zed City", place=place)
    html = page(client, "/meetings/calendar/?on=2023-06")
    grid = html[html.index('<table class="month"') : html.index("</table>", html.index('<table class="month"'))]
    assert "<bdi>Zed &lt;City&gt;</bdi> · <bdi>Visit of Ann Smith to Zed City</bdi>" in grid
    svg = client.get("/meetings/calendar.svg?on=2023-06").content.decode()
    assert ">Zed &lt;City&gt; · Visit of Ann Smith to Zed City<" in svg
