"""A visitor in a source's words, with the title and the name told apart; pure.

    Prime Minister Harold Wilson                            Prime Minister | Harold Wilson
    President-elect Calles                                  President-elect | Calles
    Premier & Prince Sihanouk                               Premier & Prince | Sihanouk
    President Anwar Sadat, Prime Minister Mustafa Khalil    two persons

The title is as many words from the front as belong to titles. A title of the peerage is part of the name (Lord Gowrie,
the Earl of Athlone): there is no other name to know them by.
"""

import re
from dataclasses import dataclass

from meetings import words
from meetings.choices import Level

_TITLE = """
acting archbishop amir ayatollah brigadier cardinal captain chairman chairperson chairwoman chancellor chief co
colonel co-prince council crown defence defense deputy duchess duke elect emir emperor empress federal finance first
foreign former general government governor grand head interim junta khedive king leader lieutenant major marshal
member military minister ministers monarch national party patriarch pope premier presidency president presidium
prime prince princess provisional queen regent secretary shah sheikh sovereign state states sultan supreme taoiseach
transitional vice viceroy
"""
#: Words that titles are made of.
TITLE_WORDS = frozenset(_TITLE.split())
#: Title words that are given names too: part of a title only at its front or after a link (Prime Minister | Shah).
GIVEN_NAMES = frozenset(["amir", "emir", "king", "leader", "major", "marshal", "shah", "sultan"])
#: Words that may stand between two words of a title.
LINKS = frozenset(["of", "the", "and", "&", "for"])

#: Offices by the phrase that names them, longest first where one holds another: which office, and its rank.
OFFICES = [
    ("vice president", "vice president", Level.OTHER),
    ("deputy prime minister", "deputy prime minister", Level.OTHER),
    ("vice premier", "deputy prime minister", Level.OTHER),
    ("prime minister", "prime minister", Level.HEAD_OF_GOVERNMENT),
    ("premier", "prime minister", Level.HEAD_OF_GOVERNMENT),
    ("taoiseach", "prime minister", Level.HEAD_OF_GOVERNMENT),
    ("chancellor", "chancellor", Level.HEAD_OF_GOVERNMENT),
    ("head of government", "head of government", Level.HEAD_OF_GOVERNMENT),
    ("foreign minister", "foreign minister", Level.MINISTER),
    ("secretary of state", "secretary of state", Level.MINISTER),
    ("president", "president", Level.HEAD_OF_STATE),
    ("chief of state", "head of state", Level.HEAD_OF_STATE),
    ("head of state", "head of state", Level.HEAD_OF_STATE),
    ("king", "monarch", Level.HEAD_OF_STATE),
    ("queen", "monarch", Level.HEAD_OF_STATE),
    ("monarch", "monarch", Level.HEAD_OF_STATE),
    ("emperor", "emperor", Level.HEAD_OF_STATE),
    ("empress", "emperor", Level.HEAD_OF_STATE),
    ("shah", "shah", Level.HEAD_OF_STATE),
    ("sultan", "sultan", Level.HEAD_OF_STATE),
    ("amir", "amir", Level.HEAD_OF_STATE),
    ("emir", "amir", Level.HEAD_OF_STATE),
    ("pope", "pope", Level.HEAD_OF_STATE),
    ("grand duke", "grand duke", Level.HEAD_OF_STATE),
    ("grand duchess", "grand duke", Level.HEAD_OF_STATE),
    ("crown prince", "crown prince", Level.OTHER),
    ("prince", "prince", Level.OTHER),
    ("princess", "prince", Level.OTHER),
    ("governor general", "governor general", Level.OTHER),
    ("secretary general", "secretary general", Level.OTHER),
    ("general secretary", "general secretary", Level.OTHER),
    ("first secretary", "first secretary", Level.OTHER),
    ("brigadier general", "general", Level.OTHER),
    ("lieutenant general", "general", Level.OTHER),
    ("general", "general", Level.OTHER),
    ("regent", "regent", Level.OTHER),
    ("chairman", "chairman", Level.OTHER),
    ("minister", "minister", Level.MINISTER),
]
#: Countries whose head of state is a prince.
PRINCIPALITIES = frozenset(["liechtenstein", "monaco"])
RANKS = [Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.MINISTER, Level.OTHER]

#: What qualifies an office without making it another one.
QUALIFIERS = re.compile(r"\b(?:acting|interim|former|elect)\b")


@dataclass(frozen=True, slots=True)
class Person:
    """One person as a source writes them. ``title`` and ``name`` together are all of the source's words."""

    title: str
    name: str

    @property
    def elect(self) -> bool:
        """Whether the office was yet to begin."""
        return "elect" in words.tokens(self.title)

    @property
    def mixed(self) -> bool:
        """Whether the name begins with a title that could not be told apart from it."""
        return not self.title and bool(self.name) and is_title_word(self.name.split()[0])


def people(written: str) -> list[Person]:
    """The persons in a source's text. More than one only where each has a title and a name.

    A text without a title is all name; one of nothing but titles ("Crown Prince") is all title.
    """
    text = " ".join(written.split())
    parts = [person(part) for part in re.split(r",? and (?=[A-Z])|[,;] (?=[A-Z])", text)]
    titled = (part.name and (part.title or is_title_word(part.name.split()[0])) for part in parts)
    return parts if len(parts) > 1 and all(titled) else [person(text)]


def person(text: str) -> Person:
    """One person's title and name; all of it is name where the title names a body of unknown length ("Chairman of the
    Palestine Liberation Organization Arafat")."""
    tokens = text.split()
    start = body_length(tokens)
    count = start + title_length(tokens[start:])
    title, name = " ".join(tokens[:count]), tokens[count:]
    if name and name[0].lower() in LINKS:
        return Person("", text)
    return Person(title.rstrip(","), " ".join(name))


def body_length(tokens: list[str]) -> int:
    """How many words stand before the title and belong to it: NATO Secretary General, European Commission President.

    None where no title word is followed by a name, but for an article ("The Crown Prince").
    """
    for at, token in enumerate(tokens[:4]):
        if token.lower() not in GIVEN_NAMES and is_title_word(token):
            named = at + title_length(tokens[at:]) < len(tokens)
            return at if named or all(word.lower() in LINKS for word in tokens[:at]) else 0
    return 0


def title_length(tokens: list[str]) -> int:
    """How many of the words from the front are title: links count where another title word follows."""
    length = 0
    for at, token in enumerate(tokens):
        if token.lower() in LINKS and length == at and at:
            following = next((t for t in tokens[at + 1 :] if t.lower() not in LINKS), "")
            if not is_title_word(following):
                break
            length = at + 1
        elif length == at and is_title_word(token) and (not at or linked(tokens, at)):
            length = at + 1
        else:
            break
    return length


def linked(tokens: list[str], at: int) -> bool:
    """Whether a title may go on with this word: one that is a given name too needs a link before it."""
    return tokens[at].lower() not in GIVEN_NAMES or tokens[at - 1].lower() in LINKS


def is_title_word(token: str) -> bool:
    """Whether a word belongs to titles, with a hyphen (President-elect) or a slip of the pen (Minster) or not."""
    parts = [part for part in re.split(r"[-–]", token.strip(",").lower()) if part]
    return bool(parts) and all(spelled_right(part) in TITLE_WORDS for part in parts)


def spelled_right(word: str) -> str:
    """The long title word that a word is one slip away from, else the word."""
    if word in TITLE_WORDS or len(word) < 7:
        return word
    return next((right for right in sorted(TITLE_WORDS) if len(right) >= 7 and slips(word, right) == 1), word)


def corrected(title: str) -> str:
    """A title without slips of the pen and without what only qualifies it: the name of the post."""
    right = [re.sub(r"\w+", lambda match: _cased(match[0]), token) for token in title.split()]
    return re.sub(r"[- ]elect$", "", " ".join(right))


def _cased(word: str) -> str:
    right = spelled_right(word.lower())
    return word if right == word.lower() else right.capitalize()


def offices(title: str) -> frozenset[str]:
    """The offices that a title names, whatever qualifies them: "Acting President" is the office of president."""
    return frozenset(office for office, _level in _found(title))


def level(title: str, country: str = "") -> Level:
    """The rank of the highest office that a title names; a prince's is told by the country (its slug)."""
    found = {rank for _office, rank in _found(title)}
    if country in PRINCIPALITIES and "prince" in offices(title):
        return Level.HEAD_OF_STATE
    return next((rank for rank in RANKS if rank in found), Level.OTHER)


def _found(title: str) -> list[tuple[str, Level]]:
    text = " ".join(spelled_right(token) for token in words.tokens(title))
    text = " ".join(QUALIFIERS.sub(" ", text).split())
    found = []
    for phrase, office, rank in OFFICES:
        text, times = re.subn(rf"\b{phrase}\b", "·", text)
        if times:
            found.append((office, rank))
    return found


def slips(one: str, other: str) -> int:
    """How many letters were added, left out, changed or swapped with the next between two words (capped at 3)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i] + [0] * len(other)
        for j, match in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                row[j] = min(row[j], last[j - 2] + 1)
    return min(row[-1], 3)
