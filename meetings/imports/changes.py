"""What becomes of a row whose record is there and is not as the row says: changed, or left to its editor.

The history is the memory: the version that this dataset's import wrote last (else the one that was loaded) is what both
sides started from. A row that is as that version was has not changed since, so the record is right, whatever an editor
made of it. A row that did change is written where the record is still that version, and told where it is not.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.imports.insert import link, reason
from meetings.imports.nouns import Draft, Noun
from meetings.imports.report import MOST_LINES, Report
from meetings.imports.values import shown
from meetings.models.base import Stamped
from meetings.models.history import keep_versions


@dataclass(slots=True)
class Difference:
    """A row and its record that are not the same: what each has, by attribute (or many-to-many field), where they
    differ. ``given`` is all that the row says."""

    draft: Draft
    pk: int
    given: dict[str, Any]
    record: dict[str, Any]
    differing: list[str]


class Changes:
    """The changes of one noun by one dataset's import."""

    def __init__(self, noun: Noun, report: Report):
        self.noun = noun
        self.report = report
        self.model = noun.model
        self.mark = f"import: {report.dataset}"[:100]

    def write(self, differences: list[Difference]) -> list[int]:
        """Changes the records that may be, tells of those that may not, and returns the primary keys of the changed."""
        kept = self.kept_versions([one.pk for one in differences])
        starts = self.starts([one.pk for one in differences], kept)
        going = []
        for one in differences:
            start = starts.get(one.pk) if one.pk in kept else one.record
            if start is not None and all(start[name] == value for name, value in one.given.items()):
                self.report.same[self.noun.name] += 1
            elif start is not None and all(start[name] == one.record[name] for name in one.given):
                going.append(one)
            else:
                self.leave(one)
        first = [one.pk for one in going if one.pk not in kept]
        if first:
            keep_versions(self.model, self.model._base_manager.filter(pk__in=first), _("As it was loaded"))
        return self.update(going, history=True)

    def kept_versions(self, pks: list[int]) -> dict[int, tuple[int, str]]:
        """For each record that has a history: the version that it started from (0: made by hand), and that one's
        reason.

        What was made by hand begins with a version that says “made”; loading fixtures leaves one that says “changed”
        of records with many-to-many links.
        """
        found: dict[int, tuple[int, str]] = {}
        versions = self.model.history.model._base_manager.filter(id__in=pks).order_by("history_id")
        rows = versions.values_list("id", "history_id", "history_type", "history_change_reason")
        for pk, version, kind, why in rows:
            if pk not in found:
                found[pk] = (version, "") if why or kind != "+" else (0, "")
            elif why == self.mark:
                found[pk] = (version, why)
        return found

    def starts(self, pks: list[int], kept: dict[int, tuple[int, str]]) -> dict[int, dict[str, Any]]:
        """The values of the versions that records started from, by primary key."""
        versions = [version for version, _why in kept.values() if version]
        history = self.model.history.model
        rows = history._base_manager.filter(history_id__in=versions)
        found = {row["id"]: dict(row) for row in rows.values()}
        of = {row["history_id"]: pk for pk, row in found.items()}
        for name, (_through, _source, target) in self.noun.throughs.items():
            links = defaultdict(set)
            many = getattr(history, name).model._base_manager.filter(history_id__in=versions)
            for version, other in many.values_list("history_id", target):
                links[of[version]].add(other)
            for pk, row in found.items():
                row[name] = links[pk]
        return found

    def leave(self, one: Difference) -> None:
        """Tells of a record that is left as an editor has it."""
        row = one.draft.row
        if self.report.skipped >= MOST_LINES:
            self.report.skip("", row.file, row.line)
            return
        parts = []
        for name in one.differing:
            column = self.model._meta.get_field(name).name
            own = row.told(column, "")
            file, here = shown(own) if own else self.told(name, one.given[name]), self.told(name, one.record[name])
            text = _("%(column)s: the file has %(file)s, here it is %(here)s")
            parts.append(text % {"column": column, "file": file, "here": here})
        told = _("the %(record)s was edited here since it was imported, and is left so. %(parts)s.")
        words = {"record": self.noun.called(one.draft), "parts": "; ".join(parts)}
        self.report.skip(told % words, row.file, row.line)

    def told(self, name: str, value: Any) -> str:
        """A value as a file would have it, a record without a slug by its title; a query for records."""
        field = self.model._meta.get_field(name)
        if field.is_relation and value not in (None, set()):
            others = field.related_model
            pks = value if isinstance(value, set) else [value]
            found = others._base_manager.filter(pk__in=pks).order_by(others.KEY)
            return shown(";".join(one.slug if others.KEY == "slug" else str(one) for one in found))
        return shown("" if value in (None, set()) else value)

    def update(self, differences: list[Difference], *, history: bool) -> list[int]:
        """Writes the differing values; what the database refuses is told. With ``history`` a version is kept of each
        record; without, it was made a moment ago and is not finished yet."""
        if not differences:
            return []
        try:
            with transaction.atomic():
                self.write_all(differences, history)
                return [one.pk for one in differences]
        except (IntegrityError, DataError) as error:
            if len(differences) == 1:
                row = differences[0].draft.row
                self.report.problem(reason(self.model, error), row.file, row.line)
                return []
        half = len(differences) // 2
        return self.update(differences[:half], history=history) + self.update(differences[half:], history=history)

    def write_all(self, differences: list[Difference], history: bool) -> None:
        records = self.model._base_manager.in_bulk([one.pk for one in differences])
        fields: set[str] = set()
        for one in differences:
            for name in one.differing:
                if name not in self.noun.many:
                    setattr(records[one.pk], name, one.given[name])
                    fields.add(self.model._meta.get_field(name).name)
        if history and issubclass(self.model, Stamped):
            fields.add("updated_at")
            for record in records.values():
                record.updated_at = timezone.now()
        fields |= {f.name for f in self.model.derived_fields() if set(f.sources) & fields}
        if fields:
            self.model._base_manager.bulk_update(records.values(), sorted(fields), batch_size=200)
        for name in self.noun.many:
            self.relink(name, [one for one in differences if name in one.differing])
        if history:
            keep_versions(self.model, records.values(), self.mark, changed=True)

    def relink(self, name: str, differences: Iterable[Difference]) -> None:
        """Puts new many-to-many links in the place of the old ones."""
        through, source, target = self.noun.throughs[name]
        new = {one.pk: one.given[name] for one in differences}
        through._base_manager.filter(**{f"{source}__in": list(new)}).delete()
        link(through, source, target, [(pk, other) for pk, others in new.items() for other in sorted(others)])
