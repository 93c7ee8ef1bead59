"""Records of any noun as rows of the neutral format: texts by column, as `meetings.table` has them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from meetings.exports import among
from meetings.models.neutral import MODELS
from meetings.table import SEPARATOR, Column, Table

#: Nouns of which there are too many to remember the keys of all that were named.
MANY = frozenset({"meetings", "statements"})
#: Nouns that something public may name without making them public. What else it names is public by that.
GATED = MANY | {"organizations"}


class Keys:
    """Keys by primary key of what public records name: a link to what is not public, or merged, is left out.

    The fewer nouns' are remembered: a query for some thousand records, and soon none.
    """

    def __init__(self) -> None:
        self.known: dict[str, dict[int | None, str]] = defaultdict(lambda: {None: ""})

    def of(self, noun: str, pks: Iterable[int | None]) -> dict[int | None, str]:
        """The keys of (at least) these records; "" for those that are left out, and for None."""
        known: dict[int | None, str] = {None: ""} if noun in MANY else self.known[noun]
        if missing := [pk for pk in set(pks) - known.keys() if pk is not None]:
            model = MODELS[noun]
            named = model.objects.published() if noun in GATED else model.objects.all()
            if noun not in GATED and hasattr(model, "merged_into"):
                named = named.filter(merged_into=None)
            known.update(dict.fromkeys(missing, ""))
            known.update(among(named, "id", missing).values_list("pk", model.KEY))
        return known


class Records:
    """Reads the records of one noun by primary key. ``more`` are further fields, whose values come behind the cells."""

    def __init__(self, table: Table, keys: Keys, more: Iterable[str] = ()):
        self.table = table
        self.model = MODELS[table.name]
        self.keys = keys
        self.single = [(at, c) for at, c in enumerate(table.columns) if c.type != "keys"]
        self.many = [(at, c) for at, c in enumerate(table.columns) if c.type == "keys"]
        fields = [
            Cast(c.name, TextField()) if c.type == "moment" else self.model._meta.get_field(c.name).attname
            for _at, c in self.single
        ]
        self.fields = ["pk", *fields, *more]
        self.written = [(at, FORMATS[c.type]) for at, (_at, c) in enumerate(self.single, 1) if c.type in FORMATS]
        self.links = [(at, c.to) for at, (_at, c) in enumerate(self.single, 1) if c.type == "key"]

    def read(self, pks: list[int]) -> list[tuple[int, list[Any], tuple]]:
        """Primary key, cells and values of ``more`` of each record, in the order of ``pks``.

        What is not there, or not public any more, is left out. One query, one for each many-to-many field, and those of
        `Keys`.
        """
        records = self.model.objects.published() if self.table.name in MANY else self.model.objects.all()
        found = {row[0]: row for row in among(records, "id", pks).values_list(*self.fields)}
        writes: list[tuple[int, Callable[[Any], str]]] = list(self.written)
        for at, to in self.links:
            writes.append((at, self.keys.of(to, {row[at] for row in found.values()}).__getitem__))
        last = len(self.single) + 1
        many = [(at, self.several(c, pks)) for at, c in self.many]
        result = []
        for pk in pks:
            if row := found.get(pk):
                cells = list(row[:last])
                for at, write in writes:
                    cells[at] = write(cells[at])
                del cells[0]
                for at, lists in many:
                    cells.insert(at, SEPARATOR.join(lists[pk]) if pk in lists else "")
                result.append((pk, cells, row[last:]))
        return result

    def several(self, column: Column, pks: list[int]) -> dict[int, list[str]]:
        """The keys of a many-to-many field by owner, in alphabetical order."""
        field: Any = self.model._meta.get_field(column.name)
        owner, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        links = among(field.remote_field.through._base_manager.all(), owner, pks)
        pairs = list(links.values_list(owner, target))
        known = self.keys.of(column.to, {other for _owner, other in pairs})
        lists: dict[int, list[str]] = defaultdict(list)
        for one, other in pairs:
            if key := known[other]:
                lists[one].append(key)
        for keys in lists.values():
            keys.sort()
        return lists


@lru_cache(maxsize=10_000)
def moment(value: str) -> str:
    """An instant in UTC, from either database's text of it: 2023-06-15T18:30:00Z, and as many digits as there are.

    Many records were written in one moment, so it is remembered; as texts they are read three times as fast.
    """
    found = datetime.fromisoformat(value)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.isoformat().replace("+00:00", "Z")


def iso(value: Any) -> str:
    return "" if value is None else value.isoformat()


def number(value: float | None) -> str:
    """A number as Python reads it back: the same to the last digit."""
    return "" if value is None else repr(value)


#: How values are written that are not texts in the database.
FORMATS: dict[str, Callable[[Any], str]] = {
    "moment": moment,
    "date": iso,
    "time": iso,
    "int": number,
    "float": number,
}
