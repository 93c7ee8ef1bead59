"""Broken and hostile files: told with file, line and reason, and nothing of them is written."""

import pytest
from django.core.management import CommandError, call_command

from meetings.imports.report import MOST_PROBLEMS, Refused, Report, Row
from meetings.models import Country, ImportRun, Meeting, Official
from tests.importing import FILES, import_rows, import_table, problems, write

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "x" * 300
POST = "uid,official,title,country\na2b3c4d5e6,bob,Minister,israel\n"

#: What is put in the place of a good file, and where and how it is told.
BROKEN = {
    "truncated in a quotation": ("meetings", 'id,title\n1,"Talks', ["meetings.csv, line 2", "cut off"]),
    "truncated in a row": ("meetings", "id,title,date,status\n1,Talks,2023-06-15,held\n2,More", ["line 3", "2 cells"]),
    "too many cells": ("meetings", "id,title\n1,Talks,held\n", ["meetings.csv, line 2", "3 cells"]),
    "Latin-1": ("officials", "slug,name\nann,Ann\nbob,Bob Gonçalves\n".encode("latin-1"), ["line 3", "UTF-8", "0xe7"]),
    "UTF-16": ("officials", FILES["officials"].encode("utf-16"), ["officials.csv, line 1", "UTF-8"]),
    "NUL bytes": ("officials", b"slug,name\nann,A\0nn\n", ["officials.csv, line 2", "NUL"]),
    "a picture": ("officials", b"\x89PNG\r\n\x1a\n\0\0", ["officials.csv, line 1"]),
    "an empty file": ("officials", b"", ["officials.csv, line 1", "empty"]),
    "a wrong column": ("meetings", "id,titel\n1,Talks\n", ["line 1", "“titel”", "Is “title” meant?"]),
    "a column twice": ("meetings", "id,title,title\n1,Talks,Talks\n", ["line 1", "twice"]),
    "no key": ("meetings", "title\nTalks\n", ["meetings.csv, line 2", "uid, or an id"]),
    "no title": ("meetings", "id,title\n1,\n", ["meetings.csv, line 2", "title", "empty"]),
    "a missing column": ("meetings", "id,date\n1,2023\n", ["meetings.csv, line 2", "title", "needs it"]),
    "a key twice": ("meetings", "id,title\n1,Talks\n1,Talks\n", ["line 3", "stands in two rows"]),
    "a bad uid": ("meetings", "uid,title\nMEETING-1,Talks\n", ["line 2", "“MEETING-1”", "a2b3c4d5e6"]),
    "a bad slug": ("officials", "slug,name\nann example,Ann\n", ["line 2", "“ann example”", "yoav-gallant"]),
    "a day that is none": ("meetings", "id,title,date\n1,T,2023-02-30\n", ["line 2", "date", "2023-02-30", "28 days"]),
    "a date-time": ("meetings", "id,title,date\n1,T,2023-06-15T12:00\n", ["line 2", "2023-06-15T12:00"]),
    "ends before it starts": ("meetings", "id,title,date\n1,T,2023-06-15/2023-06-01\n", ["line 2", "2023-06-01/2023"]),
    "no choice": ("meetings", "id,title,status\n1,T,happened\n", ["line 2", "“happened”", "held"]),
    "an impossible time": ("meetings", "id,title,starts_at\n1,T,25:00\n", ["line 2", "25:00", "18:30"]),
    "a time without a day": (
        "meetings",
        "id,title,date,starts_at,time_zone\n1,T,2023,18:30,Europe/Brussels\n",
        ["line 2", "starts_at", "Times of day need a date of one day"],
    ),
    "no time zone": ("meetings", "id,title,time_zone\n1,T,Mars/Base\n", ["line 2", "Mars/Base", "Europe/Brussels"]),
    "too long": ("officials", f"slug,name\nann,{LONG}\n", ["line 2", "name", "300", "200"]),
    "an unknown key": ("participations", "meeting,country\n1,Israel\n", ["line 2", "“Israel”", "Is “israel” meant?"]),
    "an unknown meeting": ("participations", "meeting,country\n7,israel\n", ["line 2", "meeting"]),
    "no party": ("participations", "meeting,role\n1,guest\n", ["line 2", "Say who took part"]),
    "an official twice": (
        "participations",
        "id,meeting,official\nx,1,ann\ny,1,ann\n",
        ["participations.csv, line 3", "one row each"],
    ),
    "a script for a link": ("sources", "id,url\ns1,javascript:alert(1)\n", ["line 2", "url", "https://example.org"]),
    "a latitude alone": ("places", "slug,name,latitude\np,P,50\n", ["line 2", "latitude", "longitude"]),
    "off the globe": ("places", "slug,name,latitude,longitude\np,P,91,0\n", ["line 2", "-90 to 90"]),
    "no number": ("places", "slug,name,latitude,longitude\np,P,nan,1e999\n", ["line 2", "“nan”", "“1e999”"]),
    "within itself": ("places", "slug,name,within\np,P,q\nq,Q,p\n", ["places", "lead back to itself"]),
    "too deep": (
        "places",
        "slug,name,within\n" + "".join(f"p{n},P,{f'p{n - 1}' if n else ''}\n" for n in range(7)),
        ["places", "“p6”", "five"],
    ),
    "another's post": (
        "participations",
        "meeting,official,position\n1,ann,a2b3c4d5e6\n",
        ["line 2", "position", "another official"],
    ),
    "cited by two": ("citations", "source,meeting,statement\ns1,,\n", ["citations.csv, line 2", "one record"]),
    "a live code of a former state": (
        "countries",
        FILES["countries"]
        .replace("name\n", "name,kind,iso2\n")
        .replace("\nunited-states,", "\nunited-states,")
        .replace("Israel\n", "Israel,former-state,IL\n")
        .replace("States\n", "States,,\n"),
        ["countries.csv, line 2", "ISO 3166-3"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_told_and_not_written(tmp_path, name):
    noun, content, told = BROKEN[name]
    report = import_table(tmp_path, {**FILES, "positions": POST, noun: content})
    for words in told:
        assert words in problems(report)
    assert report.made.total() == 0 or not Country.objects.exists()
    assert not Country.objects.exists()
    assert not Meeting.objects.exists()


def test_one_bad_row_is_told_once_and_not_by_all_that_name_it(tmp_path):
    report = import_table(tmp_path, {**FILES, "countries": FILES["countries"].replace("israel,Israel", "israel,")})
    assert len(report.problems) == 1


def test_all_problems_are_told_up_to_a_hundred(tmp_path):
    rows = "".join(f"{number},T,never\n" for number in range(5000))
    report = import_table(tmp_path, {"meetings": f"id,title,date\n{rows}"})
    assert MOST_PROBLEMS <= len(report.problems) <= MOST_PROBLEMS + 1
    assert not Meeting.objects.exists()


def test_strange_texts_come_in_as_they_are(tmp_path):
    strange = [
        "=1+1",
        "'=1",
        "<script>alert(1)</script>",
        "a\r\nb",
        'say "no"',
        "عربي",
        "👩‍💻",
        "\u202egnp",
        "'quoted'",
    ]
    lines = "".join('s{},"{}"\r\n'.format(n, t.replace('"', '""')) for n, t in enumerate(strange))
    import_table(tmp_path, {"officials": "\ufeffslug,name\r\n" + lines})
    expected = [text[1:] if text == "'=1" else text for text in strange]
    assert list(Official.objects.order_by("pk").values_list("name", flat=True)) == expected


def test_a_folder_without_the_files(tmp_path):
    assert "no CSV file" in problems(import_table(tmp_path))
    assert "called so" in problems(import_table(tmp_path, {"people": "slug,name\n"}))
    (tmp_path / "meetings.csv").mkdir()
    assert "no such file" in problems(import_table(tmp_path))


def test_a_reader_that_gives_up_has_its_reason_told(db):
    def reader(paths, report: Report):
        yield Row("topics", {"slug": "oil", "name": "Oil"})
        raise Refused("This is no such dataset.")

    from meetings.imports import base

    report = base.run(reader, "broken", [])
    assert problems(report) == "This is no such dataset."
    assert ImportRun.objects.get().state == "refused"


def test_a_fault_of_ours_leaves_nothing_and_is_kept(db):
    with pytest.raises(LookupError):
        import_rows(Row("topics", {"slug": "oil", "name": "Oil"}), Row("nonsense", {}))
    run = ImportRun.objects.get()
    assert run.state == "refused"
    assert "nonsense" in run.report


def test_the_command(tmp_path, capsys):
    write(tmp_path, FILES)
    call_command("import_data", "table", str(tmp_path), dataset_name="mine")
    assert "12 (countries 2" in capsys.readouterr().out
    assert ImportRun.objects.get().dataset == "mine"
    write(tmp_path, {"meetings": "id,titel\n1,x\n"})
    with pytest.raises(CommandError, match=r"meetings\.csv, line 1.*title"):
        call_command("import_data", "table", str(tmp_path), dataset_name="mine")
    with pytest.raises(CommandError, match="dataset-name"):
        call_command("import_data", "leaders", str(tmp_path), dataset_name="mine")
