"""What has a name: officials, countries, organizations, places and topics, found by their names and told apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from meetings.index import hits, named, near
from meetings.index.hits import Number
from meetings.index.named import Named
from meetings.index.tags import tag
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
    Two queries, and one more for officials' posts."""
    found: dict[str, list[Named]] = defaultdict(list)
    for one in named.most_met(query, nouns.values(), LOOKED_AT):
        found[one.tag[0]].append(one)
    own = {noun: found[named.letter(model)] for noun, model in nouns.items()}
    rows: dict[str, list[tuple]] = {noun: [] for noun in nouns}
    members = [part for noun, model in nouns.items() for part in parts(noun, model, own[noun], size)]
    for noun, *row in united(members):
        rows[noun].append(tuple(row))
    shown, numbers = {}, {}
    for noun, model in nouns.items():
        met = {one.pk: one.meetings for one in own[noun]}
        first = sorted(rows[noun], key=lambda row: (-met[row[0]], row[1]))[:size]
        posts = posts_of([row[0] for row in first]) if model is Official else {}
        shown[noun] = [
            Name(noun, pk, slug, name, kind_of(model, kind), country, posts.get(pk, []), met[pk])
            for pk, slug, name, kind, country in first
        ]
        known = sum(n > 0 for n in met.values())
        more = sum(met[row[0]] == 0 for row in rows[noun])
        numbers[noun] = Number(known + more, exact=all(one.among <= LOOKED_AT for one in own[noun][:1]))
    return shown, numbers


def parts(noun: str, model: Any, found: list[Named], size: int) -> Iterator[QuerySet]:
    """The public ones of some records of a noun, with what tells them apart: those with most meetings, and all without.

    A record with public meetings is public itself; others may be, by what they said or what they are part of. A place
    may not: only meetings make it public, and asking for those within each of a thousand places can take minutes.
    """
    records = model.objects.order_by()
    met = [one.pk for one in found if one.meetings]
    unmet = [one.pk for one in found if not one.meetings and model is not Place]
    for part, keys in ((records, met[: size * SPARE]), (records.published() if unmet else records, unmet)):
        if keys:
            yield part.filter(pk__in=keys).values_list(Value(noun), "pk", *told(model))


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


def near_misses(noun: str, query: str) -> list[dict]:
    """What a picker of one noun offers in the place of words with which no name begins: names near them; at most five
    queries."""
    model = NAMED[noun]
    keys = near.records(query, model, OFFERED)
    records = model.objects.published()
    if model is Place:
        # As of `parts`: what is known of their meetings says whether they are public.
        numbers = hits.numbers([tag(noun, pk) for pk in keys])
        keys, records = [pk for pk in keys if numbers.get(tag(noun, pk))], model.objects.all()
    rows = records.filter(pk__in=keys).values_list("pk", *told(model)) if keys else ()
    posts = posts_of(keys) if model is Official else {}
    found = {
        pk: Name(noun, pk, slug, name, kind_of(model, kind), country, posts.get(pk, []), 0)
        for pk, slug, name, kind, country in rows
    }
    return [offer(found[pk]) for pk in keys if pk in found]


def offers(picked: str, query: str) -> list[dict]:
    """What a picker offers for the words typed so far, those with most meetings first; at most three queries."""
    nouns = PICKED[picked]
    found, _numbers = public(query, nouns, OFFERED)
    rows = sorted((row for own in found.values() for row in own), key=lambda row: (-row.meeting_count, row.slug))
    return [offer(row) for row in rows[:OFFERED]]


def offer(row: Name) -> dict:
    return {"key": row.slug, "label": row.name, "note": row.note, "noun": row.noun, "url": row.get_absolute_url()}
