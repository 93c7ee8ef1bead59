"""Whether anything public was written: a number that every write changes, in its own transaction.

All who write records call `refresh`, `refresh_names` or `rebuild`, and these call `change`. The number is drawn by lot:
what is rolled back, or restored from a copy, gets back the number that it had.
"""

import secrets

from django.db import connection


def create_table(cursor) -> None:
    cursor.execute("CREATE TABLE meetings_index_version (number BIGINT NOT NULL)")
    cursor.execute("INSERT INTO meetings_index_version (number) VALUES (0)")


def drop_table(cursor) -> None:
    cursor.execute("DROP TABLE IF EXISTS meetings_index_version")


def change(cursor) -> None:
    """Whoever calls it has taken a turn (`take_turn`): two who wait for each other's row would wait for ever."""
    cursor.execute("UPDATE meetings_index_version SET number = %s", [secrets.randbits(62)])


def current() -> int:
    """The number of what can be read now; a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM meetings_index_version")
        return cursor.fetchone()[0]
