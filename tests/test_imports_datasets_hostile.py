"""Broken and hostile files of the public datasets: told with file, line and reason, and nothing of them is written."""

import re
from pathlib import Path

import pytest

from meetings.choices import RunState
from meetings.imports import reader
from meetings.imports.base import run
from meetings.models import Country, ImportRun, Meeting, Official, Place, Position
from tests.importing import PATHS, SAMPLES

pytestmark = pytest.mark.django_db

BOMB = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
OUTSIDE = '<!DOCTYPE visits [<!ENTITY passwords SYSTEM "file:///etc/passwd">]>'
VISITS = (SAMPLES / "us-visits" / "1950.xml").read_text()
TRIPS = (SAMPLES / "us-travels" / "doe-jane.xml").read_text()
LEADERS = (SAMPLES / "leaders.csv").read_text()
TERRITORY = (SAMPLES / "us-gazetteer" / "territories" / "greece.xml").read_text()
LOCALE = (SAMPLES / "us-gazetteer" / "locales" / "moscow.xml").read_text()


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def doctype(text: str, declared: str) -> str:
    return changed(text, "?>\n", f"?>\n{declared}\n")


#: Dataset, the file, its content, and what is told of it.
BROKEN = {
    "a bomb": ("us-visits", "a.xml", doctype(VISITS, BOMB), ["a.xml, line 2", "entities"]),
    "an external entity": ("us-visits", "a.xml", doctype(VISITS, OUTSIDE), ["a.xml, line 2", "entities"]),
    "an entity of HTML": ("us-visits", "a.xml", changed(VISITS, "Prime", "&nbsp;Prime"), ["line 7", "entity"]),
    "cut off": ("us-visits", "a.xml", VISITS[:900], ["a.xml, line", "cut off"]),
    "Latin-1": ("us-visits", "a.xml", VISITS.replace("Boston", "Besançon").encode("latin-1"), ["line 9", "encoding"]),
    "no XML": ("us-visits", "a.xml", "Who met whom?", ["a.xml, line 1", "XML"]),
    "empty": ("us-visits", "a.xml", "", ["a.xml, line 1", "cut off"]),
    "an encoding that no one knows": ("us-visits", "a.xml", changed(VISITS, "UTF-8", "klingon"), ["UTF-8"]),
    "nested too deep": ("us-visits", "a.xml", "<visits>" + "<a>" * 1000, ["nested"]),
    "a record without end": (
        "us-visits",
        "a.xml",
        f"<visits><visit><id>{'1' * 2_000_000}</id></visit></visits>",
        ["longer than 1000000 characters"],
    ),
    "another dataset": ("us-visits", "a.xml", TRIPS, ["<trips>", "<visits>"]),
    "no visitor": (
        "us-visits",
        "a.xml",
        re.sub("<visitor>.*?</visitor>", "<visitor/>", VISITS),
        ["lacks its <visitor>"],
    ),
    "a day that is none": (
        "us-visits",
        "a.xml",
        changed(VISITS, "1955-01-12", "1955-02-30"),
        ["line 6: <end-date>", "28 days"],
    ),
    "a day in words": (
        "us-visits",
        "a.xml",
        changed(VISITS, "1955-01-10", "January 1955"),
        ["line 5: <start-date>", "1955-01"],
    ),
    "a month for a day": (
        "us-visits",
        "a.xml",
        changed(VISITS, "1955-01-10", "1955-01"),
        ["line 5: <start-date>", "not a day"],
    ),
    "no day": ("us-visits", "a.xml", changed(VISITS, "1955-01-10", ""), ["line 5: <start-date>", "not a day"]),
    "ends before it starts": (
        "us-visits",
        "a.xml",
        changed(VISITS, "1955-01-12", "1955-01-02"),
        ["line 6: <end-date>", "ends before"],
    ),
    "an id twice": ("us-visits", "a.xml", changed(VISITS, "<id>2</id>", "<id>1</id>"), ["line 11", "a.xml, line 3"]),
    "a name without end": ("us-visits", "a.xml", changed(VISITS, "Pattern", "Pattern " * 100), ["line", "200"]),
    "a trip of no one": ("us-travels", "a.xml", changed(TRIPS, ' who="doe-jane"', ""), ["a.xml, line 3", "who"]),
    "a trip to nowhere": ("us-travels", "a.xml", changed(TRIPS, "United Kingdom", " "), ["line 3", "<country>"]),
    "a term that ends before it starts": (
        "us-travels",
        "a.xml",
        "<presidents><president><id>x</id><took-office-date>2025-01-20</took-office-date>"
        "<left-office-date>2021-01-20</left-office-date></president></presidents>",
        ["a.xml, line 1: <left-office-date>", "ends before"],
    ),
    "a term from a day that is none": (
        "us-travels",
        "a.xml",
        "<presidents><president>\n<id>x</id>\n<took-office-date>2024-02-31</took-office-date></president></presidents>",
        ["a.xml, line 3: <took-office-date>", "2024-02-31"],
    ),
    "a term until a day that is none": (
        "us-travels",
        "a.xml",
        "<principal-position><id>secretary</id><principals><principal>\n<person-id>x</person-id>\n<started>"
        "<date>2021-01-20</date></started>\n<ended>\n<date>2024-02-31</date></ended></principal></principals>"
        "</principal-position>",
        ["a.xml, line 5: <date>", "2024-02-31"],
    ),
    "a year that is none": (
        "gazetteer",
        "a.xml",
        changed(TERRITORY, "1973", "19x3"),
        ["a.xml, line 7: <valid-since>", "19x3"],
    ),
    "a place without a point": ("gazetteer", "a.xml", changed(LOCALE, "55.75", "north"), ["a.xml, line 2", "“north”"]),
    "off the globe": ("gazetteer", "a.xml", changed(LOCALE, "55.75", "155.75"), ["-90 to 90"]),
    "other columns": ("leaders", "a.csv", changed(LEADERS, "officeholder,", "who,"), ["a.csv, line 1", "officeholder"]),
    "too few cells": ("leaders", "a.csv", changed(LEADERS, ",1954,1958", ""), ["a.csv, line 2", "6 cells"]),
    "no Wikidata id": (
        "leaders",
        "a.csv",
        changed(LEADERS, "Q1001", "javascript:alert(1)"),
        ["line 2: officeholder", "Q42"],
    ),
    "a year of three digits": (
        "leaders",
        "a.csv",
        changed(LEADERS, ",1954,", ",954,"),
        ["line 2: start_year", "“954”"],
    ),
    "a post that ends before it starts": ("leaders", "a.csv", changed(LEADERS, "1954", "1964"), ["line 2", "1958"]),
    "several things wrong": (
        "leaders",
        "a.csv",
        changed(changed(LEADERS, "Q1001", "Q"), ",1954,", ",954,"),
        ["line 2: officeholder", "line 2: start_year"],
    ),
    "a CSV in Latin-1": ("leaders", "a.csv", LEADERS.replace("Ichiro", "Françoise").encode("latin-1"), ["UTF-8"]),
}


@pytest.mark.parametrize(("dataset", "name", "content", "told"), BROKEN.values(), ids=BROKEN)
def test_broken_files_are_refused_and_nothing_is_written(tmp_path, dataset, name, content, told):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = run(reader(dataset), dataset, [path])
    text = "\n".join(map(str, report.problems))
    assert [words for words in told if words not in text] == [], text
    assert not any(model.objects.exists() for model in (Country, Official, Position, Place, Meeting))
    assert ImportRun.objects.get().state == RunState.REFUSED


@pytest.mark.parametrize("dataset", PATHS)
def test_a_path_that_leads_nowhere_is_told(tmp_path, dataset):
    assert run(reader(dataset), dataset, [tmp_path / "nowhere"]).problems
    assert run(reader(dataset), dataset, [tmp_path]).problems


def test_a_good_file_beside_a_bad_one_is_not_written(tmp_path):
    (tmp_path / "bad.xml").write_text(VISITS[:900])
    (tmp_path / "good.xml").write_text(VISITS)
    report = run(reader("us-visits"), "us-visits", [tmp_path])
    assert [Path(line.file).name for line in report.problems if "cut off" in line.text] == ["bad.xml"]
    assert not Meeting.objects.exists()


def test_a_visit_longer_than_any_is_taken_with_a_doubt(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(changed(VISITS, "1955-01-12", "2955-01-12"))
    report = run(reader("us-visits"), "us-visits", [path])
    [doubt] = [line for line in report.doubts if "days" in line.text]
    assert ("365245 days" in doubt.text, doubt.file, doubt.line) == (True, "a.xml", 6)
    assert Meeting.objects.filter(date="1955-01-10/2955-01-12").exists()
