"""The network: each number is that of the list that it leads to, and what is not shown is told, on both databases."""

import json
import re
from html import unescape
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import index
from meetings.choices import Publication, Status
from meetings.filters import MeetingFilter, NetworkFilter
from meetings.index import hits
from meetings.lenses import network
from meetings.lenses.network import Network
from meetings.lenses.together import Together
from meetings.models import Meeting
from tests import factories
from tests.networks import countries, meet
from tests.pages import page

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
TIE = re.compile(
    r'<tr><th scope="row"><bdi>([^<]+)</bdi></th><td><bdi>([^<]+)</bdi></td>'
    r'<td>(?:<span class="soft">none held</span> )?(?:<a href="([^"]+)">|<span>)([\d,]+)</(?:a|span)></td></tr>'
)
NODE = re.compile(
    r'<tr data-slug="([^"]+)"><th scope="row"><a href="([^"]+)"><bdi>([^<]+)</bdi></a></th>'
    r'<td>(?:<span class="soft">none held</span> )?(?:<a href="([^"]+)">|<span>)([\d,]+)</(?:a|span)></td>'
    r"<td>(\d+)</td></tr>"
)


def seen(query: str) -> Network:
    filterset = NetworkFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right, filterset.form.errors
    return network.of(filterset.sought(), **filterset.shape)


def number(query: str) -> int:
    filterset = MeetingFilter(QueryDict(query), Meeting.objects.published())
    assert filterset.is_right
    assert not filterset.unknown
    return filterset.qs.count()


def ties(found: Network) -> list[tuple[str, str, int]]:
    return [(found.nodes[tie.one].name, found.nodes[tie.other].name, tie.n) for tie in found.ties]


@pytest.mark.parametrize(
    "query", ["", "by=official", "country=israel", "by=official&status=held", "q=israel&most=30", "least=2"]
)
def test_each_number_is_that_of_its_list(client, article, query):
    html = page(client, f"/meetings/network/?{query}")
    rows, nodes = TIE.findall(html), NODE.findall(html)
    assert rows
    assert nodes
    for _one, _other, address, n in rows:
        path, _mark, narrowed = unescape(address).partition("?")
        assert path == "/meetings/"
        assert number(narrowed) == int(n) > 0, narrowed
    for _slug, profile, _name, address, n, own in nodes:
        assert client.get(profile).status_code == 200
        assert number(unescape(address).partition("?")[2]) == int(n)
        assert int(own) == sum(_name in row[:2] for row in rows)


MEETINGS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True),
        st.sampled_from(Status.values),
        st.sampled_from([Publication.PUBLISHED, Publication.DRAFT]),
        st.sampled_from(["2020-03-04", "2020", "[..2020-05-01]", ""]),
    ),
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    meetings=MEETINGS,
    kept=st.sampled_from(["", "status=held", "status=held&status=planned", "from=2020-02&to=2020-04"]),
    by=st.sampled_from(["country", "official"]),
    least=st.sampled_from(["1", "2"]),
)
def test_the_numbers_are_those_of_any_meetings(meetings, kept, by, least):
    parties = {
        "country": [factories.CountryFactory() for _ in range(5)],
        "official": [factories.OfficialFactory() for _ in range(5)],
    }
    # Other examples have left meetings on other topics; this one names nobody.
    topic, of_nobody = factories.TopicFactory(), factories.MeetingFactory(publication="published")
    of_nobody.topics.add(topic)
    index.refresh([of_nobody.pk])
    kept = f"{kept}&topic={topic.slug}"
    for chosen, status, publication, date in meetings:
        meeting = factories.MeetingFactory(status=status, publication=publication, date=date)
        meeting.topics.add(topic)
        for one in chosen:
            factories.ParticipationFactory(
                meeting=meeting, country=parties["country"][one], official=parties["official"][one]
            )
    found = seen(f"{kept}&by={by}&least={least}")
    shown = {(found.nodes[tie.one].key, found.nodes[tie.other].key): tie.n for tie in found.ties}
    public = {at for chosen, _status, publication, _date in meetings for at in chosen if publication == "published"}
    keys = [parties[by][at].slug for at in sorted(public)]
    counted = {(one, other): number(f"{kept}&{by}={one}&{by}={other}") for one, other in combinations(keys, 2)}
    expected = {frozenset(pair): n for pair, n in counted.items() if n >= int(least)}
    assert {frozenset(pair): n for pair, n in shown.items()} == expected
    assert {node.key for node in found.nodes} == {key for pair in expected for key in pair}
    held = f"{re.sub('&?status=[a-z]+', '', kept)}&status=held"
    for node in found.nodes:
        assert node.total == number(f"{kept}&{by}={node.key}")
        assert node.ties == sum(node.key in pair for pair in shown)
        assert node.unheld is (number(f"{held}&{by}={node.key}") == 0)
    for tie in found.ties:
        one, other = (found.nodes[at].key for at in (tie.one, tie.other))
        assert tie.unheld is (number(f"{held}&{by}={one}&{by}={other}") == 0)
    named = sum(number(f"{kept}&{by}={key}") > 0 for key in keys)
    assert (found.among, found.tied, found.between) == (named, len(found.nodes), len(found.ties))


def test_the_strongest_ties_choose_who_is_shown():
    one, two, three, four, alone = countries("One", "Two", "Three", "Four", "Alone")
    for _time in range(3):
        meet(one, two)
    for _time in range(9):
        meet(alone)
    meet(three, four)
    meet(two, three)
    found = seen("")
    assert [node.name for node in found.nodes] == ["Alone", "Two", "One", "Three", "Four"][1:]
    assert ties(found) == [("Two", "One", 3), ("Two", "Three", 1), ("Three", "Four", 1)]
    asked = MeetingFilter(QueryDict(""), Meeting.objects.all()).sought()
    few = network.of(asked, "country", most=2, least=1)
    assert (ties(few), few.tied, few.among) == ([("Two", "One", 3)], 4, 5)
    assert ties(seen("least=3")) == [("Two", "One", 3)]


def test_of_many_ties_each_ones_strongest_and_the_strongest_are_drawn(monkeypatch):
    monkeypatch.setattr(network, "MOST_TIES", 4)
    everyone = countries(*"ABCDE")
    meet(*everyone)
    meet(*everyone[:3])
    found = seen("")
    assert (found.between, len(found.ties)) == (10, 4)
    assert {name for tie in ties(found) for name in tie[:2]} == set("ABCDE")
    assert ("A", "B", 2) in ties(found)


def test_a_tie_whose_other_end_has_no_room_is_not_drawn():
    one, two, three, four = countries("One", "Two", "Three", "Four")
    for times, pair in ((3, (one, two)), (2, (three, four))):
        for _time in range(times):
            meet(*pair)
    asked = MeetingFilter(QueryDict(""), Meeting.objects.all()).sought()
    assert {node.name for node in network.of(asked, "country", most=3, least=1).nodes} == {"One", "Two"}


def test_more_meetings_than_are_counted_are_told(client, monkeypatch):
    one, two = countries("One", "Two")
    for year in range(2001, 2008):
        meet(one, two, date=str(year), status="held")
    assert "newest" not in page(client, "/meetings/network/?status=held").replace("Newest", "")
    monkeypatch.setattr(hits, "MOST_COUNTED", 5)
    html = page(client, "/meetings/network/?status=held")
    assert "Numbers are of the newest 5 of these meetings. Each leads to all that fit." in html
    [(_one, _other, address, n)] = TIE.findall(html)
    assert (n, number(unescape(address).partition("?")[2])) == ("5", 7)


@pytest.mark.parametrize("lens", ["network", "matrix"])
def test_that_others_than_those_held_count_is_told(client, lens):
    one, two = countries("One", "Two")
    meet(one, two, status="held")
    meet(one, two, status="cancelled")
    told = "All of them count: conferences, planned, cancelled and denied ones too."
    html = page(client, f"/meetings/{lens}/?country=one&by=country")
    assert told in html
    [address] = re.findall(r'<a href="([^"]+)"[^>]*>Only those held</a>', html)
    assert QueryDict(unescape(address)[1:]).dict() == {"country": "one", "by": "country", "status": "held"}
    assert told in client.get(f"/meetings/{lens}.svg").content.decode()
    html = page(client, f"/meetings/{lens}/?status=held&status=planned")
    assert told in html
    assert "Only those held" not in html
    for address in (f"/meetings/{lens}/?status=held", f"/meetings/{lens}.svg?status=held"):
        assert told not in client.get(address).content.decode()


@pytest.mark.parametrize(("name", "value", "right"), [("by", "x", "country"), ("most", "7", "60"), ("least", "0", "1")])
def test_a_wrong_way_to_show_it_is_told(client, article, name, value, right):
    html = page(client, f"/meetings/network/?{name}={value}")
    assert f"“{value}” cannot be chosen here" in html
    assert right in html
    assert "network-figure" not in html


def test_what_shows_the_network_stays_with_it(client, article):
    """The list, the options' counts and exports would not know these parameters; a matrix knows one of them."""
    html = page(client, "/meetings/network/?by=official&most=30&least=1&country=israel&page=1&nonsense=1")
    svg = 'href="/meetings/network.svg?by=official&amp;most=30&amp;least=1&amp;country=israel"'
    other = 'href="/meetings/matrix/?by=official&amp;country=israel"'
    own = other.replace("matrix", "network")
    for known in (svg, other, own):
        assert html.count(known) == 1, known
        html = html.replace(known, "")
    for address in re.findall(r'href="(/meetings[^"]*\?[^"]*)"', html):
        assert not re.search("most=|least=|by=", address), address
    assert 'class="result-count"' in html


def test_a_number_whose_list_would_be_refused_leads_nowhere(client):
    everyone = [factories.CountryFactory() for _number in range(22)]
    meet(*everyone)
    html = page(client, "/meetings/network/?" + "&".join(f"country={one.slug}" for one in everyone[:19]))
    assert "<span>1</span>" in html
    found = [address for row in TIE.findall(html) if (address := row[2])]
    assert {number(unescape(address).partition("?")[2]) for address in found} == {1}


def test_names_are_escaped_and_an_empty_set_is_told(client):
    meet(*countries("<b>Bold</b>", "</script><b>"))
    html = page(client, "/meetings/network/")
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "Nothing fits" in page(client, "/meetings/network/?from=1800&to=1801")
    assert "None of these meetings names two together." in page(client, "/meetings/network/?by=organization")


def test_organizations_meet_too(client):
    meet(factories.OrganizationFactory(name="One"), factories.OrganizationFactory(name="Two"), by="organization")
    assert [row[3] for row in TIE.findall(page(client, "/meetings/network/?by=organization"))] == ["1"]


def test_only_the_first_ties_are_told_at_once(client):
    meet(*(factories.CountryFactory() for _number in range(9)))
    html = page(client, "/meetings/network/")
    assert "All 36 ties" in html
    before, _summary, folded = html.partition("All 36 ties")
    assert (len(TIE.findall(before)), len(TIE.findall(folded))) == (25, 11)


def test_the_script_draws_what_the_tables_say(client, article):
    html = page(client, "/meetings/network/")
    data = json.loads(re.search(r'<script id="network" type="application/json">(.*?)</script>', html)[1])
    nodes = [row[2] for row in NODE.findall(html)]
    assert len(nodes) == len(data["nodes"])
    assert [(nodes[one], nodes[other], n) for one, other, n, *_drawn in data["ties"]] == [
        (one, other, int(n)) for one, other, _address, n in TIE.findall(html)
    ]
    assert {str(shade) for *_tie, shade, _unheld in data["ties"]} == set(data["pens"])
    unheld = re.findall(r'<td><span class="soft">none held</span> ', html)
    assert len(unheld) == sum(one[-1] for one in data["ties"]) + len(data["unheld"]) == 8


@pytest.mark.parametrize("query", ["", "from=1000", "by=official"])
def test_ties_without_a_meeting_that_was_held_are_drawn_apart(client, query):
    by = "official" if "by" in query else "country"
    make = factories.OfficialFactory if "by" in query else factories.CountryFactory
    one, two, three = (make(name=name) for name in ("One", "Two", "Three"))
    for others, status in (((one, two), Status.PLANNED), ((one, two), Status.HELD), ((one, three), Status.DENIED)):
        meet(*others, by=by, status=status, date="2020")
    found = seen(query)
    assert {found.nodes[tie.other].name: tie.unheld for tie in found.ties} == {"Two": False, "Three": True}
    assert {node.name: node.unheld for node in found.nodes} == {"One": False, "Two": False, "Three": True}
    html, svg = (
        page(client, f"/meetings/network/?{query}"),
        client.get(f"/meetings/network.svg?{query}").content.decode(),
    )
    for drawn in (html, svg):
        assert drawn.count('class="unheld"') == 2
        assert drawn.count('class="disc shape unheld"') == 1
        assert "Three: 1, none held" in drawn
    assert "none held" not in page(client, f"/meetings/network/?{query}&status=held")


class TestTogether:
    def test_it_adds_to_what_the_filter_has(self):
        together = Together("country", "/meetings/", "?status=held&country=israel", most=20)
        assert together.address("france") == "/meetings/?status=held&country=israel&country=france"
        assert together.address("israel") == "/meetings/?status=held&country=israel&"
        assert Together("country", "/meetings/", "", most=20).address("a", "b") == "/meetings/?country=a&country=b"


class TestPicture:
    """The network as SVG says what the page says."""

    @staticmethod
    def drawn(client, query: str = "") -> ElementTree.Element:
        response = client.get(f"/meetings/network.svg?{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
        assert response["Content-Disposition"].startswith('attachment; filename="network')
        return ElementTree.fromstring(response.content)

    @pytest.mark.parametrize("query", ["", "by=official&status=held"])
    def test_it_has_a_disc_for_each_and_a_line_for_each_tie(self, client, article, query):
        svg, found = self.drawn(client, query), seen(query)
        links = [link for link in svg.iter(f"{SVG}a") if link.find(f"{SVG}circle") is not None]
        assert [link.find(f"{SVG}title").text for link in links] == [
            f"{node.name}: {node.total}" + (", none held (planned, cancelled…)" if node.unheld else "")
            for node in reversed(found.nodes)
        ]
        lines = "".join(
            path.get("d") for path in next(group for group in svg.iter(f"{SVG}g") if group.get("class") == "ties")
        )
        assert lines.count("M") == len(found.ties)
        for link in links:
            address = link.get("href")
            assert address.startswith("http://testserver/meetings/?")
            told = link.find(f"{SVG}title").text.rpartition(": ")[2].partition(",")[0]
            assert number(address.partition("?")[2]) == int(told)

    def test_it_says_what_it_is_of_and_what_its_sizes_mean(self, client, article, settings):
        settings.SITE_NAME = "Our log"
        said = [element.text for element in self.drawn(client, "country=israel&status=held").iter(f"{SVG}text")]
        assert "Country: Israel; Status: Held" in said
        assert any("Our log, 20" in text and "/meetings/network/" in text for text in said)
        assert {"Meetings", "Together", "3+"} <= {*said}

    def test_it_says_what_it_does_not_show(self, client, monkeypatch):
        monkeypatch.setattr(network, "MOST_TIES", 2)
        meet(*countries(*"ABC"))
        said = [element.text for element in self.drawn(client).iter(f"{SVG}text")]
        assert any("Of 3 ties between them, 2 are drawn" in text for text in said)

    def test_an_empty_set_is_a_picture_of_nothing(self, client):
        assert next(self.drawn(client, "from=1800&to=1801").iter(f"{SVG}text")).text == "Meetings as a network"

    def test_wrong_parameters_are_told(self, client):
        response = client.get("/meetings/network.svg?by=x&nonsense=1")
        assert response.status_code == 400
        assert "by: “x” cannot be chosen here" in response.content.decode()
