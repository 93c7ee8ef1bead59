"""The first and the last meeting of a set."""

from typing import NamedTuple

from meetings.index import hits
from meetings.models import Meeting

#: What is written of the meeting that a sort key has in it.
DATE = f"(SELECT m.date FROM {Meeting._meta.db_table} m WHERE m.id = {{}} & 4294967295)"


class Ends(NamedTuple):
    """The dates, as they are written, of the first and of the last meeting of known date ("" where none has one);
    whether these are one meeting, and whether there are others of unknown date."""

    first: str = ""
    last: str = ""
    one: bool = False
    undated: bool = False


def of(own: str, other: str) -> Ends:
    """The ends of the meetings that have both tags; a query. It walks along those of the one until one has the other,
    which it looks up by itself: PostgreSQL would rather read all that have it."""
    has = "(SELECT h.tag FROM meetings_index_tag h WHERE h.tag = %s AND h.sort_key = t.sort_key) IS NOT NULL"
    # Unknown dates come before all others: whether there are any costs no more than the first of all.
    wanted = {"first": ("ASC", hits.FIRST_DAY), "last": ("DESC", hits.FIRST_DAY), "lowest": ("ASC", 0)}
    members = ", ".join(
        f"(SELECT t.sort_key FROM meetings_index_tag t WHERE t.tag = %s AND t.sort_key >= {least} AND {has}"
        f" ORDER BY t.sort_key {way} LIMIT 1) AS {name}"
        for name, (way, least) in wanted.items()
    )
    columns = f"{DATE.format('first')}, {DATE.format('last')}, first = last, lowest < {hits.FIRST_DAY}"
    # With a limit, PostgreSQL finds them once, and not again for each column that has them.
    sql = f"SELECT {columns} FROM (SELECT {members} LIMIT 1) AS ends"
    ((first, last, one, undated),) = hits.repeated(sql, [own, other] * 3)
    return Ends(first or "", last or "", bool(one), bool(undated))
