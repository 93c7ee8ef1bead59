"""What has a name: officials, countries, organizations, places and topics, found by their names and told apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from meetings.index import named
from meetings.index.hits import Number
from meetings.index.named import Named
from meetings.models import Country, Official, Organization, Place, Position, Topic

#: How many records a picker offers.
OFFERED = 10
#: So many records of each noun that are named so, those with most meetings, are looked at: which of them are public?
LOOKED_AT = 1_000
#: As many more records as are wanted, so that of those with as many meetings the first by name are shown.
SPARE = 4


def plural(model: Any) -> str:
    """The noun as it stands in addresses: ``countries``."""
    name = str(model._meta.model_name)
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


#: The nouns that have names, by the parameter that filters by them.
NAMED: dict[str, Any] = {
    "official": Official,
    "country": Country,
    "organization": Organization,
    "place": Place,
    "topic": Topic,
}

#: A picker asks by parameter (``official``) or by address (``officials``); a search, for all of them.
PICKED = {name: {noun: model} for noun, model in NAMED.items() for name in (noun, plural(model))}
PICKED["names"] = NAMED


@dataclass(frozen=True, slots=True)
class Name:
    """A public record that has a name: its kind and country in words where it has any, an official's posts (newest
    first), and how many public meetings it has."""

    noun: str
    pk: int
    slug: str
    name: str
    kind: str
    country: str
    posts: list[Position]
    meeting_count: int

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"meetings:{self.noun}", args=[self.slug])

    @property
    def note(self) -> str:
        """What tells namesakes apart."""
        return str(next(iter(self.posts), self.country))


def public(query: str, nouns: Mapping[str, Any], size: int) -> tuple[dict[str, list[Name]], dict[str, Number]]:
    """What is public and named as a search says, noun by noun: the ``size`` with most meetings, and how many there are.
    Two queries, one more for officials' posts and one where some have no meetings."""
    by_letter = {named.letter(model): noun for noun, model in nouns.items()}
    found: dict[str, list[Named]] = {noun: [] for noun in nouns}
    for one in named.most_met(query, nouns.values(), LOOKED_AT):
        found[by_letter[one.tag[0]]].append(one)
    let = let_through(found, nouns)
    numbers = {
        noun: Number(len(let[noun]), exact=all(one.among <= LOOKED_AT for one in own[:1]))
        for noun, own in found.items()
    }
    rows = described({noun: own[: size * SPARE] for noun, own in let.items()}, nouns, size)
    return rows, numbers


def let_through(found: Mapping[str, list[Named]], nouns: Mapping[str, Any]) -> dict[str, list[Named]]:
    """The public ones of some records; a query where some have no meetings.

    A record with public meetings is public itself; others may be, by what they said or what they are part of.
    """
    gates = []
    for noun, own in found.items():
        if unmet := [one.pk for one in own if not one.meetings]:
            gate = nouns[noun].objects.published().order_by().filter(pk__in=unmet)
            gates.append(gate.values_list(Value(noun), "pk"))
    public = set(united(gates))
    return {noun: [one for one in own if one.meetings or (noun, one.pk) in public] for noun, own in found.items()}


def described(found: Mapping[str, list[Named]], nouns: Mapping[str, Any], size: int) -> dict[str, list[Name]]:
    """The first ``size`` records of each noun, with what tells them apart; two queries at most."""
    members = []
    for noun, own in found.items():
        if own:
            records = nouns[noun].objects.order_by().filter(pk__in=[one.pk for one in own])
            members.append(records.values_list(Value(noun), "pk", *told(nouns[noun])))
    meetings = {(noun, one.pk): one.meetings for noun, own in found.items() for one in own}
    rows = sorted(united(members), key=lambda row: (-meetings[row[:2]], row[2]))
    kept = {noun: [row for row in rows if row[0] == noun][:size] for noun in found}
    posts = posts_of([row[1] for row in kept.get("official", ())])
    return {
        noun: [
            Name(noun, pk, slug, name, kind_of(nouns[noun], kind), country, posts[pk] if noun == "official" else [], n)
            for _noun, pk, slug, name, kind, country in own
            for n in [meetings[noun, pk]]
        ]
        for noun, own in kept.items()
    }


def told(model: Any) -> tuple:
    """Slug, name, kind and country; all of the same type, as every member of a UNION has them."""
    fields = {field.name for field in model._meta.fields}
    kind = F("kind") if "kind" in fields else Value("")
    country = Coalesce("country__name", Value("")) if "country" in fields else Value("")
    return tuple(Cast(one, CharField()) for one in ("slug", "name", kind, country))


def kind_of(model: Any, value: str) -> str:
    """A kind in words."""
    return str(dict(model._meta.get_field("kind").choices)[value]) if value else ""


def posts_of(officials: list[int]) -> dict[int, list[Position]]:
    """The posts of each official, newest first; a query, none for no officials."""
    posts: dict[int, list[Position]] = defaultdict(list)
    if officials:
        for post in Position.objects.filter(official__in=officials).select_related("country", "organization"):
            posts[post.official_id].append(post)
    return posts


def united(members: list[QuerySet]) -> Iterable[tuple]:
    """The rows of all members; one query, none for no members."""
    return list(members[0].union(*members[1:], all=True)) if members else []


def offers(picked: str, query: str) -> list[dict]:
    """What a picker offers for the words typed so far, those with most meetings first; at most four queries."""
    nouns = PICKED[picked]
    found, _numbers = public(query, nouns, OFFERED)
    rows = sorted((row for own in found.values() for row in own), key=lambda row: (-row.meeting_count, row.slug))
    return [
        {"key": row.slug, "label": row.name, "note": row.note, "noun": row.noun, "url": row.get_absolute_url()}
        for row in rows[:OFFERED]
    ]
