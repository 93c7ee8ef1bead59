"""Whether what is derived for speed still says what the records say."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import connection

from meetings.index import names
from meetings.index.schema import backend
from meetings.index.tags import describe
from meetings.index.writer import Numbers, batches, count_tags, document, entry, in_order
from meetings.models import Meeting


def check() -> Iterator[str]:
    """What is wrong with the index, in sentences; none for one that is right. Reads every meeting."""
    numbers: Numbers = Counter()
    days: Counter[int] = Counter()
    public = 0
    with connection.cursor() as cursor:
        for batch in batches(list(Meeting.objects.published().order_by("pk").values_list("pk", flat=True))):
            described = in_order(describe(batch))
            public += len(described)
            for one in described:
                count_tags(numbers, one.tags)
                days[one.sort_key >> 32] += 1
            yield from wrong_meetings(cursor, batch, described)
        yield from surplus(cursor, public, sum(n for (scope, _tag), n in numbers.items() if scope == ""))
        yield from wrong_rows(cursor, "number", ("scope", "tag", "n"), [(*key, n) for key, n in numbers.items()])
        yield from wrong_rows(cursor, "day", ("day", "n"), days.items())
        named = {row for model in names.CALLED for row in names.rows(model)}
        yield from wrong_rows(cursor, "name", names.COLUMNS, named)


def wrong_meetings(cursor, batch: Sequence[int], described: Sequence) -> Iterator[str]:
    """The meetings of a batch whose entry, tags or words are not as described."""
    marks = ", ".join(["%s"] * len(batch))
    cursor.execute(f"SELECT * FROM meetings_index_entry WHERE meeting_id IN ({marks})", batch)
    entries = {row[0]: (*row[:5], frozenset(row[5].split())) for row in cursor.fetchall()}
    cursor.execute(
        f"SELECT t.sort_key, t.tag FROM meetings_index_entry e JOIN meetings_index_tag t ON t.sort_key = e.sort_key"
        f" WHERE e.meeting_id IN ({marks})",
        batch,
    )
    tags: dict[int, set[str]] = {}
    for key, tag in cursor.fetchall():
        tags.setdefault(key, set()).add(tag)
    texts = backend().texts(cursor, [document(one) for one in described])
    for one in described:
        *bounds, joined = entry(one)
        if entries.pop(one.sort_key, None) != (*bounds, frozenset(joined.split())):
            yield f"Meeting {bounds[1]} has another entry."
        elif tags.get(one.sort_key) != set(one.tags):
            yield f"Meeting {bounds[1]} has other tags."
        elif one.sort_key not in texts:
            yield f"Meeting {bounds[1]} has other words."
    yield from (f"Meeting {row[1]} stands at another place too." for row in entries.values())


def surplus(cursor, meetings: int, tags: int) -> Iterator[str]:
    """Rows of meetings that are not public."""
    for table, right in (("entry", meetings), ("text", meetings), ("tag", tags)):
        cursor.execute(f"SELECT count(*) FROM meetings_index_{table}")
        ((n,),) = cursor.fetchall()
        if n != right:
            yield f"The table “{table}” has {n} rows instead of {right}."


def wrong_rows(cursor, table: str, columns: Sequence[str], right) -> Iterator[str]:
    """Rows that are missing, and rows that should not be there."""
    cursor.execute(f"SELECT {', '.join(columns)} FROM meetings_index_{table}")
    found, right = {tuple(row) for row in cursor.fetchall()}, {tuple(row) for row in right}
    yield from (f"The table “{table}” lacks {row}." for row in sorted(right - found))
    yield from (f"The table “{table}” has {row}, which is wrong." for row in sorted(found - right))
