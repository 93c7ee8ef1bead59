"""The countries fixture: complete, unambiguous, and true where it can be checked without a database."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "01_countries.json"
TEXT = FIXTURE.read_text(encoding="utf-8")
COUNTRIES = {entry["fields"]["slug"]: entry["fields"] for entry in json.loads(TEXT)}
FORMER = {slug: country for slug, country in COUNTRIES.items() if country["kind"] == "former-state"}


def names(country):
    return [country["name"], *country["other_names"].split("\n")]


def codes(field):
    return [country[field] for country in COUNTRIES.values() if country[field]]


def test_every_entry_is_a_country_without_a_primary_key():
    entries = json.loads(TEXT)
    assert all(set(entry) == {"model", "fields"} and entry["model"] == "meetings.country" for entry in entries)
    assert len(entries) == len(COUNTRIES), "two entries share a slug"


def test_iso_3166_1_is_complete_and_each_code_stands_once():
    assert len(codes("iso2")) == len(set(codes("iso2"))) == 249
    assert len(codes("iso3")) == len(set(codes("iso3"))) == 249
    assert all(bool(country["iso2"]) == bool(country["iso3"]) for country in COUNTRIES.values())
    pycountry = pytest.importorskip("pycountry")
    assert set(codes("iso2")) == {entry.alpha_2 for entry in pycountry.countries}
    assert set(codes("iso3")) == {entry.alpha_3 for entry in pycountry.countries}


@pytest.mark.parametrize(
    ("field", "shape"),
    [
        ("iso2", r"([A-Z]{2})?"),
        ("iso3", r"([A-Z]{3})?"),
        ("iso3166_3", r"([A-Z]{4})?"),
        ("wikidata", r"(Q[1-9][0-9]*)?"),
        ("slug", r"[a-z0-9]+(-[a-z0-9]+)*"),
        ("kind", r"state|territory|former-state"),
        ("region", r"[A-Z][A-Za-z -]+"),
        ("name", r"\S(.*\S)?"),
    ],
)
def test_values_have_their_shape(field, shape):
    assert [c[field] for c in COUNTRIES.values() if not re.fullmatch(shape, c[field])] == []


def test_wikidata_ids_stand_once():
    assert [item for item, times in Counter(codes("wikidata")).items() if times > 1] == []


def test_kinds_follow_the_stated_rule():
    kinds = Counter(country["kind"] for country in COUNTRIES.values())
    assert kinds["state"] == 193 + len(["holy-see", "palestine", "kosovo", "taiwan"])
    assert {COUNTRIES[slug]["kind"] for slug in ("holy-see", "palestine", "kosovo", "taiwan")} == {"state"}
    for slug in ("gaza", "west-bank", "greenland", "hong-kong", "western-sahara", "cook-islands"):
        assert COUNTRIES[slug]["kind"] == "territory"


def test_former_states_ended_have_successors_and_no_live_code():
    for slug, country in COUNTRIES.items():
        assert (slug in FORMER) == bool(country["existed_until"]) == bool(country["successors"]), slug
    assert [slug for slug, country in FORMER.items() if country["iso2"] or country["iso3"]] == []
    assert {slug for slug, country in FORMER.items() if not country["iso3166_3"]} == {
        "hawaii",
        "republic-of-china-1912-to-1949",
        "south-vietnam",
        "tanganyika",
        "united-arab-republic",
        "west-germany",
    }
    assert len(codes("iso3166_3")) == len(set(codes("iso3166_3"))) == 14


def test_successors_exist_and_are_listed_by_name():
    for slug, country in COUNTRIES.items():
        successors = [COUNTRIES[key] for (key,) in country["successors"]]
        assert country not in successors, slug
        assert successors == sorted(successors, key=lambda c: c["name"]), slug


def test_living_records_come_first():
    assert list(COUNTRIES) == sorted(COUNTRIES, key=lambda slug: (slug in FORMER, slug))


@pytest.mark.parametrize(
    ("slug", "old_name"),
    [
        ("antarctica", "British Antarctic Territory"),
        ("belarus", "Byelorussian SSR"),
        ("benin", "Dahomey"),
        ("burkina-faso", "Upper Volta"),
        ("democratic-republic-of-the-congo", "Zaire"),
        ("djibouti", "French Afars and Issas"),
        ("france", "Metropolitan France"),
        ("iran", "Persia"),
        ("myanmar", "Burma"),
        ("sri-lanka", "Ceylon"),
        ("timor-leste", "East Timor"),
        ("united-states-minor-outlying-islands", "Wake Island"),
        ("vanuatu", "New Hebrides"),
        ("zimbabwe", "Southern Rhodesia"),
    ],
)
def test_a_mere_renaming_is_an_other_name(slug, old_name):
    assert old_name in names(COUNTRIES[slug])
    assert old_name not in [country["name"] for country in COUNTRIES.values()]


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("united-states", {"USA", "US", "United States of America", "ארצות הברית"}),
        ("united-kingdom", {"UK", "Great Britain", "Royaume-Uni"}),
        ("united-arab-emirates", {"UAE"}),
        ("soviet-union", {"USSR", "СССР"}),
        ("east-germany", {"GDR", "DDR"}),
        ("democratic-republic-of-the-congo", {"DRC"}),
        ("turkey", {"Türkiye"}),
        ("czechia", {"Czech Republic"}),
        ("israel", {"State of Israel", "ישראל", "إسرائيل", "以色列"}),
        ("hungary", {"Magyarország"}),
        ("gaza", {"Gaza Strip", "רצועת עזה"}),
    ],
)
def test_readers_find_a_country_by_its_other_names(slug, other):
    assert other <= set(names(COUNTRIES[slug]))


def test_a_name_leads_to_one_country_and_stands_once():
    every = Counter(name.casefold() for country in COUNTRIES.values() for name in names(country))
    assert [name for name, times in every.items() if times > 1 or name != name.strip() or not name] == []


def test_coordinates_are_on_the_globe_with_four_decimals():
    for slug, country in COUNTRIES.items():
        latitude, longitude = country["latitude"], country["longitude"]
        assert abs(latitude) <= 90, slug
        assert abs(longitude) <= 180, slug
        assert (latitude, longitude) == (round(latitude, 4), round(longitude, 4)), slug
        assert (type(latitude), type(longitude)) == (float, float), slug


@pytest.mark.parametrize(
    ("slug", "south", "west", "north", "east"),
    [
        ("israel", 29.4, 34.2, 33.4, 35.9),
        ("gaza", 31.2, 34.2, 31.6, 34.6),
        ("west-bank", 31.3, 34.8, 32.6, 35.6),
        ("palestine", 31.2, 34.2, 32.6, 35.6),
        ("kosovo", 41.8, 20.0, 43.3, 21.8),
        ("singapore", 1.1, 103.6, 1.5, 104.1),
        ("malta", 35.7, 14.1, 36.1, 14.6),
        ("holy-see", 41.89, 12.4, 41.92, 12.47),
        ("united-states", 30, -120, 48, -75),
        ("russia", 50, 80, 70, 120),
        ("fiji", -19, 177, -16, 179.9),
        ("france", 43, -1, 50, 7),
        ("new-zealand", -47, 166, -34, 179),
    ],
)
def test_a_country_lies_where_it_is(slug, south, west, north, east):
    country = COUNTRIES[slug]
    assert south < country["latitude"] < north
    assert west < country["longitude"] < east


@pytest.mark.parametrize("slug", sorted(s for s, c in COUNTRIES.items() if c["existed_from"] or c["existed_until"]))
def test_the_time_a_country_existed_is_edtf_and_in_order(slug):
    from meetings import dates

    began, ended = (COUNTRIES[slug][field] for field in ("existed_from", "existed_until"))
    bounds = [dates.bounds(text) for text in (began, ended) if text]
    assert all(earliest and latest for earliest, latest in bounds)
    assert bounds == sorted(bounds)


@pytest.mark.parametrize(
    ("slug", "began", "ended", "successors"),
    [
        ("soviet-union", "1922-12-30", "1991-12-26", 15),
        ("east-germany", "1949-10-07", "1990-10-03", 1),
        ("czechoslovakia", "1918-10-28", "1992-12-31", 2),
        ("yugoslavia", "1918-12-01", "1992-04-27", 5),
        ("serbia-and-montenegro", "1992-04-27", "2006-06-03", 2),
    ],
)
def test_dissolved_states_existed_when_history_says(slug, began, ended, successors):
    country = COUNTRIES[slug]
    assert (country["existed_from"], country["existed_until"]) == (began, ended)
    assert len(country["successors"]) == successors
