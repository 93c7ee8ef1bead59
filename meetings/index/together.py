"""The meetings that two records share, with all that the index says of each."""

from typing import NamedTuple

from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.tags import record_of


class Entry(NamedTuple):
    """A meeting's primary key, the first and the last day that it can mean (day numbers; None is unknown), its tags,
    and its ties between blanks."""

    record: int
    earliest: int | None
    latest: int | None
    tags: list[str]
    ties: str


def of(asked: Asked, most: int) -> list[Entry]:
    """The newest ``most`` meetings of a set, newest first, those of unknown date last; a query and those of
    `hits.selected`."""
    select = hits.selected(asked, entries=True)
    sql = select.sql(f"{select.key}, e.earliest, e.latest, e.tags, e.ties", f"ORDER BY {select.key} DESC LIMIT {most}")
    return [
        Entry(record_of(key), earliest, latest, tags.split(), f" {ties} ")
        for key, earliest, latest, tags, ties in hits.rows(sql, select.parameters)
    ]
