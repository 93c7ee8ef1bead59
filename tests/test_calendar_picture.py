"""The calendar that is taken away: it says what the page says, and loses nothing."""

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
        assert not any("perhaps" in text for text in self.texts(client, "on=2023"))
        held("2023-06-16", status="planned")
        held("[2023-06-29..2023-07-02]")
        texts = self.texts(client, "on=2023")
        for words in (
            "1 held",
            "some planned or postponed",
            "some cancelled, denied or not confirmed",
            "perhaps some: dates known less well",
            "perhaps so many more",
        ):
            assert words in texts
            assert f"</span>{words}</li>" in page(client, "/meetings/calendar/?on=2023")

    def test_the_marks_of_a_month_are_told(self, client):
        held("2023-06-14")
        assert "held" not in self.texts(client, "on=2023-06")
        held("2023-06-15", status="cancelled")
        held("[2023-06-28..2023-06-29]")
        assert {"held", "cancelled", "perhaps some: dates known less well"} <= {*self.texts(client, "on=2023-06")}
        assert "perhaps some" in page(client, "/meetings/calendar/?on=2023-06")
        assert "perhaps some" not in page(client, "/meetings/calendar/?on=2023-05")

    @pytest.mark.parametrize("number", [month.EACH, month.EACH + 1, month.EACH + 5])
    def test_none_of_no_known_day_is_lost(self, client, number):
        for at in range(number):
            held("2023-06", title=f"Talks {at}")
        texts = self.texts(client, "on=2023-06")
        assert f"Some time in June 2023: {number}" in texts
        rest = number - sum("Talks" in text for text in texts)
        assert rest == max(number - month.EACH, 0)
        assert (f"and {rest} more" in texts) == bool(rest)
