"""Rules that the database itself keeps, and columns that follow from others."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, ProtectedError, UniqueConstraint
from hypothesis import given
from hypothesis import strategies as st

from meetings import models
from meetings.choices import Publication
from meetings.models.places import DEPTH
from tests import factories as f

pytestmark = pytest.mark.django_db

DAY = {"date": "2023-06-15", "time_zone": "Europe/Brussels"}


def unslugged(model):
    """A record with no slug, written in bulk: `save` would make one."""
    return lambda: model.objects.bulk_create([model(slug="")])


#: For each named rule, a record that breaks it: written past every form, straight into the table.
BROKEN = {
    **{
        f"{model._meta.model_name}_has_a_slug": unslugged(model)
        for model in (
            *(models.Country, models.Organization, models.Official),
            *(models.Place, models.Topic, models.Meeting),
        )
    },
    "country_kind_is_a_choice": lambda: f.CountryFactory(kind="empire"),
    "country_coordinates_on_the_globe": lambda: f.CountryFactory(latitude=91, longitude=0),
    "country_ends_after_it_starts": lambda: f.CountryFactory(existed_from="1991", existed_until="1922"),
    "country_former_state_has_no_live_code": lambda: f.CountryFactory(kind="former-state", iso2="SU"),
    "country_iso2_is_unique": lambda: [f.CountryFactory(iso2="XX") for _ in range(2)],
    "country_iso3_is_unique": lambda: [f.CountryFactory(iso3="XXX") for _ in range(2)],
    "country_iso3166_3_is_unique": lambda: [f.CountryFactory(iso3166_3="XXXX") for _ in range(2)],
    "organization_kind_is_a_choice": lambda: f.OrganizationFactory(kind="club"),
    "organization_part_of_is_another": lambda: itself(f.OrganizationFactory(), "part_of"),
    "organization_merged_into_is_another": lambda: itself(f.OrganizationFactory(), "merged_into"),
    "official_merged_into_is_another": lambda: itself(f.OfficialFactory(), "merged_into"),
    "place_kind_is_a_choice": lambda: f.PlaceFactory(kind="planet"),
    "place_coordinates_on_the_globe": lambda: f.PlaceFactory(latitude=1, longitude=None),
    "place_within_is_another": lambda: itself(f.PlaceFactory(), "within"),
    "place_merged_into_is_another": lambda: itself(f.PlaceFactory(), "merged_into"),
    "position_level_is_a_choice": lambda: f.PositionFactory(level="boss"),
    "position_is_for_a_party": lambda: f.PositionFactory(country=None, organization=None),
    "position_ends_after_it_starts": lambda: f.PositionFactory(started="2020", ended="2019-12"),
    "meeting_kind_is_a_choice": lambda: f.MeetingFactory(kind="party"),
    "meeting_medium_is_a_choice": lambda: f.MeetingFactory(medium="pigeon"),
    "meeting_protocol_is_a_choice": lambda: f.MeetingFactory(protocol="casual"),
    "meeting_status_is_a_choice": lambda: f.MeetingFactory(status="maybe"),
    "meeting_publication_is_a_choice": lambda: f.MeetingFactory(publication="leaked"),
    "meeting_part_of_is_another": lambda: itself(f.MeetingFactory(), "part_of"),
    "meeting_merged_into_is_another": lambda: itself(f.MeetingFactory(), "merged_into"),
    "meeting_times_need_one_day": lambda: f.MeetingFactory(**{**DAY, "date": "2023-06"}, starts_at=time(9)),
    "meeting_times_need_a_zone": lambda: f.MeetingFactory(date="2023-06-15", starts_at=time(9)),
    "meeting_end_needs_a_start": lambda: f.MeetingFactory(**DAY, starts_at=time(9), ends_at=time(8)),
    "participation_role_is_a_choice": lambda: f.ParticipationFactory(role="spy"),
    "participation_names_a_party": lambda: f.ParticipationFactory(name_as_written=""),
    "participation_official_once": lambda: twice_at_one_meeting(),
    "statuschange_status_is_a_choice": lambda: f.StatusChangeFactory(status="maybe"),
    "statement_mode_is_a_choice": lambda: f.StatementFactory(mode="sung"),
    "statement_publication_is_a_choice": lambda: f.StatementFactory(publication="leaked"),
    "statement_within_is_another": lambda: itself(f.StatementFactory(), "within"),
    "statement_has_text": lambda: f.StatementFactory(text=""),
    "statement_has_a_speaker": lambda: f.StatementFactory(speaker_as_written=""),
    "source_kind_is_a_choice": lambda: f.SourceFactory(kind="rumour"),
    "source_url_is_http": lambda: f.SourceFactory(url="javascript:alert(1)"),
    "source_archived_url_is_http": lambda: f.SourceFactory(archived_url="ftp://example.org/"),
    "citation_field_is_a_choice": lambda: f.CitationFactory(field="mood"),
    "citation_stance_is_a_choice": lambda: f.CitationFactory(stance="doubts"),
    "citation_is_of_one_record": lambda: f.CitationFactory(meeting=f.MeetingFactory(), statement=f.StatementFactory()),
    "externalid_once": lambda: [f.ExternalIdFactory(identifier="7") for _ in range(2)],
    "externalid_is_of_one_record": lambda: f.ExternalIdFactory(topic=f.TopicFactory(), source=f.SourceFactory()),
    "importrun_state_is_a_choice": lambda: f.ImportRunFactory(state="stuck"),
}

#: Rules over both bounds of one EDTF text: no text breaks them, so only a write past the model could.
OF_BOUNDS = {
    "meeting_ends_after_it_starts",
    "statement_said_ends_after_it_starts",
    "source_published_ends_after_it_starts",
    "importrun_finishes_after_it_starts",
}


def itself(record, link: str):
    """A record linked to itself."""
    setattr(record, link, record)
    record.save()


def twice_at_one_meeting():
    meeting, official = f.MeetingFactory(), f.OfficialFactory()
    for _ in range(2):
        f.ParticipationFactory(meeting=meeting, official=official)


def rules() -> list[CheckConstraint | UniqueConstraint]:
    records = [getattr(models, name) for name in models.__all__ if name[0].isupper()]
    return [constraint for record in records for constraint in record._meta.constraints]


def test_every_rule_is_named_told_and_tried_here():
    assert {rule.name for rule in rules()} == set(BROKEN) | OF_BOUNDS
    for rule in rules():
        assert str(rule.violation_error_message) != str(rule.default_violation_error_message), rule.name


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_keeps_the_rule(name):
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        BROKEN[name]()
    told = str(broken.value)
    assert name in told or "UNIQUE constraint failed" in told


@pytest.mark.parametrize("date", ["2023-06", "2023-06-15/..", "[..2023-06-15]", ""])
def test_times_of_day_need_one_day(date):
    with pytest.raises(IntegrityError, match="meeting_times_need_one_day"), transaction.atomic():
        f.MeetingFactory(**{**DAY, "date": date}, starts_at=time(9))


class TestDerivedColumns:
    def test_bounds_follow_every_assignment(self):
        meeting = f.MeetingFactory(date="2023-06")
        assert (meeting.earliest, meeting.latest) == (date(2023, 6, 1), date(2023, 6, 30))
        meeting.date = "[..2023-06-15]"
        assert (meeting.earliest, meeting.latest) == (None, date(2023, 6, 15))
        meeting.save(update_fields=["date"])
        assert models.Meeting.objects.values_list("earliest", "latest").get() == (None, date(2023, 6, 15))

    def test_bounds_and_words_are_written_in_bulk_too(self):
        models.Meeting.objects.bulk_create(
            [models.Meeting(title="Olivér Várhelyi’s visit", slug="a-visit", date="2023-22")]
        )
        stored = models.Meeting.objects.values("earliest", "latest", "folded").get()
        assert (stored["earliest"], stored["latest"]) == (date(2023, 6, 1), date(2023, 8, 31))
        assert " oliver varhelyi " in stored["folded"]

    def test_a_deferred_column_is_fetched(self):
        f.MeetingFactory(date="2023")
        assert models.Meeting.objects.only("title").get().earliest == date(2023, 1, 1)

    def test_an_update_that_leaves_them_behind_is_refused(self):
        f.MeetingFactory()
        with pytest.raises(TypeError, match="earliest"):
            models.Meeting.objects.update(date="2023")

    def test_text_that_is_no_date_is_never_written(self):
        with pytest.raises(ValueError, match="2023-02-28"), transaction.atomic():
            f.MeetingFactory(date="2023-02-30")
        assert not models.Meeting.objects.exists()

    @given(st.dates(), st.dates())
    def test_a_meeting_is_within_the_days_that_it_spans(self, one, other):
        first, last = sorted([one, other])
        f.MeetingFactory(date=f"{first}/{last}")
        found = models.Meeting.objects.within_dates(first, last)
        assert found.within_dates(last, last).exists()
        assert found.within_dates(first, first).exists()
        models.Meeting.objects.all().delete()


class TestNames:
    def test_a_slug_is_made_free_and_ascii(self):
        first = models.Official(name="Олег Ким")
        first.full_clean()
        first.save()
        second = models.Official(name="Oleg Kim")
        second.full_clean()
        assert (first.slug, second.slug) == ("oleg-kim", "oleg-kim-2")

    def test_a_public_slug_is_fixed_and_a_hidden_one_is_not(self):
        official = f.OfficialFactory(slug="a")
        official.slug = "b"
        official.full_clean()
        official.slug = "a"
        meeting = f.MeetingFactory(publication=Publication.PUBLISHED)
        f.ParticipationFactory(meeting=meeting, official=official)
        official.slug = "b"
        with pytest.raises(ValidationError, match="“a”"):
            official.full_clean()


class TestLinks:
    def test_a_cycle_is_refused(self):
        outer = f.PlaceFactory()
        middle = f.PlaceFactory(within=outer)
        inner = f.PlaceFactory(within=middle)
        outer.within = inner
        with pytest.raises(ValidationError, match="lead back"):
            outer.full_clean()

    def test_places_lie_no_deeper_than_filters_look(self):
        place = f.PlaceFactory()
        for _ in range(DEPTH):
            child = models.Place(name="within", within=place)
            child.full_clean()
            child.save()
            place = child
        with pytest.raises(ValidationError, match="too deep"):
            models.Place(name="deeper", within=place).full_clean()
        top = place.around()[-1]
        top.within = f.PlaceFactory()
        with pytest.raises(ValidationError, match="too deep"):
            top.full_clean()

    def test_a_merge_ends_in_one_step(self):
        first, second, third = (f.OfficialFactory() for _ in range(3))
        second.merged_into = third
        second.full_clean()
        second.save()
        first.merged_into = second
        with pytest.raises(ValidationError, match="all of them end"):
            first.full_clean()
        third.merged_into = first
        first.merged_into = None
        with pytest.raises(ValidationError, match="all of them end"):
            third.full_clean()

    def test_a_post_that_a_meeting_names_is_not_deleted(self):
        official = f.OfficialFactory()
        row = f.ParticipationFactory(official=official, position=f.PositionFactory(official=official))
        with pytest.raises(ProtectedError):
            row.position.delete()

    def test_a_scheme_is_written_in_small_letters(self):
        source = models.Source(title="Readout", url="HTTPS://Example.org/A")
        source.full_clean()
        assert source.url == "https://Example.org/A"

    def test_a_post_of_another_official_is_refused(self):
        row = f.ParticipationFactory(official=f.OfficialFactory())
        row.position = f.PositionFactory()
        with pytest.raises(ValidationError, match="another official"):
            row.full_clean()

    @pytest.mark.parametrize("holder", ["official", "country", "organization"])
    def test_what_something_rests_on_is_not_deleted(self, holder):
        party = getattr(f, f"{holder.title()}Factory")()
        f.ParticipationFactory(**{holder: party})
        with pytest.raises(ProtectedError):
            party.delete()


class TestHistory:
    def test_the_first_change_of_a_loaded_record_keeps_what_it_was(self):
        models.Place.objects.bulk_create([models.Place(name="Brusels", slug="brussels")])
        place = models.Place.objects.get()
        place.name = "Brussels"
        place.save()
        assert list(place.history.order_by("history_id").values_list("name", flat=True)) == ["Brusels", "Brussels"]

    def test_each_change_keeps_one_version(self):
        place = f.PlaceFactory(name="Brusels")
        place.name = "Brussels"
        place.save()
        assert place.history.count() == 2


class TestPublished:
    def test_published_records_are_never_deleted(self):
        retracted = f.MeetingFactory(publication=Publication.RETRACTED)
        for record in (retracted, f.MeetingFactory(published=True), f.StatementFactory(published=True)):
            with pytest.raises(ProtectedError, match="retracted"):
                record.delete()
            with pytest.raises(ProtectedError, match="retracted"):
                type(record).objects.all().delete()

    def test_uids_differ_and_derived_ones_do_not(self):
        assert len({models.new_uid() for _ in range(100)}) == 100
        assert models.derived_uid("a", "1") == models.derived_uid("a", "1") != models.derived_uid("a1", "")
        assert len(models.derived_uid("a", "1")) == 10
