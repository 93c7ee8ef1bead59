"""The tables of the index. They hold nothing that could not be made again, so that no model and no fixture has them.

entry   sort_key, meeting_id, earliest, latest (day numbers), title, tags    a row for each public meeting
tag     tag, sort_key                                                which meetings have a tag, in order of time
number  scope, tag, letter, n                                        how many have it; of all, or of a country's
day     day, n                                                       how many are on each day
name    word, tag, name                                              which names have a word
text    the words and tags of each meeting, for the database's full-text search
"""

from django.db import connection

TABLES = ("entry", "tag", "number", "day", "name", "text")


def backend():
    """The module with what this database does in its own way."""
    from meetings.index import postgres, sqlite

    return sqlite if connection.vendor == "sqlite" else postgres


def create_tables(cursor) -> None:
    own = backend()
    for statement in (
        "CREATE TABLE meetings_index_entry (sort_key BIGINT NOT NULL PRIMARY KEY, meeting_id BIGINT NOT NULL UNIQUE,"
        f" earliest INTEGER, latest INTEGER, title {own.WORD} NOT NULL, tags TEXT NOT NULL)",
        "CREATE INDEX meetings_index_title ON meetings_index_entry (title, sort_key)",
        f"CREATE TABLE meetings_index_tag (tag {own.WORD} NOT NULL, sort_key BIGINT NOT NULL,"
        f" PRIMARY KEY (tag, sort_key)){own.CLUSTERED}",
        f"CREATE TABLE meetings_index_number (scope {own.WORD} NOT NULL, tag {own.WORD} NOT NULL,"
        f" letter {own.WORD} NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (scope, tag)){own.CLUSTERED}",
        "CREATE INDEX meetings_index_most ON meetings_index_number (scope, letter, n DESC, tag)",
        f"CREATE TABLE meetings_index_day (day INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL){own.CLUSTERED}",
        f"CREATE TABLE meetings_index_name (word {own.WORD} NOT NULL, tag {own.WORD} NOT NULL,"
        f" name {own.WORD} NOT NULL, PRIMARY KEY (word, tag, name)){own.CLUSTERED}",
        "CREATE INDEX meetings_index_named ON meetings_index_name (tag)",
        *own.TEXT_TABLE,
    ):
        cursor.execute(statement)


def drop_tables(cursor) -> None:
    for table in TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS meetings_index_{table}")
