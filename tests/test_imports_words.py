"""What the words of a record mean: titles and names, persons, states of the day, places, the rank of a visit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.choices import Level, PlaceKind, Protocol
from meetings.imports.localities import Locality, kind_of, localities
from meetings.imports.persons import Mention, compare, gather
from meetings.imports.remarks import made_as, protocol
from meetings.imports.states import Country, States, bag
from meetings.imports.titles import Person, corrected, level, offices, people


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("Prime Minister Harold Wilson", "Prime Minister", "Harold Wilson"),
        ("King Kalakaua", "King", "Kalakaua"),
        ("President-elect Calles", "President-elect", "Calles"),
        ("Prime Minster Mackenzie King", "Prime Minster", "Mackenzie King"),
        ("Prime Minister Shah Mahmud", "Prime Minister", "Shah Mahmud"),
        ("Shah Mohammed Reza Pahlavi", "Shah", "Mohammed Reza Pahlavi"),
        ("Premier & Prince Sihanouk", "Premier & Prince", "Sihanouk"),
        ("Prime Minister-Prince Norodom Kantol", "Prime Minister-Prince", "Norodom Kantol"),
        ("Governor General Lord Gowrie", "Governor General", "Lord Gowrie"),
        ("Governor General Earl of Athlone", "Governor General", "Earl of Athlone"),
        ("Lieutenant General Olusegun Obasanjo", "Lieutenant General", "Olusegun Obasanjo"),
        ("President of the Council of Ministers Silvio Berlusconi", "President of the Council of Ministers", None),
        ("NATO Secretary General Lord Robertson", "NATO Secretary General", "Lord Robertson"),
        ("Emperor Dom Pedro II", "Emperor", "Dom Pedro II"),
        ("Dalai Lama", "", "Dalai Lama"),
        ("Crown Prince", "Crown Prince", ""),
        ("Prime Minister  Harold E. Holt ", "Prime Minister", "Harold E. Holt"),
    ],
)
def test_title_and_name_are_told_apart(written, title, name):
    [person] = people(written)
    assert person == Person(title, person.name if name is None else name)


def test_a_body_of_unknown_length_is_not_cut_into():
    assert people("Chairman of the Example Front Jane Doe") == [Person("", "Chairman of the Example Front Jane Doe")]


@pytest.mark.parametrize(
    "written",
    ["President Anwar Sadat, Prime Minister Mustafa Khalil", "President Anwar Sadat and Prime Minister Mustafa Khalil"],
)
def test_two_people_in_one_record_are_two(written):
    assert people(written) == [Person("President", "Anwar Sadat"), Person("Prime Minister", "Mustafa Khalil")]


TITLE_OR_NAME = ["Ann", "Example", "King", "Minister", "President", "Prime", "and", "of", "the", "President-elect"]


@given(st.lists(st.sampled_from(TITLE_OR_NAME)))
def test_no_word_is_lost(given_words):
    told = [word for person in people(" ".join(given_words)) for word in f"{person.title} {person.name}".split()]
    assert [word for word in told if word != "and"] == [word for word in given_words if word != "and"]


def test_a_post_is_called_as_it_should_have_been_written():
    assert corrected("Prime Minster") == "Prime Minister"
    assert corrected("President-elect") == "President"


@pytest.mark.parametrize(
    ("title", "office", "rank"),
    [
        ("Acting President", {"president"}, Level.HEAD_OF_STATE),
        ("Vice President", {"vice president"}, Level.OTHER),
        ("Premier", {"prime minister"}, Level.HEAD_OF_GOVERNMENT),
        ("Premier and Prince", {"prime minister", "prince"}, Level.HEAD_OF_GOVERNMENT),
        ("Queen", {"monarch"}, Level.HEAD_OF_STATE),
        ("monarch of the United Kingdom", {"monarch"}, Level.HEAD_OF_STATE),
        ("Secretary of State", {"secretary of state"}, Level.MINISTER),
        ("Junta Member", set(), Level.OTHER),
    ],
)
def test_offices_of_a_title(title, office, rank):
    assert offices(title) == office
    assert level(title) == rank


def test_a_prince_is_head_of_state_where_there_is_no_king():
    assert level("Prince", "monaco") == Level.HEAD_OF_STATE
    assert level("Prince", "cambodia") == Level.OTHER


def mention(name, office="president", first=1960, last=None):
    return Mention(name, frozenset([office]), first, last or first)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (mention("Sato", first=1965), mention("Eisaku Sato", first=1967), "part"),
        (mention("Wilson", first=1964), mention("Wilson", first=1975), "same"),
        (mention("Hussein", "monarch"), mention("Hussein I", "monarch", 1964), "same"),
        (mention("Makarios"), mention("Makarios III", first=1970), "same"),
        (mention("Albert I", "monarch"), mention("Albert II", "monarch"), "other"),
        (mention("Diefenbaker"), mention("Diefenbacker"), "same"),
        (mention("Jaafar Nimeiri"), mention("Jaafar Nimieri", first=1962), "same"),
        (mention("Gustavo Gustavo Diaz Ordaz"), mention("Gustavo Diaz-Ordaz"), "same"),
        (mention("Julius K. Nyerere"), mention("Julius Nyerere"), "same"),
        (mention("Sukarno"), mention("Soeharto", first=1970), "other"),
        (mention("Soeharto", first=1970), mention("Suharto", first=1975), "doubt"),
        (mention("Lleras"), mention("Carlos Lleras Restrepo", first=1969), "other"),
        (mention("Ospina", first=1922), mention("Ospina", first=1946), "doubt"),
        (mention("Nkrumah", "prime minister"), mention("Nkrumah", first=1961), "doubt"),
        (mention("Golda Meir", "foreign minister"), mention("Golda Meir", "prime minister", 1969), "same"),
        (mention("Anastasio Somoza", first=1952), mention("Anastasio Somoza Debayle", first=1967), "doubt"),
        (mention("Joe Biden", first=2022), mention("Joseph R. Biden", first=2021, last=2025), "same"),
        (mention("George H.W. Bush", first=1989, last=1993), mention("George W. Bush", first=2001), "other"),
    ],
)
def test_spellings_are_brought_together_on_evidence_alone(one, other, verdict):
    assert compare(one, other) == compare(other, one) == verdict


def test_a_surname_that_fits_two_persons_stays_a_doubt():
    mentions = [mention("Kim"), mention("Young Sam Kim", first=1962), mention("Dae Jung Kim", first=1964)]
    people_, doubts = gather(mentions)
    assert sorted(person.names for person in people_) == [["Dae Jung Kim"], ["Kim"], ["Young Sam Kim"]]
    assert len(doubts) == 2


def test_a_doubt_is_told_in_the_words_of_the_source_whatever_we_have_of_the_persons_already():
    given = [mention("Park", "chairman", 1961), mention("Park", "president", 1963, 1965)]
    ours = [
        Mention("Park", frozenset([post]), year, year, f"park-{year}")
        for post, year in [("chairman", 1961), ("president", 1963)]
    ]
    told = ["chairman Park (1961)", "president Park (1963 to 1965)"]
    for mentions in (given, [*given, *ours]):
        [doubt] = gather(mentions)[1]
        assert [str(person.as_given()) for person in doubt] == told


def test_two_officials_of_ours_are_never_joined():
    ours = [Mention("Ann Example", frozenset(["president"]), 1960, 1960, slug) for slug in ("ann", "ann-2")]
    assert len(gather(ours)[0]) == 2


@given(
    st.permutations([mention("Sato"), mention("Eisaku Sato", first=1967), mention("Saito"), mention("Eisaku Saito")])
)
def test_the_order_of_mentions_makes_no_difference(mentions):
    expected, _doubts = gather(sorted(mentions, key=lambda m: m.name))
    assert gather(mentions)[0] == expected


COUNTRIES = [
    Country("germany", "Germany", ("Federal Republic of Germany",)),
    Country("west-germany", "West Germany", (), date(1949, 5, 23), date(1990, 10, 3), ("germany",)),
    Country("russia", "Russia"),
    Country("soviet-union", "Soviet Union", ("U.S.S.R.",), date(1922, 12, 30), date(1991, 12, 26), ("russia",)),
    Country("south-korea", "South Korea", ("Republic of Korea", "Korea, South"), date(1948, 8, 15)),
    Country("korea", "Korea", (), date(1392, 1, 1), date(1948, 12, 31), ("south-korea",)),
    Country("thailand", "Thailand", ("Siam",)),
    Country("serbia-and-montenegro", "Serbia and Montenegro", (), date(1992, 4, 27), date(2006, 6, 3)),
    Country("kosovo", "Kosovo", (), date(2008, 2, 17)),
    Country("benin", "Benin", ("Dahomey",)),
    Country("czechoslovakia", "Czechoslovakia", (), date(1918, 10, 28), date(1992, 12, 31)),
    Country("united-kingdom", "United Kingdom"),
]


@pytest.mark.parametrize(
    ("label", "identifier", "day", "slug", "part"),
    [
        ("U.S.S.R.", "russia", "1972-05-22", "soviet-union", ""),
        ("Russia", "russia", "1995-05-09", "russia", ""),
        ("Germany, Federal Republic of", "germany", "1963-06-23", "west-germany", ""),
        ("Germany, Federal Republic of", "germany", "1995-06-23", "germany", ""),
        ("Germany", "germany", "1945-07-16", "germany", ""),
        ("Korea, Republic of", "korea-south", "1952-12-02", "south-korea", ""),
        ("Korea", "korea-south", "1961-11-13", "south-korea", ""),
        ("Siam (Thailand)", "thailand", "1931-04-28", "thailand", ""),
        ("Dahomey (Benin)", "benin", "1970-01-01", "benin", ""),
        ("Czechoslovakia (government-in-exile)", "czechoslovakia", "1943-05-12", "czechoslovakia", ""),
        ("Serbia-Montenegro (Kosovo)", "kosovo", "1999-11-23", "serbia-and-montenegro", "Kosovo"),
        ("Yugoslavia (Kosovo)", "kosovo", "2001-07-24", "serbia-and-montenegro", "Kosovo"),
        ("United Kingdom (Wales)", "united-kingdom", "2014-09-03", "united-kingdom", "Wales"),
    ],
)
def test_the_state_of_the_day(label, identifier, day, slug, part):
    state = States(COUNTRIES).of_day(label, date.fromisoformat(day), identifier)
    assert (state.country.slug, state.part, state.doubt) == (slug, part, "")


def test_a_state_on_a_day_on_which_there_was_none_is_a_doubt():
    assert States(COUNTRIES).of_day("Czechoslovakia", date(1995, 1, 1)).doubt


def test_a_name_of_no_country_of_ours_is_none():
    assert States(COUNTRIES).of_day("Atlantis", date(1995, 1, 1), "atlantis") is None


def test_the_order_of_the_words_of_a_name_makes_no_difference():
    assert bag("Congo, Republic of") == bag("Republic of the Congo") != bag("Democratic Republic of the Congo")


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("Moscow, Leningrad,\n     Kiev", [Locality("Moscow"), Locality("Leningrad"), Locality("Kiev")]),
        ("Mexico, D.F.", [Locality("Mexico, D.F.")]),
        ("Mexico, D.F., Tlaxcala", [Locality("Mexico, D.F."), Locality("Tlaxcala")]),
        ("Kingston (Jamaica)", [Locality("Kingston", "Jamaica")]),
        ("Nassau (The Bahamas)", [Locality("Nassau", "Bahamas")]),
        ("Montebello, Quebec", [Locality("Montebello", "Quebec")]),
        ("Quebec, Ottawa", [Locality("Quebec"), Locality("Ottawa")]),
        ("Martinique, West Indies", [Locality("Martinique", "West Indies")]),
        ("Paris, St. Mere- Eglise", [Locality("Paris"), Locality("St. Mere-Eglise")]),
        ("Aboard the U.S.S. Example, Malta", [Locality("Malta")]),
        ("At sea", []),
        ("Paris, Paris", [Locality("Paris")]),
        ("", []),
    ],
)
def test_places_of_one_field(written, places):
    assert localities(written) == places


def test_what_sort_of_place():
    assert kind_of("Ramstein Air Force Base") == PlaceKind.VENUE
    assert kind_of("Cheju Island") == PlaceKind.REGION
    assert kind_of("Bonn") == PlaceKind.CITY


@pytest.mark.parametrize(
    ("remarks", "rank"),
    [
        ("State visit. Private visit to New York City afterwards.", Protocol.STATE),
        ("Official working visit. Afterwards visited Miami.", Protocol.OFFICIAL_WORKING),
        ("Attended the dinner; official visit to Washington, October 26–28.", Protocol.OFFICIAL),
        ("Met with President Carter during a private visit.", Protocol.PRIVATE),
        ("Visited Washington during a three-week, private visit.", Protocol.PRIVATE),
        ("Private visit. Delivered a message postponing a state visit by the King.", Protocol.PRIVATE),
        ("Delivered a message postponing a state visit by the King.", None),
        ("Informal visit. Afterwards made a private visit to New York City.", None),
        ("Unofficial visit.", None),
        ("", None),
    ],
)
def test_the_rank_of_a_visit(remarks, rank):
    assert protocol(remarks) == rank


def test_a_visit_made_before_taking_office():
    assert made_as("Vacation. [Visit made as President-elect.]") == "President-elect"
    assert made_as("Met with President-elect Medvedev.") == ""
