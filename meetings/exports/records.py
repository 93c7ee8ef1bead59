"""Records of any noun as rows of the neutral format: texts by column, as `meetings.table` has them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

from django.db.models import DateField, TextField
from django.db.models.functions import Cast

from meetings.exports.rows import rows_of
from meetings.index.among import among
from meetings.index.linked import Links, linked
from meetings.models.neutral import MODELS
from meetings.table import SEPARATOR, Column, Table

#: Nouns of which there are too many to remember the keys of all that were named.
MANY = frozenset({"meetings", "statements"})
#: Nouns that something public may name without making them public. What else it names is public by that.
GATED = MANY | {"organizations"}
#: Columns that the tags of the index tell, by the tags' names.
TAGGED = {"topics": "topic", "about": "about"}
#: Values of these types are read as the texts that the databases write: Django takes three times as long for them.
CLOCKS = frozenset({"moment", "time"})


class Keys:
    """Keys by primary key of what public records name: a link to what is not public, or merged, is left out.

    The fewer nouns' are remembered: a query for some thousand records, and soon none.
    """

    def __init__(self) -> None:
        self.known: dict[str, dict[int | None, str]] = defaultdict(lambda: {None: ""})

    def of(self, noun: str, pks: Iterable[int | None]) -> dict[int | None, str]:
        """The keys of (at least) these records; "" for those that are left out, and for None."""
        known: dict[int | None, str] = {None: ""} if noun in MANY else self.known[noun]
        if missing := [pk for pk in set(pks) if pk is not None and pk not in known]:
            model = MODELS[noun]
            named = model.objects.published() if noun in GATED else model.objects.all()
            if noun not in GATED and hasattr(model, "merged_into"):
                named = named.filter(merged_into=None)
            known.update(dict.fromkeys(missing, ""))
            known.update(named.filter(pk__in=among(missing)).order_by().values_list("pk", model.KEY))
        return known


class Block(NamedTuple):
    """Some records, column by column: their primary keys, the cells of the table's columns by name and in their order,
    and the values of further fields; and by name what the index tells of their links, if it was asked and can."""

    pks: Sequence[int]
    cells: dict[str, Sequence[str]]
    more: dict[str, Sequence[Any]]
    linked: dict[str, Links]


class Records:
    """Reads the records of one noun by primary key. ``more`` are further fields, whose values come as they are;
    ``tagged`` are the links to be read from the index where it has them, which is faster; others come from their own
    tables."""

    def __init__(self, table: Table, keys: Keys, more: Sequence[str] = (), tagged: Collection[str] = ()):
        self.table = table
        self.model = MODELS[table.name]
        self.keys = keys
        self.single = [column for column in table.columns if column.type != "keys"]
        self.many = [column for column in table.columns if column.type == "keys"]
        self.more = more
        self.tagged = tagged
        self.names = ["pk", *(column.name for column in self.single), *more]
        self.fields = [
            "pk",
            *(
                Cast(c.name, TextField()) if c.type in CLOCKS else self.model._meta.get_field(c.name).attname
                for c in self.single
            ),
            *(as_text(self.model, name) for name in more),
        ]

    def read(self, pks: Sequence[int]) -> Block:
        """The records in the order of ``pks``; what is not there, or not public any more, is left out.

        One query, one for what is tagged, one for each other many-to-many field, and those of `Keys`.
        Columns are worked on as a whole: a step for each cell would take longer than the database.
        """
        is_many = self.table.name in MANY
        records = self.model.objects.published() if is_many else self.model.objects.all()
        values = records.filter(pk__in=among(pks)).order_by().values_list(*self.fields)
        found = {row[0]: row for row in (rows_of(values) if is_many else values)}
        rows = [found[pk] for pk in pks if pk in found]
        read: dict[str, Sequence] = dict(zip(self.names, zip(*rows, strict=True) if rows else repeat(()), strict=False))
        for column in self.single:
            values = read[column.name]
            if column.type in FORMATS:
                read[column.name] = list(map(FORMATS[column.type], values))
            elif column.type == "key":
                read[column.name] = list(map(self.keys.of(column.to, values).__getitem__, values))
        tagged = linked(self.table.name, read["pk"], self.tagged) if self.tagged else {}
        for column in self.many:
            name = TAGGED.get(column.name)
            joined = self.joined(column, tagged[name] if name in tagged else self.links(column, pks))
            read[column.name] = [joined.get(pk, "") for pk in read["pk"]]
        return Block(
            read["pk"],
            {name: read[name] for name in self.table.header},
            {name: read[name] for name in self.more},
            tagged,
        )

    def links(self, column: Column, pks: Sequence[int]) -> Links:
        """The primary keys of a many-to-many field by owner; a query."""
        field: Any = self.model._meta.get_field(column.name)
        owner, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        rows = field.remote_field.through._base_manager.filter(**{f"{owner}__in": among(pks)})
        return by_first(rows.values_list(owner, target))

    def joined(self, column: Column, links: Links) -> dict[int, str]:
        """The keys of what is linked, by owner, in alphabetical order, in one text."""
        known = self.keys.of(column.to, set(chain.from_iterable(links.values())))
        return {
            one: SEPARATOR.join(sorted([key for other in others if (key := known[other])]))
            for one, others in links.items()
        }


def by_first(pairs: Iterable[tuple[int, int]]) -> Links:
    """The second of pairs, each once, by the first."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for one, other in pairs:
        found[one][other] = None
    return {one: list(others) for one, others in found.items()}


def as_text(model: Any, name: str) -> Any:
    """A field, a date as its ISO text: both databases write it so, and nothing has to read it first."""
    return Cast(name, TextField()) if isinstance(model._meta.get_field(name), DateField) else name


@lru_cache(maxsize=10_000)
def moment(value: str) -> str:
    """An instant in UTC, from either database's text of it: 2023-06-15T18:30:00Z, and as many digits as there are.

    Many records were written in one moment, so it is remembered.
    """
    found = datetime.fromisoformat(value)
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=10_000)
def clock(value: str | None) -> str:
    """A time of day, from either database's text of it."""
    return time.fromisoformat(value).isoformat() if value else ""


def iso(value: Any) -> str:
    return "" if value is None else value.isoformat()


def number(value: float | None) -> str:
    """A number as Python reads it back: the same to the last digit."""
    return "" if value is None else repr(value)


#: How values are written that are not texts in the database.
FORMATS: dict[str, Callable[[Any], str]] = {
    "moment": moment,
    "date": iso,
    "time": clock,
    "int": number,
    "float": number,
}
