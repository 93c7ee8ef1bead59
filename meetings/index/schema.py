"""The tables of the index. They hold nothing that could not be made again, so that no model and no fixture has them.

A shelf holds the public records of one noun, ``meetings`` or ``statements``:

    entry   sort_key, record_id, earliest, latest (day numbers), title, tags, ties    a row for each record
    tag     tag, sort_key                           which records have a tag, in order of time
    number  scope, tag, letter, n                   how many have it: of all, within another tag; and ties
    day     day, n                                  how many are on each day
    text    their words and tags, for the database's full-text search

Beside these stands ``meetings_index_name`` (word, tag, name): which names have a word.
"""

from django.db import connection

SHELVES = ("meetings", "statements")
TABLES = (
    *(f"{shelf}_index_{table}" for shelf in SHELVES for table in ("entry", "tag", "number", "day", "text")),
    "meetings_index_name",
)


def backend():
    """The module with what this database does in its own way."""
    from meetings.index import postgres, sqlite

    return sqlite if connection.vendor == "sqlite" else postgres


def create_tables(cursor) -> None:
    own = backend()
    for shelf in SHELVES:
        for statement in shelf_tables(shelf):
            cursor.execute(statement)
    for statement in (
        f"CREATE TABLE meetings_index_name (word {own.WORD} NOT NULL, tag {own.WORD} NOT NULL,"
        f" name {own.WORD} NOT NULL, PRIMARY KEY (word, tag, name)){own.CLUSTERED}",
        "CREATE INDEX meetings_index_named ON meetings_index_name (tag)",
    ):
        cursor.execute(statement)


def shelf_tables(shelf: str) -> list[str]:
    """The statements that make the tables of a shelf."""
    own, table = backend(), f"{shelf}_index"
    return [
        f"CREATE TABLE {table}_entry (sort_key BIGINT NOT NULL PRIMARY KEY, record_id BIGINT NOT NULL UNIQUE,"
        f" earliest INTEGER, latest INTEGER, title {own.WORD} NOT NULL, tags TEXT NOT NULL, ties TEXT NOT NULL)",
        f"CREATE INDEX {table}_title ON {table}_entry (title, sort_key)",
        f"CREATE TABLE {table}_tag (tag {own.WORD} NOT NULL, sort_key BIGINT NOT NULL,"
        f" PRIMARY KEY (tag, sort_key)){own.CLUSTERED}",
        f"CREATE TABLE {table}_number (scope {own.WORD} NOT NULL, tag {own.WORD} NOT NULL,"
        f" letter {own.WORD} NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (scope, tag)){own.CLUSTERED}",
        f"CREATE INDEX {table}_most ON {table}_number (scope, letter, n DESC, tag)",
        f"CREATE TABLE {table}_day (day INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL){own.CLUSTERED}",
        *own.text_table(shelf),
    ]


def drop_tables(cursor) -> None:
    for table in TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
