"""Each noun as an import writes it: its columns, and how a row of a file is read."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from meetings import words
from meetings.choices import Publication
from meetings.imports.report import Report, Row
from meetings.imports.values import UID, Convert, Wrong, converter, shown
from meetings.models import derived_uid
from meetings.models.neutral import MODELS
from meetings.table import TABLES, Table

#: Where the values of a column's type go, those of all others to the draft's values.
PLACES = {"key": 1, "keys": 2}
#: Stands for the value of an empty cell where there is none.
LACKING = object()


def unknown(value: object) -> object:
    """Raises Wrong: the noun has no such column."""
    raise Wrong(_("There is no such column."))


@dataclass(slots=True)
class Draft:
    """A row that was read. ``values`` are by field, ``links`` keys by column, ``many`` tuples of keys by column.

    ``wanted``: it is to be published, once it is complete. ``wrong``: some of its cells are, and were told.
    """

    row: Row
    key: str
    values: dict[str, Any]
    links: dict[str, str]
    many: dict[str, tuple[str, ...]]
    wanted: bool = False
    wrong: bool = False
    pk: int = 0
    targets: dict[str, Any] = field(default_factory=dict)


class Noun:
    """A file of the neutral format, with the model of its records."""

    def __init__(self, table: Table):
        self.table = table
        self.name = table.name
        self.model = MODELS[table.name]
        self.cells: dict[str, tuple[Convert, str]] = {c.name: (converter(self.model, c), c.type) for c in table.columns}
        self.orders: dict[tuple[str, ...], list[tuple[str, Convert, int, Any]]] = {}
        self.links = {c.name: c.to for c in table.columns if c.type == "key"}
        self.many = {c.name: c.to for c in table.columns if c.type == "keys"}
        self.required = {c.name for c in table.columns if c.required and c.name != table.key}
        self.has_publication = any(c.name == "publication" for c in table.columns)
        self.merges = any(f.name == "merged_into" for f in self.model._meta.fields)

    @property
    def label(self) -> str:
        """What one of them is called."""
        return str(self.model._meta.verbose_name)

    @cached_property
    def throughs(self) -> dict[str, tuple[type[models.Model], str, str]]:
        """The table of each many-to-many field: its model, its columns of the owner and of the target."""
        found = {}
        for name in self.many:
            many = self.model._meta.get_field(name)
            found[name] = (
                many.remote_field.through,
                f"{many.m2m_field_name()}_id",
                f"{many.m2m_reverse_field_name()}_id",
            )
        return found

    def columns(self, names: tuple[str, ...]) -> list[tuple[str, Convert, int, Any]]:
        """For each column of a row: its name, the function of its cells, where their values go (0: values, 1: links,
        2: many), and the value of an empty one, as most are, or `LACKING` where none may be empty."""
        if names not in self.orders:
            found = self.orders[names] = []
            for name in names:
                convert, kind = self.cells.get(name, (unknown, ""))
                empty = LACKING if name in self.required or name not in self.cells else convert("")
                found.append((name, convert, PLACES.get(kind, 0), empty))
        return self.orders[names]

    def read(self, row: Row, report: Report) -> Draft | None:
        """The row with the values of its columns; None for one without a key. What is wrong is told."""
        draft = Draft(row, "", {}, {}, {})
        places = (draft.values, draft.links, draft.many)
        for cell, (name, convert, place, empty) in zip(
            row.values.values(), self.columns(tuple(row.values)), strict=True
        ):
            if cell == "" and empty is not LACKING:
                places[place][name] = empty
                continue
            try:
                value = convert(cell)
                if name in self.required and not (value.strip() if isinstance(value, str) else value):
                    raise Wrong(_("It cannot be empty."))
                places[place][name] = value
            except Wrong as error:
                report.problem(f"{name}: {error}", row.file, row.line)
                draft.wrong = True
        if not self.complete_key(draft):
            if draft.wrong:
                return None
            text = (
                _("A row needs its %(key)s.")
                if self.table.key == "slug"
                else _("A row needs its uid, or an id of your own in a column “id”.")
            )
            report.problem(text % {"key": self.table.key}, row.file, row.line)
            return None
        self.settle_publication(draft)
        return draft

    def complete_key(self, draft: Draft) -> bool:
        """Finds the key, or makes it: a slug of the name, a uid of the columns that tell such rows apart."""
        values, name = draft.values, self.table.key
        key = values.pop(name, "")
        if not key and name == "slug" and values.get("name", "").strip():
            key = words.slugify(values["name"])
        if not key and draft.wrong:
            key = f"{draft.row.file}:{draft.row.line}"  # what it would be made of may be wrong
        elif not key and self.table.identity:
            given = {c: str(draft.links.get(c) or values.get(c, "")) for c in self.table.identity}
            alone = [given[c] for c in self.table.alone]
            key = derived_uid(self.name, "\n".join(alone if alone and all(alone) else given.values()))
        if name == "uid" and not values.get("slug", "x"):
            del values["slug"]
        draft.key = key
        return bool(key)

    def settle_publication(self, draft: Draft) -> None:
        """Takes “published” out of the values: a record becomes so at the end, when it is known to be complete."""
        if self.has_publication and draft.values.get("publication", Publication.PUBLISHED) == Publication.PUBLISHED:
            draft.values.pop("publication", None)
            draft.wanted = True

    def called(self, draft: Draft) -> str:
        """A record as its file calls it: “meeting “1””; without a key where a uid is made of its other columns."""
        own = self.table.key == "slug" or draft.row.values.get("uid")
        return f"{self.label} {shown(draft.row.told('uid', draft.key))}" if own else self.label

    def lacks(self, draft: Draft) -> list[str]:
        """The columns without which no record can be made."""
        return sorted(c for c in self.required if not (draft.values.get(c) or draft.links.get(c)))

    def unknown(self, row: Row, column: str, key: str, known: Any = ()) -> str:
        """That there is no record of this key, with one that may be meant."""
        to = self.links.get(column) or self.many[column]
        message = _("%(column)s: there is no %(noun)s %(key)s, neither in the files nor in the database.") % {
            "column": column,
            "noun": MODELS[to]._meta.verbose_name,
            "key": shown(row.told(column, key)),
        }
        near = words.slugify(key)
        if TABLES[to].key == "slug" and near in known:
            message += " " + _("Is “%(near)s” meant?") % {"near": near}
        if TABLES[to].key == "uid" and not UID.fullmatch(key):
            message += " " + _("Ids of your own need the file that gives them: import %(file)s.csv too.") % {"file": to}
        return message
