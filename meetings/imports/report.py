"""What an import reads and what it says of it: rows, problems, doubts, and the report that is kept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: So many problems are listed, and after them some of every other kind: of what is wrong elsewhere, or in another way.
MOST_PROBLEMS = 100
MOST_OF_A_KIND = 10
MOST_KINDS = 20
#: After so many problems reading on helps nobody.
TOO_MANY = 10_000
#: So many lines of each kind are kept; all are counted.
MOST_LINES = 1000


class Row(NamedTuple):
    """A record as a file has it: the ``noun`` is a name of `table.TABLES`, ``values`` are by column.

    Values are texts as in the neutral format; keys may also come as a list, numbers as int or float, and None is "".
    A column that is not there leaves the record's value alone; one that is empty empties it. A row that is ``only_new``
    makes its record and leaves one that is there as it is. ``given`` are the cells of which uids were made, as the file
    has them.
    """

    noun: str
    values: dict[str, Any]
    file: str = ""
    line: int = 0
    only_new: bool = False
    given: dict[str, str] | None = None

    def told(self, column: str, key: str) -> str:
        """A key as the file has it: where it is an id of the user's own, that."""
        return self.given.get(column, key) if self.given else key


class Line(NamedTuple):
    """Something about a place in a file."""

    text: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.file and self.line:
            return _("%(file)s, line %(line)s: %(text)s") % self._asdict()
        return f"{self.file}: {self.text}" if self.file else self.text


class Unreadable(Exception):
    """A file that is not what it should be, in the line where that shows; the message is for people."""

    def __init__(self, text: str, line: int = 0):
        super().__init__(text)
        self.line = line


class Refused(Exception):
    """The import cannot be done, and nothing was written; the message is for people."""


@dataclass
class Report:
    """What an import did. ``read`` and ``size`` (bytes, say) tell how far its reader is; ``again`` reads the rows of a
    noun once more, where its reader can do that, to tell where a record stands. Rows that name one of the ``wrong``
    keys (by noun), or a noun of which some rows are ``unread``, are not told of too. ``unlisted`` problems are counted.
    ``notes`` are what people should know of all that was imported.
    """

    dataset: str
    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    skips: list[Line] = field(default_factory=list)
    doubts: list[Line] = field(default_factory=list)
    problems: list[Line] = field(default_factory=list)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    unread: set[str] = field(default_factory=set)
    unlisted: int = 0
    notes: list[str] = field(default_factory=list)
    skipped: int = 0
    doubted: int = 0
    read: int = 0
    size: int = 0
    again: Callable[[str], Iterable[Row]] = lambda _noun: ()

    def skip(self, text: str, file: str = "", line: int = 0):
        """A row of which nothing was written, and why."""
        self.skipped += 1
        if self.skipped <= MOST_LINES:
            self.skips.append(Line(text, file, line))

    def doubt(self, text: str, file: str = "", line: int = 0):
        """Something that was written, or left out, and that an editor had better look at."""
        self.doubted += 1
        if self.doubted <= MOST_LINES:
            self.doubts.append(Line(text, file, line))

    def problem(self, text: str, file: str = "", line: int = 0):
        """Something because of which the import is refused. Raises Refused when there are more than enough of them.

        Of what kind it is, its file says and what stands before the colon, such as a column.
        """
        kind = file, text.partition(":")[0]
        self.kinds[kind] += 1
        few = self.kinds[kind] <= MOST_OF_A_KIND and len(self.problems) < MOST_PROBLEMS + MOST_OF_A_KIND * MOST_KINDS
        if few or len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Line(text, file, line))
        else:
            self.unlisted += 1
        if len(self.problems) + self.unlisted >= TOO_MANY:
            raise Refused(_("That is enough: the rest was not read. Mend these first."))

    def counts(self) -> dict:
        """The numbers, as an ImportRun keeps them."""
        return {
            "made": dict(+self.made),
            "changed": dict(+self.changed),
            "same": dict(+self.same),
            "skipped": self.skipped,
            "doubts": self.doubted,
            "problems": len(self.problems) + self.unlisted,
        }

    def lines(self) -> Iterator[str]:
        """The report in words."""
        if self.problems:
            yield _("Refused, nothing written:")
            yield from (f"  {line}" for line in self.problems)
            if self.unlisted:
                yield "  " + _("… and %(n)s more") % {"n": self.unlisted}
            return
        yield ngettext("%(n)s record made", "%(n)s records made", self.made.total()) % numbers(self.made)
        yield ngettext("%(n)s changed", "%(n)s changed", self.changed.total()) % numbers(self.changed)
        yield ngettext("%(n)s the same", "%(n)s the same", self.same.total()) % numbers(self.same)
        yield from self.listed(_("%(n)s skipped"), self.skipped, self.skips)
        yield from self.listed(ngettext("%(n)s doubt", "%(n)s doubts", self.doubted), self.doubted, self.doubts)
        yield from self.notes

    @staticmethod
    def listed(title: str, number: int, kept: list[Line]) -> Iterator[str]:
        """A title with the lines below it, as many as were kept."""
        yield title % {"n": number} + (":" if kept else "")
        yield from (f"  {line}" for line in kept)
        if number > len(kept):
            yield "  " + _("… and %(n)s more") % {"n": number - len(kept)}


def numbers(counter: Counter[str]) -> dict[str, str]:
    """A number with what it is made of: "12 (countries 2, meetings 10)"."""
    parts = ", ".join(f"{noun} {number}" for noun, number in counter.items() if number)
    return {"n": f"{counter.total()} ({parts})" if parts else "0"}
