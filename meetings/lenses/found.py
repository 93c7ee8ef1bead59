"""What a search of everything finds, noun by noun."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from meetings import words
from meetings.index import hits, near, ties
from meetings.index.asked import Asked, TooMany
from meetings.index.hits import Number
from meetings.index.names import called
from meetings.index.tags import LETTERS
from meetings.lenses import rows, snippets
from meetings.lenses.names import NAMED, plural, public
from meetings.models import Citation, Meeting, Source, Statement

#: How many records of each noun a search shows.
SHOWN = 5
#: Of so many sources that have the words it is looked which are public.
MOST_SOURCES = 1_000
#: How many names of each noun are examples of what to search for.
EXAMPLES = {"official": 2, "country": 1, "place": 1, "topic": 1}
#: Among more meetings than these, the newest are shown rather than those that fit best.
MOST_RANKED = 1_000


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one noun that a search found: the first few, how many in all, the list of all, and what is to be
    marked in them."""

    noun: str
    label: str
    rows: Collection
    number: Number
    address: str
    terms: list[words.Term]


def everything(query: str, asked: Asked) -> list[Group]:
    """The nouns in which something public is found; ``asked`` is it, of the meetings' index. 16 queries at most."""
    groups = [meetings(query, asked), *names(query), statements(query, asked), sources(query)]
    return [one for one in groups if one.number.n]


def meetings(query: str, asked: Asked) -> Group:
    """The meetings that fit best; of many, the newest. At most seven queries."""
    number = hits.count(asked)
    ranked = bool(asked.every) and number.exact and number.n <= MOST_RANKED
    keys = hits.best(asked, SHOWN) if ranked else hits.page(asked, SHOWN)
    terms = words.terms(query)
    shown = snippets.given(rows.of(keys, topics=False), terms)
    return group(Meeting, query, terms, shown, number, **({"sort": "relevance"} if ranked else {}))


def names(query: str) -> list[Group]:
    """What is named so, those with most meetings first; at most three queries."""
    named, numbers = public(query, NAMED, SHOWN)
    begun = words.begun(query)
    return [group(model, query, begun, named[noun], numbers[noun]) for noun, model in NAMED.items()]


def statements(query: str, asked: Asked) -> Group:
    """The newest statements, with who says so; four queries."""
    said = asked.on("statements")
    cited = Prefetch("citations", Citation.objects.for_list())
    found = Statement.objects.published().select_related("speaker", "quoted_by", "meeting").prefetch_related(cited)
    return group(Statement, query, words.terms(query), in_order(found, hits.page(said, SHOWN)), hits.count(said))


def sources(query: str) -> Group:
    """The newest sources; a query, and two where there are any: the gate takes longer to ask than all the rest."""
    keys = list(Source.objects.matching(query).values_list("pk", flat=True)[: MOST_SOURCES + 1])
    public = Source.objects.published().filter(pk__in=keys[:MOST_SOURCES]) if keys else Source.objects.none()
    first = list(public.for_list().by_date()[: SHOWN + 1])
    number = Number(public.count() if len(first) > SHOWN else len(first), exact=len(keys) <= MOST_SOURCES)
    return group(Source, query, words.begun(query), first[:SHOWN], number)


def group(model: Any, query: str, terms: list[words.Term], shown: Collection, number: Number, **parameters) -> Group:
    noun = plural(model)
    address = f"{reverse(f'meetings:{noun}')}?{urlencode({'q': query, **parameters})}"
    return Group(noun, str(model._meta.verbose_name_plural), shown, number, address, terms)


def in_order(records: QuerySet, keys: list[int]) -> list:
    """The records with these primary keys, in this order."""
    found = records.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def examples() -> list[tuple[str, str]]:
    """What there are most meetings of, as searches to begin with: names and addresses; a query for each noun of
    `EXAMPLES`, and one for the names."""
    most = {noun: ties.most_of("", LETTERS[noun], number) for noun, number in EXAMPLES.items()}
    labels = called({noun: (NAMED[noun], [one for one, _n in found]) for noun, found in most.items() if found})
    names = dict.fromkeys(labels[one][1] for found in most.values() for one, _n in found if one in labels)
    return [(name, f"{reverse('meetings:search')}?{urlencode({'q': name})}") for name in names]


def others(query: str) -> list[tuple[near.Near, str]]:
    """Searches near one that finds no meetings, with their number of meetings and their address."""
    return [
        (one, f"{reverse('meetings:search')}?{urlencode({'q': one.query})}") for one in near.searches(query, number_of)
    ]


def number_of(query: str) -> Number:
    """How many meetings a search finds; none for one that is too short."""
    try:
        return hits.count(Asked().worded(query))
    except TooMany:
        return Number(0, exact=True)
