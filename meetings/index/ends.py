"""The first and the last meeting of a set."""

from meetings.index import hits
from meetings.index.asked import Asked
from meetings.models import Meeting

#: What is written of the meeting that a sort key has in it.
DATE = f"SELECT m.date FROM {Meeting._meta.db_table} m WHERE m.id = ({{}}) & 4294967295"


def dates(asked: Asked) -> tuple[str, str]:
    """The dates, as they are written, of the first and of the last meeting of known date; "" where none has one. A
    query and those of `hits.selected`."""
    select = hits.selected(asked)
    ends = (select.sql(select.key, f"ORDER BY {select.key} {way} LIMIT 1", select.dated) for way in ("ASC", "DESC"))
    columns = ", ".join(f"({DATE.format(one)})" for one in ends)
    ((first, last),) = hits.rows(f"SELECT {columns}", select.parameters * 2)
    return first or "", last or ""
