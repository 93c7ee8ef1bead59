"""Facts that were counted on the raw files of two datasets hold for the records that are made of them."""

import json
from datetime import date

import pytest
from django.db.models import F, Q

from meetings.choices import CitedField, Protocol, Role
from meetings.index import hits
from meetings.lenses.profile import tagged
from meetings.models import Citation, Country, Meeting, Official, Participation
from tests.shared_data import SHARED, import_all, kept, needs_shared_data

pytestmark = [pytest.mark.django_db, needs_shared_data]


@pytest.fixture(scope="module", autouse=True)
def imported(django_db_setup, django_db_blocker):
    """Both datasets, imported once for all facts and taken back at the end."""
    with kept(django_db_blocker):
        reports = import_all("us-travels", "us-visits")
        assert not any(report.problems for report in reports.values())
        yield


def answers(dataset: str) -> list:
    """The facts of a dataset, or one that says why there is none."""
    path = SHARED / dataset / "golden.json"
    return [(fact["fact"], fact["answer"]) for fact in json.loads(path.read_text())] if path.exists() else []


def records(dataset: str):
    """The visits that have an id of the dataset, parts of visits apart."""
    return Meeting.objects.published().filter(external_ids__dataset=dataset)


def ids(meetings) -> list[str]:
    return sorted(meetings.values_list("external_ids__identifier", flat=True))


def legs(name: str = ""):
    found = records("us-travels")
    return found.filter(participations__official__name=name) if name else found


def to(slug: str):
    """Legs to a country, its parts and the colonies that it had that day among it."""
    return legs().filter(pk__in=hits.keys(tagged(Country.objects.get(slug=slug), "ground")))


def starting(first: str, last: str) -> Q:
    return Q(earliest__gte=date.fromisoformat(first), earliest__lte=date.fromisoformat(last))


def quoting(words: str, *, exact_case: bool = False):
    """Legs or visits whose remarks, kept as the quote of a citation of the whole, have these words."""
    look = "contains" if exact_case else "icontains"
    return Q(pk__in=Citation.objects.filter(field="", **{f"quote__{look}": words}).values("meeting"))


def labelled(label: str, field: CitedField):
    """Records whose country the dataset calls so: the last line of what a citation of that field quotes."""
    quotes = Citation.objects.filter(Q(quote=label) | Q(quote__endswith=f"\n{label}"), field=field)
    return Q(pk__in=quotes.values("meeting"))


def one_day():
    return Q(earliest=F("latest"))


def visits(slug: str = ""):
    """Visits of people who speak for a country."""
    guests = Participation.objects.filter(role=Role.GUEST, country__slug=slug)
    return records("us-visits").filter(pk__in=guests.values("meeting")) if slug else records("us-visits")


def visits_of(title: str, name: str, slug: str):
    guests = Participation.objects.filter(title_as_written=title, name_as_written=name, country__slug=slug)
    return visits().filter(pk__in=guests.values("meeting"))


def empty_descriptions():
    return visits().filter(citations__field="", citations__quote="")


def visitors(before: str) -> list[str]:
    guests = Participation.objects.filter(meeting__in=visits(), role=Role.GUEST, meeting__earliest__lt=before)
    return [f"{guest.title_as_written} {guest.name_as_written}" for guest in guests.order_by("meeting__earliest")]


def travellers():
    return Official.objects.filter(participations__meeting__in=legs()).distinct()


def names(meetings) -> list[str]:
    return sorted(travellers().filter(participations__meeting__in=meetings).values_list("name", flat=True))


def decades() -> dict[str, int]:
    years = visits().values_list("earliest__year", flat=True)
    return {f"{decade}s": sum(year // 10 * 10 == decade for year in years) for decade in range(1870, 1980, 10)}


TRAVELS = {
    "How many president travel records": lambda: legs().count(),
    "How many distinct presidents travelled": lambda: travellers().count(),
    "How many legs did George W. Bush": lambda: legs("George W. Bush").count(),
    "How many legs did Barack Obama": lambda: legs("Barack Obama").count(),
    "How many legs did Franklin D. Roosevelt start between 1943": lambda: (
        legs("Franklin D. Roosevelt").filter(starting("1943-01-01", "1943-12-31")).count()
    ),
    "Place (locale) of the one presidential leg that overlaps 1945-02-05": lambda: list(
        legs().within_dates(date(1945, 2, 5), date(1945, 2, 5)).values_list("place__name", flat=True)
    ),
    "What are the record ids of Richard Nixon's legs": lambda: ids(
        legs("Richard M. Nixon").filter(starting("1972-01-01", "1972-12-31"))
    ),
    "How many legs to the country with id 'russia'": lambda: to("russia").count() + to("soviet-union").count(),
    "How many of those carry the historical label 'U.S.S.R.'": lambda: to("soviet-union").count(),
    "How many legs to Germany (id germany) carry the label": lambda: (
        to("west-germany").filter(labelled("Germany, Federal Republic of", CitedField.PLACE)).count()
    ),
    "Which presidents visited Yugoslavia": lambda: names(to("yugoslavia")),
    "Record ids of president visits to Cuba": lambda: ids(to("cuba")),
    "How many legs to Vietnam": lambda: to("vietnam").count() + to("south-vietnam").count(),
    "How many legs to the United Kingdom": lambda: to("united-kingdom").count(),
    "How many legs start in the years 2000-2009": lambda: legs().filter(starting("2000-01-01", "2009-12-31")).count(),
    "How many records have an empty locale": lambda: (
        legs().filter(citations__field=CitedField.PLACE).exclude(citations__quote__contains="\n").count()
    ),
    "How many records are single-day": lambda: legs().filter(one_day()).count(),
    "Record ids of Woodrow Wilson's legs to France": lambda: ids(
        to("france").filter(starting("1919-01-01", "1919-12-31"), participations__official__name="Woodrow Wilson")
    ),
    "How many records are marked '[Visit made as President-elect.]'": lambda: (
        legs().filter(participations__title_as_written="President-elect", participations__position=None).count()
    ),
    "How many records mention 'Churchill'": lambda: legs().filter(quoting("Churchill")).count(),
    "How many records mention 'NATO'": lambda: sum(
        "NATO" in quote for quote in legs().filter(citations__field="").values_list("citations__quote", flat=True)
    ),
    "Record ids of every leg starting before 1907-01-01": lambda: ids(legs().filter(earliest__lt="1907-01-01")),
    "Start-dates of every leg starting on or after 2024-11-15": lambda: sorted(
        str(day) for day in legs().filter(earliest__gte="2024-11-15").values_list("earliest", flat=True)
    ),
    "How many legs by Donald J. Trump start between": lambda: (
        legs("Donald J. Trump").filter(starting("2017-01-20", "2021-01-20")).count()
    ),
    "Record ids of every leg overlapping June 1961": lambda: ids(
        legs().within_dates(date(1961, 6, 1), date(1961, 6, 30))
    ),
}

VISITS = {
    "visits in these files": lambda: visits().count(),
    "visits that overlap 1963-11-25": lambda: visits().within_dates(date(1963, 11, 25), date(1963, 11, 25)).count(),
    "visits from Israel starting in the 1970s": lambda: (
        visits("israel").filter(starting("1970-01-01", "1979-12-31")).count()
    ),
    "visits labelled U.S.S.R.": lambda: ids(visits("soviet-union")),
    "visits from Yugoslavia": lambda: visits("yugoslavia").count(),
    "ids of visits from Hawaii": lambda: ids(visits("hawaii")),
    "visits by King Hussein of Jordan": lambda: visits_of("King", "Hussein", "jordan").count(),
    "visits labelled 'Germany, Federal Republic of'": lambda: visits("west-germany").count(),
    "visitors before 1890": lambda: visitors("1890-01-01"),
    "ids with an empty description": lambda: ids(empty_descriptions()),
    "visits of exactly one day": lambda: visits().filter(one_day()).count(),
    "visits whose description says state visit": lambda: visits().filter(quoting("state visit")).count(),
    "ids labelled 'China, Republic of'": lambda: ids(visits("taiwan") | visits("republic-of-china-1912-to-1949")),
    "visits per decade": decades,
}


def holds(fact: str, answer, queries: dict):
    [query] = [query for beginning, query in queries.items() if fact.startswith(beginning)]
    assert query() == answer


@pytest.mark.parametrize(("fact", "answer"), answers("us-travels"))
def test_fact_about_travels(fact, answer):
    holds(fact, answer, TRAVELS)


@pytest.mark.parametrize(("fact", "answer"), answers("us-visits"))
def test_fact_about_visits(fact, answer):
    holds(fact, answer, VISITS)


def test_king_hussein_is_one_person_with_and_without_his_number():
    assert Official.objects.get(name="Hussein I").participations.count() == 14


def test_every_state_visit_is_one_by_protocol_but_the_one_that_was_put_off():
    said = visits().filter(quoting("state visit"))
    assert ids(said.exclude(protocol=Protocol.STATE)) == ["331"]
