"""A user's own spreadsheet: made once, changed where it was corrected, never over an editor's work unsaid."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from meetings import index
from meetings.choices import Publication
from meetings.imports.report import Row
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.models import (
    Citation,
    Country,
    ImportRun,
    Meeting,
    Official,
    Organization,
    Participation,
    Place,
    Source,
    Statement,
    Topic,
    derived_uid,
)
from tests import factories
from tests.importing import FILES, import_rows, import_table, numbers, problems, write

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = derived_uid("mine", "1")


def test_a_spreadsheet_with_ids_of_its_own(tmp_path):
    assert numbers(import_table(tmp_path, FILES)) == (12, 0, 0, 0, 0)
    meeting = Meeting.objects.published().get(uid=FIRST)
    assert (meeting.title, meeting.slug, str(meeting.earliest), meeting.status) == (
        "Talks",
        "talks",
        "2023-06-15",
        "held",
    )
    assert [str(p.official) for p in meeting.participations.all()] == ["Ann Example", "Bob Example"]
    assert meeting.participations.first().country.slug == "israel"
    assert meeting.citations.get().source.url == "https://example.org/report"
    assert Meeting.objects.published().count() == 2
    assert " ann " in Official.objects.get(slug="ann").folded


@pytest.mark.parametrize("text", [r"\N", "\\.", "a\n\\.\nb", 'a "b", c', "a\r\nb\rc\td", "NULL"])
def test_a_text_that_means_something_to_a_database_is_kept(tmp_path, text):
    quoted = text.replace('"', '""')
    files = {**FILES, "statements": f'id,meeting,speaker,text\n1,1,ann,"{quoted}"\n'}
    import_table(tmp_path, files)
    assert Statement.objects.get().text == text


def test_ids_of_ones_own_need_the_name_of_whose_they_are(tmp_path, capsys):
    """Without it, row 1 of one folder was row 1 of any other, and the second import overwrote the first."""
    write(tmp_path, FILES)
    for name in ({}, {"dataset_name": "us-visits"}, {"dataset_name": "us-people"}):
        with pytest.raises(CommandError) as refused:
            call_command("import_data", "table", str(tmp_path), **name)
        for file in ("meetings.csv", "sources.csv"):
            assert f"{file}, line 1: The column “id” holds ids of your own" in str(refused.value)
        assert "--dataset-name my-visits" in str(refused.value)
        assert ("“us-" in str(refused.value)) == bool(name)
    assert not Meeting.objects.exists()
    call_command("import_data", "table", str(tmp_path), dataset_name="my-visits")
    call_command("import_data", "table", str(tmp_path), dataset_name="her-visits")
    assert Meeting.objects.published().count() == 4


def test_an_export_needs_no_name_as_it_has_uids(tmp_path, article):
    call_command("export_data", str(tmp_path / "all"), verbosity=0)
    call_command("import_data", "table", str(tmp_path / "all"))
    counts = ImportRun.objects.get().counts
    assert (counts["made"], counts["changed"], counts["same"]["meetings"]) == ({}, {}, 13)


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(CommandError, match="60"):
        call_command("import_data", "table", str(write(tmp_path, FILES)), dataset_name="x" * 61)


def test_a_second_time_changes_nothing(tmp_path):
    import_table(tmp_path, FILES)
    stamps = list(Meeting.objects.order_by("pk").values_list("uid", "updated_at"))
    assert numbers(import_table(tmp_path)) == (0, 0, 12, 0, 0)
    assert list(Meeting.objects.order_by("pk").values_list("uid", "updated_at")) == stamps
    assert Meeting.history.count() == Participation.history.count() == Official.history.count() == 0


def test_a_corrected_file_changes_only_what_was_corrected(tmp_path):
    import_table(tmp_path, FILES)
    other = Meeting.objects.exclude(uid=FIRST).get()
    corrected = {"meetings": FILES["meetings"].replace("2023-06-15", "2023-06-16")}
    assert numbers(import_table(tmp_path, corrected)) == (0, 1, 11, 0, 0)
    meeting = Meeting.objects.get(uid=FIRST)
    assert (meeting.date, str(meeting.latest)) == ("2023-06-16", "2023-06-16")
    assert [(v.history_type, v.date, v.history_change_reason) for v in meeting.history.order_by("history_id")] == [
        ("+", "2023-06-15", "As it was loaded"),
        ("~", "2023-06-16", "import: mine"),
    ]
    assert Meeting.objects.get(pk=other.pk).updated_at == other.updated_at
    assert not other.history.exists()


def test_a_corrected_quote_is_found_as_it_is_now(tmp_path):
    quoted = "id,source,meeting,quote\nc1,s1,1,Quokka\nc2,s1,2,\n"
    import_table(tmp_path, {**FILES, "citations": quoted})
    import_table(tmp_path, {"citations": quoted.replace("Quokka", "Wombat")})
    meeting = Meeting.objects.get(uid=FIRST)
    assert [hits.page(Asked().worded(word), 9) for word in ("quokka", "wombat")] == [[], [meeting.pk]]


def test_files_of_few_columns_reach_the_index(tmp_path):
    """A row without a meeting is still of one, which is found by what stands in it."""
    statements = "id,meeting,speaker,text\n1,1,ann,Quokka\n2,,ann,Numbat\n"
    citations = FILES["citations"].replace("source,meeting", "id,source,meeting").replace("\ns1", "\nc1,s1", 1)
    citations = citations.replace("\ns1", "\nc2,s1")
    parties = FILES["participations"].replace("meeting,", "id,meeting,")
    for number, row in enumerate(("1,ann,israel", "1,bob", "2,ann"), 1):
        parties = parties.replace(f"\n{row}", f"\np{number},{row}")
    files = {**FILES, "statements": statements, "citations": citations, "participations": parties}
    assert import_table(tmp_path, files).problems == []
    few = {
        "statements": "id,text\n1,Wombat\n2,Bilby\n",
        "citations": "id,quote\nc1,Dingo\n",
        "participations": "id,name_as_written\np1,Potoroo\n",
    }
    for path in tmp_path.glob("*.csv"):
        path.unlink()
    assert import_table(tmp_path, few).changed.total() == 4
    assert list(index.check()) == []
    meeting = Meeting.objects.get(uid=FIRST)
    for word in ("wombat", "dingo", "potoroo"):
        assert hits.page(Asked().worded(word), 9) == [meeting.pk]


def test_a_spreadsheet_with_empty_lines_and_columns_is_read(tmp_path):
    """As Excel saves what was once larger."""
    wider = {name: "".join(f"{line},,\n" for line in text.splitlines()) + ",,,,\n" for name, text in FILES.items()}
    for name, text in wider.items():
        commas = text.splitlines()[0].count(",")
        wider[name] = text.replace(",,,,\n", "," * commas + "\n")
    assert numbers(import_table(tmp_path, wider)) == (12, 0, 0, 0, 0)
    stray = FILES["officials"].replace("\n", ",\n").replace("Example,", "Example,Prime Minister", 1)
    assert "officials.csv, line 2: “Prime Minister” stands in a column without a name." in problems(
        import_table(tmp_path, {"officials": stray})
    )


def test_a_corrected_participant_is_the_same_and_one_who_is_gone_is_told(tmp_path):
    """Without an id, the row of an official at a meeting is told by these two; any other by all that it says."""
    guests = "meeting,official,country,name_as_written\n1,ann,israel,\n1,bob,united-states,\n1,,,the French minister\n"
    import_table(tmp_path, {**FILES, "participations": guests})
    corrected = guests.replace("bob,united-states,", "bob,israel,Bobby").replace("the French m", "the French M")
    report = import_table(tmp_path, {"participations": corrected})
    assert (report.made.total(), report.changed.total(), report.skipped) == (1, 1, 0)
    bob = Participation.objects.get(meeting__uid=FIRST, official__slug="bob")
    assert (bob.country.slug, bob.name_as_written) == ("israel", "Bobby")
    [told] = [line for line in report.doubts if line.file == "participations.csv"]
    assert "meeting “1”: the participation “the French minister” is in the files no longer" in told.text


def test_what_an_editor_added_is_not_missed_in_a_file(tmp_path):
    import_table(tmp_path, FILES)
    editor = get_user_model().objects.create(username="editor")
    added = Participation(meeting=Meeting.objects.get(uid=FIRST), name_as_written="the interpreter")
    added._history_user = editor
    added.save()
    assert numbers(import_table(tmp_path)) == (0, 0, 12, 0, 0)


def test_what_hangs_on_a_deleted_statement_is_told_too(tmp_path):
    statements = "id,meeting,speaker,text\n1,1,ann,Quokka\n"
    citations = FILES["citations"].replace("source,meeting", "source,meeting,statement").replace(",1\n", ",1,\n")
    files = {**FILES, "statements": statements, "citations": citations.rstrip("\n") + ",\ns1,,1\n"}
    assert import_table(tmp_path, files).problems == []
    Statement.objects.update(publication=Publication.DRAFT)
    statement = Statement.objects.get()
    statement._history_user = get_user_model().objects.create(username="editor")
    statement.delete()
    report = import_table(tmp_path)
    assert report.problems == []
    assert [line.file for line in report.skips] == ["statements.csv", "citations.csv"]


def test_an_editors_edit_stays_when_the_row_does(tmp_path):
    import_table(tmp_path, FILES)
    edit(FIRST, title="Talks in Brussels")
    assert numbers(import_table(tmp_path)) == (0, 0, 12, 0, 0)
    assert Meeting.objects.get(uid=FIRST).title == "Talks in Brussels"


def test_a_row_that_changed_over_an_edit_is_told_and_not_written(tmp_path):
    import_table(tmp_path, FILES)
    edit(FIRST, title="Talks in Brussels")
    report = import_table(tmp_path, {"meetings": FILES["meetings"].replace("1,Talks", "1,Talks in Paris")})
    assert numbers(report) == (0, 0, 11, 1, 0)
    [line] = report.skips
    assert (line.file, line.line) == ("meetings.csv", 2)
    assert "title: the file has “Talks in Paris”, here it is “Talks in Brussels”" in line.text
    assert Meeting.objects.get(uid=FIRST).title == "Talks in Brussels"


def test_after_an_edit_was_taken_back_the_file_counts_again(tmp_path):
    import_table(tmp_path, FILES)
    edit(FIRST, title="Talks in Brussels")
    edit(FIRST, title="Talks")
    report = import_table(tmp_path, {"meetings": FILES["meetings"].replace("1,Talks", "1,Talks in Paris")})
    assert numbers(report) == (0, 1, 11, 0, 0)


def test_what_an_earlier_correction_wrote_is_where_the_next_starts_from(tmp_path):
    import_table(tmp_path, FILES)
    for title in ("Talks in Paris", "Talks in Rome"):
        assert numbers(import_table(tmp_path, {"meetings": FILES["meetings"].replace("1,Talks", f"1,{title}")}))[1] == 1
    edit(FIRST, summary="Long ones.")
    report = import_table(tmp_path, {"meetings": FILES["meetings"].replace("1,Talks", "1,Talks in Oslo")})
    assert numbers(report) == (0, 1, 11, 0, 0), "the edit was of a column that the file does not have"
    assert Meeting.objects.get(uid=FIRST).summary == "Long ones."


def test_links_of_many_to_many_are_compared_and_kept_as_well(tmp_path):
    topics = {"topics": "slug,name\npeace,Peace\noil,Oil\n"}
    meetings = {"meetings": "id,title,topics\n1,Talks,peace;oil\n"}
    import_table(tmp_path, {**topics, **meetings})
    meeting = Meeting.objects.get()
    assert set(meeting.topics.values_list("slug", flat=True)) == {"peace", "oil"}
    report = import_table(tmp_path, {"meetings": "id,title,topics\n1,Talks,oil\n"})
    assert +report.changed == {"meetings": 1}
    assert [topic.slug for topic in meeting.topics.all()] == ["oil"]
    first, last = meeting.history.order_by("history_id")
    assert (first.topics.count(), last.topics.count()) == (2, 1)
    meeting.topics.add(Topic.objects.get(slug="peace"))
    assert numbers(import_table(tmp_path))[1:4] == (0, 3, 0), "the row is as it was: the editor's topic stays"
    report = import_table(tmp_path, {"meetings": "id,title,topics\n1,Talks,\n"})
    assert report.skipped == 1
    assert meeting.topics.count() == 2


def test_a_record_made_by_hand_is_not_overwritten(tmp_path):
    factories.OfficialFactory(slug="ann", name="Ann Other")
    report = import_table(tmp_path, FILES)
    assert report.skipped == 1
    assert Official.objects.get(slug="ann").name == "Ann Other"


def test_what_an_editor_deleted_stays_deleted(tmp_path, admin_client, admin_user):
    import_table(tmp_path, FILES)
    row = Participation.objects.get(meeting__uid=FIRST, official__slug="bob")
    row._history_user = admin_user
    row.delete()
    report = import_table(tmp_path)
    assert numbers(report) == (0, 0, 11, 1, 0)
    assert "deleted" in report.skips[0].text
    assert Participation.objects.count() == 2


def test_merged_records_stand_for_their_survivor(tmp_path):
    import_table(tmp_path, FILES)
    ann, bob = Official.objects.get(slug="ann"), Official.objects.get(slug="bob")
    bob.merged_into = ann
    bob.save()
    rows = "meeting,official,country\n2,bob,united-states\n"
    report = import_table(tmp_path, {"participations": rows, "officials": FILES["officials"].replace("Bob", "Rob")})
    assert "This official takes part in this meeting already" in problems(report)


def test_incomplete_meetings_become_drafts_until_they_are_complete(tmp_path):
    report = import_table(tmp_path, {**FILES, "citations": "source,meeting\ns1,1\n"})
    assert numbers(report) == (11, 0, 0, 0, 1)
    assert "no citation" in report.doubts[0].text
    assert [meeting.uid for meeting in Meeting.objects.published()] == [FIRST]
    assert numbers(import_table(tmp_path)) == (0, 0, 11, 0, 1)
    report = import_table(tmp_path, {"citations": FILES["citations"]})
    assert numbers(report) == (1, 1, 10, 0, 0)
    assert Meeting.objects.published().count() == 2
    assert numbers(import_table(tmp_path)) == (0, 0, 12, 0, 0)


def test_a_draft_that_was_corrected_is_published_once_complete_and_one_that_was_edited_is_not(tmp_path):
    import_table(tmp_path, {**FILES, "citations": "source,meeting\n"})
    import_table(tmp_path, {"meetings": FILES["meetings"].replace("Talks", "Long talks")})
    edit(derived_uid("mine", "2"), summary="To be checked.")
    import_table(tmp_path, {"citations": FILES["citations"]})
    assert [meeting.title for meeting in Meeting.objects.published()] == ["Long talks"]


def test_a_retracted_meeting_stays_retracted(tmp_path):
    import_table(tmp_path, FILES)
    edit(FIRST, publication=Publication.RETRACTED)
    assert numbers(import_table(tmp_path)) == (0, 0, 12, 0, 0)
    assert Meeting.objects.get(uid=FIRST).publication == "retracted"


def test_statements_need_a_source_and_wait_for_their_meeting(tmp_path):
    statements = "id,meeting,speaker,text,mode\na,1,ann,Yes.,verbatim\nb,,ann,No.,verbatim\nc,2,bob,Perhaps.,verbatim\n"
    report = import_table(tmp_path, {**FILES, "statements": statements, "citations": "source,meeting\ns1,1\n"})
    assert report.doubted == 3
    assert [said.text for said in Statement.objects.published()] == ["Yes."]


def test_links_within_a_file_may_point_forward(tmp_path):
    files = {
        "countries": "slug,name,successors\nussr,Soviet Union,russia;latvia\nrussia,Russia,\nlatvia,Latvia,\n",
        "organizations": "slug,name,part_of\nsibat,SIBAT,ministry\nministry,Ministry,\n",
        "places": "slug,name,within\nroom,Room,house\nhouse,House,town\ntown,Town,\n",
        "meetings": "id,title,part_of\n1,Dinner,2\n2,Visit,\n",
    }
    report = import_table(tmp_path, files)
    assert numbers(report)[:4] == (10, 0, 0, 0)
    assert {country.slug for country in Country.objects.get(slug="ussr").successors.all()} == {"russia", "latvia"}
    assert Organization.objects.get(slug="sibat").part_of.slug == "ministry"
    assert [place.slug for place in Place.objects.get(slug="room").around()] == ["house", "town"]
    assert Meeting.objects.get(title="Dinner").part_of.title == "Visit"
    assert numbers(import_table(tmp_path))[:4] == (0, 0, 10, 0)
    assert Place.history.count() == 0


def test_a_row_that_is_only_new_leaves_what_is_there(db):
    rows = [Row("countries", {"slug": "israel", "name": "Israel"}, only_new=True)] * 2
    assert numbers(import_rows(*rows)) == (1, 0, 0, 0, 0)
    other = Row("countries", {"slug": "israel", "name": "State of Israel"}, only_new=True)
    assert numbers(import_rows(other)) == (0, 0, 1, 0, 0)
    assert Country.objects.get().name == "Israel"


def test_two_datasets_do_not_undo_each_other(db):
    ours, theirs = (Row("topics", {"slug": "oil", "name": name}) for name in ("Oil", "Crude oil"))
    import_rows(ours, dataset="ours")
    assert import_rows(theirs, dataset="theirs").changed.total() == 1
    assert import_rows(ours, dataset="ours").same.total() == 1
    assert import_rows(theirs, dataset="theirs").same.total() == 1
    assert Topic.objects.get().name == "Crude oil"


def test_a_dry_run_writes_nothing(tmp_path):
    assert numbers(import_table(tmp_path, FILES, dry_run=True)) == (12, 0, 0, 0, 0)
    assert not Meeting.objects.exists()
    assert not Country.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_download_of_the_list_can_be_imported(client, tmp_path, article):
    (tmp_path / "meetings.csv").write_bytes(b"".join(client.get("/meetings.csv")))
    (tmp_path / "statements.csv").write_bytes(b"".join(client.get("/statements.csv")))
    assert numbers(import_table(tmp_path)) == (0, 0, 27, 0, 0)


def test_the_same_source_in_two_rows_of_a_batch_is_one_too_many(tmp_path):
    report = import_table(tmp_path, {**FILES, "sources": FILES["sources"] + "s1,news-report,Another,\n"})
    assert "id: “s1”" in problems(report)
    assert "stands in two rows" in problems(report)
    assert not Source.objects.exists()
    assert not Citation.objects.exists()


def edit(uid: str, **values) -> None:
    """As an editor would in the admin."""
    meeting = Meeting.objects.get(uid=uid)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting._history_user = get_user_model().objects.get_or_create(username="editor")[0]
    meeting.save()
