"""What lists know of a meeting: its tags, its bounds, its words, and who met whom there.

A tag is a letter and a key without blanks; `LETTERS` says what each letter says. Only public meetings have any.
A tie is ``scope/tag``: that the meeting counts for ``tag`` in a number of ``scope`` beside those of its tags.

    met-c5/c7    countries 5 and 7 met there (`choices.ENCOUNTERS`, held); due-c5/c7: are to meet (planned)
    for-c5/o12   official 12 spoke for country 5; for-c5/g3: organization 3 and country 5 were one side
    int/o12      official 12 took part as an interpreter only
    part/o12     official 12 took part, and the meeting is a part of another public one

Whom an official or an organization met there, or is to meet, stands apart, as there are too many pairs of them to
count, but for those with many meetings: ``met-o12`` or ``due-o12``, and the tags of those whom they met.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from meetings import words
from meetings.choices import ENCOUNTERS, Level, Role, Sides, Status
from meetings.index.among import among
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
    "speaker": "v",
    "mode": "d",
    "quoted": "q",
    "ground": "h",
    "wide": "w",
}
#: The tag of meetings that can lie anywhere in more than `WIDE` days, or without limit.
WIDE_TAG = LETTERS["wide"]
WIDE = 366
#: Scopes are the tags within which the numbers of all other tags are kept, and of whom each of them met: countries and
#: statuses always, and officials and organizations with so `MANY` meetings that they cannot be read for a page.
ALWAYS = (LETTERS["country"], LETTERS["status"])
GROWN = (LETTERS["official"], LETTERS["organization"])
MANY = 2_000
#: So many bits of a day's number do not tell of which block of days it is.
BLOCK = 9
#: A tag of every document.
EVERY = "x"
#: Which meetings bring two bodies together, and the scope of the number that they are counted in.
MET: dict[str, str] = {Status.HELD: "met", Status.PLANNED: "due"}

#: The scope of the numbers of meetings that are parts of others, and the letters of what has a page that tells them.
PART = "part"
PROFILED = tuple(LETTERS[noun] for noun in ("official", "country", "organization", "place", "topic"))


def tag(name: str, key) -> str:
    """The tag that a parameter's value stands for."""
    return f"{LETTERS[name]}{str(key).replace('-', '')}"


HELD = tag("status", Status.HELD)
HAS_PARTICIPANTS, HAS_STATEMENTS = tag("has", "participants"), tag("has", "statements")
LEVELS = {level: tag("level", level) for level in Level if level != Level.OTHER}


def is_scope(tag: str, numbers: Mapping[str, int]) -> bool:
    """Whether a tag is a scope; ``numbers`` says how many records have it."""
    return tag[0] in ALWAYS or has_grown(tag, numbers.get(tag, 0))


def has_grown(tag: str, number: int) -> bool:
    """Whether a tag with so many meetings has become a scope."""
    return tag[0] in GROWN and number >= MANY


def own_scopes(tag: str) -> list[str]:
    """The scopes of a tag that has become one: of the tags beside it, and of those whom it met or is to meet."""
    return [tag, *(f"{scope}-{tag}" for scope in MET.values())]


def sort_key(earliest: date | None, latest: date | None, pk: int) -> int:
    """The place of a meeting in time: the day that is certain (`DatedQuerySet.by_date`) and the primary key in one
    integer, of which `record_of` gives back the key. Unknown dates come first."""
    day = earliest or latest
    return ((day.toordinal() if day else 0) << 32) + pk


def day_of(key: int) -> date | None:
    """The day of a sort key; None where it is not known."""
    return date.fromordinal(key >> 32) if key >> 32 else None


def record_of(key: int) -> int:
    """The primary key of the record with this sort key."""
    return key & 0xFFFFFFFF


def is_wide(earliest: date | None, latest: date | None) -> bool:
    """Whether a known date can be anywhere in more than `WIDE` days."""
    if earliest is None or latest is None:
        return (earliest or latest) is not None
    return (latest - earliest).days > WIDE


@dataclass(frozen=True, slots=True)
class Described:
    """A public record as the index has it; ``earliest`` and ``latest`` are day numbers (proleptic Gregorian)."""

    sort_key: int
    earliest: int | None
    latest: int | None
    tags: tuple[str, ...]
    ties: tuple[str, ...]
    title: str
    body: str
    met: tuple[tuple[str, str], ...] = ()


class Stored(NamedTuple):
    """A record as it stands in the index now."""

    sort_key: int
    earliest: int | None
    latest: int | None
    tags: list[str]
    ties: list[str]


MEETING = ("pk", "earliest", "latest", "title", "summary", "outcome", "kind", "status", "medium", "protocol")
PLACED = ("part_of", "place")
PARTY = ("meeting", "official", "country", "organization", "role", "position__level", "position__title")
WRITTEN = ("name_as_written", "title_as_written")


def describe_meetings(meetings: Sequence[int]) -> Iterator[Described]:
    """The public ones of these meetings (primary keys), in no order; seven queries, and one more where some are
    parts of others."""
    public = list(Meeting.objects.published().filter(pk__in=among(meetings)).values_list(*MEETING, *PLACED))
    keys = [row[0] for row in public]
    tags: dict[int, dict[str, None]] = {pk: {} for pk in keys}
    texts: dict[int, list[str]] = defaultdict(list)
    companies = add_parties(keys, tags, texts)
    add_statements(keys, tags, texts)
    add_citations("meeting", keys, tags, texts)
    for name, rows in (
        ("topic", Meeting.topics.through.objects.filter(meeting__in=among(keys)).values_list("meeting", "topic")),
        ("about", Meeting.about.through.objects.filter(meeting__in=among(keys)).values_list("meeting", "country")),
    ):
        for pk, key in rows:
            tags[pk][tag(name, key)] = None
    wholes = public_ones({row[-2] for row in public if row[-2]})
    places = tags_of_places({row[-1] for row in public})
    for pk, earliest, latest, title, summary, outcome, *choices, whole, place in public:
        own = tags[pk]
        for name, value in zip(("kind", "status", "medium", "protocol"), choices, strict=True):
            if value:
                own[tag(name, value)] = None
        if place:
            own[tag("has", "place")] = None
            own.update(dict.fromkeys(places[place]))
        if is_wide(earliest, latest):
            own[WIDE_TAG] = None
        company = companies[pk]
        own[tag("sides", sides_of(len(company.sides)))] = None
        parts = [f"{PART}/{one}" for one in own if one[0] in PROFILED] if whole in wholes else []
        yield Described(
            sort_key(earliest, latest, pk),
            earliest and earliest.toordinal(),
            latest and latest.toordinal(),
            tuple(own),
            (*company.ties(*choices[:2]), *parts),
            words.document(title),
            words.document(summary, outcome, *texts[pk]),
            tuple(company.met(*choices[:2])),
        )


class Company:
    """Who came together at a meeting, by their tags; interpreters apart."""

    __slots__ = ("bodies", "interpreters", "people", "same", "sides")

    def __init__(self) -> None:
        self.people: dict[str, None] = {}
        self.bodies: dict[str, None] = {}
        self.sides: set[str] = set()
        self.same: dict[tuple[str, str], None] = {}
        self.interpreters: dict[str, None] = {}

    def add(self, person: str | None, country: str | None, organization: str | None, role: str) -> None:
        bodies = [one for one in (country, organization) if one]
        people = [person] if person else []
        if role == Role.INTERPRETER:
            self.interpreters.update(dict.fromkeys(people + bodies))
            return
        self.people.update(dict.fromkeys(people))
        self.bodies.update(dict.fromkeys(bodies))
        # Whoever speaks for a body of a country stands on the country's side.
        self.sides.update(bodies[:1])
        self.same.update(dict.fromkeys((body, one) for body in bodies for one in people))
        if len(bodies) > 1:
            self.same[bodies[0], bodies[1]] = None

    def ties(self, kind: str, status: str) -> list[str]:
        """Who was on one side, who only interpreted, and which bodies met or are to meet."""
        found = [f"for-{body}/{other}" for body, other in self.same]
        found += [f"int/{one}" for one in self.interpreters if one not in self.people and one not in self.bodies]
        if kind in ENCOUNTERS and (scope := MET.get(status)):
            found += [f"{scope}-{country}/{other}" for country, other in self.bodies_met()]
        return found

    def bodies_met(self) -> Iterator[tuple[str, str]]:
        """Each country and each body that it came together with."""
        countries = [one for one in self.bodies if one[0] == LETTERS["country"]]
        for country in countries:
            for other in self.bodies:
                if other != country and (country, other) not in self.same:
                    yield country, other

    def met(self, kind: str, status: str) -> Iterator[tuple[str, str]]:
        """Whom each official and organization met, or is to meet: a scope, and tags with a blank between them."""
        if kind in ENCOUNTERS and (scope := MET.get(status)):
            for one, others in self.others():
                yield f"{scope}-{one}", " ".join(others)

    def others(self) -> Iterator[tuple[str, list[str]]]:
        """Each official and organization, and those with whom they came together, if any.

        No one meets those whom they speak for, or who speak for them. Persons who speak for the same body do meet.
        """
        everyone = [*self.people, *self.bodies]
        for one in everyone:
            if one[0] != LETTERS["country"]:
                same = {one}.union(*(pair for pair in self.same if one in pair))
                if others := [other for other in everyone if other not in same]:
                    yield one, others

    def have_met(self) -> bool:
        """Whether any of them came together with another."""
        return any(self.others()) or any(self.bodies_met())


SAID = ("earliest", "latest", "said", "meeting__earliest", "meeting__latest", "speaker", "quoted_by", "mode")
SPOKEN = ("speaker_as_written", "text")


def describe_statements(statements: Sequence[int]) -> Iterator[Described]:
    """The public ones of these statements (primary keys), in no order; four queries. Without a date of its own, one has
    its meeting's."""
    public = list(
        Statement.objects.published().filter(pk__in=among(statements)).order_by().values_list("pk", *SAID, *SPOKEN)
    )
    keys = [row[0] for row in public]
    tags: dict[int, dict[str, None]] = {pk: {} for pk in keys}
    texts: dict[int, list[str]] = defaultdict(list)
    add_citations("statement", keys, tags, texts)
    for name, rows in (
        ("topic", Statement.topics.through.objects.filter(statement__in=among(keys)).values_list("statement", "topic")),
        (
            "about",
            Statement.about.through.objects.filter(statement__in=among(keys)).values_list("statement", "country"),
        ),
    ):
        for pk, key in rows:
            tags[pk][tag(name, key)] = None
    for pk, earliest, latest, said, met_from, met_until, speaker, quoted_by, mode, written, text in public:
        if not said:
            earliest, latest = met_from, met_until
        own = tags[pk]
        own[tag("mode", mode)] = None
        if speaker:
            own[tag("speaker", speaker)] = None
        if quoted_by:
            own[tag("quoted", quoted_by)] = None
        if is_wide(earliest, latest):
            own[WIDE_TAG] = None
        bounds = earliest and earliest.toordinal(), latest and latest.toordinal()
        title, body = words.document(written), words.document(text, *texts[pk])
        yield Described(sort_key(earliest, latest, pk), *bounds, tuple(own), (), title, body)


def add_parties(meetings: Sequence[int], tags: dict, texts: dict) -> dict[int, Company]:
    """Who took part, at which level, and how they are written. One query; in order, as the same records are to come to
    the same text."""
    companies = {pk: Company() for pk in meetings}
    taking_part = Participation.objects.filter(meeting__in=among(meetings)).order_by("pk")
    rows = taking_part.values_list(*PARTY, *WRITTEN)
    for pk, official, country, organization, role, level, post, name, title in rows:
        own, parties = (
            tags[pk],
            (official and f"o{official}", country and f"c{country}", organization and f"g{organization}"),
        )
        own.update(dict.fromkeys(filter(None, parties)))
        if official:
            own[HAS_PARTICIPANTS] = None
        if level in LEVELS:
            own[LEVELS[level]] = None
        texts[pk] += [text for text in (name, title or post) if text]
        companies[pk].add(*parties, role)
    return companies


def sides_of(number: int) -> Sides:
    """What a number of countries and organizations is called."""
    return Sides.ONE if number < 2 else Sides.BILATERAL if number == 2 else Sides.MULTILATERAL


def add_statements(keys: Sequence[int], tags: dict, texts: dict) -> None:
    """What was said, and by whom. One query; in order, too."""
    said = Statement.objects.published().filter(meeting__in=among(keys)).order_by("pk")
    for pk, speaker, written, text in said.values_list("meeting", "speaker", "speaker_as_written", "text"):
        tags[pk][HAS_STATEMENTS] = None
        if speaker:
            tags[pk][tag("speaker", speaker)] = None
        texts[pk] += [text, written] if written else [text]


def add_citations(noun: str, keys: Sequence[int], tags: dict, texts: dict) -> None:
    """Who says so of each meeting or statement (``noun``), and in which words. One query; in order, too."""
    cited = Citation.objects.filter(**{f"{noun}__in": among(keys)}).order_by("pk")
    for pk, source, quote in cited.values_list(noun, "source", "quote"):
        tags[pk][tag("source", source)] = None
        if quote:
            texts[pk].append(quote)


def public_ones(meetings: Iterable[int]) -> set[int]:
    """Those of the meetings that are public; a query, none for no meetings."""
    return set(Meeting.objects.published().filter(pk__in=meetings).values_list("pk", flat=True)) if meetings else set()


def tags_of_places(places: Iterable[int | None]) -> dict[int, list[str]]:
    """The tags of each place: itself, those around it, and the countries that they are in. One query."""
    paths = ["pk", *AROUND, "country", *(f"{path}__country" for path in AROUND)]
    own = len(AROUND) + 1
    return {
        row[0]: [tag("place", pk) for pk in row[:own] if pk] + [tag("ground", pk) for pk in {*row[own:]} if pk]
        for row in Place.objects.filter(pk__in=[pk for pk in places if pk]).values_list(*paths)
    }
