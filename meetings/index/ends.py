"""The first and the last meeting of a set."""

from typing import NamedTuple

from meetings.index import hits
from meetings.index.asked import Asked
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


def of(asked: Asked) -> Ends:
    """The ends of a set; a query and those of `hits.selected`."""
    select = hits.selected(asked)
    # Unknown dates come before all others: whether there are any costs no more than the first of all.
    wanted = {"first": ("ASC", select.dated), "last": ("DESC", select.dated), "lowest": ("ASC",)}
    members = ", ".join(
        f"({select.sql(select.key, f'ORDER BY {select.key} {way} LIMIT 1', *known)}) AS {name}"
        for name, (way, *known) in wanted.items()
    )
    columns = f"{DATE.format('first')}, {DATE.format('last')}, first = last, lowest < {hits.FIRST_DAY}"
    sql = f"SELECT {columns} FROM (SELECT {members}) AS ends"
    ((first, last, one, undated),) = hits.rows(sql, select.parameters * 3)
    return Ends(first or "", last or "", bool(one), bool(undated))
