"""The fixtures: they come out of the database as they went in, say what the article says, and keep the rules."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict

from meetings import editorial
from meetings.filters import MeetingFilter
from meetings.models import Citation, Meeting, Official, Participation, Place, Position, Source, Statement, derived_uid
from tests.conftest import load_article

FILES = sorted(Path(settings.BASE_DIR, "fixtures").glob("*.json"))
ENTRIES = {path: json.loads(path.read_text(encoding="utf-8")) for path in FILES}
NUMBERS = {derived_uid("article", f"meeting-{number}"): number for number in range(1, 14)}
ARTICLE = Path(settings.BASE_DIR).parent / "shared" / "article" / "article.txt"


def meeting(number):
    return Meeting.objects.get(uid=derived_uid("article", f"meeting-{number}"))


def statement(number):
    return Statement.objects.get(uid=derived_uid("article", f"statement-{number}"))


def models_of(path):
    return dict.fromkeys(entry["model"] for entry in ENTRIES[path])


def dumped(path):
    """What `dumpdata` makes of the file's models."""
    out = StringIO()
    call_command("dumpdata", *models_of(path), natural_foreign=True, natural_primary=True, indent=2, stdout=out)
    return out.getvalue()


def test_loading_and_dumping_gives_the_same_bytes_however_often(article, subtests):
    for loading in ("once", "twice"):
        for path in FILES:
            with subtests.test(path.name, loading=loading):
                assert dumped(path) == path.read_text(encoding="utf-8")
        load_article()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_record_has_a_primary_key(path):
    assert all(set(entry) == {"model", "fields"} for entry in ENTRIES[path])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_readme_tells_what_each_file_holds(path):
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{re.escape(path.name)}` \| {len(ENTRIES[path])} ", readme, re.MULTILINE)


def test_every_record_would_pass_its_form(article, subtests):
    for path in FILES:
        with subtests.test(path.name):
            for record in (record for label in models_of(path) for record in apps.get_model(label).objects.all()):
                record.full_clean()


def test_everything_is_published_and_lacks_nothing(article):
    records = [*Meeting.objects.all(), *Statement.objects.all()]
    assert len(records) == 13 + 14
    assert {record.publication for record in records} == {"published"}
    assert [lacking for record in records if (lacking := editorial.missing(record))] == []


FOUND = {
    "country=israel&country=united-states": [1, 10, 13],
    "country=belgium": [],
    "country=romania": [8],
    "about=iran": [1, 10],
    "official=yoav-gallant&official=lloyd-austin": [1, 10],
    "organization=european-commission": [3],
    "organization=sibat": [9],
    "place=brussels": [1, 3, 4],
    "place=paris": [5, 6, 7, 8, 9, 12],
    "topic=joint-military-exercises": [1, 13],
    "status=planned": [3, 4, 5, 6, 7, 8, 9, 12],
    "kind=meeting": [1, 2, 3, 4, 5, 6, 7, 8, 10],
    "from=2023-03&to=2023-03": [10],
    "to=2022": [11],
    "from=2023-07": [],
    "q=Varhelyi": [3],
}


def test_filters_find_the_meetings_of_the_article(article, subtests):
    for query, numbers in FOUND.items():
        with subtests.test(query):
            found = MeetingFilter(QueryDict(query), queryset=Meeting.objects.published()).qs
            assert sorted(NUMBERS[meeting.uid] for meeting in found) == numbers


GALLANT = "Yoav Gallant, Defense Minister: Israel"
VARHELYI = "Olivér Várhelyi, European Commissioner for Neighborhood and Enlargement: European Commission"
WHO = {
    1: [GALLANT, "Lloyd Austin, Secretary of Defense: United States"],
    2: [GALLANT, "Benjamin Netanyahu, Prime Minister: Israel", "senior defense officials: Israel"],
    3: [GALLANT, VARHELYI],
    4: [GALLANT, "Belgian Jewish community leaders", "Jewish organizations"],
    5: [GALLANT, "counterpart: France"],
    6: [GALLANT, "counterpart: Italy"],
    7: [GALLANT, "counterpart: Hungary"],
    8: [GALLANT, "counterpart: Romania"],
    9: [GALLANT, "SIBAT"],
    10: ["Lloyd Austin, Secretary of Defense: United States", GALLANT],
    11: ["Joe Biden, President: United States"],
    12: [GALLANT],
    13: ["Israel", "United States"],
}


def in_words(row):
    """A participation as a reader sees it: name, title, and for whom."""
    text = ", ".join(filter(None, [row.shown_name, row.shown_title]))
    return f"{text}: {row.party}" if row.party and str(row.party) != text else text


def test_who_took_part_as_the_article_writes_it(article, subtests):
    for number, who in WHO.items():
        with subtests.test(number=number):
            assert [in_words(row) for row in meeting(number).participations.all()] == who


def test_each_named_official_holds_one_post_with_no_dates_and_takes_part_with_it(article):
    levels = {position.official.slug: position.level for position in Position.objects.all()}
    assert levels == {
        "yoav-gallant": "minister",
        "lloyd-austin": "minister",
        "benjamin-netanyahu": "head-of-government",
        "oliver-varhelyi": "other",
        "joe-biden": "head-of-state",
    }
    assert set(Position.objects.values_list("started", "ended")) == {("", "")}
    assert set(levels) == set(Official.objects.values_list("slug", flat=True))
    for row in Participation.objects.exclude(official=None):
        assert row.position == row.official.positions.get()
        assert row.title_as_written == row.position.title


def test_what_belongs_to_the_airshow_is_part_of_it(article):
    assert sorted(NUMBERS[part.uid] for part in meeting(12).parts.all()) == [5, 6, 7, 8, 9]


def test_every_meeting_is_cited_and_every_date_has_its_reason(article):
    for record in Meeting.objects.all():
        assert record.citations.filter(field="").exists()
        assert record.citations.get(field="date").note
    for number, field in [(3, "place"), (9, "place"), *((number, "participants") for number in range(5, 9))]:
        assert meeting(number).citations.get(field=field).note


def test_everything_rests_on_the_one_source_with_where_it_stands_there(article):
    assert set(Citation.objects.values_list("source", flat=True)) == {Source.objects.get().pk}
    assert not Citation.objects.filter(locator="").exists()
    assert Citation.objects.exclude(position=None).count() == 5
    assert Citation.objects.exclude(statement=None).count() == 14


def test_words_at_second_hand_are_the_quoted_speaker_s(article):
    quoted = statement(11)
    assert str(quoted.speaker) == "Joe Biden"
    assert str(quoted.quoted_by) == "Lloyd Austin"
    assert quoted.within == statement(10)
    assert quoted.meeting == meeting(11)
    assert quoted.text in statement(10).text


def test_statements_stand_in_the_article_s_order(article):
    assert list(Statement.objects.values_list("order", flat=True)) == list(range(1, 15))
    assert sorted(NUMBERS[one.meeting.uid] for one in Statement.objects.all()) == [1] * 4 + [2] + [10] * 8 + [11]
    modes = {
        mode: Statement.objects.filter(mode=mode).count() for mode in ("paraphrase", "partly-verbatim", "verbatim")
    }
    assert modes == {"paraphrase": 5, "partly-verbatim": 7, "verbatim": 2}


def test_places_lie_within_each_other(article):
    pavilion = Place.objects.get(slug="israeli-national-pavilion")
    assert [place.slug for place in pavilion.around()] == ["le-bourget", "paris", "france"]
    synagogue = Place.objects.get(slug="great-synagogue-of-brussels")
    assert [place.slug for place in synagogue.around()] == ["brussels", "belgium"]


#: Quoted words; where no closing mark is printed, to the end.
QUOTED = re.compile(r"“[^”]*(?:”|$)|‘[^’]*’$")


def words(text):
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.replace("’", "'").casefold())


def runs(text, length=8):
    """Every run of so many words."""
    every = words(text)
    return {" ".join(every[start : start + length]) for start in range(len(every) - length + 1)}


def texts(value):
    """All texts within a record's fields."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in texts(one)]


@pytest.mark.skipif(not ARTICLE.exists(), reason="The article is not at hand, so its words cannot be compared.")
class TestAgainstTheArticle:
    @pytest.mark.parametrize("path", FILES[1:], ids=lambda path: path.name)
    def test_none_of_its_narration_is_copied(self, path):
        article = runs(ARTICLE.read_text(encoding="utf-8"))
        ours = [text for entry in ENTRIES[path] for text in texts(entry["fields"])]
        assert [copied for text in ours if (copied := runs(QUOTED.sub(" · ", text)) & article)] == []

    def test_quoted_words_are_its_words_to_the_mark(self):
        article = ARTICLE.read_text(encoding="utf-8")
        (path,) = (path for path in FILES if "meetings.statement" in models_of(path))
        quoted = {entry["fields"]["order"]: QUOTED.findall(entry["fields"]["text"]) for entry in ENTRIES[path]}
        assert [number for number, found in quoted.items() if not found] == [1, 2, 4, 5, 8]
        assert [span for found in quoted.values() for span in found if span not in article] == []
