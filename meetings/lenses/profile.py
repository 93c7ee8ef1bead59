"""Who met whom, and where a party was: what profiles tell of an official, country, organization, place or topic.

Two parties *met* when both take part, not as interpreter, in a held record of any kind but conference, exhibition or
exercise (`choices.ENCOUNTERS`). Planned meetings are counted apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Model, Q
from django.urls import reverse

from meetings.choices import ENCOUNTERS, Role, Status
from meetings.index import hits, ties
from meetings.index.asked import Asked
from meetings.index.prepared import Prepared
from meetings.index.tags import LETTERS, day_of, record_of, tag
from meetings.lenses import digest, portrait, rows
from meetings.lenses.addresses import addresses
from meetings.models import Country, Official, Organization, Participation, Statement

#: How many rows of each kind a profile shows, how many counterparts, and how many of a country's officials.
SHOWN = 10
COUNTERPARTS = 50
SPOKESPEOPLE = 30
#: How many of them stand above the country's years.
DRAWN = 12
#: How many of a country's newest meetings are searched for what was said for it.
SEARCHED = 100

#: The nouns of which two have a page.
PAIRED = ("official", "country")
PARTIES: dict[str, Any] = {"official": Official, "country": Country, "organization": Organization}


#: Who spoke for which country at given meetings, and under which title.
SPOKE = Prepared(
    lambda keys: (
        Participation.objects.published()
        .filter(meeting__in=keys)
        .exclude(Q(official=None) | Q(role=Role.INTERPRETER))
        .order_by("pk")
        .values_list("meeting", "official", "country", "title_as_written", "position__title")
    )
)
#: What was said at given meetings, the newest first, and by whom.
SAID = Prepared(
    lambda keys: (
        Statement.objects.published().filter(meeting__in=keys).by_date().values_list("pk", "meeting", "speaker")
    )
)

#: What a row shows of a statement.
JOINED = ("speaker", "quoted_by", "meeting")
SAYS = (
    *("uid", "mode", "text", "language", "said", "audience", "speaker_as_written"),
    *("speaker__name", "speaker__slug", "quoted_by__name"),
    *("meeting__uid", "meeting__slug", "meeting__title", "meeting__date"),
)


class Counterpart(NamedTuple):
    """A party that the profile's own one met (``met`` times) or is to meet (``planned``), the lists of these, and the
    page of the two ("" where there is none)."""

    kind: str
    slug: str
    name: str
    met: int
    planned: int
    first: date | None
    last: date | None
    url: str
    met_address: str
    planned_address: str
    together: str


def meetings_address(**parameters) -> str:
    """The address of a list of meetings; a parameter may have a list of values."""
    return f"{reverse('meetings:meetings')}?{urlencode(parameters, doseq=True)}"


def counterparts(own: str, party, *others: str, many: int | None = None) -> list[list[Counterpart]]:
    """For each kind of ``others``, those whom ``party`` (of the kind ``own``) met, most met first, or is to meet: the
    `COUNTERPARTS` most frequent of both. ``many`` is the number of the party's meetings, looked up if not given.
    A query for the names of each kind, and two in all.

    No one meets those whom they speak for, or who speak for them, at that meeting.
    """
    key = tag(own, party.pk)
    many = hits.numbers([key]).get(key, 0) if many is None else many
    encounters = ties.Encounters(key, many)
    most = encounters.most([LETTERS[other] for other in others], COUNTERPARTS)
    tags = {other: most[LETTERS[other]] for other in others}
    met, due = encounters.of([one for found in tags.values() for one in found]).values()
    groups = []
    for other in others:
        names = named(other, tags[other])
        profile = addresses(other, "SLUG")
        met_with, planned_with = (shared(own, party.slug, other, status) for status in (Status.HELD, Status.PLANNED))
        together = pair_of(own, party.slug) if own == other else None
        rows = [
            Counterpart(
                other,
                record.slug,
                record.name,
                met[one].n if one in met else 0,
                due[one].n if one in due else 0,
                *days(met.get(one)),
                profile(record.slug),
                met_with(record.slug),
                planned_with(record.slug),
                together(record.slug) if together else "",
            )
            for one, record in sorted(names.items(), key=lambda item: item[1].folded)
        ]
        groups.append(sorted(rows, key=lambda row: (-row.met, -row.planned)))
    return groups


def pair_of(noun: str, slug: str) -> Callable[[str], str] | None:
    """The function from another's slug to the page of the two; None where there are no such pages."""
    if noun not in PAIRED:
        return None
    page = addresses(f"{noun}_pair", "ONE", "OTHER")
    return lambda other: page(*sorted((slug, other)))


def days(tie: ties.Tie | None) -> tuple[date | None, date | None]:
    """The days of the first and the last meeting."""
    return (day_of(tie.first or 0), day_of(tie.last or 0)) if tie else (None, None)


class Named(NamedTuple):
    """A party's slug and name, and the words of its name, which put it in order."""

    slug: str
    name: str
    folded: str


NAMES = {
    noun: Prepared(
        lambda keys, model=model: model.objects.filter(pk__in=keys).order_by().values_list("pk", *Named._fields)
    )
    for noun, model in PARTIES.items()
}


def named(noun: str, tags: Iterable[str]) -> dict[str, Named]:
    """What the parties of a noun that tags stand for are called; a query."""
    return {tag(noun, pk): Named(*called) for pk, *called in NAMES[noun]([int(one[1:]) for one in tags])}


def shared(own: str, slug: str, other: str, status: Status) -> Callable[[str], str]:
    """The function from a counterpart's slug to the list of the meetings that its number counts.

    It also has those at which one of the two interpreted, which no filter leaves out.
    """
    parties = {own: [slug, "{}"]} if own == other else {own: slug, other: "{}"}
    address = meetings_address(**parties, status=status.value, kind=[kind.value for kind in ENCOUNTERS])
    return address.replace("%7B%7D", "{}").format


def tagged(record: Model, name: str | None = None) -> Asked:
    """The meetings that have a record as the parameter ``name`` (its noun) means it."""
    return Asked().tagged(tag(name or str(record._meta.model_name), record.pk))


def latest(record: Model, numbers: Sequence[int] = ()) -> dict:
    """How many meetings have a record, how many of them are parts of others, what is said of them first (the
    ``numbers`` of `counted`, looked up if not given), and the newest of them; at most six queries."""
    number, parts, *others = numbers or hits.within(counted(record))
    return {
        "meeting_count": number,
        "part_count": parts,
        "digest": digest.of(own_tag(record), number, parts, *others),
        "meetings": rows.of(hits.page(tagged(record), SHOWN), topics=False),
    }


def counted(record: Model) -> list[tuple[str, str]]:
    """Where the index keeps the numbers that `latest` tells."""
    return digest.wanted(own_tag(record))


def own_tag(record: Model) -> str:
    """The tag of the meetings that have a record as its noun means it."""
    return tag(str(record._meta.model_name), record.pk)


def said(name: str, key: int) -> dict:
    """How many public statements have a tag, and the newest of them; three queries."""
    asked = Asked(shelf="statements").tagged(tag(name, key))
    return {"statement_count": hits.count(asked).n, "statements": statements(hits.page(asked, SHOWN))}


def statements(keys: Sequence[int]) -> list[Statement]:
    """Public statements by their primary keys, in this order, with what a row shows; a query."""
    found = Statement.objects.published().select_related(*JOINED).only(*SAYS).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def official_page(official: Official) -> dict:
    """An official's posts, meetings, counterparts and words. ``official`` comes from `OfficialQuerySet.for_detail`; at
    most fifteen queries more."""
    known = latest(official)
    people, countries = counterparts("official", official, "official", "country", many=known["meeting_count"])
    positions = list(official.positions.all())
    return {
        "official": official,
        "positions": positions,
        **portrait.of(official, known["meeting_count"], portrait.posts(positions), most=portrait.AT_ONCE),
        **known,
        "all_meetings": meetings_address(official=official.slug),
        "counterparts": people,
        "country_counterparts": countries,
        **said("speaker", official.pk),
        "all_statements": f"{reverse('meetings:statements')}?{urlencode({'speaker': official.slug})}",
    }


def country_page(country: Country) -> dict:
    """A country as a party, as ground and as a subject; at most twenty-two queries."""
    about, ground = tag("about", country.pk), tag("ground", country.pk)
    hosted = [(tag("status", status), ground) for status in (Status.HELD, Status.PLANNED)]
    about_count, named, *found = hits.within([("", about), (own_tag(country), ground), *hosted, *counted(country)])
    hosted_counts, numbers = found[: len(hosted)], found[len(hosted) :]
    number, known = numbers[0], latest(country, numbers)
    countries, organizations = counterparts("country", country, "country", "organization", many=number)
    officials = spokespeople(country)
    return {
        "country": country,
        **known,
        **portrait.of(country, number, drawn(officials), most=portrait.AT_ONCE),
        "all_meetings": meetings_address(country=country.slug),
        "counterparts": countries,
        "organization_counterparts": organizations,
        "officials": officials,
        "statements": said_for(country),
        "about": rows.of(hits.page(Asked().tagged(about), SHOWN), parties=False, topics=False),
        "about_count": about_count,
        "all_about": meetings_address(about=country.slug),
        "hosted_count": sum(hosted_counts),
        "hosted_held": hosted_counts[0],
        # Those that name it need not have been held: the others are more than so many.
        "hosts_unnamed": 2 * named < hosted_counts[0],
        **followed(country),
    }


def followed(country: Country) -> dict:
    """Which countries came before one, and which after it; a query."""
    both = Q(from_country=country) | Q(to_country=country)
    steps = list(Country.successors.through.objects.filter(both).select_related("from_country", "to_country"))
    return {
        "predecessors": sorted((one.from_country for one in steps if one.to_country == country), key=in_order),
        "successors": sorted((one.to_country for one in steps if one.from_country == country), key=in_order),
    }


def in_order(country: Country) -> tuple:
    return country.folded, country.slug


def spokespeople(country: Country) -> list[dict]:
    """The officials who spoke for a country at most meetings: slug, name, count of meetings, whether these are
    ``all`` that name both, their first and last (`ties.Tie`), and their title at the newest; three queries."""
    found = ties.who_spoke(tag("country", country.pk), LETTERS["official"], SPOKESPEOPLE)
    spoke = {one: tie for one, (tie, _number) in found.items()}
    names = named("official", spoke)
    titles = last_titles(country, spoke)
    return [
        {
            "slug": names[one].slug,
            "name": names[one].name,
            "count": tie.n,
            "all": tie.n == found[one][1],
            "tie": tie,
            "title": titles.get(int(one[1:]), ""),
        }
        for one, tie in sorted(spoke.items(), key=lambda item: (-item[1].n, names[item[0]].folded))
    ]


def drawn(officials: Sequence[dict]) -> list[portrait.Stretch]:
    """Those who stand above their country's years."""
    return portrait.people([(one["name"], one["tie"]) for one in officials[:DRAWN]])


def last_titles(country: Country, spoke: Mapping[str, ties.Tie]) -> dict[int, str]:
    """The titles of officials (tags) at the newest meetings at which they spoke for the country; a query."""
    newest = {int(one[1:]): record_of(tie.last) for one, tie in spoke.items() if tie.last}
    return {
        official: title or post or ""
        for meeting, official, side, title, post in SPOKE(list(newest.values()))
        if side == country.pk and newest.get(official) == meeting
    }


def said_for(country: Country) -> list[Statement]:
    """The newest statements by those who spoke for a country at the meeting, of its newest meetings with statements; at
    most four queries."""
    meetings = hits.page(tagged(country).tagged(tag("has", "statements")), SEARCHED)
    spoke = {(meeting, official) for meeting, official, side, *_title in SPOKE(meetings) if side == country.pk}
    own = [pk for pk, *by in SAID(meetings) if tuple(by) in spoke]
    return statements(own[:SHOWN])


def organization_page(organization: Organization) -> dict:
    """A body as a party, and what it is made of; at most sixteen queries."""
    known = latest(organization)
    (people,) = counterparts("organization", organization, "official", many=known["meeting_count"])
    return {
        "organization": organization,
        "part_of": Organization.objects.published().filter(parts=organization).first(),
        **known,
        "all_meetings": meetings_address(organization=organization.slug),
        **portrait.of(organization, known["meeting_count"], most=portrait.AT_ONCE),
        "counterparts": people,
        "positions": list(organization.positions.published().select_related("official")[:SHOWN]),
        "parts": list(Organization.objects.published().filter(part_of=organization).order_by("folded")),
        "sources": list(organization.sources.published().by_date()[:SHOWN]),
    }


def place_page(place) -> dict:
    """What took place there or within; at most twelve queries."""
    known = latest(place)
    return {
        "place": place,
        "place_path": list(reversed(place.around())),
        "places": list(type(place).objects.published().filter(within=place).order_by("folded")),
        **known,
        "all_meetings": meetings_address(place=place.slug),
        **portrait.of(place, known["meeting_count"], most=portrait.AT_ONCE),
    }


def topic_page(topic) -> dict:
    """Meetings and statements on a topic; at most ten queries."""
    known = latest(topic)
    return {
        "topic": topic,
        **known,
        "all_meetings": meetings_address(topic=topic.slug),
        **portrait.of(topic, known["meeting_count"], most=portrait.AT_ONCE),
        **said("topic", topic.pk),
        "all_statements": f"{reverse('meetings:statements')}?{urlencode({'topic': topic.slug})}",
    }


def years_page(record: Any) -> dict:
    """A record's portrait by itself, however many meetings it has; at most six queries."""
    noun = str(record._meta.model_name)
    own = tag(noun, record.pk)
    bars: list[portrait.Stretch] = []
    if isinstance(record, Official):
        bars = portrait.posts(record.positions.all())
    elif isinstance(record, Country):
        bars = drawn(spokespeople(record))
    number = hits.numbers([own]).get(own, 0)
    return {
        "record": record,
        "noun": noun,
        **portrait.of(record, number, bars),
        "all_meetings": meetings_address(**{noun: record.slug}),
    }
