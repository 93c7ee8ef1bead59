"""When the records of a set can lie in time."""

from datetime import date
from typing import NamedTuple

from meetings import dates
from meetings.choices import Status
from meetings.index import hits
from meetings.index.asked import Asked
from meetings.index.hits import Select
from meetings.index.periods import Period
from meetings.index.tags import day_of, record_of, tag
from meetings.models import Meeting


class Dated(NamedTuple):
    """How many meetings have one date and status: the first and the last day that they can mean (day numbers; None is
    unknown), and the date as it is written, "" where it can be one day only."""

    earliest: int | None
    latest: int | None
    date: str
    status: str
    n: int

    @property
    def sure(self) -> tuple[int, int] | None:
        """The first and the last of the days (numbers) that all meanings of the date have, if there are any."""
        if self.earliest is not None and self.earliest == self.latest:
            return self.earliest, self.earliest
        return sure_days(self.date)


def sure_days(text: str) -> tuple[int, int] | None:
    """The same of a date as it is written."""
    sure = dates.parse(text).sure
    return (sure[0].toordinal(), sure[1].toordinal()) if sure else None


#: The date as it is written, of what can lie on several days; looked up for these alone. The status.
WRITTEN = (
    "coalesce(CASE WHEN e.earliest = e.latest THEN ''"
    f" ELSE (SELECT m.date FROM {Meeting._meta.db_table} m WHERE m.id = e.record_id) END, '')"
)
#: No other tag has the letter and the name of a status in it.
OF_STATUS = "CASE {} ELSE '' END".format(
    " ".join(f"WHEN e.tags LIKE '%%{tag('status', one)}%%' THEN '{one}'" for one in (Status.HELD, *Status))
)


def dated(asked: Asked) -> list[Dated]:
    """How many meetings of a set have each date, added up by the database; a query and those of `hits.selected`."""
    return [Dated(*row) for row in grouped(asked, "e.earliest", "e.latest", WRITTEN, OF_STATUS)]


def bounds(asked: Asked) -> list[tuple[int | None, int | None, str, int]]:
    """The same by the first and the last day that a date can mean, and by status: however they are written."""
    return grouped(asked, "e.earliest", "e.latest", OF_STATUS)


def grouped(asked: Asked, *columns: str) -> list[tuple]:
    """The different values of columns, and how many meetings of a set have them."""
    select = hits.selected(asked, entries=True)
    places = ", ".join(str(at) for at in range(1, len(columns) + 1))
    sql = select.sql(f"{', '.join(columns)}, count(*)", f"GROUP BY {places}")
    return hits.rows(sql, select.parameters)


def first_of_each(asked: Asked, each: int, most: int) -> list[int]:
    """The primary keys of the first ``each`` meetings of every date, held ones first, ``most`` of them in all: the
    first of every date before the second of any. A query and those of `hits.selected`."""
    select = hits.selected(asked, entries=True)
    order = f"{OF_STATUS} <> '{Status.HELD}', {select.key}"
    place = f"row_number() OVER (PARTITION BY e.earliest, e.latest, {WRITTEN} ORDER BY {order})"
    sql = (
        f"SELECT sort_key FROM ({select.sql(f'{select.key} AS sort_key, {place} AS place')}) AS found"
        f" WHERE place <= {each} ORDER BY place, sort_key LIMIT {most}"
    )
    return [record_of(key) for (key,) in hits.rows(sql, select.parameters)]


def newest(asked: Asked) -> date | None:
    """The first day of the newest dated meeting of a set; a query and those of `hits.selected`."""
    select = hits.selected(asked)
    return day(hits.rows(f"SELECT {edge(select, 'DESC', select.dated)}", select.parameters)[0][0])


class Beside(NamedTuple):
    """The days nearest to a period on which meetings of a set begin, or on which the days asked for do and one goes on:
    before it, after it; and how many meetings are undated."""

    before: date | None
    after: date | None
    undated: int


def beside(asked: Asked, period: Period) -> Beside:
    """What a set has beside a period; a query and those of `hits.selected`."""
    select = hits.selected(asked)
    members = [
        edge(select, "DESC", select.dated, f"{select.key} < {period.first.toordinal() << 32}"),
        edge(select, "ASC", f"{select.key} >= {period.last.toordinal() + 1 << 32}"),
        f"({select.sql('count(*)', '', f'{select.key} < {hits.FIRST_DAY}')})",
    ]
    ((*keys, undated),) = hits.rows(f"SELECT {', '.join(members)}", select.parameters * 3)
    # One can begin, or end, far from the days asked for.
    before, after = (key and asked.nearest(date.fromordinal(key >> 32)) for key in keys)
    return Beside(
        before if before and before < period.first else None, after if after and after > period.last else None, undated
    )


def edge(select: Select, direction: str, *conditions: str) -> str:
    """The first sort key of a set in a direction, as a scalar."""
    return f"({select.sql(select.key, f'ORDER BY {select.key} {direction} LIMIT 1', *conditions)})"


def day(key: int | None) -> date | None:
    return None if key is None else day_of(key)
