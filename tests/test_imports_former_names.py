"""What a place was called before: the gazetteer's predecessors, and the visits that were made to them."""

import pytest

from meetings.imports.base import run
from meetings.imports.gazetteer import read
from meetings.imports.us_travels import read as read_travels
from meetings.models import Country, Meeting, Place
from tests import factories
from tests.importing import SAMPLES
from tests.shared_data import kept

pytestmark = pytest.mark.django_db

#: Name, territory, latitude, predecessors and successors of places, as the gazetteer has them, but for a semicolon.
LOCALES = [
    ("Beijing", "china", 39.91, "Peking", ""),
    ("Belgrade", "serbia", 44.80, "", ""),
    ("Ho Chi Minh City", "vietnam", 10.76, "Saigon", ""),
    ("Oslo", "norway", 59.94, "Christiana(1925)", ""),
    ("Peiping", "china", 39.91, "Peking", "Beijing"),
    ("Saigon", "vietnam", 10.82, "", "Ho Chi Minh City"),
    ("St. Petersburg", "russia", 59.93, "Petrograd ,St. Petersbug, Leningrad", ""),
    ("Thessaloniki", "greece", 40.63, "saloniki; salonika(1959)", ""),
    ("Zomba", "malawi", -15.39, "Blantyre(1964)", ""),
]
#: The country's id and label, the place and the day of a visit, as the set of travels has them.
VISITS = [
    ("china", "China, People’s Republic of", "Peking", "1972-02-21"),
    ("russia", "U.S.S.R.", "Leningrad", "1972-05-22"),
    ("yugoslavia", "Yugoslavia", "Belgrade", "1970-09-30"),
]


@pytest.fixture(scope="module", autouse=True)
def countries(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield


def locale(name: str, territory: str, latitude: float, before: str, after: str) -> str:
    return (
        f"<locale><id>{name}</id><name>{name}</name><current-territory>{territory}</current-territory>"
        f"<latitude>{latitude}</latitude><longitude>20</longitude>"
        f"<predecessors>{before}</predecessors><successors>{after}</successors></locale>"
    )


def visit(at: int, identifier: str, label: str, place: str, day: str) -> str:
    return (
        f'<trip role="president" who="doe-jane"><id>{at}</id><role>president</role><name>Jane Doe</name>'
        f"<start-date>{day}</start-date><end-date>{day}</end-date>"
        f'<country id="{identifier}">{label}</country><locale>{place}</locale><remarks/></trip>'
    )


@pytest.fixture
def gazetteer(tmp_path):
    """Imports LOCALES."""
    folder = tmp_path / "locales"
    folder.mkdir()
    for at, values in enumerate(LOCALES):
        (folder / f"{at}.xml").write_text(locale(*values))
    return lambda: run(read, "gazetteer", [folder])


@pytest.fixture
def travels(tmp_path):
    """Imports VISITS."""
    path = tmp_path / "doe-jane.xml"
    path.write_text(f"<trips>{''.join(visit(at, *values) for at, values in enumerate(VISITS, 1))}</trips>")
    return lambda: run(read_travels, "us-travels", [path, SAMPLES / "us-travels" / "presidents.xml"])


def test_former_names_are_other_names_and_neither_years_nor_other_places(gazetteer):
    gazetteer()
    assert dict(Place.objects.exclude(other_names="").values_list("name", "other_names")) == {
        "Beijing": "Peking",
        "Oslo": "Christiana",
        "St. Petersburg": "Petrograd\nSt. Petersbug\nLeningrad",
        "Thessaloniki": "saloniki\nsalonika",
    }


def test_a_visit_is_at_the_place_of_today_and_is_called_as_the_source_calls_it(gazetteer, travels):
    gazetteer()
    travels()
    meeting = Meeting.objects.get(date="1972-02-21")
    assert meeting.place.name == "Beijing"
    assert meeting.title == "Visit of Jane Doe to Peking, China"
    assert meeting.citations.get(field="place").quote.splitlines()[0] == "Peking"


@pytest.mark.parametrize("order", [["gazetteer", "travels"], ["travels", "gazetteer"]])
def test_places_under_former_names_and_of_former_states_are_where_the_town_of_today_is(order, request):
    for dataset in order:
        request.getfixturevalue(dataset)()
    points = Meeting.objects.order_by("date").values_list("place__country__slug", "place__latitude")
    assert list(points) == [("yugoslavia", 44.80), ("china", 39.91), ("soviet-union", 59.93)]


def test_a_name_that_two_of_the_states_after_have_is_no_guess(gazetteer, travels):
    factories.PlaceFactory(name="Belgrade", country=Country.objects.get(slug="croatia"), latitude=45, longitude=16)
    gazetteer()
    travels()
    assert Place.objects.get(slug="belgrade-yugoslavia").latitude is None
