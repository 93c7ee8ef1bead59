"""PostgreSQL's part of the index: where it differs from SQLite's.

The words stand as a tsvector with a GIN index in a table of their own; tags are lexemes of it too, behind a mark that
no word has. The tsvector is written as a literal, so that none of PostgreSQL's parsers sees the text.
"""

import csv
import io
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import count, islice
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg2.extras import execute_values

from meetings.index import schema
from meetings.index.asked import Alternatives, Asked
from meetings.index.tags import EVERY

CLUSTERED = ""
COLLATE = 'COLLATE "C"'
WORD = f"TEXT {COLLATE}"
#: The type of a sort key that is a table's own.
KEY = "BIGINT"
#: The tags of an entry as a table with a column ``value``.
SPLIT = "unnest(string_to_array(tags, ' ')) AS value"
#: Where `rebuild` gathers what is put in order at its end.
LOOSE = "{}_loose_{}"
JOIN = "JOIN"
#: The aggregate of texts as one text.
TOGETHER = "string_agg"
#: The functions of the least and the greatest of two values.
LEAST, GREATEST = "least", "greatest"
TEXT_KEY = "sort_key"

#: Stands for NULL in what is copied; no text can be it.
NULL = secrets.token_hex(8)

#: A tsvector holds no position above this one, and no more positions of one word.
LAST_POSITION = 16_383
MOST_POSITIONS = 255


#: The statements that each connection has prepared: SQL and name.
PREPARED: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
#: So many each; then the first is given up.
MOST_PREPARED = 100
NUMBERS = count()

#: The name of the lock that writers of the index take turns with.
TURN = 7_218_309_551


def clustered(table: str, columns: str, key: str) -> str:
    """The statement that makes a table that gets its key when its rows are there."""
    return f"CREATE TABLE {table} ({columns})"


def text_table(shelf: str) -> str:
    """The statement that makes the table of a shelf's words. A page's worth of them stays in the row, as it is: what is
    compressed, or kept apart, takes several times as long to look into."""
    columns = "sort_key BIGINT PRIMARY KEY, words TSVECTOR NOT NULL"
    return f"CREATE TABLE {shelf}_index_text ({columns}) WITH (toast_tuple_target = 8160)"


def keys(shelf: str) -> list[str]:
    """The statements that make the keys of a shelf's tables."""
    table = f"{shelf}_index"
    return [
        f"ALTER TABLE {table}_tag ADD PRIMARY KEY (tag, sort_key)",
        f"ALTER TABLE {table}_met ADD PRIMARY KEY (scope, sort_key)",
        f"ALTER TABLE {table}_number ADD PRIMARY KEY (scope, tag)",
        f"CREATE INDEX {table}_words ON {table}_text USING GIN (words)",
        # The planner has to know ten thousand words: it took one that it did not know for common, and read the newest
        # meetings for a second until it had found a page of them.
        f"ALTER TABLE {table}_text ALTER words SET STATISTICS 1000",
    ]


def room(cursor) -> AbstractContextManager:
    """Nothing: the server has its own memory."""
    return nullcontext()


def inform(cursor, tables: Iterable[str]) -> None:
    """Lets the planner look at tables that many rows were added to: of those it knows nothing, and may ask for each row
    of one by reading all of another."""
    for table in tables:
        cursor.execute(f"ANALYZE {table}")


def repeat(cursor, sql: str, parameters: Sequence) -> None:
    """Runs a query that each connection runs again and again: the server plans it once, which takes longer than to run
    it. The connection has to be the same for a session (docs/deployment.md)."""
    # Django's own cursor, which counts and logs, does not see that it is prepared.
    own = cursor.cursor
    known = PREPARED.setdefault(own.connection, {})
    if sql not in known:
        name = f"repeated_{next(NUMBERS)}"
        with connection.wrap_database_errors:
            if len(known) == MOST_PREPARED:
                own.execute(f"DEALLOCATE {known.pop(next(iter(known)))}")
            own.execute(f"PREPARE {name} AS {sql % tuple(f'${at + 1}' for at in range(len(parameters)))}")
        known[sql] = name
    marks = f"({', '.join(['%s'] * len(parameters))})" if parameters else ""
    cursor.execute(f"EXECUTE {known[sql]}{marks}", parameters)


def at_once(cursor, sql: str, parameters: Sequence, columns: Sequence[str]) -> list[tuple]:
    """The rows of a query, of numbers and texts."""
    cursor.execute(sql, parameters)
    return cursor.fetchall()


def can_share() -> bool:
    """Whether other threads, by connections of their own, read what this one reads: not what a transaction wrote."""
    return not connection.in_atomic_block


def enter_lane() -> None:
    """Nothing: such a thread's connection is like any other."""


def take_turn(cursor) -> None:
    """Waits until no other transaction writes the index, and keeps others waiting until this one ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def begin_rebuild(cursor) -> None:
    """Makes an empty index beside the one that is read, in a schema of its own."""
    cursor.execute("SELECT current_schema()")
    (home,) = cursor.fetchone()
    cursor.execute("CREATE SCHEMA meetings_index_new")
    cursor.execute(f'SET LOCAL search_path = meetings_index_new, "{home}"')
    schema.create_bare(cursor)
    schema.create_loose(cursor, "CREATE TABLE", LOOSE)


def put_in_order(cursor) -> None:
    """Puts what was gathered in order, and makes the keys: after the rows are there, that takes a fraction of the
    time."""
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    cursor.execute("SET LOCAL work_mem = '256MB'")
    for shelf in schema.SHELVES:
        table = f"{shelf}_index"
        cursor.execute(
            f"INSERT INTO {table}_tag SELECT value, sort_key FROM {table}_entry, {SPLIT}"
            f" ORDER BY value {COLLATE}, sort_key"
        )
        schema.put_in_order(cursor, shelf, LOOSE)
    inform(cursor, schema.TABLES)


def end_rebuild(cursor) -> None:
    """Puts the new index in the place of the old one."""
    cursor.execute("SHOW search_path")
    home = cursor.fetchone()[0].split(", ")[-1]
    # All at once and last: from here on readers wait, and none may hold one of them while it waits for another.
    cursor.execute(f"LOCK TABLE {', '.join(f'{home}.{table}' for table in schema.TABLES)}")
    for table in schema.TABLES:
        cursor.execute(f"DROP TABLE {home}.{table}")
        cursor.execute(f"ALTER TABLE {table} SET SCHEMA {home}")
    cursor.execute(f"SET LOCAL search_path = {home}")
    cursor.execute("DROP SCHEMA meetings_index_new")


def add_rows(
    cursor, table: str, columns: Sequence[str], key: Sequence[str], change: str, rows: Sequence[tuple]
) -> None:
    """Adds rows; where there is one with the same key, the ``change`` is made to it."""
    execute_values(
        cursor.cursor,
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s ON CONFLICT ({', '.join(key)}) DO UPDATE SET {change}",
        rows,
        page_size=1_000,
    )


def write_text(cursor, shelf: str, rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Adds documents: sort key, title, body, tags."""
    copy_rows(cursor, f"{shelf}_index_text", ("sort_key", "words"), ((key, vector(*texts)) for key, *texts in rows))


def listed(keys: Sequence[int]) -> tuple[str, list]:
    """The SELECT of given keys, with its parameters: as a text, which the driver hands on faster than a list."""
    return "SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, keys))}}}"]


def next_keys(cursor, table: str, number: int) -> list[int]:
    """Primary keys that no row of the table has or had."""
    # OFFSET keeps it from asking for the sequence's name each time.
    cursor.execute(
        "SELECT nextval(own.sequence) FROM generate_series(1, %s),"
        " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS own",
        [number, table],
    )
    return [key for (key,) in cursor.fetchall()]


def copy_rows(cursor, table: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
    """Adds many rows, by COPY."""
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')", Lines(rows))


class Lines:
    """Rows as a file that COPY reads; they are made while it is read, so that the server works meanwhile."""

    def __init__(self, rows: Iterable[tuple]):
        self.rows = iter(rows)
        self.text = io.StringIO()
        self.writer = csv.writer(self.text)

    def read(self, _size: int) -> str:
        """The next lines, of 100 rows."""
        self.text.seek(0)
        self.text.truncate()
        some = islice(self.rows, 100)
        self.writer.writerows([NULL if cell is None else cell for cell in row] for row in some)
        return self.text.getvalue()


def vector(title: str, body: str, tags: str) -> str:
    """The tsvector of a document, as a literal: words of the title weigh most."""
    places: dict[str, list[str]] = defaultdict(list)
    # No word has a blank, so that the text can be escaped as a whole.
    titled = _escaped(title).split()
    for at, word in enumerate(titled, 1):
        places[word].append(f"{at}A")
    # A gap, so that no phrase runs from the title into the text.
    for at, word in enumerate(_escaped(body).split(), len(titled) + 2):
        places[word].append(str(at if at < LAST_POSITION else LAST_POSITION))
    lexemes = [f"'{word}':{','.join(found[:MOST_POSITIONS])}" for word, found in places.items()]
    return " ".join(lexemes + [f"'#{tag}'" for tag in tags.split()])


def match(asked: Asked) -> tuple[str, list[str]]:
    """The condition on the shelf's words that all alternatives, none of ``without``, and one of each group of tags are
    there; and its parameter."""
    wanted = [_one_of(one) for one in asked.every] + [_tagged(group) for group in asked.groups] or [_tagged([EVERY])]
    wanted += [f"!{_one_of(one)}" for one in asked.without]
    return "t0.words @@ %s::tsquery", [" & ".join(wanted)]


def rank(asked: Asked) -> tuple[str, list[str]]:
    """How well a document fits, best first: the less, the better, as in SQLite."""
    return "-ts_rank(t0.words, %s::tsquery)", [" | ".join(map(_one_of, asked.every))]


def _one_of(alternatives: Alternatives) -> str:
    *words, last = map(_quoted, alternatives.words)
    phrase = " <-> ".join([*words, f"{last}:*" if alternatives.beginning else last])
    return f"({' | '.join([f'({phrase})', *([_tagged(alternatives.tags)] if alternatives.tags else [])])})"


def _tagged(tags: Sequence[str]) -> str:
    return "(" + " | ".join(f"'#{tag}'" for tag in tags) + ")"


def _quoted(word: str) -> str:
    return f"'{_escaped(word)}'"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "''")


def texts(cursor, shelf: str, documents: Sequence[tuple[int, str, str, str]]) -> set[int]:
    """The sort keys of the documents that stand in the index as they are given here."""
    found = execute_values(
        cursor.cursor,
        f"SELECT t.sort_key FROM {shelf}_index_text t JOIN (VALUES %s) AS given (sort_key, words)"
        " ON given.sort_key = t.sort_key AND given.words::tsvector = t.words",
        [(key, vector(*given)) for key, *given in documents],
        fetch=True,
    )
    return {key for (key,) in found}


def words_of_texts(cursor, words: Sequence[str]) -> list[str]:
    """Those of these words, which are of ASCII letters and digits, that the title or the text of a meeting has."""
    cursor.execute(
        "SELECT word FROM unnest(%s::text[]) AS given (word) WHERE EXISTS (SELECT 1 FROM meetings_index_text"
        " WHERE words @@ quote_literal(word)::tsquery)",
        [list(words)],
    )
    return [word for (word,) in cursor.fetchall()]
