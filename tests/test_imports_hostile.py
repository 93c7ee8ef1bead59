"""Broken and hostile files: told with file, line and reason, and nothing of them is written."""

import pytest
from django.core.management import CommandError, call_command

from meetings.imports.report import MOST_PROBLEMS, TOO_MANY, Refused, Report, Row
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
    assert len(report.problems) == MOST_PROBLEMS
    assert list(report.lines())[-1].strip() == "… and 4900 more"
    assert report.counts()["problems"] == 5000
    assert not Meeting.objects.exists()


def test_what_is_wrong_in_another_way_is_told_behind_a_hundred_alike(tmp_path):
    rows = "".join(f"{number},T,never\n" for number in range(500))
    report = import_table(
        tmp_path, {**FILES, "meetings": f"id,title,date\n{rows}y,,2023\n", "citations": "source\nx\n"}
    )
    assert "meetings.csv, line 502: title" in problems(report)
    assert "citations.csv, line 2: source" in problems(report)


def test_reading_ends_where_everything_is_wrong(tmp_path):
    rows = "".join(f"{number},T,never\n" for number in range(TOO_MANY + 500))
    report = import_table(tmp_path, {"meetings": f"id,title,date\n{rows}"})
    assert "the rest was not read" in problems(report)
    assert report.counts()["problems"] == TOO_MANY + 1


def test_all_that_is_wrong_is_told_in_one_run_and_nothing_that_only_follows_from_it(tmp_path):
    files = {
        "countries": "slug,name\nisrael,Israel\nunited-states,United States,x\n",
        "officials": "slug,nam\nann,Ann\nbob,\n",
        "sources": "id,kind,titel,url\ns1,news-report,A,https://example.org/\ns2,rumour,B,javascript:alert(1)\n",
        "meetings": "id,title,date,place,status,colour\n1,T,2024-02-31,nowhere,held,red\n2,,2023-13,,never,red\n",
        "participations": "meeting,official,country\n1,ann,united-states\n1,bob,israel\n2,cid,israel\n",
        "citations": "source,meeting,field\ns1,1,\ns2,2,colour\ns3,2,\n",
    }
    told = problems(import_table(tmp_path, files))
    expected = [
        "countries.csv, line 3: 3 cells where the first line names 2 columns.",
        "officials.csv, line 1: officials.csv has no column “nam” (the 2. here). Is “name” meant?",
        "officials.csv, line 3: name: It cannot be empty.",
        "sources.csv, line 1: sources.csv has no column “titel” (the 3. here). Is “title” meant?",
        "sources.csv, line 3: kind: “rumour” is none of the choices",
        "sources.csv, line 3: url: ",
        "meetings.csv, line 1: meetings.csv has no column “colour” (the 6. here). Its columns: ",
        "meetings.csv, line 2: date: ",
        "meetings.csv, line 2: place: there is no place “nowhere”",
        "meetings.csv, line 3: title: ",
        "meetings.csv, line 3: date: ",
        "meetings.csv, line 3: status: ",
        "participations.csv, line 4: official: there is no official “cid”",
        "citations.csv, line 3: field: ",
        "citations.csv, line 4: source: there is no source “s3”",
    ]
    assert [line for line in expected if line not in told] == []
    assert len(told.splitlines()) == len(expected), told


def test_a_file_that_cannot_be_read_is_told_and_not_all_that_name_its_records(tmp_path):
    report = import_table(tmp_path, {**FILES, "meetings": 'id,title\n1,"Talks\n'})
    assert len(report.problems) == 1
    report = import_table(tmp_path, {**FILES, "officials": "slug,name\nann,Gonçalves\nbob,\n".encode("latin-1")})
    assert problems(report).splitlines()[1] == "officials.csv, line 3: name: It cannot be empty."
    assert len(report.problems) == 2


def test_an_id_where_none_can_be_is_told_once(tmp_path):
    report = import_table(tmp_path, {**FILES, "officials": "id,slug,name\n1,ann,Ann\n2,bob,Bob\n"})
    assert problems(report) == (
        "officials.csv, line 1: The column “id” is one too many: records of officials.csv are told apart by “slug”."
    )


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_of_another_country_is_read(tmp_path, separator):
    files = {name: content.replace(",", separator) for name, content in FILES.items()}
    files["meetings"] += '3%sA; "word"\tmore%s2023%sheld\n'.replace("%s", separator).replace(
        'A; "word"\tmore', '"A; ""word""\tmore"'
    )
    assert import_table(tmp_path, files).made.total() == 13
    assert Meeting.objects.get(date="2023").title == 'A; "word"\tmore'


def test_names_in_capitals_and_words_are_read(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "meetings.csv").rename(tmp_path / "MEETINGS.CSV")
    text = FILES["participations"].replace("meeting,official,country", "Meeting,Official, COUNTRY ,Name as written")
    (tmp_path / "participations.csv").write_text(
        text.replace("israel\n", "israel,A\n").replace("states\n", "states,B\n")
    )
    report = import_table(tmp_path)
    assert report.made.total() == 12
    assert Meeting.objects.published().count() == 2
    (tmp_path / "meetings.csv").write_text("id,title\n")
    assert "two files of this name" in problems(import_table(tmp_path))


def test_a_spreadsheet_that_was_not_saved_as_csv_is_told(tmp_path):
    (tmp_path / "List.xlsx").write_bytes(b"PK")
    told = "A spreadsheet is not read. Save each of its sheets as “CSV UTF-8”"
    assert problems(import_table(tmp_path)).startswith(f"List.xlsx: {told}")
    write(tmp_path, FILES)
    assert import_table(tmp_path).problems == [], "the list from which the files come"
    (tmp_path / "Statements.xlsx").write_bytes(b"PK")
    assert problems(import_table(tmp_path)).startswith(f"Statements.xlsx: {told}")
    (tmp_path / "meetings.csv").write_bytes(b"PK\x03\x04\0\0")
    assert "NUL" in problems(import_table(tmp_path))


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
    call_command("import_data", "table", str(tmp_path), dataset_name="mine", dry_run=True)
    assert "To be able to go back after the real one, copy the database" in capsys.readouterr().out
    call_command("import_data", "table", str(tmp_path), dataset_name="mine")
    told = capsys.readouterr().out
    assert "12 (countries 2" in told
    assert ImportRun.objects.get().dataset == "mine"
    write(tmp_path, {"meetings": "id,titel\n1,x\n"})
    with pytest.raises(CommandError, match=r"meetings\.csv, line 1.*title"):
        call_command("import_data", "table", str(tmp_path), dataset_name="mine")
    with pytest.raises(CommandError, match="dataset-name"):
        call_command("import_data", "leaders", str(tmp_path), dataset_name="mine")
