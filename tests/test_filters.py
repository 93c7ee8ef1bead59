"""The meetings' filter: the article's answers, bad values told, keys of merged records, facets that keep their word."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from meetings import editorial
from meetings.choices import Publication, Role
from meetings.filters import CountryFilter, MeetingFilter, OfficialFilter, StatementFilter
from meetings.index.counts import with_meetings
from meetings.models import Country, Meeting, Official, Participation, Statement, derived_uid
from tests import factories

pytestmark = pytest.mark.django_db


def filtered(query: str) -> MeetingFilter:
    return MeetingFilter(QueryDict(query), Meeting.objects.published())


def taking_part() -> Participation:
    """An official at a published meeting."""
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    return factories.ParticipationFactory(meeting=meeting, official=factories.OfficialFactory())


def titles(query: str) -> list[str]:
    filterset = filtered(query)
    assert not filterset.form.errors, filterset.form.errors
    return [meeting.title for meeting in filterset.ordered]


def error(query: str, name: str) -> str:
    """The message beside a field; nothing is found meanwhile."""
    filterset = filtered(query)
    assert filterset.qs.count() == 0
    return " ".join(filterset.form.errors[name])


#: Addresses, and which of the article's thirteen meetings each leaves.
ANSWERS = {
    "": [*range(1, 14)],
    "country=israel&country=united-states": [1, 10, 13],
    "country=belgium": [],
    "about=iran": [1, 10],
    "official=yoav-gallant&official=lloyd-austin": [1, 10],
    "place=brussels": [1, 3, 4],
    "place=belgium": [1, 3, 4],
    "status=planned": [*range(3, 10), 12],
    "kind=meeting": [*range(1, 9), 10],
    "from=2023-03&to=2023-03": [10],
    "from=2022&to=2022": [11],
    "organization=european-commission": [3],
    "sides=multilateral": [],
    "sides=one": [2, 4, 11, 12],
    "q=Varhelyi": [3],
    "q=VÁRHELYI": [3],
    "kind=ceremony&kind=exercise": [9, 13],
    "has=statements": [1, 2, 10, 11],
    "level=head-of-state": [11],
}


def test_the_article_answers(article):
    number_of = {derived_uid("article", f"meeting-{number}"): number for number in range(1, 14)}

    def numbers(query):
        filterset = filtered(query)
        assert not filterset.form.errors, filterset.form.errors
        return sorted(number_of[uid] for uid in filterset.qs.values_list("uid", flat=True))

    assert {query: numbers(query) for query in ANSWERS} == ANSWERS


@pytest.mark.parametrize(
    ("query", "name", "says"),
    [
        ("from=2023-02-30", "from", "2023-02-28"),
        ("to=June", "to", "June"),
        ("from=2023&from=2024", "from", "2023"),
        ("from=2024-02&to=2023", "to", "“2023” ends before “2024-02” begins"),
        ("official=nobody-at-all", "official", "nobody-at-all"),
        ("country=israel&country=atlantis", "country", "atlantis"),
        ("kind=party", "kind", "meeting, visit"),
        ("sort=loudest", "sort", "-date"),
        ("sort=relevance", "sort", "-date"),
        ("q=" + "x" * 201, "q", "201"),
        ("q=%00", "q", ""),
        ("q=%3F!", "q", "“?!”"),
        ("official=%00", "official", ""),
        ("has=teeth", "has", "statements"),
        ("&".join(f"topic=t{n}" for n in range(21)), "topic", "21"),
    ],
)
def test_a_bad_value_is_told_beside_its_field(query, name, says):
    factories.MeetingFactory(publication=Publication.PUBLISHED)
    factories.CountryFactory(slug="israel")
    assert says in error(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("per_page=101", "per_page"), ("per_page=0", "per_page"), ("page=x", "page"), ("page=٣", "page")],
)
def test_a_bad_page_is_told_but_hides_nothing(query, name):
    factories.MeetingFactory(publication=Publication.PUBLISHED)
    filterset = filtered(query)
    assert filterset.form.errors[name]
    assert filterset.qs.count() == 1


def test_an_unknown_parameter_is_told():
    assert filtered("contry=israel&page=2").unknown == ["contry"]


def test_an_empty_parameter_is_none():
    factories.MeetingFactory(publication=Publication.PUBLISHED)
    assert filtered("official=&kind=&from=&q=+").qs.count() == 1
    assert filtered("official=&kind=&from=&q=").chips == []


def test_a_draft_names_nobody():
    hidden = factories.ParticipationFactory(official=factories.OfficialFactory(slug="hidden-one"))
    assert "hidden-one" in error("official=hidden-one", "official")
    editorial.publish([factories.CitationFactory(meeting=hidden.meeting).meeting])
    assert filtered("official=hidden-one").qs.get() == hidden.meeting


def test_words_that_are_no_key_offer_records():
    seen = factories.ParticipationFactory(
        meeting__publication=Publication.PUBLISHED, official=factories.OfficialFactory(name="Olivér Várhelyi")
    )
    filterset = filtered("official=VARHELYI")
    assert filterset.form.errors["official"]
    assert [found.key for found in filterset.form.suggestions["official"]] == [seen.official.slug]


class TestNames:
    """Without scripts a reader types a name where an address has a key."""

    def test_one_in_full_stands_for_the_only_public_record_called_so(self):
        official = factories.OfficialFactory(name="Olivér Várhelyi", other_names="Oli Varhelyi")
        seen = factories.ParticipationFactory(meeting__publication=Publication.PUBLISHED, official=official)
        factories.OfficialFactory(name="Olivér Várhelyi", slug="hidden")
        for typed in ("Oliver+VARHELYI", "Oli+Várhelyi"):
            filterset = filtered(f"official={typed}")
            assert filterset.qs.get() == seen.meeting
            assert [(chip.value, chip.text) for chip in filterset.chips] == [(official.slug, official.name)]

    def test_one_of_several_records_offers_them(self):
        for slug in ("ann-1", "ann-2"):
            factories.ParticipationFactory(
                meeting__publication=Publication.PUBLISHED, official=factories.OfficialFactory(name="Ann Bo", slug=slug)
            )
        filterset = filtered("official=Ann+Bo")
        assert filterset.form.errors["official"] == ["More than one official here is called “Ann Bo”: choose one."]
        assert [one.key for one in filterset.form.suggestions["official"]] == ["ann-1", "ann-2"]
        assert filterset.qs.count() == 0

    def test_of_more_than_three_names_the_fourth_is_not_read(self):
        names = [f"Ann {name}" for name in ("Ash", "Birch", "Cedar", "Doe")]
        for name in names:
            official = factories.OfficialFactory(name=name)
            factories.ParticipationFactory(meeting__publication=Publication.PUBLISHED, official=official)
        filterset = filtered(urlencode({"official": names}, doseq=True))
        [told] = filterset.form.errors["official"]
        assert told.startswith("“Ann Doe” was not looked up as a name: at most 3 are")
        assert filterset.form.suggestions["official"] == []
        filterset = filtered(urlencode({"official": ["Bob", *names[:2], "no-key"]}, doseq=True))
        assert [message.partition("”")[0] for message in filterset.form.errors["official"]] == [
            "There is no official “Bob",
            "“Ann Ash",
            "“Ann Birch",
            "There is no official “no-key",
        ]

    def test_what_could_be_a_key_is_taken_as_a_key(self):
        """A key of a record that is not public any more must not come to mean another one of that name."""
        seen = factories.ParticipationFactory(
            meeting__publication=Publication.PUBLISHED,
            official=factories.OfficialFactory(name="Ann Bo", slug="ann-bo-2"),
        )
        assert "ann-bo" in error("official=ann-bo", "official")
        assert filtered("official=ann+bo").qs.get() == seen.meeting

    def test_the_right_one_is_found_among_many(self):
        for name in (*(f"Mexico City Street {number}" for number in range(12)), "Mexico"):
            factories.MeetingFactory(publication=Publication.PUBLISHED, place=factories.PlaceFactory(name=name))
        assert filtered("place=Mexico").qs.count() == 1

    def test_a_suggestion_takes_the_place_of_what_is_wrong(self, article, client):
        html = client.get("/meetings/?official=Yoav+Gallant&official=austen").content.decode()
        assert 'href="?official=Yoav+Gallant&amp;official=lloyd-austin"' in html


def test_what_is_wrong_leaves_the_other_parameters_usable(article, client):
    """The options are those of the address without what is wrong; what is right stays ticked."""
    wrong = filtered("status=planned&country=israel&country=atlantis&kind=party&kind=visit&to=June")
    right = filtered("status=planned")
    assert not wrong.is_right
    shown, known = ({facet.name: facet.options for facet in one.facets} for one in (wrong, right))
    for name in ("status", "official", "topic", "place", "country", "kind"):
        numbers = {option.value: option.count for option in known[name]}
        assert {option.value: option.count for option in shown[name] if option.count} == numbers
    html = client.get("/meetings/?status=planned&country=israel&country=atlantis").content.decode()
    assert re.search('name="country" value="israel" checked', html)
    assert re.search(r'name="country"\s+value="atlantis"', html)
    assert not re.search(r'type="text"\s+name="country"\s+value="israel"', html)
    officials = OfficialFilter(QueryDict("country=israel&level=x&organization=nobody"), Official.objects.published())
    assert officials.facets[0].options


def test_the_key_of_a_merged_record_stands_for_its_survivor():
    seen = taking_part()
    factories.OfficialFactory(slug="old-spelling", merged_into=seen.official)
    filterset = filtered("official=old-spelling")
    assert filterset.qs.get() == seen.meeting
    assert [(chip.value, chip.text) for chip in filterset.chips] == [(seen.official.slug, seen.official.name)]


def test_officials_take_part_together_and_kinds_are_alternatives():
    both = factories.MeetingFactory(publication=Publication.PUBLISHED, kind="visit", title="both")
    one = factories.MeetingFactory(publication=Publication.PUBLISHED, kind="meeting", title="one")
    ann, bob = factories.OfficialFactory(slug="ann"), factories.OfficialFactory(slug="bob")
    for meeting, official in [(both, ann), (both, bob), (one, ann)]:
        factories.ParticipationFactory(meeting=meeting, official=official)
    assert titles("official=ann&official=bob") == ["both"]
    assert sorted(titles("official=ann&kind=visit&kind=meeting")) == ["both", "one"]


def test_sides_count_countries_and_organizations_but_no_interpreter():
    meeting = factories.MeetingFactory(publication=Publication.PUBLISHED)
    for role in (Role.PARTICIPANT, Role.PARTICIPANT, Role.INTERPRETER):
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory(), role=role)
    assert filtered("sides=bilateral").qs.count() == 1
    assert filtered("sides=multilateral&sides=one").qs.count() == 0


def test_unknown_dates_are_in_no_range_and_last_in_both_orders():
    for title, date in [("unknown", ""), ("2020", "2020"), ("by 2019", "[..2019]"), ("since 2021", "2021/..")]:
        factories.MeetingFactory(title=title, date=date, publication=Publication.PUBLISHED)
    assert titles("") == ["since 2021", "2020", "by 2019", "unknown"]
    assert titles("sort=date") == ["by 2019", "2020", "since 2021", "unknown"]
    assert titles("from=2030") == ["since 2021"]
    assert titles("to=1900") == ["by 2019"]
    assert "unknown" not in titles("from=0001&to=9999")


def test_relevance_goes_with_its_words():
    filterset = filtered("q=iran&sort=relevance")
    assert filterset.chips[0].remove == "?"
    assert "relevance" in [value for value, _label, _chosen in filterset.orders]
    assert "relevance" not in [value for value, _label, _chosen in filtered("").orders]


def test_a_suggestion_keeps_the_other_words(article, client):
    html = client.get("/meetings/?official=gallant&official=austin").content.decode()
    assert 'href="?official=yoav-gallant&amp;official=austin"' in html


def test_names_are_in_order_whatever_their_accents():
    for name in ("Zimbabwe", "Åland Islands", "albania"):
        factories.CountryFactory(name=name)
    filterset = CountryFilter(QueryDict(""), with_meetings(Country.objects.published()))
    assert [country.name for country in filterset.ordered] == ["Åland Islands", "albania", "Zimbabwe"]


def test_a_chip_leads_to_the_address_without_it():
    factories.CountryFactory(slug="israel", name="Israel")
    chips = filtered("country=israel&kind=visit&kind=meeting&page=3").chips
    assert [(chip.name, chip.text) for chip in chips] == [
        ("country", "Israel"),
        ("kind", "Visit"),
        ("kind", "Meeting"),
    ]
    assert chips[1].remove == "?country=israel&kind=meeting"


def test_every_facet_count_is_what_the_option_would_leave(article):
    for query in [
        "",
        "status=planned",
        "country=israel&kind=meeting",
        "official=yoav-gallant&place=brussels",
        "has=place",
    ]:
        filterset = filtered(query)
        for facet in filterset.facets:
            for option in facet.options:
                together = filterset.filters[facet.name].together
                values = [*filterset.given(facet.name), option.value] if together else [option.value]
                left = filtered(filterset.address(**{facet.name: list(dict.fromkeys(values))})[1:])
                assert left.qs.count() == option.count, (query, facet.name, option)


def test_what_the_facets_cost(article):
    """All keys are looked up in one query. Facets take a query for how common the tags are and how many there are in
    all, one for the set, one more for each parameter with alternatives, and one for the names of the options."""
    filterset = filtered("official=yoav-gallant&country=israel&place=brussels&about=iran")
    with CaptureQueriesContext(connection) as looked_up:
        assert filterset.is_right
    with CaptureQueriesContext(connection) as counted:
        assert filterset.facets
    assert (len(looked_up), len(counted)) == (1, 6)


def test_officials_and_statements_are_filtered_too(article):
    officials = OfficialFilter(QueryDict("organization=european-commission"), Official.objects.published())
    assert [official.slug for official in officials.qs] == ["oliver-varhelyi"]
    statements = StatementFilter(QueryDict("speaker=lloyd-austin&mode=verbatim"), Statement.objects.published())
    assert statements.qs.get().text.startswith("“Our bond is rooted")
    said_in_march = StatementFilter(QueryDict("from=2023-03&to=2023-03"), Statement.objects.published())
    assert said_in_march.qs.count() == 8


PARAMETERS = [*MeetingFilter.base_filters, "page", "per_page", "nonsense"]


@given(st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=30)), max_size=6))
def test_no_text_in_any_parameter_breaks_it(pairs):
    """Either all of it works, or nothing is found: never all rows for a parameter that did not."""
    if not Meeting.objects.exists():
        factories.MeetingFactory(title="Talks", publication=Publication.PUBLISHED)
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    filterset = MeetingFilter(data, Meeting.objects.published())
    narrowing = set(filterset.form.errors) - {"page", "per_page"}
    assert filterset.is_right == (not narrowing)
    assert filterset.ordered.count() == 0 if narrowing else filterset.ordered.count() <= 1
    assert len(filterset.chips) <= len(pairs)


@given(first=st.dates(), last=st.dates())
def test_a_range_holds_what_overlaps_it(first, last):
    """A meeting of one day is in the range exactly when the day is."""
    day = "2023-06-15"
    factories.MeetingFactory(date=day, publication=Publication.PUBLISHED)
    expected = first.isoformat() <= day <= last.isoformat()  # ISO dates sort as text
    assert filtered(f"from={first}&to={last}").qs.exists() == expected
    Meeting.objects.all()._raw_delete("default")
