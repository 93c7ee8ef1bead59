"""Counting records for the tables of numbers and days."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from meetings.index.hits import FIRST_DAY
from meetings.index.scopes import NumberRow
from meetings.index.tags import ALWAYS, BLOCK, LETTERS, Described, Stored

NOWHERE = (None, None)
STATUS = LETTERS["status"]
#: In the place of a last day that is not known: after all days. In that of a first one: 0.
BEYOND = date.max.toordinal() + 1


def parted(tie: str) -> tuple[str, str]:
    """The scope and the tag of a tie."""
    scope, _slash, tag = tie.partition("/")
    return scope, tag


class Tally:
    """How many records have each tag: of all (scope ""), of those with a tag that is a scope; their ties, with the
    first and the last of those between two; how many are on each day; and, of each status, can lie between which.

    ``grown`` are the tags that are scopes because they have many meetings.
    """

    def __init__(self, grown: Collection[str] = ()):
        self.grown = grown
        self.numbers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.ends: dict[str, tuple[int, int]] = {}
        self.days: Counter[tuple[str, int]] = Counter()
        self.spans: Counter[tuple[str, int, int]] = Counter()

    def count(self, described: Iterable[Described]) -> None:
        """Adds records."""
        for one in described:
            self.add(one.tags, one.ties)
            self.add_days(one)
            self.reach(one.sort_key, one.ties)

    def add(self, tags: Sequence[str], ties: Iterable[str], step: int = 1) -> None:
        """Adds a record's tags, by themselves and within each that is a scope, and its ties; or takes them away."""
        add = Counter.update if step > 0 else Counter.subtract
        numbers, grown = self.numbers, self.grown
        add(numbers[""], tags)
        for scope in tags:
            if scope[0] in ALWAYS or scope in grown:
                add(numbers[scope], tags)
        for tie in ties:
            scope, tag = parted(tie)
            numbers[scope][tag] += step

    def add_days(self, one: Described | Stored, step: int = 1) -> None:
        """Adds a record's day, the days on which it begins and ends if these are known, and both by its status; or
        takes them away."""
        self.days["", one.sort_key >> 32] += step
        for kind, day in (("from", one.earliest), ("to", one.latest)):
            if day is not None:
                self.days[kind, day] += step
                self.days[f"{kind}/", day >> BLOCK] += step
        for tag in one.tags:
            if tag[0] == STATUS:
                self.spans[tag, one.earliest or 0, one.latest or BEYOND] += step

    def reach(self, key: int, ties: Iterable[str]) -> None:
        """Makes the first and the last of these ties reach to a sort key of known date."""
        if key >= FIRST_DAY:
            ends = self.ends
            for tie in ties:
                if "-" in tie:
                    first, last = ends.get(tie, (key, key))
                    ends[tie] = first if first < key else key, last if last > key else key

    def size(self) -> int:
        """How many numbers there are, but for those of days, of which there are few."""
        return sum(map(len, self.numbers.values())) + len(self.spans)

    def number_rows(self) -> list[NumberRow]:
        """What is to be added to the table of numbers, in order."""
        rows: list[NumberRow] = []
        for scope, numbers in sorted(self.numbers.items()):
            for tag, n in sorted(numbers.items()):
                ends = self.ends.get(f"{scope}/{tag}", NOWHERE) if "-" in scope else NOWHERE
                if n or ends is not NOWHERE:
                    rows.append((scope, tag, n, *ends))
        return rows

    def gathered(self) -> tuple[list[tuple[str, str, int]], list[tuple[str, str, int, int]]]:
        """The same in two: the numbers, and first and last of ties, of which there are few. Both begin anew then;
        days and spans go on."""
        numbers = sorted((scope, tag, n) for scope, found in self.numbers.items() for tag, n in found.items() if n)
        ends = [(*parted(tie), *both) for tie, both in sorted(self.ends.items())]
        self.numbers.clear()
        self.ends.clear()
        return numbers, ends

    def day_rows(self) -> list[tuple[str, int, int]]:
        """What is to be added to the table of days, in order."""
        return sorted((*key, n) for key, n in self.days.items() if n)

    def span_rows(self) -> list[tuple[str, int, int, int]]:
        """What is to be added to the table of spans, in order."""
        return sorted((*key, n) for key, n in self.spans.items() if n)
