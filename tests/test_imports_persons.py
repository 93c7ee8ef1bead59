"""Who is one person in the public datasets' files, and who is one of ours."""

import pytest

from meetings.models import Country, Official, Position
from tests import factories
from tests.importing import SAMPLES, imported, record
from tests.shared_data import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def countries(django_db_setup, django_db_blocker):
    with kept(django_db_blocker):
        yield


@pytest.mark.parametrize(
    ("dataset", "title", "country", "name"),
    [("leaders", "Prime Minister", "japan", "Example"), ("us-travels", "President", "united-states", "Doe")],
)
def test_a_doubt_about_a_person_is_told_in_every_run_until_it_is_settled(dataset, title, country, name):
    """Someone of a surname and an office alike, some years later."""
    theirs = factories.OfficialFactory(name=name, slug="theirs")
    land = Country.objects.get(slug=country)
    factories.PositionFactory(official=theirs, title=title, country=land, started="1974", ended="1975")
    first = imported(dataset)
    assert ["“theirs”" in doubt.text for doubt in first.doubts if "kept apart" in doubt.text] == [True]
    assert imported(dataset).doubts == first.doubts
    theirs.merged_into = Official.objects.filter(name__endswith=name).exclude(pk=theirs.pk).first()
    theirs.save()
    assert not any("theirs" in doubt.text for doubt in imported(dataset).doubts)


PRESIDENT = """<presidents><president n="1"><id>buren-martin-van</id><name>Martin Van Buren</name>
<birth-year>1782</birth-year><death-year>{died}</death-year><took-office-date>1837-03-04</took-office-date>
<left-office-date>1841-03-04</left-office-date></president></presidents>"""
PERSON = """<person><id>van-buren-martin</id>
<persName><surname>Van Buren</surname><forename>Martin</forename></persName>
<birth>1782</birth><death>1862</death></person>"""
SECRETARY = """<principal-position><id>secretary</id>
<principals><principal><id>1</id><person-id>van-buren-martin</person-id>
<started><date>1829-03-28</date></started><ended><date>1831-05-23</date></ended></principal></principals>
</principal-position>"""


@pytest.mark.parametrize(("died", "people", "doubts"), [("1862", 1, 0), ("1900", 2, 0), ("", 2, 1)])
def test_two_ids_are_one_person_by_name_and_years_of_birth_and_death(tmp_path, died, people, doubts):
    for name, text in [("presidents", PRESIDENT.format(died=died)), ("person", PERSON), ("secretary", SECRETARY)]:
        (tmp_path / f"{name}.xml").write_text(text)
    for _run in range(2):
        report = imported("us-travels", tmp_path)
        assert Official.objects.filter(name="Martin Van Buren").count() == people
        assert len(report.doubts) == doubts
    assert Position.objects.filter(official__name="Martin Van Buren").count() == 2


def test_an_official_of_ours_is_found_again_under_the_name_that_an_editor_gave(tmp_path):
    imported("us-visits")
    official = Official.objects.get(name="Sample")
    official.name = "Adam Sample"
    official.save()
    imported("us-visits")
    assert record("us-visits", "3").participations.first().official == official


def test_files_by_themselves_make_the_same_persons_as_together(tmp_path):
    text = (SAMPLES / "us-visits" / "1950.xml").read_text()
    head, *records_ = text.split("    <visit>")
    for number, one in enumerate(records_):
        path = tmp_path / f"{number}.xml"
        path.write_text(f"{head}    <visit>{one.replace('</visits>', '')}</visits>")
        imported("us-visits", path)
    assert Official.objects.get(name__endswith="Example").participations.count() == 3
    assert Official.objects.filter(name="Namesake").count() == 2
