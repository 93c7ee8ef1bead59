"""What the words of a record about a visit tell besides who, when and where; pure.

Who else took part ("Met with President Saragat, Prime Minister Rumor") is not read here: `us_travels.Reader` and
`us_visits.Reader` take a function for that, `participants_in`.
"""

import re

from meetings.choices import Protocol

_RANKS = {
    "state": Protocol.STATE,
    "official working": Protocol.OFFICIAL_WORKING,
    "official": Protocol.OFFICIAL,
    "working": Protocol.WORKING,
    "private": Protocol.PRIVATE,
}
_VISIT = re.compile(r"\b(state|official working|official|working|private) visits?\b", re.IGNORECASE)
#: Words before it in the sentence that make it another visit: one that was put off, made afterwards, or returned.
_ANOTHER = re.compile(
    r"\b(afterwards?|later|then|also|postpon\w+|cancel\w+|return\w*|announc\w+|plan\w+|discuss\w+|prepar\w+)\b",
    re.IGNORECASE,
)
#: Words behind it that do the same: "Private visit to New York City afterwards", "Private visit after March 17".
_AFTER = re.compile(
    r"(?:[^.;]*\bafterwards?\b| after (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b| (?:to|from|until|at) (?!Washington|Camp David)[^.;]*)",
    re.IGNORECASE,
)
_ELECT = re.compile(r"\[\s*Visit made as (?P<title>[\w-]+[ -]elect)\.?\s*\]", re.IGNORECASE)


def protocol(remarks: str) -> Protocol | None:
    """The rank that the words give to the visit itself, or None.

    The first visit in the text that is not plainly another one counts; one that begins the text always does.
    """
    for match in _VISIT.finditer(remarks):
        before = re.split(r"[.;(]\s", remarks[: match.start()])[-1]
        if not remarks[: match.start()].strip():
            return _RANKS[match[1].lower()]
        if not _ANOTHER.search(before) and not _AFTER.match(remarks, match.end()):
            return _RANKS[match[1].lower()]
    return None


def made_as(remarks: str) -> str:
    """The title in which the visit was made where the words say that it was yet to begin: "President-elect"."""
    match = _ELECT.search(remarks)
    return match["title"] if match else ""
