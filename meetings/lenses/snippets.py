"""Where in a meeting the words of a search are, if its row does not show them: a line of its summary, outcome,
statements, or of what a source is quoted with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from django.db.models import Window
from django.db.models.functions import RowNumber

from meetings.index.prepared import Prepared
from meetings.lenses.rows import Row
from meetings.marks import marks
from meetings.models import Citation, Meeting, Statement
from meetings.models.base import RecordQuerySet
from meetings.models.sources import shown_source
from meetings.models.statements import shown_speaker
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


def first(records: RecordQuerySet, *order: str) -> RecordQuerySet:
    """The first `MOST` records of each meeting, so that no meeting takes the place of others; no query of its own."""
    place = Window(RowNumber(), partition_by="meeting", order_by=order)
    return records.alias(place=place).filter(place__lte=MOST)


SUMMARIES = Prepared(
    lambda keys: Meeting.objects.published().filter(pk__in=keys).order_by().values_list("pk", "summary", "outcome")
)
STATEMENTS = Prepared(
    lambda keys, *wanted: first(
        Statement.objects.published().filter(
            reduce(or_, map(Statement.objects.all().has_word, wanted)), meeting__in=keys
        ),
        "order",
        "pk",
    ).values_list("meeting", "text", "speaker__name", "speaker_as_written")
)


QUOTES = Prepared(
    lambda keys: first(
        Citation.objects.filter(meeting__in=keys).exclude(quote=""), "field", "stance", "pk"
    ).values_list("meeting", "quote", "source__title", "source__kind", "source__publisher__name", "source__published")
)


def of(shown: Mapping[int, str], terms: Sequence[Term]) -> dict[int, Snippet]:
    """For each meeting (by primary key, with the text that its row shows) that lacks words of a search there: a line
    with them, from the text that has most of them. Three queries at most: it looks into statements, and then into
    quotes, only where there are words that none before has."""
    missing = {}
    for pk, text in shown.items():
        if lacking := [term for term in terms if not term.without and not marks(text, [term])]:
            missing[pk] = lacking
    best = dict.fromkeys(missing, (0, Snippet("")))
    for texts_of in (summaries, statements, quotes):
        sought = [pk for pk, (number, _text) in best.items() if number < len(missing[pk])]
        wanted = {word for pk in sought for term in missing[pk] for word in term.words}
        for pk, snippet in texts_of(sought, sorted(wanted)) if sought else ():
            if best[pk][0] < len(missing[pk]):
                number = sum(bool(marks(snippet.text, [term])) for term in missing[pk])
                best[pk] = max(best[pk], (number, snippet), key=itemgetter(0))
    return {
        pk: Snippet(cut(snippet.text, marks(snippet.text, missing[pk])[0][0]), snippet.source)
        for pk, (number, snippet) in best.items()
        if number
    }


def summaries(meetings: Sequence[int], wanted: Sequence[str]) -> Iterator[tuple[int, Snippet]]:
    """The summary and the outcome of each meeting; a query."""
    for pk, *own in SUMMARIES(meetings):
        yield from ((pk, Snippet(text)) for text in own if text)


def statements(meetings: Sequence[int], wanted: Sequence[str]) -> Iterator[tuple[int, Snippet]]:
    """The first `MOST` public statements of each meeting that have some of the words, without and with the speaker; a
    query."""
    for pk, text, speaker, written in STATEMENTS(meetings, *padded(wanted)):
        yield from ((pk, Snippet(one)) for one in (text, f"{shown_speaker(speaker, written)}: {text}"))


def padded(wanted: Sequence[str]) -> list[str]:
    """The words, the last repeated up to a power of two, so that there are few queries to be written."""
    missing = (1 << (len(wanted) - 1).bit_length()) - len(wanted)
    return [*wanted, *([wanted[-1]] * missing)]


def quotes(meetings: Sequence[int], wanted: Sequence[str]) -> Iterator[tuple[int, Snippet]]:
    """The first `MOST` quotes of each meeting's citations; a query."""
    for pk, quote, *source in QUOTES(meetings):
        yield pk, Snippet(", ".join(quote.splitlines()), shown_source(*source))


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
    snippets = of({row.pk: row.text for row in rows}, terms) if terms else {}
    return [
        row._replace(snippet=snippets[row.pk].text, snippet_of=snippets[row.pk].source) if row.pk in snippets else row
        for row in rows
    ]
