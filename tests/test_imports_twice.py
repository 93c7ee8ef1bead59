"""The public datasets in full: a second import of everything changes nothing, in whatever order the first came."""

import pytest

from meetings.models import Country, Official, Place
from tests.shared_data import PATHS, import_all, kept, needs_shared_data
from tests.test_imports_datasets import state_of_database

pytestmark = [pytest.mark.django_db, needs_shared_data]


@pytest.fixture(scope="module", autouse=True)
def countries(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield


@pytest.mark.parametrize("order", [sorted(PATHS), sorted(PATHS, reverse=True)], ids=lambda order: order[0])
def test_importing_everything_twice_changes_nothing(order):
    reports = import_all(*order)
    assert not any(report.problems for report in reports.values())
    before = state_of_database()
    again = import_all(*order)
    assert {name: report.made.total() + report.changed.total() for name, report in again.items()} == dict.fromkeys(
        order, 0
    )
    assert state_of_database() == before
    assert Official.objects.get(name="Elizabeth II").wikidata
    assert Place.objects.get(slug="moscow-soviet-union").latitude == Place.objects.get(slug="moscow-russia").latitude
    doubts = {name: sorted(report.doubts) for name, report in again.items()}
    assert doubts == {name: sorted(report.doubts) for name, report in reports.items()}
    assert sum(map(len, doubts.values())) < 25, "The doubts are to be read by people."


def test_every_former_state_has_its_years_or_is_told():
    reports = import_all("gazetteer")
    assert Country.objects.filter(name="Austria-Hungary", existed_from="1867", existed_until="1918").exists()
    assert reports["gazetteer"].doubted < 10
