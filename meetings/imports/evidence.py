"""What the database has already, as evidence for what a dataset means: countries, places, officials and posts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Exists, Max, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from meetings import words
from meetings.choices import PlaceKind
from meetings.imports import states
from meetings.imports.persons import Mention
from meetings.imports.titles import offices
from meetings.models import Country, ExternalId, Official, Participation, Place, Position


def countries() -> states.States:
    """All countries, with their names and dates; two queries."""
    successors: dict[str, list[str]] = defaultdict(list)
    for slug, successor in Country.objects.exclude(successors=None).values_list("slug", "successors__slug"):
        successors[slug].append(successor)
    return states.States(
        states.Country(
            country.slug,
            country.name,
            tuple(country.other_names_list()),
            country.existed_earliest,
            country.existed_latest,
            tuple(successors[country.slug]),
            country.wikidata,
            None if country.latitude is None or country.longitude is None else (country.latitude, country.longitude),
        )
        for country in Country.objects.order_by("slug")
    )


def known_as(dataset: str, noun: str) -> dict[str, str]:
    """The keys of records by their ids in a dataset; one query. A merged record is the one that it was merged into."""
    model: Any = ExternalId._meta.get_field(noun).related_model
    survivor = [f"{noun}__merged_into__{model.KEY}"] if hasattr(model, "merged_into") else []
    found = ExternalId.objects.filter(dataset=dataset).exclude(**{noun: None})
    rows = found.values_list("identifier", f"{noun}__{model.KEY}", *survivor)
    return {identifier: next((key for key in reversed(keys) if key), "") for identifier, *keys in rows}


class Spot(NamedTuple):
    """A place that we have, with its country's slug and the name of the place around it."""

    slug: str
    name: str
    country: str
    within: str
    latitude: float | None
    longitude: float | None


class Places:
    """Places by name and country, and the countries' own places; one query, when it is made."""

    def __init__(self) -> None:
        self.of_country: dict[str, str] = {}
        self.by_name: dict[tuple[str, ...], list[Spot]] = defaultdict(list)
        rows = Place.objects.filter(merged_into=None).order_by("pk")
        fields = ("slug", "name", "other_names", "kind", "country__slug", "within__name", "latitude", "longitude")
        for slug, name, others, kind, country, within, latitude, longitude in rows.values_list(*fields):
            if kind == PlaceKind.COUNTRY:
                self.of_country.setdefault(country or "", slug)
                continue
            for spelling in (name, *others.splitlines()):
                spot = Spot(slug, name, country or "", within or "", latitude, longitude)
                self.by_name[tuple(words.tokens(spelling))].append(spot)

    def country(self, slug: str) -> str:
        """The slug of a country's own place, or what it is to be."""
        return self.of_country.get(slug, slug)

    def slug(self, name: str, country: str) -> str:
        """The slug of the place of this name in a country, or what it is to be: with the country, as the next country
        has its Santiago too."""
        found = (spot.slug for spot in self.named(name) if spot.country == country)
        return next(found, words.slugify(f"{name} {country}"))

    def named(self, name: str) -> list[Spot]:
        """The places of this name, countries' own apart."""
        return self.by_name.get(tuple(words.tokens(name)), [])

    def point(self, name: str, lands: Iterable[str]) -> tuple[float, float] | None:
        """Where a place of this name in one of the countries lies: the same town under the state of another day. None
        where that is not known of just one."""
        wanted = set(lands)
        points = {
            (spot.latitude, spot.longitude)
            for spot in self.named(name)
            if spot.country in wanted and spot.latitude is not None and spot.longitude is not None
        }
        return points.pop() if len(points) == 1 else None


class Post(NamedTuple):
    """A position that we have; a year that is not known is 0 or 9999."""

    uid: str
    official: str
    title: str
    country: str
    first: int
    last: int


def posts(lands: Iterable[str]) -> list[Post]:
    """The positions for these countries; one query."""
    rows = Position.objects.filter(country__slug__in=set(lands), official__merged_into=None).order_by("pk")
    fields = ("uid", "official__slug", "title", "country__slug", "started_earliest", "ended_latest")
    return [
        Post(uid, official, title, country, first.year if first else 0, last.year if last else 9999)
        for uid, official, title, country, first, last in rows.values_list(*fields)
    ]


def mentions(lands: Iterable[str], held: Iterable[Post], dataset: str = "") -> dict[str, list[Mention]]:
    """The officials known to have spoken for these countries or held posts for them, as mentions by country.

    Under "" are those who spoke for none in records of the ``dataset``. Two queries; the one over participations counts
    all of these countries'.
    """
    wanted = set(lands)
    found: dict[str, list[Mention]] = defaultdict(list)
    names = {post.official for post in held}
    spellings = {
        slug: [name, *others.splitlines()]
        for slug, name, others in Official.objects.filter(slug__in=names).values_list("slug", "name", "other_names")
    }
    for post in held:
        if post.first:
            last = min(post.last, timezone.now().year)
            for name in spellings[post.official]:
                found[post.country].append(Mention(name, offices(post.title), post.first, last, post.official))
    spoke = Q(country__slug__in=wanted)
    if dataset:
        of_dataset = ExternalId.objects.filter(dataset=dataset, meeting=OuterRef("meeting"))
        spoke |= Q(Exists(of_dataset), country=None)
    rows = (
        Participation.objects.filter(spoke, official__merged_into=None)
        .exclude(official=None)
        .exclude(meeting__earliest=None)
        .order_by()
        .values_list(
            "official__slug",
            Coalesce("name_as_written", "official__name"),
            "official__name",
            "title_as_written",
            "position__title",
            "country__slug",
        )
        .annotate(first=Min("meeting__earliest"), last=Max("meeting__earliest"))
    )
    for slug, written, name, title, position, country, first, last in rows:
        office = offices(title or position or "")
        found[country or ""].append(Mention(written or name, office, first.year, last.year, slug))
    return found
