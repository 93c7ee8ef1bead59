"""What is made of the public datasets' files, on small samples of our own in the same format."""

import pytest

from meetings.choices import CountryKind, Level, MeetingKind, PlaceKind, Protocol, Role, SourceKind, Status
from meetings.imports.base import run
from meetings.imports.report import Row
from meetings.imports.us_travels import ROOTS, Travels
from meetings.index.counts import public
from meetings.models import (
    Citation,
    Country,
    ExternalId,
    Meeting,
    Official,
    Organization,
    Participation,
    Place,
    Position,
    Source,
    derived_uid,
)
from tests.importing import SAMPLES, imported, record
from tests.shared_data import kept

pytestmark = pytest.mark.django_db

NOUNS = [Country, Organization, Official, Position, Place, Source, Meeting, Participation, Citation, ExternalId]


@pytest.fixture(scope="module", autouse=True)
def countries(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield


@pytest.mark.parametrize(
    ("dataset", "told"), [("leaders", "sees an official once"), ("gazetteer", "sees a place once")]
)
def test_who_is_not_public_yet_is_said(dataset, told):
    assert told in list(imported(dataset).lines())[-1]


def test_the_gazetteer_is_a_source_to_be_found_by_the_ids_of_what_it_made():
    imported("gazetteer")
    identified = ExternalId.objects.exclude(place=None).first()
    source = ExternalId.objects.get(dataset=identified.dataset, identifier="source").source
    assert source.kind == SourceKind.DATASET
    assert str(source.publisher) == "Office of the Historian"
    assert source in Source.objects.published()
    assert source in public(Source)


def state_of_database() -> dict:
    """All that an import writes: how many records, and when each noun changed last."""
    counts = {model.__name__: model.objects.count() for model in NOUNS}
    stamps = {
        m.__name__: list(m.objects.order_by("pk").values_list("updated_at", flat=True)) for m in NOUNS[:1] + NOUNS[5:7]
    }
    return {**counts, "stamps": stamps}


class TestTravels:
    @pytest.fixture(autouse=True)
    def report(self, db):
        self.report = imported("us-travels")

    def test_a_leg_is_a_visit_of_the_traveller_in_the_post_of_that_day(self):
        visit = record("us-travels", "3")
        assert visit.title == "Visit of Jane Q. Doe to Bonn, West Germany"
        assert (visit.kind, visit.status, visit.publication) == (MeetingKind.VISIT, Status.HELD, "published")
        assert (visit.date, visit.protocol) == ("1956-02-01", Protocol.WORKING)
        [traveller] = visit.participations.all()
        assert traveller.official.name == traveller.name_as_written == "Jane Q. Doe"
        assert traveller.country.slug == "united-states"
        assert traveller.title_as_written == ""
        position = traveller.position
        assert (position.title, position.level) == ("President of the United States", Level.HEAD_OF_STATE)
        assert (position.started, position.ended) == ("1953-01-20", "1961-01-20")

    def test_the_country_is_a_place_and_no_party(self):
        place = record("us-travels", "3").place
        assert (place.name, place.kind, place.country.slug) == ("Bonn", PlaceKind.CITY, "west-germany")
        assert (place.within.kind, place.within.country.slug) == (PlaceKind.COUNTRY, "west-germany")

    def test_who_was_yet_to_take_office_has_the_title_of_the_day_and_no_post(self):
        [traveller] = record("us-travels", "1").participations.all()
        assert (traveller.title_as_written, traveller.position) == ("President-elect", None)

    def test_who_was_in_no_term_of_office_is_a_doubt(self):
        [traveller] = record("us-travels", "8").participations.all()
        assert (traveller.title_as_written, traveller.position) == ("President", None)
        assert any("in no term of office on 1971-04-01" in line.text for line in self.report.doubts)

    def test_several_places_are_parts_of_the_visit(self):
        visit = record("us-travels", "2")
        assert visit.place.country.slug == "soviet-union"
        assert visit.place.kind == PlaceKind.COUNTRY
        assert [part.place.name for part in visit.parts.order_by("pk")] == ["Moscow", "Leningrad", "Kiev"]
        assert {part.date for part in visit.parts.all()} == {"[1955-05-20..1955-05-29]"}
        assert not ExternalId.objects.filter(meeting__in=visit.parts.all()).exists()
        assert all(part.citations.exists() and part.participations.exists() for part in visit.parts.all())

    def test_a_federal_district_is_one_place_with_its_town(self):
        assert {part.place.name for part in record("us-travels", "5").parts.all()} == {"Mexico, D.F.", "Tlaxcala"}

    def test_an_empty_place_is_the_country(self):
        assert record("us-travels", "4").place.country.slug == "holy-see"
        assert not record("us-travels", "4").parts.exists()

    def test_a_colony_lies_within_the_state_that_the_record_names(self):
        place = record("us-travels", "1").place
        assert [place.name, *(around.name for around in place.around())] == ["Kingston", "Jamaica", "United Kingdom"]
        assert place.country.slug == "united-kingdom"

    def test_a_country_that_is_not_known_is_a_doubt_and_no_country(self):
        assert record("us-travels", "7").place.country is None
        assert any("“Atlantis” is no country" in line.text for line in self.report.doubts)

    def test_a_record_that_comes_twice_is_made_once_with_both_ids(self):
        assert record("us-travels", "5") == record("us-travels", "6")
        assert [line.text for line in self.report.skips] == [
            "record 6 is record 5 once more; it was made once, and has both ids."
        ]

    def test_the_words_are_kept_as_written_and_the_source_is_told(self):
        quotes = {citation.field: citation for citation in record("us-travels", "2").citations.all()}
        assert quotes[""].quote == "State visit; met with Premier Example."
        assert quotes[""].locator == "record 2"
        assert quotes["place"].quote == "Moscow, Leningrad, Kiev\nU.S.S.R."
        source = quotes[""].source
        assert (source.kind, source.publisher.slug) == (SourceKind.DATASET, "office-of-the-historian")
        assert source.url.startswith("https://history.state.gov/")
        assert source.licence

    def test_a_country_read_otherwise_than_written_says_why(self):
        notes = {c.field: c.note for c in record("us-travels", "3").citations.all()}
        assert notes["place"].startswith("“Germany, Federal Republic of” is read as West Germany")

    def test_a_secretary_of_state_has_that_post(self):
        position = record("us-travels", "9").participations.get().position
        assert (position.title, position.level) == ("Secretary of State", Level.MINISTER)
        assert (position.started, position.ended) == ("1955-03-01", "1957-03-01")

    def test_a_president_in_office_has_no_end(self):
        assert Position.objects.get(official__name="Ann Poe").ended == ".."


def test_who_else_took_part_can_be_read_out_of_the_remarks(db):
    """The place where a reader of remarks is called from: it gets the words, the date and the visit."""

    def participants_in(remarks: str, day: str, meeting: str):
        assert (remarks, day) == ("Accompanied President Doe.", "1956-02-01/1956-02-03")
        values = {"uid": derived_uid("us-travels", "9/remarks/0"), "meeting": meeting, "role": Role.PARTICIPANT}
        yield Row("participations", {**values, "name_as_written": "Doe", "title_as_written": "President"})

    def read(paths, report):
        files = {root: [] for root in ROOTS} | {"trips": list(paths)}
        yield from Travels(files, report, participants_in=participants_in).rows()

    run(read, "us-travels", [SAMPLES / "us-travels" / "roe-richard.xml"])
    names = record("us-travels", "9").participations.values_list("name_as_written", flat=True)
    assert sorted(names) == ["Doe", "Richard Roe"]


class TestVisits:
    @pytest.fixture(autouse=True)
    def report(self, db):
        self.report = imported("us-visits")

    def test_a_visit_has_the_visitor_as_guest_and_the_united_states_as_host(self):
        visit = record("us-visits", "1")
        assert visit.title == "Visit of Prime Minister Example (Japan) to the United States"
        guest, host = visit.participations.all()
        assert (guest.role, guest.country.slug, host.role, host.country.slug) == (
            *(Role.GUEST, "japan"),
            *(Role.HOST, "united-states"),
        )
        assert (guest.title_as_written, guest.name_as_written) == ("Prime Minister", "Example")
        assert (guest.position.title, guest.position.level) == ("Prime Minister", Level.HEAD_OF_GOVERNMENT)
        assert host.official is None
        assert (visit.place.name, visit.date, visit.protocol) == ("United States", "1955-01-10/1955-01-12", "state")

    def test_a_surname_alone_and_the_full_name_are_one_person(self):
        official = Official.objects.get(name="Ichiro Example")
        assert official.other_names == "Example"
        assert official.participations.count() == 2

    def test_two_people_in_one_record_are_two_guests(self):
        guests = record("us-visits", "3").participations.filter(role=Role.GUEST)
        assert [(g.title_as_written, g.official.name) for g in guests] == [
            ("President", "Sample"),
            ("Prime Minister", "Pattern"),
        ]

    def test_the_state_of_the_day_is_the_party(self):
        countries = [record("us-visits", id).participations.first().country.slug for id in ("3", "4")]
        assert countries == ["egypt", "united-arab-republic"]
        assert record("us-visits", "3").participations.first().official == (
            record("us-visits", "4").participations.first().official
        )

    def test_namesakes_of_another_generation_stay_apart_and_are_told(self):
        assert Official.objects.filter(name="Namesake").count() == 2
        told = "president Namesake (1930), “namesake-colombia”, and president Namesake (1958), “namesake-colombia-1958”"
        assert any(told in doubt.text for doubt in self.report.doubts)

    def test_a_president_elect_has_no_post(self):
        guest = record("us-visits", "5").participations.first()
        assert (guest.title_as_written, guest.position) == ("President-elect", None)

    def test_a_person_without_a_name_stays_as_described(self):
        guest = record("us-visits", "7").participations.first()
        assert (guest.official, guest.country, guest.name_as_written) == (None, None, "The Crown Prince")

    def test_title_and_name_that_are_not_told_apart_make_no_official(self):
        guest = record("us-visits", "10").participations.first()
        assert (guest.official, guest.name_as_written) == (None, "Chairman of the Example Front Jane Doe")
        assert any("not told apart" in line.text for line in self.report.doubts)

    def test_a_record_that_comes_twice_is_made_once(self):
        assert record("us-visits", "8") == record("us-visits", "1")


class TestGazetteer:
    @pytest.fixture(autouse=True)
    def report(self, db):
        self.report = imported("gazetteer")

    def test_a_former_state_has_its_years_and_successors(self):
        union = Country.objects.get(slug="united-union")
        assert (union.kind, union.existed_from, union.existed_until) == (CountryKind.FORMER_STATE, "1700", "1815")
        assert sorted(union.successors.values_list("slug", flat=True)) == ["greece", "russia"]
        assert union.other_names == "Old Union"

    def test_a_state_under_another_name_is_an_other_name(self):
        assert "Kingdom of Greece" in Country.objects.get(slug="greece").other_names_list()
        assert not Country.objects.filter(name="Kingdom of Greece").exists()

    def test_a_country_of_ours_keeps_its_years(self):
        assert Country.objects.get(slug="soviet-union").existed_from == "1922-12-30"
        assert Country.objects.get(slug="russia").existed_from == ""

    def test_what_is_no_country_is_left_out_and_told(self):
        assert not Country.objects.filter(name="Sandbank").exists()
        assert any("Sandbank" in line.text for line in self.report.skips)

    def test_a_place_lies_in_its_country_with_its_point(self):
        kiev = Place.objects.get(slug="kiev-ukraine")
        assert (kiev.other_names, kiev.country.slug, kiev.within.slug) == ("Kyiv", "ukraine", "ukraine")
        assert (kiev.latitude, kiev.longitude) == (50.45, 30.52)


def test_a_country_that_was_loaded_with_successors_is_no_editors_work(tmp_path):
    text = (SAMPLES / "us-gazetteer" / "territories" / "soviet-union-1991.xml").read_text()
    path = tmp_path / "soviet-union-1991.xml"
    path.write_text(text.replace("Union of Soviet Socialist Republics", "Union of Examples"))
    assert Country.objects.get(slug="soviet-union").history.exists()
    assert imported("gazetteer", path).skips == []
    assert "Union of Examples" in Country.objects.get(slug="soviet-union").other_names_list()


class TestLeaders:
    @pytest.fixture(autouse=True)
    def report(self, db):
        self.report = imported("leaders")

    def test_a_leader_has_an_id_a_post_and_years(self):
        official = Official.objects.get(wikidata="Q1001")
        position = official.positions.get()
        assert (official.name, position.title, position.level) == (
            *("Ichiro Example", "Prime Minister of Japan"),
            Level.HEAD_OF_GOVERNMENT,
        )
        assert (position.started, position.ended, position.country.slug) == ("1954", "1958", "japan")
        assert position.citations.get().source.publisher.slug == "wikidata"

    def test_a_monarch_has_no_title_in_the_name(self):
        assert Official.objects.get(wikidata="Q1002").name == "Anne II"

    def test_a_line_that_comes_twice_is_made_once(self):
        assert Position.objects.filter(official__wikidata="Q1003").count() == 1
        assert len(self.report.skips) == 1


ORDERS = [["leaders", "gazetteer", "us-travels", "us-visits"], ["us-visits", "us-travels", "gazetteer", "leaders"]]


@pytest.mark.parametrize("order", ORDERS)
def test_in_any_order_the_same_people_and_places_are_found(order):
    for dataset in order:
        imported(dataset)
    assert Official.objects.get(name__in=["Jane Doe", "Jane Q. Doe"]).wikidata == "Q1003"
    example = Official.objects.get(name="Ichiro Example")
    assert (example.wikidata, example.participations.count()) == ("Q1001", 2)
    kiev = Place.objects.get(slug="kiev-soviet-union")
    assert (kiev.latitude, kiev.country.slug) == (50.45, "soviet-union")
    assert Place.objects.get(slug="kingston-united-kingdom").latitude == 17.97


@pytest.mark.parametrize("order", ORDERS)
def test_a_second_time_nothing_changes(order):
    for dataset in order:
        imported(dataset)
    before = state_of_database()
    for dataset in order:
        report = imported(dataset)
        assert (report.made.total(), report.changed.total()) == (0, 0)
    assert state_of_database() == before


def test_a_corrected_file_changes_what_was_corrected(tmp_path):
    imported("us-visits")
    before = record("us-visits", "2").updated_at
    text = (SAMPLES / "us-visits" / "1950.xml").read_text()
    (tmp_path / "1950.xml").write_text(text.replace("1955-01-12</end-date>", "1955-01-14</end-date>"))
    report = imported("us-visits", tmp_path)
    assert (report.made.total(), report.changed.total(), report.changed["meetings"]) == (0, 1, 1)
    assert record("us-visits", "1").date == "1955-01-10/1955-01-14"
    assert record("us-visits", "2").updated_at == before


def test_without_countries_the_visits_come_all_the_same():
    Country.objects.all().delete()
    report = imported("us-visits")
    assert report.made["meetings"] == 9
    assert record("us-visits", "1").participations.last().country.slug == "united-states"
