"""What can be told only when every row is in: circles, what is complete enough for the public, and the index."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from meetings import index
from meetings.choices import Publication
from meetings.editorial import unsourced_status
from meetings.imports.bits import Bits
from meetings.imports.nouns import Draft
from meetings.imports.report import MOST_LINES, Report, Row
from meetings.imports.writer import Writer
from meetings.index.among import among
from meetings.index.schema import backend
from meetings.models import Citation, Meeting, Participation, Place, Statement, StatusChange
from meetings.models.history import keep_versions
from meetings.models.places import DEPTH

#: So many records are looked at together.
BATCH = 2000

#: Of a table that got as many rows as these, the planner knew nothing (1,000 visits kept it busy for hours).
LARGE_TABLE = 500

#: An import that touches a larger part of all meetings than this has the whole index made anew.
LARGE = 0.3

#: Fields of each noun by which a record lies within another of its kind.
INSIDE = {"organizations": "part_of", "places": "within", "meetings": "part_of", "statements": "within"}

Step = Callable[[str, int, int], None]


def finish(writer: Writer, step: Step) -> None:
    """Checks circles, settles what is public, and brings the index up to date; ``step`` is told how far it is."""
    inform(writer)
    for name, field in INSIDE.items():
        refuse_circles(writer, name, field)
    if writer.report.problems:
        return
    settle(writer, "meetings", complete_meetings, step)
    settle(writer, "statements", complete_statements, step)
    bring_up_to_date(writer, step)


def inform(writer: Writer) -> None:
    """Lets the database's planner look at tables that have become much larger, and at those of their links."""
    with connection.cursor() as cursor:
        for name, number in writer.report.made.items():
            if number >= LARGE_TABLE:
                noun = writer.nouns[name]
                models = [noun.model, *(through for through, _source, _target in noun.throughs.values())]
                backend().inform(cursor, [model._meta.db_table for model in models])


def batches(pks: Iterable[int]) -> Iterator[list[int]]:
    """The primary keys in lists of at most BATCH."""
    rest = iter(pks)
    while some := list(islice(rest, BATCH)):
        yield some


def refuse_circles(writer: Writer, name: str, field: str) -> None:
    """Tells of records that lie within themselves, by way of ``field``; a few queries for some thousand records."""
    noun = writer.nouns[name]
    outer: dict[int, int] = {}
    asked: set[int] = set()
    new = list(writer.linked[name])
    while new:
        for pks in batches(new):
            rows = noun.model._base_manager.filter(pk__in=among(pks)).exclude(**{field: None})
            outer.update(rows.values_list("pk", f"{field}_id"))
        asked.update(new)
        new = list(set(outer.values()) - asked)
    wrong = {}
    for pk in writer.linked[name]:
        if (steps := steps_out(pk, outer)) is None:
            wrong[pk] = _("%(field)s: “%(key)s” would then lead back to itself.")
        elif noun.model is Place and steps > DEPTH:
            wrong[pk] = _("%(field)s: “%(key)s” lies too deep, with more than five places around it.")
    keys = dict(noun.model._base_manager.filter(pk__in=wrong).values_list("pk", noun.table.key)) if wrong else {}
    rows = rows_of(writer, name, keys.values())
    for pk, text in wrong.items():
        row = rows[keys[pk]].row
        key = row.told(noun.table.key, keys[pk])
        writer.report.problem(text % {"field": field, "key": key}, row.file, row.line)


def rows_of(writer: Writer, name: str, keys: Iterable[str]) -> dict[str, Draft]:
    """The rows of some records by key. Reads the noun's file again, up to the last of them; where the reader cannot do
    that, the row says the noun alone."""
    noun = writer.nouns[name]
    found = {key: Draft(Row(name, {noun.table.key: key}, name), key, {}, {}, {}) for key in keys}
    left = set(found)
    for row in writer.report.again(name) if left else ():
        key = row.values.get(noun.table.key)
        if not key or key in left:
            draft = noun.read(row, Report(""))
            if draft and draft.key in left:
                left.remove(draft.key)
                found[draft.key] = draft
        if not left:
            break
    return found


def steps_out(pk: int, outer: dict[int, int]) -> int | None:
    """How many records lie around this one; None where they go round in a circle."""
    passed = {pk}
    while (next_one := outer.get(pk)) is not None:
        if next_one in passed:
            return None
        passed.add(next_one)
        pk = next_one
    return len(passed) - 1


def complete_meetings(pks: list[int]) -> dict[int, str]:
    """What keeps some meetings from being public: in words, by primary key; empty for those that are complete."""
    taking_part = Exists(Participation.objects.filter(meeting=OuterRef("pk")))
    cited = Exists(Citation.objects.filter(meeting=OuterRef("pk")))
    changed = Exists(StatusChange.objects.filter(meeting=OuterRef("pk")))
    lacking = {}
    rows = Meeting.objects.filter(pk__in=among(pks)).annotate(taking_part=taking_part, cited=cited, changed=changed)
    for pk, has_parties, has_sources, has_changes in rows.order_by().values_list(
        "pk", "taking_part", "cited", "changed"
    ):
        reasons = [] if has_parties else [_("no participant")]
        reasons += [] if has_sources else [_("no citation")]
        if has_changes and not reasons and unsourced_status(Meeting.objects.get(pk=pk)):
            reasons.append(_("no source for its change of status"))
        lacking[pk] = ", ".join(reasons)
    return lacking


def complete_statements(pks: list[int]) -> dict[int, str]:
    """The same of statements. One whose meeting is no longer or not yet public waits for it, without a word."""
    cited = Q(Exists(Citation.objects.filter(statement=OuterRef("pk"))))
    cited |= Q(Exists(Citation.objects.filter(meeting=OuterRef("meeting"))))
    rows = Statement.objects.filter(pk__in=among(pks)).annotate(
        cited=Exists(Statement.objects.filter(cited, pk=OuterRef("pk")))
    )
    return {
        pk: "" if has_sources else _("no citation") for pk, has_sources in rows.order_by().values_list("pk", "cited")
    }


def settle(writer: Writer, name: str, lacking: Callable[[list[int]], dict[int, str]], step: Step) -> None:
    """Publishes what is to be published and is complete, and makes drafts of what is not.

    An editor's decision stands: what anyone has edited is not published here.
    """
    model = writer.nouns[name].model
    wanted, made = writer.wanted[name], writer.made[name]
    number = len(wanted)
    doubts: dict[str, tuple[str, str]] = {}
    more = 0
    for done, pks in enumerate(batches(wanted)):
        step(_("Checking"), done * BATCH, number)
        why = lacking(pks)
        rows = model._base_manager.filter(pk__in=among(pks)).order_by("pk").values_list("pk", "uid", "publication")
        drafts, ready = [], []
        for pk, uid, publication in rows:
            if why[pk]:
                if publication != Publication.RETRACTED:
                    text = _("the %(record)s is not published: %(why)s.")
                    if publication == Publication.PUBLISHED and pk not in made:
                        text = _("the %(record)s is public, and now lacks something: %(why)s.")
                    if writer.report.doubted + len(doubts) < MOST_LINES:
                        doubts[uid] = text, why[pk]
                    else:
                        more += 1
                if publication == Publication.PUBLISHED and pk in made:
                    drafts.append(pk)
            elif publication == Publication.DRAFT:
                ready.append(pk)
        model._base_manager.filter(pk__in=drafts).update(publication=Publication.DRAFT)
        publish(writer, name, ready)
    for uid, draft in rows_of(writer, name, doubts).items():
        text, lacks = doubts[uid]
        told = text % {"record": writer.nouns[name].called(draft), "why": lacks}
        writer.report.doubt(told, draft.row.file, draft.row.line)
    writer.report.doubted += more


def publish(writer: Writer, name: str, pks: list[int]) -> None:
    """Publishes drafts of earlier imports that no one has touched since, and keeps that in their history."""
    noun = writer.nouns[name]
    history: Any = noun.model.history.model
    mark = writer.changes[name].mark
    loaded = Q(history_type="+") & ~Q(history_change_reason=None)
    edited = history._base_manager.filter(id__in=pks).exclude(loaded | Q(history_change_reason__startswith="import: "))
    going = set(pks) - set(edited.values_list("id", flat=True))
    if not going:
        return
    untouched = noun.model._base_manager.filter(pk__in=going)
    keep_versions(noun.model, untouched, _("As it was loaded"))
    untouched.update(publication=Publication.PUBLISHED, updated_at=writer.started)
    keep_versions(noun.model, noun.model._base_manager.filter(pk__in=going), mark, changed=True)
    new = [pk for pk in going if writer.changed[name].add(pk)]
    writer.report.changed[name] += len(new)
    writer.report.same[name] -= len(new)
    if name == "meetings":
        writer.touched.update(going)
    else:
        meetings = Statement.objects.filter(pk__in=going).exclude(meeting=None)
        writer.touched.update(meetings.values_list("meeting", flat=True))


def bring_up_to_date(writer: Writer, step: Step) -> None:
    """The index, with what was written: all of it anew where that is less work."""
    with connection.cursor() as cursor:
        # First, so that no one changes in between which meetings are concerned.
        backend().take_turn(cursor)
    concerned = writer.touched | moved(writer.changed)
    if len(concerned) > Meeting.objects.count() * LARGE:
        index.rebuild(lambda done, number: step(_("Indexing"), done, number))
        return
    for name, noun in writer.nouns.items():
        for pks in batches(writer.made[name] | writer.changed[name]):
            index.refresh_names(noun.model, pks)
    for done, pks in enumerate(batches(concerned)):
        step(_("Indexing"), done * BATCH, len(concerned))
        index.refresh(pks)
    for pks in batches(writer.made["statements"] | writer.changed["statements"]):
        index.refresh(statements=pks_of(Statement.objects.filter(pk__in=pks, meeting=None)))
    for pks in batches(writer.cited):
        index.refresh(statements=pks)


def moved(changed: dict[str, Bits]) -> Bits:
    """The meetings of which something was derived from places and posts that changed."""
    found = Bits()
    # Two queries: of tables that were filled just now PostgreSQL knows nothing, and would ask for the places anew for
    # each meeting.
    for some in batches(changed.get("places", ())):
        found.update(pks_of(Meeting.objects.filter(place__in=list(pks_of(Place.objects.inside(some))))))
    for some in batches(changed.get("positions", ())):
        found.update(pks_of(Meeting.objects.filter(participations__position__in=some)))
    return found


def pks_of(records: QuerySet) -> Iterable[int]:
    return records.order_by().values_list("pk", flat=True)
