"""Where in a meeting the words of a search are, if its row does not show them: a line of its summary, outcome,
statements, or of what a source is quoted with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Window
from django.db.models.functions import RowNumber

from meetings import words
from meetings.lenses.rows import SHOWN, Row
from meetings.models import Citation, Meeting, Statement
from meetings.models.base import RecordQuerySet
from meetings.words import Term

#: How much is shown, and how much of it before the first word found (characters).
LENGTH = 160
BEFORE = 50
#: In how many statements of each meeting that have some of the words, and in how many quotes, these are looked for.
MOST = 20


class Snippet(NamedTuple):
    """A text, and the source that is quoted with it ("" where it is the record's own)."""

    text: str
    source: str = ""


def of(shown: Mapping[int, str], terms: Sequence[Term]) -> dict[int, Snippet]:
    """For each meeting (by primary key, with the text that its row shows) that lacks words of a search there: a line
    with them, from the text that has most of them. Three queries, none where all is shown."""
    missing = {}
    for pk, text in shown.items():
        if lacking := [term for term in terms if not term.without and not words.marks(text, [term])]:
            missing[pk] = lacking
    texts = texts_of(missing, {word for lacking in missing.values() for term in lacking for word in term.words})
    found = {}
    for pk, lacking in missing.items():
        best = max(texts[pk], key=lambda one: sum(bool(words.marks(one.text, [term])) for term in lacking))
        if places := words.marks(best.text, lacking):
            found[pk] = Snippet(cut(best.text, places[0][0]), best.source)
    return found


def texts_of(meetings: Iterable[int], wanted: Iterable[str]) -> dict[int | None, list[Snippet]]:
    """The summary and outcome of each meeting, the first `MOST` of its public statements that have some of the words,
    and as many quotes of its citations; three queries."""
    texts: dict[int | None, list[Snippet]] = defaultdict(lambda: [Snippet("")])
    keys, said = list(meetings), Statement.objects.published()
    if keys:
        for pk, *own in Meeting.objects.published().filter(pk__in=keys).values_list("pk", "summary", "outcome"):
            texts[pk] += map(Snippet, own)
        has = reduce(or_, [said.has_word(word) for word in sorted(wanted)])
        for one in first(said.filter(has, meeting__in=keys), "order", "pk").select_related("speaker"):
            texts[one.meeting_id] += map(Snippet, (one.text, f"{one.shown_speaker}: {one.text}"))
        quoted = Citation.objects.filter(meeting__in=keys).exclude(quote="")
        for one in first(quoted, "field", "stance", "pk").for_list():
            texts[one.meeting_id].append(Snippet(", ".join(one.quote.splitlines()), str(one.source)))
    return texts


def first(records: RecordQuerySet, *order: str) -> RecordQuerySet:
    """The first `MOST` records of each meeting, so that no meeting takes the place of others; no query of its own."""
    place = Window(RowNumber(), partition_by="meeting", order_by=order)
    return records.alias(place=place).filter(place__lte=MOST)


def cut(text: str, at: int) -> str:
    """About a line of a text around a place in it, cut between words."""
    text = text.replace("\n", " ")
    start = text.find(" ", at - BEFORE, at) + 1 if at > BEFORE else 0
    end = len(text)
    if end > start + LENGTH:
        end = max(text.rfind(" ", at + 1, start + LENGTH), 0) or start + LENGTH
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def given(rows: Iterable[Row], terms: Sequence[Term]) -> list[Row]:
    """The rows of a list: with a snippet, where they do not show the words of a search. At most three queries."""
    rows = list(rows)
    snippets = of({row.pk: shown(row) for row in rows}, terms) if terms else {}
    return [
        row._replace(snippet=snippets[row.pk].text, snippet_of=snippets[row.pk].source) if row.pk in snippets else row
        for row in rows
    ]


def shown(row: Row) -> str:
    """The text of a row."""
    parties = [text for party in row.parties[:SHOWN] for text in party]
    return "\n".join([row.title, row.place.name if row.place else "", *parties, *(topic.name for topic in row.topics)])
