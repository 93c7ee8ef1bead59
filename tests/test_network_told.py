"""What a network says in words: who is not shown and why, who has the most ties, which are the strongest."""

import re

import pytest

from meetings.index import hits, pairs
from meetings.lenses import network
from meetings.lenses.network import Network, Node, Tie
from meetings.pictures import network as picture
from tests.networks import countries, meet
from tests.pages import page

pytestmark = pytest.mark.django_db


def test_what_is_not_shown_is_told(client, monkeypatch):
    everyone = countries(*"ABCD")
    meet(*everyone)
    meet(*everyone[:2])
    for name in ("E", "F"):
        meet(*countries(name))
    html = page(client, "/meetings/network/")
    assert "Not shown, as no meeting names them with another of these: <bdi>E</bdi>, <bdi>F</bdi>." in html
    assert "strongest" not in re.sub("<h3.*", "", html)
    assert "Not shown, as fewer than 2 meetings name them with any other of these: 4." in page(
        client, "/meetings/network/?least=2"
    )
    assert html.index("Not shown") < html.index("network-figure")
    assert "Most ties" not in html
    monkeypatch.setattr(network, "MOST_TIES", 3)
    assert "Of 6 ties between them, 3 are drawn" in page(client, "/meetings/network/")
    monkeypatch.setattr(network, "POOL", 5)
    assert "Ties were looked for among the 5 in most meetings, of 6." in page(client, "/meetings/network/")


def test_who_has_the_most_ties_is_told_where_they_are_many(client):
    middle, *others = countries("<b>Middle", *"ABCDEFGHI")
    for other in others:
        meet(middle, other)
    assert "Most ties: <bdi>&lt;b&gt;Middle</bdi>, with 9 of the 9 others." in page(client, "/meetings/network/")
    meet(*others[:2])
    meet(*countries(*"JK"))
    told = "Most ties: <bdi>&lt;b&gt;Middle</bdi>, with 9 of the 11 others."
    html = page(client, "/meetings/network/")
    assert told in html
    assert "Strongest ties" not in html
    for _time in range(2):
        meet(middle, others[3])
    meet(middle, others[4])
    name = "<bdi>&lt;b&gt;Middle</bdi>"
    strongest = f"Strongest ties: {name} – <bdi>D</bdi> (3), {name} – <bdi>E</bdi> (2)."
    assert f"{told} {strongest}" in page(client, "/meetings/network/")
    picture_of_it = client.get("/meetings/network.svg").content.decode()
    assert "Most ties: &lt;b&gt;Middle, with 9 of the 11 others." in picture_of_it


def test_ties_that_are_not_drawn_count_for_who_has_the_most(client, monkeypatch):
    everyone = countries(*"ABCDEFGHIJK")
    meet(*everyone[:10])
    meet(everyone[10], everyone[0])
    monkeypatch.setattr(network, "MOST_TIES", 12)
    assert "Most ties: <bdi>A</bdi>, with 10 of the 10 others." in page(client, "/meetings/network/")
    meet(everyone[10], everyone[1])
    assert "Most ties" not in page(client, "/meetings/network/")


def test_more_than_are_asked_for_are_told():
    found = Network([Node("a", "A", 3, 1), Node("b", "B", 2, 1)], [Tie(0, 1, 2)], 1, 9, 12, 12, exact=True)
    assert picture.cuts(found)[0] == "The 2 with the strongest ties are shown, of 9 that have any."
    assert picture.said(found, 1)[0].endswith(": 3.")


@pytest.mark.parametrize("query", ["", "from=1000"])
def test_how_many_name_one_alone_or_none_is_told(client, monkeypatch, query):
    one, two = countries("One", "Two")
    for parties in ((one, two), (one,), (one,), ()):
        meet(*parties, date="2020")
    told = "Meetings that name one of them alone, or none: 3."
    addresses = [f"/meetings/{lens}?{query}" for lens in ("network/", "network.svg", "matrix/", "matrix.svg")]
    for address in addresses:
        assert told in client.get(address).content.decode()
    monkeypatch.setattr(pairs, "MANY", 3)
    monkeypatch.setattr(hits, "MOST_COUNTED", 3)
    for address in addresses:
        assert "one of them alone" not in client.get(address).content.decode()
