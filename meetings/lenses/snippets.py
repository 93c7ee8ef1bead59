"""Where in a meeting the words of a search are, if its row does not show them: a line of its summary, outcome or
statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from meetings import words
from meetings.lenses.rows import SHOWN, Row
from meetings.models import Meeting, Statement
from meetings.words import Term

#: How much is shown, and how much of it before the first word found (characters).
LENGTH = 160
BEFORE = 50
#: Of how many statements on a page the words are looked for.
MOST_STATEMENTS = 200


def of(shown: Mapping[int, str], terms: Sequence[Term]) -> dict[int, str]:
    """For each meeting (by primary key, with the text that its row shows) that lacks words of a search there: a line
    with them, from the text that has most of them. Two queries, none where all is shown."""
    missing = {}
    for pk, text in shown.items():
        if lacking := [term for term in terms if not term.without and not words.marks(text, [term])]:
            missing[pk] = lacking
    texts = texts_of(missing, {word for lacking in missing.values() for term in lacking for word in term.words})
    found = {}
    for pk, lacking in missing.items():
        best = max(texts[pk], key=lambda text: sum(bool(words.marks(text, [term])) for term in lacking), default="")
        if places := words.marks(best, lacking):
            found[pk] = cut(best, places[0][0])
    return found


def texts_of(meetings: Iterable[int], wanted: Iterable[str]) -> dict[int, list[str]]:
    """The summary and outcome of each meeting, and its public statements that have some of the words; two queries."""
    texts: dict[int, list[str]] = defaultdict(list)
    keys, said = list(meetings), Statement.objects.published()
    if keys:
        for pk, *own in Meeting.objects.published().filter(pk__in=keys).values_list("pk", "summary", "outcome"):
            texts[pk] += own
        has = reduce(or_, [said.has_word(word) for word in sorted(wanted)])
        for one in said.filter(has, meeting__in=keys).select_related("speaker")[:MOST_STATEMENTS]:
            texts[one.meeting_id] += [one.text, f"{one.shown_speaker}: {one.text}"]
    return texts


def cut(text: str, at: int) -> str:
    """About a line of a text around a place in it, cut between words."""
    text = text.replace("\n", " ")
    start = text.find(" ", at - BEFORE, at) + 1 if at > BEFORE else 0
    end = len(text)
    if end > start + LENGTH:
        end = max(text.rfind(" ", at + 1, start + LENGTH), 0) or start + LENGTH
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def given(rows: Iterable[Row], terms: Sequence[Term]) -> list[Row]:
    """The rows of a list: with a snippet, where they do not show the words of a search. At most two queries."""
    rows = list(rows)
    snippets = of({row.pk: shown(row) for row in rows}, terms) if terms else {}
    return [row._replace(snippet=snippets[row.pk]) if row.pk in snippets else row for row in rows]


def shown(row: Row) -> str:
    """The text of a row."""
    parties = [text for party in row.parties[:SHOWN] for text in party]
    return "\n".join([row.title, row.place.name if row.place else "", *parties, *(topic.name for topic in row.topics)])
