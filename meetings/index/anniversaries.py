"""What happened on the same day of other years."""

from contextlib import suppress
from datetime import date

from meetings.choices import Status
from meetings.index import hits
from meetings.index.schema import backend
from meetings.index.tags import record_of, tag

#: So many years back are looked at, and so many days are asked about at once.
YEARS = 500
TOGETHER = 12


def on_this_day(today: date, most: int) -> list[int]:
    """The primary keys of up to ``most`` meetings held on exactly this day of earlier years, newest first; two queries,
    and one more for each `TOGETHER` days on which there was something else."""
    days = []
    for year in range(today.year - 1, max(today.year - YEARS, 0), -1):
        # 29 February is not in every year.
        with suppress(ValueError):
            days.append(today.replace(year=year).toordinal())
    sql = f"SELECT day FROM meetings_index_day WHERE kind = '' AND day IN ({hits.marks(days)}) ORDER BY day DESC"
    had = [day for (day,) in hits.rows(sql, days)] if days else []
    found: list[int] = []
    while had and len(found) < most:
        some, had = had[:TOGETHER], had[TOGETHER:]
        found += held_on(some, most - len(found))
    return found


def held_on(days: list[int], most: int) -> list[int]:
    """The primary keys of up to ``most`` meetings held on one of these days, and certainly then; a query."""
    one = (
        "SELECT t.sort_key AS sort_key FROM meetings_index_tag t"
        f" {backend().JOIN} meetings_index_entry e ON e.sort_key = t.sort_key"
        " WHERE t.tag = %s AND t.sort_key >= %s AND t.sort_key < %s AND e.earliest = e.latest"
    )
    parameters = [given for day in days for given in (tag("status", Status.HELD), day << 32, (day + 1) << 32)]
    each = " UNION ALL ".join([one] * len(days))
    sql = f"SELECT sort_key FROM ({each}) AS found ORDER BY sort_key DESC LIMIT {most}"
    return [record_of(key) for (key,) in hits.rows(sql, parameters)]
