"""What a search of everything finds, noun by noun."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Value
from django.urls import reverse

from meetings.index.counts import with_meetings
from meetings.models import Country, Meeting, Official, Organization, Place, Source, Statement, Topic

#: How many records of each noun a search shows, and a picker offers.
SHOWN = 5
OFFERED = 10


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


#: A picker asks by parameter (``official``) or by address (``officials``).
PICKED = {**NAMED, **{plural(model): model for model in NAMED.values()}}


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one noun that a search found: the first few, how many in all, and the list of all."""

    noun: str
    label: str
    rows: list
    count: int
    address: str


def everything(query: str) -> list[Group]:
    """The nouns in which ``query`` finds something public; at most eleven queries."""
    found: dict[str, Any] = {"meetings": Meeting.objects.published().matching(query)}
    for model in NAMED.values():
        found[plural(model)] = model.objects.published().matching(query)
    found["statements"] = Statement.objects.published().matching(query)
    found["sources"] = Source.objects.published().matching(query)
    members = [records.order_by().values_list(Value(noun)).annotate(n=Count("pk")) for noun, records in found.items()]
    counts = dict(members[0].union(*members[1:], all=True))
    return [
        Group(
            noun,
            str(records.model._meta.verbose_name_plural),
            list(in_order(noun, records)[:SHOWN]),
            counts[noun],
            f"{reverse(f'meetings:{noun}')}?{urlencode({'q': query})}",
        )
        for noun, records in found.items()
        if counts.get(noun)
    ]


def in_order(noun: str, records):
    """With what a search shows of each, the most telling first."""
    if noun == "meetings":
        return records.with_parties().by_date()
    if noun == "statements":
        return records.select_related("speaker", "quoted_by", "meeting").by_date()
    if noun == "sources":
        return records.for_list().by_date()
    return with_meetings(records).for_list().order_by("-meeting_count", "folded")


def offers(noun: str, query: str) -> list[dict]:
    """What a picker offers for the words typed so far, those with most meetings first; one or two queries."""
    records = with_meetings(PICKED[noun].objects.published().matching(query)).for_list()
    return [
        {"key": record.slug, "label": record.name, "note": note(record)}
        for record in records.order_by("-meeting_count", "folded")[:OFFERED]
    ]


def note(record) -> str:
    """What tells namesakes apart: an official's post, a place's or an organization's country."""
    if isinstance(record, Official):
        return str(next(iter(record.positions.all()), ""))
    return str(getattr(record, "country", None) or "")
