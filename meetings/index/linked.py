"""What public meetings and statements are linked to: their tags say it in a row each, the links are in many tables."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection

from meetings.index.schema import backend
from meetings.index.tags import LETTERS

#: Stands before the primary key of a record, as the letters of tags before theirs.
RECORD = "#"


def linked(shelf: str, records: Sequence[int], names: Sequence[str]) -> dict[str, dict[int, list[int]]]:
    """By name, one of `LETTERS`, and record: the primary keys of what the records (primary keys) of a shelf are linked
    to, in the order of their tags. A query, of one text: to make a row of each record takes longer than to read it."""
    keys, parameters = backend().listed(list(records))
    found: dict[str, dict[int, list[int]]] = {LETTERS[name]: defaultdict(list) for name in names}
    record = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {backend().TOGETHER}('{RECORD}' || record_id || ' ' || tags, ' ')"
            f" FROM {shelf}_index_entry WHERE record_id IN ({keys})",
            parameters,
        )
        for tag in (cursor.fetchone()[0] or "").split():
            letter = tag[0]
            if letter in found:
                found[letter][record].append(int(tag[1:]))
            elif letter == RECORD:
                record = int(tag[1:])
    return {name: found[LETTERS[name]] for name in names}
