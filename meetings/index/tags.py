"""What lists know of a meeting: its tags, its bounds, its words.

A tag is a letter and a key without blanks; `LETTERS` says what each letter says. Only public meetings have any.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from meetings import words
from meetings.choices import Level, Role, Sides
from meetings.models import Citation, Meeting, Participation, Place, Statement
from meetings.models.places import AROUND

#: What the letter of a tag says, by the parameter of the contract; those after ``has`` are no parameters.
LETTERS = {
    "official": "o",
    "country": "c",
    "organization": "g",
    "place": "p",
    "topic": "t",
    "about": "a",
    "source": "s",
    "kind": "k",
    "status": "z",
    "medium": "m",
    "protocol": "r",
    "level": "l",
    "sides": "n",
    "has": "f",
    "voice": "v",
    "ground": "h",
    "wide": "w",
}
#: The tag of meetings that can lie anywhere in more than `WIDE` days, or without limit.
WIDE_TAG = LETTERS["wide"]
WIDE = 366
#: A tag of every document.
EVERY = "x"


def tag(name: str, key) -> str:
    """The tag that a parameter's value stands for."""
    return f"{LETTERS[name]}{str(key).replace('-', '')}"


def sort_key(earliest: date | None, latest: date | None, pk: int) -> int:
    """The place of a meeting in time: the day that is certain (`DatedQuerySet.by_date`) and the primary key in one
    integer, of which `meeting_of` gives back the key. Unknown dates come first."""
    day = earliest or latest
    return ((day.toordinal() if day else 0) << 32) + pk


def meeting_of(key: int) -> int:
    """The primary key of the meeting with this sort key."""
    return key & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Described:
    """A public meeting as the index has it; ``earliest`` and ``latest`` are day numbers (proleptic Gregorian)."""

    sort_key: int
    earliest: int | None
    latest: int | None
    tags: tuple[str, ...]
    title: str
    body: str


MEETING = ("pk", "earliest", "latest", "title", "summary", "outcome", "kind", "status", "medium", "protocol", "place")
PARTY = ("meeting", "official", "country", "organization", "role", "position__level", "position__title")
WRITTEN = ("name_as_written", "title_as_written")


def describe(meetings: Sequence[int]) -> Iterator[Described]:
    """The public ones of these meetings (primary keys), in no order; seven queries."""
    public = list(Meeting.objects.published().filter(pk__in=meetings).values_list(*MEETING))
    keys = [row[0] for row in public]
    tags: dict[int, dict[str, None]] = {pk: {} for pk in keys}
    texts: dict[int, list[str]] = defaultdict(list)
    add_parties(keys, tags, texts)
    add_statements(keys, tags, texts)
    for name, rows in (
        ("topic", Meeting.topics.through.objects.filter(meeting__in=keys).values_list("meeting", "topic")),
        ("about", Meeting.about.through.objects.filter(meeting__in=keys).values_list("meeting", "country")),
        ("source", Citation.objects.filter(meeting__in=keys).order_by().values_list("meeting", "source")),
    ):
        for pk, key in rows:
            tags[pk][tag(name, key)] = None
    places = tags_of_places({row[-1] for row in public})
    for pk, earliest, latest, title, summary, outcome, *choices, place in public:
        own = tags[pk]
        for name, value in zip(("kind", "status", "medium", "protocol"), choices, strict=True):
            if value:
                own[tag(name, value)] = None
        if place:
            own[tag("has", "place")] = None
            own.update(dict.fromkeys(places[place]))
        if earliest is None or latest is None:
            wide = (earliest or latest) is not None
        else:
            wide = (latest - earliest).days > WIDE
        if wide:
            own[WIDE_TAG] = None
        yield Described(
            sort_key(earliest, latest, pk),
            earliest and earliest.toordinal(),
            latest and latest.toordinal(),
            tuple(own),
            words.document(title),
            words.document(summary, outcome, *texts[pk]),
        )


def add_parties(keys: Sequence[int], tags: dict, texts: dict) -> None:
    """Who took part, on how many sides, at which level; and how they are written. One query."""
    sides: dict[int, set] = defaultdict(set)
    rows = Participation.objects.filter(meeting__in=keys).order_by().values_list(*PARTY, *WRITTEN)
    for pk, official, country, organization, role, level, post, name, title in rows:
        own = tags[pk]
        if official:
            own[tag("official", official)] = own[tag("has", "participants")] = None
        if country:
            own[tag("country", country)] = None
        if organization:
            own[tag("organization", organization)] = None
        if level and level != Level.OTHER:
            own[tag("level", level)] = None
        if role != Role.INTERPRETER and (country or organization):
            sides[pk].add(country or -organization)
        texts[pk] += [text for text in (name, title or post) if text]
    for pk in keys:
        tags[pk][tag("sides", sides_of(len(sides[pk])))] = None


def sides_of(number: int) -> Sides:
    """What a number of countries and organizations is called."""
    return Sides.ONE if number < 2 else Sides.BILATERAL if number == 2 else Sides.MULTILATERAL


def add_statements(keys: Sequence[int], tags: dict, texts: dict) -> None:
    """What was said, and by whom. One query."""
    said = Statement.objects.published().filter(meeting__in=keys).order_by()
    for pk, speaker, written, text in said.values_list("meeting", "speaker", "speaker_as_written", "text"):
        tags[pk][tag("has", "statements")] = None
        if speaker:
            tags[pk][tag("voice", speaker)] = None
        texts[pk] += [text, written] if written else [text]


def tags_of_places(places: Iterable[int | None]) -> dict[int, list[str]]:
    """The tags of each place: itself, those around it, and the countries that they are in. One query."""
    paths = ["pk", *AROUND, "country", *(f"{path}__country" for path in AROUND)]
    own = len(AROUND) + 1
    return {
        row[0]: [tag("place", pk) for pk in row[:own] if pk] + [tag("ground", pk) for pk in {*row[own:]} if pk]
        for row in Place.objects.filter(pk__in=[pk for pk in places if pk]).values_list(*paths)
    }
