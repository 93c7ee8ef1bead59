"""SQLite's part of the index: where it differs from PostgreSQL's.

The words stand in an FTS5 table whose rowid is the sort key, so that newest comes first without sorting; its tokenizer
takes our words as they are.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from meetings.index import schema
from meetings.index.asked import Alternatives, Asked
from meetings.index.tags import EVERY

#: Suffixes of tables that hold their rows in the order of the primary key.
CLUSTERED = " WITHOUT ROWID"
WORD = "TEXT"
#: The join that keeps the order in which the tables are named: the rarest tag first.
JOIN = "CROSS JOIN"
#: The aggregate of texts as one text.
TOGETHER = "group_concat"
#: The functions of the least and the greatest of two values.
LEAST, GREATEST = "min", "max"
TEXT_KEY = "rowid"
#: The type of a sort key that is a table's own.
KEY = "INTEGER"
#: Where `rebuild` gathers what is put in order at its end.
LOOSE = "temp.{}_{}"
#: The tags of an entry as a table with a column ``value``.
SPLIT = """json_each('["' || replace(tags, ' ', '","') || '"]')"""
#: Bytes that FTS5 gathers in memory, by its default and in a rebuild.
HASH = 1 << 20
REBUILD_HASH = 16 << 20


def clustered(table: str, columns: str, key: str) -> str:
    """The statement that makes a table whose rows lie in the order of its key."""
    return f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key})){CLUSTERED}"


def text_table(shelf: str) -> str:
    """The statement that makes the table of a shelf's words."""
    return f"CREATE VIRTUAL TABLE {shelf}_index_text USING fts5(title, body, tags, tokenize='ascii')"


def keys(shelf: str) -> list[str]:
    """The statements that make the keys of a shelf's tables: none, as they have them."""
    return []


@contextmanager
def room(cursor) -> Iterator[None]:
    """Keeps more of the pages that a large transaction changes in memory (96 MB)."""
    cursor.execute("PRAGMA cache_size")
    ((before,),) = cursor.fetchall()
    cursor.execute("PRAGMA cache_size = -98304")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA cache_size = {before}")


def inform(cursor, tables: Iterable[str]) -> None:
    """Lets the planner look at tables that many rows were added to."""
    cursor.execute("PRAGMA analysis_limit = 1000")
    for table in tables:
        cursor.execute(f"ANALYZE {table}")
    cursor.execute("PRAGMA analysis_limit = 0")


def repeat(cursor, sql: str, parameters: Sequence) -> None:
    """Runs a query that each connection runs again and again: Python keeps the last ones prepared by itself."""
    cursor.execute(sql, parameters)


def at_once(cursor, sql: str, parameters: Sequence, columns: Sequence[str]) -> list[list]:
    """The rows of a query, of numbers and texts, handed over as one text: for each row by itself, Python's module takes
    its lock anew, for which threads that read side by side would have to wait."""
    row = ", ".join(map(quoted, columns))
    cursor.execute(f"SELECT json_group_array(json_array({row})) FROM ({sql})", parameters)
    return json.loads(cursor.fetchone()[0])


def can_share() -> bool:
    """Whether other threads, by connections of their own, read what this one reads: not a database in memory."""
    return not (connection.in_atomic_block or connection.is_in_memory_db())  # type: ignore[attr-defined]


def enter_lane() -> None:
    """Keeps little in the memory of the connection of such a thread (4 MB), which reads nothing twice."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -4096")


def take_turn(cursor) -> None:
    """Nothing: SQLite has one writer at a time."""


def begin_rebuild(cursor) -> None:
    """Empties the index; readers see what was there until the transaction ends."""
    schema.drop_tables(cursor)
    schema.create_bare(cursor)
    schema.create_loose(cursor, "CREATE TABLE", LOOSE)
    for shelf in schema.SHELVES:
        hash_size(cursor, shelf, REBUILD_HASH)


def hash_size(cursor, shelf: str, size: int) -> None:
    """How much FTS5 gathers before it writes: the more, the less it has to merge."""
    table = f"{shelf}_index_text"
    cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', %s)", [size])


def put_in_order(cursor) -> None:
    """Puts what was gathered in order: a table that grows in order is built several times as fast."""
    for shelf in schema.SHELVES:
        table = f"{shelf}_index"
        cursor.execute(
            f"INSERT INTO {table}_tag SELECT value, sort_key FROM {table}_entry, {SPLIT} ORDER BY value, sort_key"
        )
        schema.put_in_order(cursor, shelf, LOOSE)
        hash_size(cursor, shelf, HASH)


def end_rebuild(cursor) -> None:
    """Nothing: the tables are in their place."""


def add_rows(
    cursor, table: str, columns: Sequence[str], key: Sequence[str], change: str, rows: Sequence[tuple]
) -> None:
    """Adds rows; where there is one with the same key, the ``change`` is made to it."""
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {change}",
        rows,
    )


def write_text(cursor, shelf: str, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Adds documents: sort key, title, body, tags."""
    cursor.executemany(f"INSERT INTO {shelf}_index_text(rowid, title, body, tags) VALUES (%s, %s, %s, %s)", list(rows))


def listed(keys: Sequence[int]) -> tuple[str, list]:
    """The SELECT of given keys, with its parameters."""
    return "SELECT value FROM json_each(%s)", [json.dumps(keys)]


def next_keys(cursor, table: str, number: int) -> range:
    """Primary keys that no row of the table has or had."""
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    first = (cursor.fetchone() or (0,))[0] + 1
    return range(first, first + number)


def copy_rows(cursor, table: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
    """Adds many rows."""
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(map(quoted, columns))}) VALUES ({marks})", rows)


def quoted(column: str) -> str:
    return f'"{column}"'


def match(asked: Asked) -> tuple[str, list[str]]:
    """The condition on the shelf's words that all alternatives, none of ``without``, and one of each group of tags are
    there; and its parameter."""
    wanted = [_one_of(one) for one in asked.every] + [_tagged(group) for group in asked.groups] or [_tagged([EVERY])]
    expression = " AND ".join(wanted)
    if asked.without:
        expression = f"({expression}) NOT ({' OR '.join(map(_one_of, asked.without))})"
    return f"{asked.table}_text MATCH %s", [expression]


def rank(asked: Asked) -> tuple[str, list[str]]:
    """How well a document fits, best first: words of the title count eight times."""
    return f"bm25({asked.table}_text, 8.0, 1.0, 4.0)", []


def _one_of(alternatives: Alternatives) -> str:
    words = " ".join(alternatives.words)
    found = [f'{{title body}} : "{words}"{" *" if alternatives.beginning else ""}']
    return f"({' OR '.join([*found, *([_tagged(alternatives.tags)] if alternatives.tags else [])])})"


def _tagged(tags: Sequence[str]) -> str:
    return f"tags : ({' OR '.join(tags)})"


def texts(cursor, shelf: str, documents: Sequence[tuple[int, str, str, str]]) -> set[int]:
    """The sort keys of the documents that stand in the index as they are given here."""
    marks = ", ".join(["%s"] * len(documents))
    cursor.execute(
        f"SELECT rowid, title, body, tags FROM {shelf}_index_text WHERE rowid IN ({marks})",
        [key for key, *_texts in documents],
    )
    found = {key: (title, body, set(tags.split())) for key, title, body, tags in cursor.fetchall()}
    return {key for key, title, body, tags in documents if found.get(key) == (title, body, set(tags.split()))}


def words_of_texts(cursor, words: Sequence[str]) -> list[str]:
    """Those of these words, which are of ASCII letters and digits, that the title or the text of a meeting has."""
    cursor.execute(
        "SELECT value FROM json_each(%s) WHERE EXISTS (SELECT 1 FROM meetings_index_text"
        " WHERE meetings_index_text MATCH '{title body} : \"' || value || '\"')",
        [json.dumps(words)],
    )
    return [word for (word,) in cursor.fetchall()]
