"""The words of the index: what is found, by any text and any query, on both databases."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import index, words
from meetings.filters import MeetingFilter, StatementFilter
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.models import Meeting, Official, Statement
from tests import factories
from tests.test_index import wrong

pytestmark = pytest.mark.django_db


def found(query: str, model=Meeting) -> list[int]:
    filterset = {Meeting: MeetingFilter, Statement: StatementFilter}[model](QueryDict(query), model.objects.published())
    assert filterset.is_right, filterset.form.errors
    assert filterset.number == (filterset.qs.count(), True)
    rows = [one.pk for one in filterset.rows(0, 100)]
    assert sorted(rows) == sorted(filterset.qs.values_list("pk", flat=True))
    return rows


def titles(query: str) -> list[str]:
    names = dict(Meeting.objects.values_list("pk", "title"))
    return [names[pk] for pk in found(query)]


class TestWords:
    @pytest.fixture(autouse=True)
    def meetings(self):
        self.visit = factories.MeetingFactory(
            title="Visit to Łódź", summary="They spoke of F-35 jets and the U.S.S.R.", publication="published"
        )
        factories.ParticipationFactory(meeting=self.visit, official=factories.OfficialFactory(name="Olivér Várhelyi"))
        self.talks = factories.MeetingFactory(
            title="Talks on Straße", outcome="Ironclad commitment", publication="published"
        )
        factories.StatementFactory(meeting=self.talks, text="“bone deep” it is, said al-Assad", publication="published")
        place = factories.PlaceFactory(name="Great Synagogue", within=factories.PlaceFactory(name="Brussels"))
        self.china = factories.MeetingFactory(title="习近平 in 北京", place=place, publication="published")

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("lodz", 0),
            ("LODZ f35", 0),
            ("f-35 ussr", 0),
            ("Varhelyi", 0),
            ('"oliver varhelyi"', 0),
            ("strasse", 1),
            ('"ironclad commitment"', 1),
            ('"bone deep"', 1),
            ("al-assad", 1),
            ("alassad", 1),
            ("talks -varhelyi", 1),
            ("习近平", 2),
            ("京", 2),
            ("brussels synagogue", 2),
            ("varh*", 0),
            ("iron* commit*", 1),
        ],
    )
    def test_finds_one(self, query, number):
        pks = [self.visit.pk, self.talks.pk, self.china.pk]
        assert found(f"q={query.replace(' ', '+')}") == [pks[number]]

    @pytest.mark.parametrize(
        "query", ['"varhelyi oliver"', '"commitment ironclad"', "varh", "-lodz+lodz", '"lodz they"']
    )
    def test_finds_nothing(self, query):
        assert found(f"q={query.replace(' ', '+')}") == []

    def test_excludes_alone(self):
        assert set(found("q=-varhelyi")) == {self.talks.pk, self.china.pk}

    def test_a_new_name_is_found_at_once_and_the_old_one_no_more(self):
        official = Official.objects.get()
        official.name = "Somebody Else"
        official.save()
        index.refresh_names(Official, [official.pk])
        assert found("q=somebody") == [self.visit.pk]
        assert found("q=varhelyi") == []
        assert wrong() == []

    def test_the_names_of_a_merged_record_find_its_survivor(self):
        official = Official.objects.get()
        factories.OfficialFactory(name="Oliver Warhelyi", merged_into=official)
        index.refresh_names(Official, [official.pk])
        assert found("q=warhelyi") == [self.visit.pk]
        assert wrong() == []

    def test_statements_are_found_by_their_own_words_and_speakers(self):
        statement = Statement.objects.get()
        assert found("q=%22bone+deep%22", Statement) == [statement.pk]
        assert found("q=ironclad", Statement) == []
        speaker = Official.objects.get()
        mine = factories.StatementFactory(speaker=speaker, text="Good day", publication="published", said="2020")
        assert found("q=varhelyi+day", Statement) == [mine.pk]

    def test_relevance_puts_titles_first(self):
        newer = factories.MeetingFactory(summary="Straße", title="Other", date="2024", publication="published")
        assert titles("q=strasse&sort=relevance") == ["Talks on Straße", "Other"]
        assert titles("q=strasse") == ["Other", "Talks on Straße"]
        assert newer.title in titles("sort=title")

    def test_the_beginning_of_too_many_names_is_told(self, monkeypatch):
        monkeypatch.setattr("meetings.index.asked.MOST_NAMES", 1)
        factories.OfficialFactory(name="Varian One")
        filterset = MeetingFilter(QueryDict("q=var*"), Meeting.objects.published())
        assert not filterset.is_right
        assert "“var*”" in filterset.form.errors["q"][0]
        assert filterset.qs.count() == 0
        assert filterset.rows(0, 10) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), query=st.text(max_size=40))
def test_any_text_can_be_indexed_and_asked_for(text, query):
    """Whatever is written and typed: no error, and a text is found by its own first word."""
    meeting = factories.MeetingFactory(summary=text.replace("\x00", ""), publication="published")
    asked = Asked().worded(query)
    assert hits.count(asked).exact
    for word in words.tokens(meeting.summary)[:1]:
        assert meeting.pk in hits.page(Asked().worded(f'"{word}"'), 1000)


def test_words_and_texts_of_any_length_can_be_kept():
    """PostgreSQL keeps no word of 2,047 bytes and no document of a megabyte."""
    long, many = "ж" * 3_000, " ".join(f"слово{number}" for number in range(60_000))
    for text in (f"{long} peace", f"peace {many}"):
        factories.StatementFactory(text=text, publication="published")
    assert hits.count(Asked(shelf="statements").worded("peace")) == (2, True)
    assert hits.count(Asked(shelf="statements").worded(long)) == (1, True)
    assert wrong() == []


def test_rows_that_the_database_moved_are_the_same_words():
    """PostgreSQL writes a changed row at another place, and gives rows as they stand, or as its plan takes them."""
    meeting = factories.MeetingFactory(publication="published")
    first, _second = (factories.ParticipationFactory(meeting=meeting, name_as_written=name) for name in ("Ann", "Bob"))
    said, _answered = (
        factories.StatementFactory(meeting=meeting, text=text, publication="published") for text in ("Yes", "No")
    )
    # Of an indexed column, so that PostgreSQL's indexes too come to it last.
    own = first.official
    for official in (factories.OfficialFactory(), own):
        first.official = official
        first.save()
    said.save()
    assert wrong() == []
