"""Large numbers are written so that they can be read, on each page that counts."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from meetings.filters.base import Option
from meetings.index.hits import Number
from meetings.index.near import Near
from meetings.lenses.course import Facts
from meetings.lenses.portrait import Career, Column, Site, Whereabouts
from meetings.lenses.shared import Counted
from meetings.templatetags import panel, portrait


def told(template: str, **context) -> str:
    return " ".join(render_to_string(f"meetings/{template}", context).split())


def test_where_they_were():
    html = told("_where.html", whereabouts=Whereabouts([Site("paris", "Paris", 2_345, [])], 14_059, 1_234, 1_050, True))
    assert "14,059 more name other places." in html
    assert "1,050 of them planned" in html
    assert "1,234 name no place." in html
    assert ">2,345<" in html
    html = told("_where.html", whereabouts=Whereabouts([Site("paris", "Paris", 1, [])], 1, 1, 1, True))
    assert "One more names another place." in html


def test_how_many_meetings_a_profile_has():
    html = told("_meetings_fact.html", meetings=[], count=14_059, parts=1_234, all="/meetings/?place=x", heading="Met")
    assert "None on record" in html
    html = told("_number.html", count=14_059, held=1_234, parameter="place", record=SimpleNamespace(slug="x", name="X"))
    assert '">14,059<' in html
    assert "(1,234 held)" in html


def test_what_two_have_in_common():
    shared = SimpleNamespace(number=14_059, parts=1_234, exact=True, meetings=[])
    facts = Facts("2003", "2005", "", "", "", 5_678)
    met, due = Counted(20_000, ""), Counted(3_456, "")
    html = told("_pair_facts.html", shared=shared, facts=facts, met=met, due=due, beside=4_567)
    html += told("_pair_notes.html", shared=shared, facts=facts)
    for number in ("14,059", "1,234", "5,678", "3,456", "4,567", "20,000"):
        assert number in html


@pytest.mark.parametrize("kind", ["held", "planned"])
def test_the_years_of_a_profile(kind):
    career = Career([], [Column(1999, 1999, **{kind: 14_059, "other": 1_000})], 1999, 2000, 0, None)
    for html in (portrait.career_table(career, "/meetings/?"), portrait.only_column(career, "/meetings/?")):
        for number in ("15,059", "14,059", "1,000"):
            assert number in html


def test_the_options_of_a_filter():
    for n, shown in ((999, "999"), (61_234, "61,234")):
        assert f'<span class="tally">{shown}</span>' in panel.option(Option("held", "Held", n, chosen=False))


@pytest.mark.parametrize("noun", ["meetings", ""])
def test_what_a_search_offers(noun):
    for number in (Number(14_059, exact=True), Number(14_059, exact=False)):
        assert "14,059" in told("_near.html", near=[(Near("paris", number), "/x/")], noun=noun)
    group = SimpleNamespace(
        noun="places", label="places", number=Number(14_059, exact=True), rows=[], address="/places/", terms=[]
    )
    html = told("search.html", groups=[group])
    assert '<span class="result-count">14,059</span>' in html
    assert "All 14,059 →" in html
