"""What happened on the same day of other years."""

from contextlib import suppress
from datetime import date

from meetings.choices import Status
from meetings.index import hits
from meetings.index.schema import backend
from meetings.index.tags import record_of, tag

#: So many years back are looked at.
YEARS = 500


def on_this_day(today: date, most: int) -> list[int]:
    """The primary keys of up to ``most`` meetings held on exactly this day of earlier years, newest first; at most two
    queries."""
    days = []
    for year in range(today.year - 1, max(today.year - YEARS, 0), -1):
        # 29 February is not in every year.
        with suppress(ValueError):
            days.append(today.replace(year=year).toordinal())
    held = tag("status", Status.HELD)
    sql = (
        "SELECT earliest FROM meetings_index_span"
        f" WHERE tag = %s AND earliest = latest AND earliest IN ({hits.marks(days)}) ORDER BY 1 DESC LIMIT {most}"
    )
    found = [day for (day,) in hits.rows(sql, [held, *days])] if days else []
    return held_on(held, found, most) if found else []


def next_day(today: date) -> date | None:
    """The next day after this one on which, in an earlier year, any was held for sure; None where none was. A query for
    all days, which is for sets of so few that none was on this day."""
    sql = "SELECT DISTINCT earliest FROM meetings_index_span WHERE tag = %s AND earliest = latest AND n > 0"
    days = [date.fromordinal(day) for (day,) in hits.rows(sql, [tag("status", Status.HELD)])]
    found = (again(day, year) for day in days for year in (today.year, today.year + 1) if day.year < year)
    return min((day for day in found if day and day > today), default=None)


def again(day: date, year: int) -> date | None:
    """The same day of another year; None where that has no 29 February."""
    with suppress(ValueError):
        return day.replace(year=year)
    return None


def held_on(held: str, days: list[int], most: int) -> list[int]:
    """The primary keys of up to ``most`` meetings ``held`` on one of these days, and certainly then; a query."""
    one = (
        "SELECT t.sort_key AS sort_key FROM meetings_index_tag t"
        f" {backend().JOIN} meetings_index_entry e ON e.sort_key = t.sort_key"
        " WHERE t.tag = %s AND t.sort_key >= %s AND t.sort_key < %s AND e.earliest = e.latest"
    )
    parameters = [given for day in days for given in (held, day << 32, (day + 1) << 32)]
    each = " UNION ALL ".join([one] * len(days))
    sql = f"SELECT sort_key FROM ({each}) AS found ORDER BY sort_key DESC LIMIT {most}"
    return [record_of(key) for (key,) in hits.rows(sql, parameters)]
