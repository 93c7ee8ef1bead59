"""Which sources say so, as plain data."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from meetings.exports.names import Names
from meetings.exports.records import by_first
from meetings.index.among import among
from meetings.index.linked import Links
from meetings.models import Citation, Source


def sources(names: Names, noun: str, pks: Sequence[int], linked: dict[str, Links]) -> dict[int, tuple[str, str]]:
    """The names and the addresses of all sources that some meetings or statements cite, by record: as the index has
    told it (``linked``), else by a query; and that of names."""
    cited = linked["source"] if "source" in linked else cited_by(noun, pks)
    known = names.of(Source, set(chain.from_iterable(cited.values())))
    return {pk: together([known[source] for source in own if source in known]) for pk, own in cited.items()}


def cited_by(noun: str, pks: Sequence[int]) -> Links:
    """The sources of each record (primary keys), in the order of its citations; a query."""
    cited = Citation.objects.filter(**{f"{noun}__in": among(pks)}).order_by("pk")
    return by_first(cited.values_list(f"{noun}_id", "source_id"))


def together(cited: Sequence[tuple[str, ...]]) -> tuple[str, str]:
    """The names and the addresses of sources, each in one text."""
    return "; ".join([name for _uid, name, _url in cited]), "; ".join([url for _uid, _name, url in cited if url])


def citations(names: Names, pks: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """Who says so, by meeting, as the API shows it; one query and that for names."""
    cited = Citation.objects.filter(meeting__in=among(pks)).order_by("field", "stance", "id")
    rows = list(cited.values_list("meeting_id", "source_id", "field", "locator", "quote", "stance", "note"))
    known = names.of(Source, {source for _pk, source, *_said in rows})
    found: dict[int, list] = defaultdict(list)
    for pk, source, field, locator, quote, stance, note in rows:
        uid, title, url = known[source]
        found[pk].append(
            {
                "source": uid,
                "title": title,
                "url": url,
                "field": field,
                "locator": locator,
                "quote": quote,
                "stance": stance,
                "note": note,
            }
        )
    return found
