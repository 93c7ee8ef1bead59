"""What public meetings and statements are linked to: their tags say it in a row each, the links are in many tables."""

import re
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
    sql = (
        f"SELECT {backend().TOGETHER}(' {RECORD}' || record_id || ' ' || tags, '')"
        f" FROM {shelf}_index_entry WHERE record_id IN ({keys})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        text = cursor.fetchone()[0] or ""
    found: dict[str, dict[int, list[int]]] = {LETTERS[name]: defaultdict(list) for name in names}
    record = 0
    for letter, key in re.findall(rf" ([{RECORD}{''.join(found)}])(\d+)", text):
        if letter == RECORD:
            record = int(key)
        else:
            found[letter][record].append(int(key))
    return {name: found[LETTERS[name]] for name in names}
