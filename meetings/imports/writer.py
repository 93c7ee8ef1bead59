"""The one writer of all imports: rows in, records out, a few statements for some thousand rows."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import words
from meetings.choices import Publication
from meetings.imports.bits import Bits
from meetings.imports.changes import Changes, Difference
from meetings.imports.insert import Inserter, Made, link
from meetings.imports.keys import Keys
from meetings.imports.nouns import Draft, Noun
from meetings.imports.report import Report, Row
from meetings.models import Meeting, Participation, Statement
from meetings.table import TABLES

#: So many rows are written together.
BATCH = 4000


class Writer:
    """Takes rows in any order in which a key is known before it is named; links within a noun may point forward.

    ``made`` and ``seen`` are the records of this import by noun, ``wanted`` those that are to be published,
    ``changed`` those that were there and were changed, ``linked`` those with links within their noun, ``touched``
    the meetings that something was written about, and ``cited`` the statements that citations were written of.
    """

    def __init__(self, report: Report):
        self.report = report
        self.nouns = {name: Noun(table) for name, table in TABLES.items()}
        self.inserters = {name: Inserter(noun.model, noun.table.key) for name, noun in self.nouns.items()}
        self.changes = {name: Changes(noun, report) for name, noun in self.nouns.items()}
        self.keys = Keys(self.nouns)
        self.waiting: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.number = 0
        self.later: dict[str, list[Row]] = defaultdict(list)
        self.wrong = report.wrong
        self.gone: dict[str, set[str]] = defaultdict(set)
        self.made: dict[str, Bits] = defaultdict(Bits)
        self.seen: dict[str, Bits] = defaultdict(Bits)
        self.changed: dict[str, Bits] = defaultdict(Bits)
        self.linked: dict[str, Bits] = defaultdict(Bits)
        self.wanted: dict[str, Bits] = defaultdict(Bits)
        self.touched = Bits()
        self.cited = Bits()
        # Where there was nothing, only a second row of the same key could be there: the database tells of that.
        self.empty = {name for name, noun in self.nouns.items() if not noun.model._base_manager.exists()}
        self.started = timezone.now()

    def add(self, row: Row) -> None:
        if row.noun not in self.waiting:
            raise LookupError(f"There is no noun “{row.noun}”.")
        self.waiting[row.noun].append(row)
        if row.only_new:
            self.empty.discard(row.noun)
        self.number += 1
        if self.number >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes what is waiting, each noun after those that it builds on."""
        for name, rows in self.waiting.items():
            if rows:
                self.waiting[name] = []
                self.write(self.nouns[name], rows)
        self.number = 0

    def close(self) -> None:
        """Writes the rest, and the rows that named records of their own noun before these were there."""
        self.flush()
        for name, rows in self.later.items():
            for at in range(0, len(rows), BATCH):
                self.write(self.nouns[name], rows[at : at + BATCH], again=True)

    def write(self, noun: Noun, rows: list[Row], *, again: bool = False) -> None:
        """Makes and changes the records of some rows; ``again``: rows that had to wait, all keys being known now."""
        drafts = self.read(noun, rows)
        there = self.records(noun, drafts) if again or noun.name not in self.empty else {}
        self.resolve(noun, drafts, there, again)
        new: list[Draft] = []
        old: list[Draft] = []
        for draft in drafts.values():
            if draft.key in there:
                if self.take(noun, draft, there[draft.key], again=again):
                    old.append(draft)
            elif not again:
                new.append(draft)
        self.make(noun, self.not_deleted(noun, new))
        self.change(noun, old, there)

    def read(self, noun: Noun, rows: Iterable[Row]) -> dict[str, Draft]:
        """The rows by their key; one that stands there twice is told."""
        drafts: dict[str, Draft] = {}
        for row in rows:
            draft = noun.read(row, self.report)
            if draft is None:
                self.wrong[noun.name].add(str(row.values.get(noun.table.key, "")))
            elif draft.key not in drafts:
                drafts[draft.key] = draft
            elif not row.only_new:
                self.twice(noun, draft)
        return drafts

    def twice(self, noun: Noun, draft: Draft) -> None:
        column, key = noun.table.key, draft.row.told(noun.table.key, draft.key)
        text = _("%(column)s: “%(key)s” stands in two rows of this import; each record has one.")
        told = text % {"column": column if key == draft.key else "id", "key": key}
        self.report.problem(told, draft.row.file, draft.row.line)

    def records(self, noun: Noun, drafts: dict[str, Draft]) -> dict[str, dict[str, Any]]:
        """What the database has of these rows: by key, values by attribute, of the columns that a row gives."""
        columns = {column: None for draft in drafts.values() for column in (*draft.values, *draft.links)}
        names = [noun.model._meta.get_field(column).attname for column in columns]
        extra = ["publication"] * noun.has_publication + ["merged_into_id"] * noun.merges
        # Of what meeting and statement a row is has to be known, whether its file says it or not.
        extra += [f"{link}_id" for link in ("meeting", "statement") if link in noun.links]
        wanted = dict.fromkeys([noun.table.key, "id", *names, *extra])
        found = noun.model._base_manager.filter(**{f"{noun.table.key}__in": list(drafts)}).order_by()
        there = {row[0]: dict(zip(wanted, row, strict=True)) for row in found.values_list(*wanted)}
        if there:
            self.add_many(noun, {record["id"]: record for record in there.values()})
        return there

    def add_many(self, noun: Noun, records: dict[int, dict[str, Any]]) -> None:
        """Adds the many-to-many links of records, as sets of primary keys; a query for each such field."""
        for name, (through, source, target) in noun.throughs.items():
            for record in records.values():
                record[name] = set()
            links = through._base_manager.filter(**{f"{source}__in": list(records)})
            for owner, other in links.values_list(source, target):
                records[owner][name].add(other)

    def resolve(self, noun: Noun, drafts: dict[str, Draft], there: dict, again: bool) -> None:
        """Finds what the rows name. A row that names what is not there is taken out, or made without and kept for
        later where that may still come."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for draft in drafts.values():
            for column, key in draft.links.items():
                if key:
                    wanted[noun.links[column]].add(key)
            for column, keys in draft.many.items():
                wanted[noun.many[column]].update(keys)
        known = {name: self.keys.of(name, keys) for name, keys in wanted.items()}
        for key, draft in list(drafts.items()):
            if not self.find(noun, draft, known, again) or draft.wrong:
                del drafts[key]
                if key not in self.gone[noun.name]:
                    self.wrong[noun.name].add(key)
            elif draft.targets.pop("later", False):
                if key not in there or not draft.row.only_new:
                    self.later[noun.name].append(draft.row)
                if key in there:
                    del drafts[key]

    def find(self, noun: Noun, draft: Draft, known: dict[str, dict[str, int]], again: bool) -> bool:
        """Finds what one row names; whether it can be written."""
        right = True
        for column, key in draft.links.items():
            to = noun.links[column]
            pk = known[to].get(key) if key else None
            if key and pk is None:
                right &= self.missing(noun, draft, column, key, known[to], again)
            else:
                draft.targets[noun.model._meta.get_field(column).attname] = pk
        for column, keys in draft.many.items():
            to = noun.many[column]
            lacking = [key for key in keys if key not in known[to]] if keys else []
            for key in lacking:
                right &= self.missing(noun, draft, column, key, known[to], again)
            if not lacking:
                draft.targets[column] = {known[to][key] for key in keys}
        return right

    def missing(self, noun: Noun, draft: Draft, column: str, key: str, known: dict[str, int], again: bool) -> bool:
        """What to do about a key that names nothing yet; whether the row can be written all the same."""
        to = noun.links.get(column) or noun.many[column]
        if key in self.wrong[to] or to in self.report.unread:
            return False
        if key in self.gone[to]:
            text = _("%(column)s: an editor deleted “%(key)s” here.")
            told = text % {"column": column, "key": draft.row.told(column, key)}
            self.report.skip(told, draft.row.file, draft.row.line)
            self.gone[noun.name].add(draft.key)
            return False
        if to == noun.name and not again:
            draft.targets["later"] = True
            return True
        self.report.problem(noun.unknown(draft.row, column, key, known), draft.row.file, draft.row.line)
        return False

    def take(self, noun: Noun, draft: Draft, record: dict[str, Any], *, again: bool) -> bool:
        """Notes a row whose record is there; whether the two are to be compared."""
        draft.pk = record["id"]
        if again and draft.pk in self.made[noun.name]:
            return True
        if not self.seen[noun.name].add(draft.pk):
            if not draft.row.only_new:
                self.twice(noun, draft)
            return False
        if draft.row.only_new or record.get("merged_into_id"):
            self.report.same[noun.name] += 1
            return False
        if draft.wanted:
            self.wanted[noun.name].add(draft.pk)
        return True

    def not_deleted(self, noun: Noun, drafts: list[Draft]) -> list[Draft]:
        """The rows but for those whose record an editor deleted, which are told; a query or two."""
        if not drafts:
            return drafts
        deleted = noun.model.history.model._base_manager.filter(history_type="-").exclude(history_user=None)
        if not deleted.exists():
            return drafts
        keys = set(
            deleted.filter(**{f"{noun.table.key}__in": [draft.key for draft in drafts]}).values_list(
                noun.table.key, flat=True
            )
        )
        for draft in drafts:
            if draft.key in keys:
                text = _("an editor deleted the %(record)s here, and it stays so.") % {"record": noun.called(draft)}
                self.report.skip(text, draft.row.file, draft.row.line)
        self.gone[noun.name] |= keys
        return [draft for draft in drafts if draft.key not in keys]

    def make(self, noun: Noun, drafts: list[Draft]) -> None:
        """Makes records, with their links."""
        ready = []
        for draft in drafts:
            lacking = noun.lacks(draft)
            for column in lacking:
                self.report.problem(f"{column}: " + _("A new record needs it."), draft.row.file, draft.row.line)
            if lacking:
                self.wrong[noun.name].add(draft.key)
            else:
                ready.append(draft)
        if not ready:
            return

        def refused(number: int, why: str) -> None:
            draft = ready[number]
            self.wrong[noun.name].add(draft.key)
            if why:
                self.report.problem(why, draft.row.file, draft.row.line)
            else:
                self.twice(noun, draft)

        made = self.inserters[noun.name].insert([values_of(noun, draft) for draft in ready], refused, self.started)
        self.keys.add(noun.name, made)
        self.report.made[noun.name] += len(made)
        ready = [draft for draft in ready if draft.key in made]
        for draft in ready:
            draft.pk = made[draft.key]
            self.made[noun.name].add(draft.pk)
            self.seen[noun.name].add(draft.pk)
            if draft.wanted:
                self.wanted[noun.name].add(draft.pk)
        for name, through in noun.throughs.items():
            pairs = [(draft.pk, pk) for draft in ready for pk in sorted(draft.targets.get(name, ()))]
            link(*through, pairs)
        self.note(noun, ready)

    def change(self, noun: Noun, drafts: list[Draft], there: dict[str, dict[str, Any]]) -> None:
        """Compares rows with their records, and changes these where that is right."""
        own: list[Difference] = []
        others: list[Difference] = []
        for draft in drafts:
            record = there[draft.key]
            given = {**draft.values, **draft.targets}
            for name in ("created_at", "updated_at"):
                given.pop(name, None)
            differing = [name for name, value in given.items() if record[name] != value]
            if not differing:
                self.report.same[noun.name] += draft.pk not in self.made[noun.name]
                continue
            one = Difference(draft, draft.pk, given, record, differing)
            (own if draft.pk in self.made[noun.name] else others).append(one)
        self.changes[noun.name].update(own, history=False)
        changed = set(self.changes[noun.name].write(others)) if others else set()
        self.report.changed[noun.name] += len(changed)
        self.note(noun, [one.draft for one in own])
        done = [one for one in others if one.pk in changed]
        self.note(noun, [one.draft for one in done], [one.record for one in done])
        self.changed[noun.name].update(changed)

    def check_posts(self, drafts: list[Draft]) -> None:
        """Tells of participations whose post is another official's; a query where there are posts."""
        posts = {draft.pk: draft for draft in drafts if draft.targets.get("position_id")}
        own = Participation.objects.filter(pk__in=posts, position__official=F("official"))
        for pk in posts.keys() - set(own.values_list("pk", flat=True) if posts else ()):
            row, key = posts[pk].row, posts[pk].links["position"]
            text = _("position: “%(key)s” is a post of another official.") % {"key": row.told("position", key)}
            self.report.problem(text, row.file, row.line)

    def note(self, noun: Noun, drafts: list[Draft], before: Iterable[dict[str, Any]] = ()) -> None:
        """Keeps in mind which meetings were written about, and whose links within the noun have to be checked."""
        if noun.name == "meetings":
            self.touched.update(draft.pk for draft in drafts)
        for values in (*(draft.targets for draft in drafts), *before):
            if meeting := values.get("meeting_id"):
                self.touched.add(meeting)
        for column, to in noun.links.items():
            if to == noun.name:
                attname = f"{column}_id"
                self.linked[noun.name].update(draft.pk for draft in drafts if draft.targets.get(attname))
        if noun.name == "participations":
            self.check_posts(drafts)
        if noun.name == "citations":
            named = [*(draft.targets for draft in drafts), *before]
            statements = {one["statement_id"] for one in named if one.get("statement_id")}
            self.cited.update(statements)
            meetings = Statement.objects.filter(pk__in=statements).exclude(meeting=None)
            self.touched.update(meetings.values_list("meeting_id", flat=True) if statements else ())


def values_of(noun: Noun, draft: Draft) -> Made:
    """What a new record's columns hold, by attribute."""
    values = {**draft.values, **draft.targets, noun.table.key: draft.key}
    if draft.wanted:
        values["publication"] = Publication.PUBLISHED.value
    if noun.model is Meeting and not values.get("slug"):
        values["slug"] = words.slugify(values["title"])
    return values
