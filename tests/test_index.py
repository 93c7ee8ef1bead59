"""What is derived for speed says what the records say: after any write, in any order, on both databases."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import index
from meetings.choices import ENCOUNTERS, MeetingKind, Publication, Role, Status
from meetings.filters import MeetingFilter
from meetings.index import hits, schema, tags, ties, writer
from meetings.index.asked import Asked
from meetings.index.counts import public
from meetings.index.tags import PART, Described, day_of, sort_key, tag
from meetings.index.tally import Tally
from meetings.lenses.profile import counterparts
from meetings.models import Meeting, Official, Participation, Place, Source, Topic
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[2, 1_000])
def many(request, monkeypatch) -> int:
    """How many meetings make a scope of an official."""
    monkeypatch.setattr(tags, "MANY", request.param)
    return request.param


def wrong() -> list[str]:
    return list(index.check())


def everything() -> dict[str, set]:
    """The rows of the tables that have no words."""
    found = {}
    with connection.cursor() as cursor:
        for table in schema.TABLES:
            if not table.endswith("_text"):
                cursor.execute(f"SELECT * FROM {table}")
                found[table] = {tuple(" ".join(sorted(str(cell).split())) for cell in row) for row in cursor.fetchall()}
    return found


def test_the_article_is_indexed_right(article):
    assert wrong() == []


def test_refreshing_and_rebuilding_come_to_the_same(article, many):
    index.rebuild()
    built = everything()
    index.refresh(Meeting.objects.values_list("pk", flat=True))
    assert everything() == built
    with connection.cursor() as cursor:
        schema.drop_tables(cursor)
        schema.create_tables(cursor)
    index.refresh(Meeting.objects.values_list("pk", flat=True))
    for model in (Official, Place):
        index.refresh_names(model, model.objects.values_list("pk", flat=True))
    assert {table: rows for table, rows in everything().items() if table != "meetings_index_name"} == {
        table: rows for table, rows in built.items() if table != "meetings_index_name"
    }


def test_a_rebuild_in_many_parts_comes_to_the_same(article, many, monkeypatch):
    index.rebuild()
    built = everything()
    monkeypatch.setattr(writer, "BATCH", 2)
    monkeypatch.setattr(writer, "MOST_NUMBERS", 1)
    index.rebuild()
    assert everything() == built


def test_the_size_of_a_tally_is_that_of_all_that_grows_with_dates():
    tally, day = Tally(), date(2020, 1, 1).toordinal()
    tally.count([Described(day << 32, day, day + at, ("zheld",), (), "", "") for at in range(5)])
    assert tally.size() == len(tally.spans) + len(tally.numbers[""]) + len(tally.numbers["zheld"]) == 7


def test_a_scope_that_another_threshold_left_is_made_anew(monkeypatch):
    official = factories.OfficialFactory()
    meetings = [factories.MeetingFactory(publication="published") for _ in range(3)]
    factories.ParticipationFactory(meeting=meetings[0], official=official)
    factories.ParticipationFactory(meeting=meetings[1], official=official)
    monkeypatch.setattr(tags, "MANY", 2)
    index.rebuild()
    monkeypatch.setattr(tags, "MANY", 3)
    factories.ParticipationFactory(meeting=meetings[2], official=official)
    assert wrong() == []


def test_what_a_connection_has_prepared_reads_the_index_that_was_made_anew(article, client):
    """Each connection keeps the plans of what it asks again and again; a rebuild puts new tables in the old ones'
    place."""

    def page() -> bytes:
        return client.get("/meetings/?country=israel", headers={"Cache-Control": "no-cache"}).content

    before = page()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_index_number SET n = n + 90")
    assert page() != before
    index.rebuild()
    assert page() == before


WRITES = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["2023-06-15", "2023", "", "2020/..", "[..1999]", "1990-05/2001"]),
        st.sampled_from(Status.values),
        st.sampled_from(MeetingKind.values),
        st.sampled_from(Publication.values),
        st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 2), st.sampled_from(Role.values)), max_size=4),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=WRITES)
def test_the_index_is_right_after_any_writes(writes, many):
    """Meetings are made and changed: dates, status, parties, publication; what was counted before is not any more."""
    countries = [factories.CountryFactory() for _ in range(3)]
    officials = [factories.OfficialFactory() for _ in range(3)]
    made: dict[int, Meeting] = {}
    for number, day, status, kind, publication, parties, speaks in writes:
        meeting = made.get(number) or factories.MeetingFactory()
        made[number] = meeting
        meeting.date, meeting.status, meeting.kind, meeting.publication = day, status, kind, publication
        meeting.save()
        meeting.participations.all().delete()
        for official, country, role in {party[0]: party for party in parties}.values():
            Participation.objects.create(
                meeting=meeting,
                official=officials[official],
                country=countries[country] if country >= 0 else None,
                role=role,
            )
        if speaks:
            statement = factories.StatementFactory(meeting=meeting, speaker=officials[0], publication="published")
            statement.topics.add(factories.TopicFactory())
        index.refresh([meeting.pk])
        assert wrong() == []
    for model in (Official, Place, Source, Topic):
        assert set(public(model)) == set(model.objects.published())
    for one in officials:
        assert met_by_the_records(one) == {
            other.slug: (other.met, other.planned) for other in counterparts("official", one, "country")[0]
        }


def met_by_the_records(official: Official) -> dict[str, tuple[int, int]]:
    """Whom an official met, by the rule, from the records alone."""
    numbers: dict[str, list[int]] = {}
    for meeting in Meeting.objects.published().filter(kind__in=ENCOUNTERS):
        if meeting.status not in (Status.HELD, Status.PLANNED):
            continue
        rows = [row for row in meeting.participations.all() if row.role != Role.INTERPRETER]
        own = {row.country for row in rows if row.official == official}
        if own:
            for country in {row.country for row in rows} - own - {None}:
                numbers.setdefault(country.slug, [0, 0])[meeting.status == Status.PLANNED] += 1
    return {slug: (met, planned) for slug, (met, planned) in numbers.items()}


@pytest.mark.parametrize("kind", ["official", "country", "organization"])
def test_the_first_and_the_last_of_many_ties(kind, many):
    make = {
        "official": factories.OfficialFactory,
        "country": factories.CountryFactory,
        "organization": factories.OrganizationFactory,
    }[kind]
    days = {"ann": ["2001", "2003-05", ""], "bob": ["2002-02-02", "1999/2000", "2010"], "eve": [""], "joe": []}
    host = make()
    others = {name: make(name=name) for name in days}
    keys = {name: tag(kind, other.pk) for name, other in others.items()}
    for name, dates in days.items():
        for day in dates:
            meeting = factories.MeetingFactory(date=day, status=Status.HELD, publication="published")
            for party in (host, others[name]):
                Participation.objects.create(meeting=meeting, **{kind: party})
            index.refresh([meeting.pk])
    encounters = ties.Encounters(tag(kind, host.pk), 7)
    assert encounters.is_kept == (kind == "country" or many < 7)
    letter = tag(kind, "")
    assert encounters.most([letter, "x"], 2) == {letter: sorted([keys["ann"], keys["bob"]]), "x": []}
    assert {name: met(encounters, one) for name, one in keys.items()} == {
        "ann": (3, date(2001, 1, 1), date(2003, 5, 1)),
        "bob": (3, date(1999, 1, 1), date(2010, 1, 1)),
        "eve": (1, None, None),
        "joe": None,
    }
    assert encounters.of(list(keys.values()))[Status.PLANNED] == {}
    first = Meeting.objects.get(date="2001")
    first.date = "2004"
    first.save()
    index.refresh([first.pk])
    assert met(encounters, keys["ann"]) == (3, date(2003, 5, 1), date(2004, 1, 1))
    assert wrong() == []


def met(encounters: ties.Encounters, other: str) -> tuple | None:
    """How often, on which day first, and last."""
    encounters.__dict__.pop("read", None)
    tie = encounters.of([other])[Status.HELD].get(other)
    return tie and (tie.n, *(key and day_of(key) for key in (tie.first, tie.last)))


def test_parts_are_counted_apart_as_long_as_their_whole_is_public():
    official = factories.OfficialFactory()
    whole = factories.MeetingFactory(publication="published")
    parts = [factories.MeetingFactory(publication="published", part_of=whole) for _ in range(2)]
    for meeting in (whole, *parts):
        factories.ParticipationFactory(meeting=meeting, official=official)
    key = tag("official", official.pk)
    assert hits.within([("", key), (PART, key)]) == [3, 2]
    whole.publication = Publication.RETRACTED
    whole.save()
    index.refresh_around(whole)
    assert hits.within([("", key), (PART, key)]) == [2, 0]
    assert wrong() == []


def test_what_is_wrong_is_told_and_mended(article, capsys):
    gallant = Official.objects.get(slug="yoav-gallant")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_index_number SET n = 99 WHERE scope = '' AND tag = %s", [f"o{gallant.pk}"])
        cursor.execute("DELETE FROM meetings_index_name WHERE tag = %s", [f"o{gallant.pk}"])
        cursor.execute("DELETE FROM meetings_index_text")
        cursor.execute("DELETE FROM meetings_index_tag WHERE tag = 'zheld'")
        cursor.execute("UPDATE meetings_index_met SET tags = 'o0' WHERE scope = %s", [f"met-o{gallant.pk}"])
    with pytest.raises(CommandError, match="rebuild_index"):
        call_command("check_index")
    told = capsys.readouterr().out
    assert "99, None, None), which is wrong" in told
    assert "gallant" in told
    assert "other words" in told
    assert "tag lacks zheld" in told
    assert "others whom one met" in told
    call_command("rebuild_index")
    call_command("check_index")
    assert "The index is right." in capsys.readouterr().out


DAYS = st.dates(date(1990, 1, 1), date(1995, 12, 31))


def edtf(first: date, last: date, form: int) -> str:
    """A date of one of the forms, and what it can mean."""
    return [
        first.isoformat(),
        f"{min(first, last)}/{max(first, last)}",
        f"{first:%Y-%m}",
        f"{first:%Y}",
        f"{first}/..",
        f"[..{first}]",
        "",
    ][form]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(DAYS, DAYS, st.integers(0, 6), st.sampled_from(Status.values)), max_size=8),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
    st.booleans(),
)
def test_ranges_and_orders_are_those_of_the_records(rows, first, last, held):
    """What overlaps the days asked for, in order of the certain day, unknown dates last in both orders."""
    Meeting.objects.all()._raw_delete("default")
    index.rebuild()
    for start, end, form, status in rows:
        factories.MeetingFactory(date=edtf(start, end, form), status=status, publication="published")
    wanted = Meeting.objects.published().within_dates(first, last)
    wanted = wanted.filter(status=Status.HELD) if held else wanted
    asked = Asked().within(first, last)
    asked = asked.tagged(tag("status", Status.HELD)) if held else asked
    newest, oldest = ([one.pk for one in wanted.by_date(oldest_first=way)] for way in (False, True))
    assert hits.page(asked, 100) == newest
    assert hits.page(asked, 100, oldest_first=True) == oldest
    assert [hits.page(asked, 3, at, oldest_first=True) for at in (0, 3, 6)] == [oldest[at : at + 3] for at in (0, 3, 6)]
    assert [pk for some in hits.walk(asked, 3) for pk in some] == newest
    assert [pk for some in hits.walk(asked, 3, oldest_first=True) for pk in some] == oldest
    assert hits.count(asked) == (len(newest), True)
    assert set(Meeting.objects.filter(pk__in=hits.keys(asked)).values_list("pk", flat=True)) == set(newest)


def test_a_deep_page_is_reached_from_the_numbers_of_the_days(monkeypatch):
    for number in range(30):
        day = (date(2020, 1, 1) + timedelta(days=number // 3)).isoformat() if number else ""
        factories.MeetingFactory(date=day, publication="published")
    plain = hits.page(Asked(), 100)
    monkeypatch.setattr(hits, "FEW", 5)
    assert [pk for at in range(0, 30, 4) for pk in hits.page(Asked(), 4, at)] == plain
    assert hits.page(Asked(), 4, 400) == []


def test_beyond_what_is_counted_the_number_says_so(monkeypatch):
    for _ in range(6):
        factories.MeetingFactory(publication="published", summary="talks of peace")
    asked = Asked().worded("peace")
    assert hits.count(asked, most=5) == (5, False)
    assert hits.count(asked, most=6) == (6, True)
    assert hits.count(Asked(), most=5) == (6, True)


def test_a_tag_more_is_not_taken_for_one_that_no_record_has():
    for kind in ("visit", "visit", "meeting"):
        factories.MeetingFactory(publication="published", kind=kind)
    assert hits.count(Asked(known={}).tagged(tag("kind", "visit"))) == (2, True)
    filterset = MeetingFilter(QueryDict("kind=visit"), Meeting.objects.published())
    assert hits.count(filterset.sought().tagged(tag("kind", "visit"))) == (2, True)
    assert hits.count(MeetingFilter(QueryDict(), Meeting.objects.published()).sought().tagged("kvisit")) == (2, True)


def test_sort_keys_come_in_order_of_time():
    days = [None, date(1, 1, 1), date(1900, 1, 1), date(2023, 6, 15), date(9999, 12, 31)]
    keys = [sort_key(day, day, 7) for day in days]
    assert keys == sorted(keys)
    assert sort_key(None, date(2000, 1, 1), 7) == sort_key(date(2000, 1, 1), None, 7)


def test_moved_meetings_of_those_who_speak_for_a_body_keep_first_and_last_right(many):
    """Ties of an organization with its officials stand in the entries, whom they met in a table of its own."""
    body, others = factories.OrganizationFactory(), [factories.OfficialFactory() for _ in range(2)]
    made = []
    for year in ("2001", "2002", "2003"):
        made.append(factories.MeetingFactory(published=True, date=year, status=Status.HELD))
        factories.ParticipationFactory(meeting=made[-1], official=others[0], organization=body)
        factories.ParticipationFactory(meeting=made[-1], official=others[1], country=factories.CountryFactory())
    for meeting, day in ((made[0], "2002-06"), (made[2], ""), (made[1], "1990"), (made[1], "2020")):
        meeting.date = day
        meeting.save()
        index.refresh([meeting.pk])
        assert wrong() == []
    spoke = "SELECT first, last FROM meetings_index_number WHERE scope = %s AND tag = %s"
    [days] = hits.rows(spoke, [f"for-{tag('organization', body.pk)}", tag("official", others[0].pk)])
    assert [day_of(day).year for day in days] == [2002, 2020]


def test_a_great_meeting_is_moved_in_few_queries(django_assert_max_num_queries):
    """A conference of thirty countries has 870 ties; those of which it was neither the first nor the last cost none."""
    countries = [factories.CountryFactory() for _ in range(30)]
    made = []
    for year in ("2001", "2002", "2003"):
        made.append(factories.MeetingFactory(published=True, date=year, status=Status.HELD))
        Participation.objects.bulk_create(Participation(meeting=made[-1], country=one) for one in countries)
        index.refresh([made[-1].pk])
    made[1].date = "2002-07"
    made[1].save()
    with django_assert_max_num_queries(40):
        index.refresh([made[1].pk])
    made[0].date = "2004"
    made[0].save()
    index.refresh([made[0].pk])
    assert wrong() == []
