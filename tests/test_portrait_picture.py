"""The picture of a profile, on the page and as a file: its bars, its two layouts, what it says."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from meetings.pictures import career as picture
from tests import factories
from tests.pages import page
from tests.portraits import career, meeting

pytestmark = pytest.mark.django_db

LAYOUTS = (picture.WIDE, picture.NARROW)
SVG = "{http://www.w3.org/2000/svg}"


class TestBars:
    """Grey bars have a legend, on the page and in the file."""

    def texts(self, client, address: str) -> str:
        root = ElementTree.fromstring(client.get(f"{address}years.svg").content)
        return " ".join(one.text or "" for one in root.iter(f"{SVG}text"))

    @pytest.mark.parametrize(
        ("started", "ended", "told"),
        [
            ("1990-01-01", "2001-12-31", "posts held"),
            ("1990", "2001-12-31", "posts held, pale where it is possible only"),
            ("1990-01-01", "..", "posts held, pale where it is possible only"),
            ("1990-01-01", "", "posts held, with broken lines where an end is not known"),
            ("", "[..2001]", "posts held, pale where it is possible only, with broken lines where an end is not known"),
        ],
    )
    def test_of_posts(self, client, started, ended, told):
        official = factories.OfficialFactory(slug="ann")
        factories.PositionFactory(official=official, started=started, ended=ended)
        meeting(official, "1994-05-01")
        assert f'<span class="shade own" aria-hidden="true"></span>{told}</li>' in page(client, "/officials/ann/")
        assert f"Grey bars: {told}." in self.texts(client, "/officials/ann/")

    def test_of_those_who_spoke_for_a_country(self, client):
        country, ann = factories.CountryFactory(slug="land"), factories.OfficialFactory()
        for year in ("1994", "1999"):
            made = factories.MeetingFactory(publication="published", status="held", date=year)
            factories.ParticipationFactory(meeting=made, official=ann, country=country)
        told = "from the first to the last meeting on record at which they spoke for it, not a term of office"
        assert f"</span>{told}</li>" in page(client, "/countries/land/")
        assert f"Grey bars: {told}." in self.texts(client, "/countries/land/")

    def test_without_bars_nothing_is_said_of_them(self, client):
        official = factories.OfficialFactory(slug="ann")
        for year in ("1994", "1999"):
            meeting(official, year)
        assert "posts held" not in page(client, "/officials/ann/")
        assert "Grey bars" not in self.texts(client, "/officials/ann/")


class TestLayouts:
    """A telephone has all of the years at once."""

    @staticmethod
    def drawn(official, layout) -> ElementTree.Element:
        drawing = picture.draw(career(official), "/meetings/?official=x", layout)
        return ElementTree.fromstring(f'<svg width="{drawing.width}">{drawing.body}</svg>')

    def test_the_axis_begins_with_the_first_meeting(self):
        official = factories.OfficialFactory()
        for year in ("2022", "2023"):
            meeting(official, year)
        assert (career(official).first, career(official).after) == (2022, 2024)

    def test_both_have_the_same_numbers(self):
        official = factories.OfficialFactory()
        for year in ("1994", "1996", "1996", "2001"):
            meeting(official, year)
        wide, narrow = ([one.text for one in self.drawn(official, layout).iter("title")] for layout in LAYOUTS)
        assert narrow == wide == ["1994: 1", "1996: 2", "2001: 1"]

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_columns_that_are_too_thin_to_touch_are_drawn_as_high(self, layout):
        official = factories.OfficialFactory()
        for year in ("1921", "1960", "1960", "2023"):
            meeting(official, year)
        drawn = self.drawn(official, layout)
        if layout == picture.WIDE:
            heights = [float(one.get("height")) for one in drawn.iter("rect")]
        else:
            assert not list(drawn.iter("a"))
            (shape,) = [one.get("d") for one in drawn.iter("path") if one.get("class") == "mark-held"]
            heights = [float(height) for height in re.findall(r"v([\d.]+)", shape)]
        assert heights == [11, 22, 11]

    @pytest.mark.parametrize("layout", LAYOUTS)
    @pytest.mark.parametrize("span", [(2022, 2023), (2010, 2023), (1999, 2023), (1921, 2020), (1874, 2024), (4, 2023)])
    def test_no_year_touches_another_or_the_edge(self, layout, span):
        official = factories.OfficialFactory()
        for year in span:
            meeting(official, f"{year:04}")
        drawn, spans = self.drawn(official, layout), []
        years = [one for one in drawn.iter("text") if "soft" in one.get("class", "") and float(one.get("x")) > 30]
        for one in years:
            x, width, css = float(one.get("x")), 6 * len(one.text), one.get("class")
            left = x - width if "end" in css else x - width / 2 if "middle" in css else x
            spans.append((left, left + width))
        spans.sort()
        assert spans
        assert spans[-1][1] <= float(drawn.get("width"))
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))

    @pytest.mark.parametrize(("year", "css"), [(1977, "halo"), (2022, "halo end")])
    def test_a_name_at_the_end_stands_no_further_from_its_bar_than_it_must(self, year, css):
        official, title = factories.OfficialFactory(), "Secretary of Defense"
        factories.PositionFactory(official=official, title=title, started=f"{year}", ended=f"{year}")
        for met in ("1921", "2023"):
            meeting(official, met)
        drawn, width = self.drawn(official, picture.NARROW), picture.NARROW.width
        (name,) = [one for one in drawn.iter("text") if "halo" in one.get("class", "")]
        bar = min(float(one.get("x")) for one in drawn.iter("rect") if one.get("class") == "own")
        starts = float(name.get("x")) - (0 if css == "halo" else picture.LETTER * len(title))
        assert name.get("class") == css
        assert starts <= bar
        assert bar - starts < picture.LETTER * len(title) * 0.1 if css == "halo" else float(name.get("x")) == width

    def test_names_stand_above_their_bars(self):
        official = factories.OfficialFactory()
        for at, year in enumerate(range(1950, 2020, 10)):
            factories.PositionFactory(official=official, title=f"Minister {at}", started=f"{year}", ended=f"{year + 3}")
        drawn = self.drawn(official, picture.NARROW)
        names = [one for one in drawn.iter("text") if "halo" in one.get("class", "")]
        assert [one.text for one in names] == [f"Minister {at}" for at in range(7)]
        bars = sorted({float(one.get("y")) for one in drawn.iter("rect")})
        for name, bar in zip(names, bars, strict=True):
            assert 0 < bar - float(name.get("y")) < 6


class TestPicture:
    def test_it_has_the_numbers_its_title_and_its_source(self, client, settings):
        settings.SITE_NAME = "Our log"
        official = factories.OfficialFactory(slug="ann", name="Ann")
        for year in ("1994", "1995", "1995", ""):
            meeting(official, year)
        response = client.get("/officials/ann/years.svg")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert response["Content-Disposition"] == 'attachment; filename="ann-years.svg"'
        root = ElementTree.fromstring(response.content)
        texts = [one.text for one in root.iter(f"{SVG}text")]
        assert texts[0] == "Ann over the years"
        assert "Meetings, from below: held." in texts
        assert "One meeting of unknown date is in no column." in texts
        assert any("Our log, 20" in text and text.endswith("/officials/ann/years/") for text in texts)
        assert [one.text for one in root.iter(f"{SVG}title")][1:] == ["1994: 1", "1995: 2"]
        assert next(root.iter(f"{SVG}a")).get("href").startswith("http://testserver/meetings/?official=ann")

    @pytest.mark.parametrize("noun", ["officials", "countries", "organizations", "places", "topics"])
    @pytest.mark.parametrize("end", ["years/", "years.svg"])
    def test_of_nothing_public_there_is_none(self, client, noun, end):
        factories.OfficialFactory(slug="hidden")
        assert client.get(f"/{noun}/hidden/{end}").status_code == 404
        assert client.get(f"/{noun}/'%3Cb%3E/{end}").status_code == 404

    def test_one_of_a_merged_record_leads_to_that_of_its_survivor(self, client):
        survivor = factories.OfficialFactory(slug="ann")
        meeting(survivor, "1994")
        factories.OfficialFactory(slug="anne", merged_into=survivor)
        for end in ("years/", "years.svg"):
            response = client.get(f"/officials/anne/{end}")
            assert (response.status_code, response["Location"]) == (301, f"/officials/ann/{end}")
