"""What people read about their own files: file, line, column and their own id, never one that was made of it."""

import re

import pytest

from meetings.models import ExternalId, Meeting, Official, Participation, Place
from tests.admin_pages import address, fields, page_of
from tests.importing import FILES, import_table, problems
from tests.test_imports_table import FIRST, edit

pytestmark = pytest.mark.django_db(transaction=True)

UID = re.compile(r"\b[a-z2-7]{10}\b")


def lines(told) -> str:
    text = "\n".join(map(str, told))
    assert not {uid for uid in UID.findall(text) if re.search("[2-7]", uid)}, text
    return text


def test_what_is_not_there_is_named_as_the_file_does(tmp_path):
    report = import_table(tmp_path, {**FILES, "citations": "source,meeting\ns1,1\ns1,2\ns2,1\ns1,7\n"})
    assert "citations.csv, line 4: source: there is no source “s2”" in lines(report.problems)
    assert "citations.csv, line 5: meeting: there is no meeting “7”" in lines(report.problems)


@pytest.mark.parametrize("again", [False, True])
def test_an_id_that_stands_twice(tmp_path, again):
    if again:
        import_table(tmp_path, FILES)
    report = import_table(tmp_path, {**FILES, "meetings": FILES["meetings"] + "1,Talks,2023,held\n"})
    assert "meetings.csv, line 4: id: “1” stands in two rows" in lines(report.problems)


def test_an_id_that_stands_twice_far_apart(tmp_path):
    rows = "".join(f"x{number},News\n" for number in range(5000))
    report = import_table(tmp_path, {"sources": f"id,title\na,News\n{rows}a,News\n"})
    assert "sources.csv, line 5003: id: “a” stands in two rows" in lines(report.problems)


def test_a_post_of_someone_else(tmp_path):
    posts = "id,official,title,country\np1,bob,Minister,israel\n"
    report = import_table(
        tmp_path, {**FILES, "positions": posts, "participations": "meeting,official,position\n1,ann,p1\n"}
    )
    assert "participations.csv, line 2: position: “p1” is a post of another official." in lines(report.problems)


def test_what_leads_back_to_itself(tmp_path):
    report = import_table(tmp_path, {"meetings": "id,title,part_of\n1,Talks,2\n2,Dinner,1\n3,Visit,\n"})
    told = lines(report.problems)
    assert "meetings.csv, line 2: part_of: “1” would then lead back to itself." in told
    assert "meetings.csv, line 3: part_of: “2” would then lead back to itself." in told
    report = import_table(tmp_path, {"meetings": "id,title\n", "places": "slug,name,within\n,Aha,b\nb,B,aha\n"})
    assert "places.csv, line 2: within: “aha” would then lead back to itself." in lines(report.problems)


def test_a_meeting_that_is_not_published(tmp_path):
    files = {
        **FILES,
        "citations": "source,meeting\ns1,1\n",
        "statements": "meeting,speaker,text\n2,ann,Yes.\n",
    }
    for _run in range(2):
        told = lines(import_table(tmp_path, files).doubts)
        assert "meetings.csv, line 3: the meeting “2” is not published: no citation." in told
        assert "statements.csv, line 2: the statement is not published: no citation." in told


def test_an_edited_record_is_named_with_its_columns(tmp_path):
    places = {"places": "slug,name\nparis,Paris\nrome,Rome\noslo,Oslo\n"}
    meetings = "id,title,place,part_of\n1,Talks,{},{}\n2,Visit,,\n3,Summit,,\n"
    import_table(tmp_path, {**FILES, **places, "meetings": meetings.format("paris", "2")})
    edit(FIRST, place=Place.objects.get(slug="rome"), part_of=Meeting.objects.get(title="Summit"))
    told = lines(import_table(tmp_path, {"meetings": meetings.format("oslo", "")}).skips)
    assert "meetings.csv, line 2: the meeting “1” was edited here" in told
    assert "place: the file has “oslo”, here it is “rome”" in told
    assert "part_of: the file has “”, here it is “Summit”" in told
    told = lines(import_table(tmp_path, {"meetings": meetings.format("oslo", "2")}).skips)
    assert "place: the file has “oslo”, here it is “rome”" in told


def test_a_deleted_record_and_what_names_it(tmp_path, admin_user):
    import_table(tmp_path, {**FILES, "citations": "source,meeting\n"})
    for record in (Participation.objects.get(meeting__title="More talks"), Meeting.objects.get(title="More talks")):
        record._history_user = admin_user
        record.delete()
    told = lines(import_table(tmp_path, {"citations": FILES["citations"]}).skips)
    assert "meetings.csv, line 3: an editor deleted the meeting “2” here, and it stays so." in told
    assert "participations.csv, line 4: meeting: an editor deleted “2” here." in told
    assert "citations.csv, line 3: meeting: an editor deleted “2” here." in told


def test_an_id_that_an_editor_moved_stays_and_is_told(tmp_path, admin_client):
    ids = "dataset,identifier,official\nwikidata,Q42,{}\n"
    import_table(tmp_path, {**FILES, "external_ids": ids.format("ann")})
    record = ExternalId.objects.get()
    form = fields(admin_client.get(page_of(record)))
    form["official"] = Official.objects.get(slug="bob").pk
    assert admin_client.post(page_of(record), form).status_code == 302
    assert import_table(tmp_path).changed.total() == 0
    assert ExternalId.objects.get().official.slug == "bob"
    other = "dataset,identifier,official,country\nwikidata,Q42,,israel\n"
    told = lines(import_table(tmp_path, {"external_ids": other}).skips)
    assert "external_ids.csv, line 2: the external id was edited here since it was imported, and is left so." in told
    assert admin_client.get(address("externalid", "history", record.pk)).status_code == 200
    admin_client.post(address("externalid", "delete", record.pk), {"post": "yes"})
    told = lines(import_table(tmp_path, {"external_ids": ids.format("ann")}).skips)
    assert "external_ids.csv, line 2: an editor deleted the external id here, and it stays so." in told


def test_ids_of_a_file_that_is_not_there(tmp_path):
    import_table(tmp_path, FILES)
    (tmp_path / "meetings.csv").unlink()
    assert "meetings.csv" in problems(import_table(tmp_path))
