"""The first and the last meeting of a set."""

from django.db.models.expressions import RawSQL

from meetings.index import hits
from meetings.index.asked import Asked


def keys(asked: Asked) -> RawSQL:
    """The primary keys of the first and of the last meeting of known date, as a sub-select for a queryset; the queries
    of `hits.selected`."""
    select = hits.selected(asked)
    ends = (select.sql(f"{select.key} AS key", f"ORDER BY 1 {way} LIMIT 1", select.dated) for way in ("ASC", "DESC"))
    each = " UNION ALL ".join(f"SELECT key & 4294967295 FROM ({one}) AS end_{at}" for at, one in enumerate(ends))
    return RawSQL(each, select.parameters * 2)
