"""XML files, read in a stream: one record at a time, with the line on which it stands.

Data files need no document type, so that none is let in: with it go entities, external ones and bombs of them. Depth
and length are bounded too, so that memory does not grow with the file.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from meetings.imports.report import Line, Report, Unreadable

CHUNK = 1 << 16
DEEPEST = 20
#: Characters of text in one record; the longest real one has some thousands.
LONGEST = 1_000_000


@dataclass(slots=True)
class Node:
    """An element with what is in it. ``text`` is its own, without that of its children."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, with a single space for every line break and run of blanks, and none around it."""
        return " ".join("".join(self.parts).split())

    def child(self, tag: str) -> "Node | None":
        """The first child of this name."""
        return next((child for child in self.children if child.tag == tag), None)

    def get(self, tag: str) -> str:
        """The text of the first child of this name; empty where there is none."""
        child = self.child(tag)
        return child.text if child else ""

    def at(self, *tags: str) -> "Node | None":
        """The node at the end of a path of first children."""
        node: Node | None = self
        for tag in tags:
            node = node.child(tag) if node else None
        return node


class Reader:
    """The handlers of one file: collects the elements at ``depth`` (0 is the root itself)."""

    def __init__(self, depth: int):
        self.depth = depth
        self.root = ""
        self.open: list[Node] = []
        self.level = 0
        self.length = 0
        self.done: deque[Node] = deque()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def doctype(self, *_declared) -> None:
        self.refuse(_("A document type or entities are declared here; data need none, and some are harmful."))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.root = self.root or tag
        if self.level >= DEEPEST:
            self.refuse(_("Elements are nested more than %(most)s deep.") % {"most": DEEPEST})
        if self.level >= self.depth:
            node = Node(tag, attributes, self.parser.CurrentLineNumber)
            if self.open:
                self.open[-1].children.append(node)
            self.open.append(node)
        self.level += 1

    def end(self, _tag: str) -> None:
        self.level -= 1
        if self.level >= self.depth:
            node = self.open.pop()
            if not self.open:
                self.done.append(node)
                self.length = 0

    def characters(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST:
            self.refuse(_("A record is longer than %(most)s characters.") % {"most": LONGEST})
        if self.open:
            self.open[-1].parts.append(text)

    def refuse(self, text: str) -> None:
        raise Unreadable(text, self.parser.CurrentLineNumber)

    def feed(self, data: bytes, *, last: bool) -> None:
        """Reads on. Raises Unreadable."""
        try:
            self.parser.Parse(data, last)
        except expat.ExpatError as error:
            raise Unreadable(said(error), error.lineno) from error
        except (LookupError, ValueError) as error:  # of Python's, about an encoding that expat asked it for
            raise Unreadable(_(_ENCODING), self.parser.CurrentLineNumber) from error


_CUT_OFF = gettext_noop("The file ends before its last element does: it was cut off.")
_ENCODING = gettext_noop("The encoding that the file declares cannot be read; save it as UTF-8.")
_SAID = {
    expat.errors.XML_ERROR_NO_ELEMENTS: _CUT_OFF,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: _CUT_OFF,
    expat.errors.XML_ERROR_PARTIAL_CHAR: _CUT_OFF,
    expat.errors.XML_ERROR_INVALID_TOKEN: gettext_noop(
        "This is no XML, or not in the encoding that it declares (UTF-8 where it declares none)."
    ),
    expat.errors.XML_ERROR_UNKNOWN_ENCODING: _ENCODING,
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: gettext_noop("An entity stands here that XML does not have."),
}


def said(error: expat.ExpatError) -> str:
    """What is wrong with a file, in words of people who never saw a parser."""
    name = expat.ErrorString(error.code)
    return _(_SAID[name]) if name in _SAID else _("This is no well-formed XML: %(error)s.") % {"error": name}


def root_of(path: Path) -> str:
    """The name of a file's root element. Raises Unreadable."""
    reader = Reader(DEEPEST + 1)
    with path.open("rb") as file:
        while not reader.root and (data := file.read(CHUNK)):
            reader.feed(data, last=False)
    if not reader.root:
        reader.feed(b"", last=True)
    return reader.root


def nodes(path: Path, report: Report, *, depth: int = 1) -> Iterator[Node]:
    """The elements at ``depth`` of a file, in order; `report.read` grows by its bytes.

    What is wrong is told in the report as a problem, once however often the file is read, and ends the file.
    """
    reader = Reader(depth)
    try:
        with path.open("rb") as file:
            while data := file.read(CHUNK):
                reader.feed(data, last=False)
                report.read += len(data)
                while reader.done:
                    yield reader.done.popleft()
        reader.feed(b"", last=True)
    except Unreadable as error:
        if Line(str(error), path.name, error.line) not in report.problems:
            report.problem(str(error), path.name, error.line)
