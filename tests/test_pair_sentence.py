"""What the pages of two say first: how often they met, when first and last, where most, and the longest gap."""

import re

import pytest

from meetings.choices import MeetingKind
from meetings.lenses import shared
from meetings.lenses.course import Facts
from meetings.lenses.shared import Counted
from meetings.templatetags.pairs import how_often
from tests import factories
from tests.pages import page
from tests.pairs import address, meet, two

pytestmark = pytest.mark.django_db


def sentence(client, one, other) -> str:
    html = page(client, address(one, other))
    return " ".join(re.sub("<[^>]+>", "", re.search(r'<p class="lede">(.*?)</p>', html, re.S)[1]).split())


def test_it_says_where_they_met_most(client):
    one, other = two()
    here = factories.PlaceFactory(kind="country", country=factories.CountryFactory(name="Land <b>"))
    meet(one, other, "1994", place=here)
    meet(one, other, "1995", place=here)
    assert "Each time in Land &lt;b&gt;." in sentence(client, one, other)
    meet(one, other, "1996")
    assert "Most often in Land &lt;b&gt;: 2 times." in sentence(client, one, other)
    there = factories.PlaceFactory(kind="country", country=factories.CountryFactory())
    for year in ("1997", "1998"):
        meet(one, other, year, place=there)
    assert "Land" not in sentence(client, one, other)


@pytest.mark.parametrize(("n", "told"), [(1, "Most often in Land: once."), (2, "Most often in Land: 2 times.")])
def test_how_often_somewhere_has_the_words_for_its_number(n, told):
    facts = Facts("2003", "2005", "", "", "", 0)
    assert told in re.sub("<[^>]+>", "", how_often(Counted(3, ""), facts, 3, ("Land", n)))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["2003-05-04"], "On record they met once: 4 May 2003."),
        ([""], "On record they met once; when is not known."),
        (
            ["2003-05-04", "2009-05-04"],
            "First: 4 May 2003; last: 4 May 2009. The longest gap in these records was 6 years.",
        ),
        (["2003-05-04", "2009-06-04"], "The longest gap in these records was more than 6 years."),
        (
            ["2003-05", "2009-06-04"],
            "First: May 2003; last: 4 June 2009. The longest gap in these records was at least 6 years.",
        ),
        (["2003-05-04~", "2009-06-04"], "The longest gap in these records was about 6 years."),
        (["2003-05-04", "2003-05-09"], "The longest gap in these records was 5 days."),
        (["2003-05-04/2003-05-09", "2003-05-06"], "First: 4 to 9 May 2003; last: 4 to 9 May 2003."),
        (["2003", "2003-05-04"], "First: between 1 January and 4 May 2003; last: between 4 May and 31 December 2003."),
        (["[..2003]", "2003-05-04"], "First: by 4 May 2003; last: between 4 May and 31 December 2003."),
        (["1994", "1995", "1995-06-02", "2001/.."], "The longest gap in these records was at least 5 years."),
    ],
)
def test_first_last_and_gap_say_only_what_is_known(client, written, told):
    one, other = two()
    for text in written:
        meet(one, other, text)
    assert told in sentence(client, one, other)


def test_what_overlaps_leaves_no_gap(client):
    one, other = two()
    for text in ("2003", "2003-05-04"):
        meet(one, other, text)
    assert "gap" not in sentence(client, one, other)


def test_first_and_last_are_of_all_though_the_newest_are_no_meetings_of_the_two(client, monkeypatch):
    one, other = two()
    meet(one, other, "1990")
    meet(one, other, "1991")
    for year in range(2000, 2003):
        meet(one, other, str(year), kind=MeetingKind.CONFERENCE)
    monkeypatch.setattr(shared, "MOST_READ", 2)
    assert sentence(client, one, other) == "On record they met 2 times. First: 1990; last: 1991."
    assert "parts of longer" not in page(client, address(one, other))
