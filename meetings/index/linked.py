"""What public meetings and statements are linked to: their tags say it in a row each, the links are in many tables."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from meetings.index import hits
from meetings.index.schema import backend
from meetings.index.tags import LETTERS

#: Stands before the primary key of a record, as the letters of tags before theirs.
RECORD = "#"

#: Primary keys of what records are linked to, by theirs.
Links = dict[int, list[int]]


def linked(shelf: str, records: Sequence[int], names: Collection[str]) -> dict[str, Links]:
    """By name, one of `LETTERS`, what the records (primary keys) of a shelf are linked to, in the order of their tags.
    Nothing of any name where the index lacks one of the records, as after an update that has emptied it.

    A query, of one text: to make a row of each record takes longer than to read it.
    """
    keys, parameters = backend().listed(list(records))
    sql = (
        f"SELECT {backend().TOGETHER}(' {RECORD}' || record_id || ' ' || tags, '')"
        f" FROM {shelf}_index_entry WHERE record_id IN ({keys})"
    )
    ((text,),) = hits.rows(sql, parameters)
    found: dict[str, Links] = {LETTERS[name]: defaultdict(list) for name in names}
    number = record = 0
    for letter, key in re.findall(rf" ([{RECORD}{''.join(found)}])(\d+)", text or ""):
        if letter == RECORD:
            number, record = number + 1, int(key)
        else:
            found[letter][record].append(int(key))
    return {name: found[LETTERS[name]] for name in names} if number == len(records) else {}
