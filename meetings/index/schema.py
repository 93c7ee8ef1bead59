"""The tables of the index. They hold nothing that could not be made again, so that no model and no fixture has them.

A shelf holds the public records of one noun, ``meetings`` or ``statements``:

    entry   sort_key, record_id, earliest, latest (day numbers), title, tags, ties    a row for each record
    tag     tag, sort_key                           which records have a tag, in order of time
    met     scope, sort_key, tags                   whom an official or organization met at each meeting
    number  scope, tag, letter, n, first, last      how many have a tag: of all, within another tag; and ties, with
                                                    the sort keys of the first and last of those between two
    day     kind, day, n                            how many are on a day (""), begin on it ("from"), end on it ("to"),
                                                    or in a block of days ("from/", "to/", and the block's number)
    span    tag, earliest, latest, n                how many of a status can lie between which days (open: 0,
                                                    `tally.BEYOND`); statements have no status, and leave it empty
    text    their words and tags, for the database's full-text search

Beside these stands ``meetings_index_name`` (word, tag, name): which names have a word.
"""

from django.db import connection

SHELVES = ("meetings", "statements")
TABLES = (
    *(
        f"{shelf}_index_{table}"
        for shelf in SHELVES
        for table in ("entry", "tag", "met", "number", "day", "span", "text")
    ),
    "meetings_index_name",
)


def backend():
    """The module with what this database does in its own way."""
    from meetings.index import postgres, sqlite

    return sqlite if connection.vendor == "sqlite" else postgres


def create_tables(cursor) -> None:
    """All tables, empty."""
    create_bare(cursor)
    for shelf in SHELVES:
        complete(cursor, shelf)


def create_bare(cursor) -> None:
    """All tables, those of the shelves without what is made faster when their rows are there."""
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
        f"CREATE TABLE {table}_entry (sort_key {own.KEY} NOT NULL PRIMARY KEY, record_id BIGINT NOT NULL,"
        f" earliest INTEGER, latest INTEGER, title {own.WORD} NOT NULL, tags TEXT NOT NULL, ties TEXT NOT NULL)",
        own.clustered(f"{table}_tag", f"tag {own.WORD} NOT NULL, sort_key BIGINT NOT NULL", "tag, sort_key"),
        own.clustered(
            f"{table}_met",
            f"scope {own.WORD} NOT NULL, sort_key BIGINT NOT NULL, tags TEXT NOT NULL",
            "scope, sort_key",
        ),
        own.clustered(
            f"{table}_number",
            f"scope {own.WORD} NOT NULL, tag {own.WORD} NOT NULL, letter {own.WORD} NOT NULL, n INTEGER NOT NULL,"
            " first BIGINT, last BIGINT",
            "scope, tag",
        ),
        f"CREATE TABLE {table}_day (kind {own.WORD} NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL,"
        f" PRIMARY KEY (kind, day)){own.CLUSTERED}",
        f"CREATE TABLE {table}_span (tag {own.WORD} NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL,"
        f" n INTEGER NOT NULL, PRIMARY KEY (tag, earliest, latest)){own.CLUSTERED}",
        own.text_table(shelf),
    ]


def complete(cursor, shelf: str) -> None:
    """Gives the tables of a shelf their keys and indexes."""
    table = f"{shelf}_index"
    for statement in (
        f"CREATE UNIQUE INDEX {table}_record ON {table}_entry (record_id)",
        f"CREATE INDEX {table}_title ON {table}_entry (title, sort_key)",
        *backend().keys(shelf),
        f"CREATE INDEX {table}_until ON {table}_span (tag, latest, n)",
        f"CREATE INDEX {table}_most ON {table}_number (scope, letter, n DESC, tag)",
    ):
        cursor.execute(statement)


def create_loose(cursor, create: str, loose: str) -> None:
    """The tables in which a rebuild gathers what is put in order at its end; ``create`` is what begins the
    statements."""
    word = backend().WORD
    for shelf in SHELVES:
        met, number, ends = (loose.format(shelf, name) for name in ("met", "number", "ends"))
        cursor.execute(f"{create} {met} (scope TEXT, sort_key BIGINT, tags TEXT)")
        cursor.execute(f"{create} {number} (scope {word}, tag {word}, n INTEGER)")
        cursor.execute(f"{create} {ends} (scope {word}, tag {word}, first BIGINT, last BIGINT)")


def put_in_order(cursor, shelf: str, loose: str) -> None:
    """Moves what a rebuild gathered, in tables called as ``loose`` says, into the tables of a shelf, and completes
    these."""
    met, number, ends = (loose.format(shelf, name) for name in ("met", "number", "ends"))
    for statement in (
        f"INSERT INTO {shelf}_index_met SELECT scope, sort_key, tags FROM {met} ORDER BY scope, sort_key",
        f"INSERT INTO {shelf}_index_number (scope, tag, letter, n) SELECT scope, tag, substr(tag, 1, 1), sum(n)"
        f" FROM {number} GROUP BY scope, tag ORDER BY scope, tag",
    ):
        cursor.execute(statement)
    complete(cursor, shelf)
    # To rows that are there: each tie is a number too. SQLite's parser needs the WHERE before ON CONFLICT.
    cursor.execute(
        f"INSERT INTO {shelf}_index_number (scope, tag, letter, n, first, last)"
        f" SELECT scope, tag, '', 0, min(first), max(last) FROM {ends} WHERE true GROUP BY scope, tag"
        " ON CONFLICT (scope, tag) DO UPDATE SET first = excluded.first, last = excluded.last"
    )
    for table in (met, number, ends):
        cursor.execute(f"DROP TABLE {table}")


def drop_tables(cursor) -> None:
    for table in TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
