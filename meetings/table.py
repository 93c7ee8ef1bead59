"""The neutral format: a folder of CSV files, one a noun, that an export writes and an import reads.

Records are told by their keys, a slug or a uid, never by numbers of one database. What each column holds is said here
once; `docs/neutral-format.md` says it to people. The files stand in the order in which they build on each other: a key
names a record of the same file or of one before it.
"""

import re
from typing import Literal, NamedTuple

Type = Literal["text", "key", "keys", "choice", "edtf", "date", "time", "moment", "int", "float", "names"]

#: Between the keys of one cell.
SEPARATOR = ";"


class Column(NamedTuple):
    """A column of a file. ``to`` is the file whose records a "key" or "keys" names; a ``required`` one is never empty.

    "names" are names on a line each in one cell; "moment" is an instant in UTC, kept when a record is made.
    """

    name: str
    type: Type = "text"
    to: str = ""
    required: bool = False


class Table(NamedTuple):
    """A file. ``key`` is the column that tells its records apart; ``extras`` are columns for readers, which an import
    passes over; ``identity`` are the columns that a uid is made of where a row has none, and ``alone`` those of them
    that suffice where each is given."""

    name: str
    key: Literal["slug", "uid"]
    columns: tuple[Column, ...]
    extras: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    @property
    def header(self) -> list[str]:
        """The names of the columns, in order, without the extras."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


SLUG = Column("slug", required=True)
UID = Column("uid", required=True)
NAME = Column("name", required=True)
NAMED = (SLUG, NAME, Column("other_names", "names"))
STAMPS = (Column("created_at", "moment"), Column("updated_at", "moment"))
POINT = (Column("latitude", "float"), Column("longitude", "float"))
PUBLICATION = Column("publication", "choice")

#: What an external id can be of: the column, and the file.
IDENTIFIED = {
    "official": "officials",
    "position": "positions",
    "country": "countries",
    "organization": "organizations",
    "place": "places",
    "topic": "topics",
    "meeting": "meetings",
    "statement": "statements",
    "source": "sources",
}

_TABLES = (
    Table(
        "countries",
        "slug",
        (
            *NAMED,
            Column("iso2"),
            Column("iso3"),
            Column("iso3166_3"),
            Column("kind", "choice"),
            Column("region"),
            Column("existed_from", "edtf"),
            Column("existed_until", "edtf"),
            Column("successors", "keys", "countries"),
            *POINT,
            Column("wikidata"),
            *STAMPS,
        ),
    ),
    Table(
        "organizations",
        "slug",
        (
            *NAMED,
            Column("acronym"),
            Column("kind", "choice"),
            Column("country", "key", "countries"),
            Column("part_of", "key", "organizations"),
            Column("wikidata"),
            *STAMPS,
        ),
    ),
    Table(
        "officials",
        "slug",
        (*NAMED, Column("native_name"), Column("wikidata"), Column("note"), *STAMPS),
    ),
    Table(
        "positions",
        "uid",
        (
            UID,
            Column("official", "key", "officials", required=True),
            Column("title", required=True),
            Column("level", "choice"),
            Column("country", "key", "countries"),
            Column("organization", "key", "organizations"),
            Column("started", "edtf"),
            Column("ended", "edtf"),
        ),
        identity=("official", "title", "country", "organization", "started"),
    ),
    Table(
        "places",
        "slug",
        (
            *NAMED,
            Column("kind", "choice"),
            Column("within", "key", "places"),
            Column("country", "key", "countries"),
            *POINT,
            *STAMPS,
        ),
    ),
    Table("topics", "slug", (*NAMED, *STAMPS)),
    Table(
        "sources",
        "uid",
        (
            UID,
            Column("kind", "choice"),
            Column("title"),
            Column("publisher", "key", "organizations"),
            Column("author"),
            Column("url"),
            Column("archived_url"),
            Column("published", "edtf"),
            Column("accessed_on", "date"),
            Column("language"),
            Column("licence"),
            Column("note"),
            *STAMPS,
        ),
    ),
    Table(
        "meetings",
        "uid",
        (
            UID,
            Column("title", required=True),
            Column("slug"),
            Column("kind", "choice"),
            Column("medium", "choice"),
            Column("protocol", "choice"),
            Column("status", "choice"),
            Column("date", "edtf"),
            Column("time_note"),
            Column("starts_at", "time"),
            Column("ends_at", "time"),
            Column("time_zone"),
            Column("place", "key", "places"),
            Column("part_of", "key", "meetings"),
            Column("topics", "keys", "topics"),
            Column("about", "keys", "countries"),
            Column("summary"),
            Column("outcome"),
            PUBLICATION,
            *STAMPS,
        ),
        extras=("earliest", "latest", "date_words", "place_name", "participants", "url", "sources", "source_urls"),
    ),
    Table(
        "participations",
        "uid",
        (
            UID,
            Column("meeting", "key", "meetings", required=True),
            Column("official", "key", "officials"),
            Column("country", "key", "countries"),
            Column("organization", "key", "organizations"),
            Column("name_as_written"),
            Column("title_as_written"),
            Column("position", "key", "positions"),
            Column("role", "choice"),
            Column("order", "int"),
        ),
        identity=("meeting", "official", "country", "organization", "name_as_written"),
        alone=("meeting", "official"),
    ),
    Table(
        "status_changes",
        "uid",
        (
            UID,
            Column("meeting", "key", "meetings", required=True),
            Column("status", "choice", required=True),
            Column("date", "edtf"),
            Column("source", "key", "sources"),
            Column("note"),
        ),
        identity=("meeting", "status", "date"),
    ),
    Table(
        "statements",
        "uid",
        (
            UID,
            Column("speaker", "key", "officials"),
            Column("speaker_as_written"),
            Column("meeting", "key", "meetings"),
            Column("mode", "choice"),
            Column("text", required=True),
            Column("language"),
            Column("said", "edtf"),
            Column("audience"),
            Column("quoted_by", "key", "officials"),
            Column("within", "key", "statements"),
            Column("topics", "keys", "topics"),
            Column("about", "keys", "countries"),
            Column("order", "int"),
            PUBLICATION,
            *STAMPS,
        ),
        extras=("earliest", "latest", "said_words", "speaker_name", "meeting_title", "url", "sources", "source_urls"),
        identity=("meeting", "speaker", "speaker_as_written", "text"),
    ),
    Table(
        "citations",
        "uid",
        (
            UID,
            Column("source", "key", "sources", required=True),
            Column("meeting", "key", "meetings"),
            Column("statement", "key", "statements"),
            Column("position", "key", "positions"),
            Column("field", "choice"),
            Column("locator"),
            Column("quote"),
            Column("stance", "choice"),
            Column("note"),
        ),
        identity=("source", "meeting", "statement", "position", "field", "locator"),
    ),
    Table(
        "external_ids",
        "uid",
        (
            UID,
            Column("dataset", required=True),
            Column("identifier", required=True),
            *(Column(name, "key", to) for name, to in IDENTIFIED.items()),
        ),
        identity=("dataset", "identifier"),
    ),
)

#: Every file by its name, in the order in which they build on each other.
TABLES: dict[str, Table] = {table.name: table for table in _TABLES}

# A spreadsheet takes a cell that begins so for a formula; the marks before it are from escaping it already.
_FORMULA = re.compile("'*[=+\\-@\t\r]")
#: Only cells that begin with one of these can be formulas.
RISKY = frozenset("'=+-@\t\r")


def escape(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one more ' before it where it would; `unescape` takes it off."""
    return f"'{cell}" if cell[:1] in RISKY and _FORMULA.match(cell) else cell


def unescape(cell: str) -> str:
    """A cell as it was before `escape`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell
