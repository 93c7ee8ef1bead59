"""What an earlier import made and these files no longer have: an import deletes nothing, and tells of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from meetings.imports.bits import Bits
from meetings.imports.checks import batches, rows_of
from meetings.imports.report import MOST_LINES
from meetings.imports.writer import Writer
from meetings.index.among import among

#: What files tell of a meeting in rows of its own.
OF_MEETINGS = ("participations", "statements", "status_changes", "citations")


def tell(writer: Writer) -> None:
    """Tells of rows of meetings that these files have, which an import made and no row of theirs is.

    Nouns without a file, and meetings that these files only name, are let be, and so is what an editor made. One query
    for some thousand meetings and noun where there were such rows before.
    """
    found: list[tuple[str, Any]] = []
    more = 0
    for name in OF_MEETINGS:
        if name not in writer.empty and writer.seen[name]:
            for record in left(writer, name, writer.seen["meetings"]):
                if writer.report.doubted + len(found) < MOST_LINES:
                    found.append((name, record))
                else:
                    more += 1
    meetings = rows_of(writer, "meetings", {record.meeting.uid for _name, record in found})
    for name, record in found:
        text = _("%(meeting)s: the %(noun)s “%(record)s” is in the files no longer. Delete it here if it is wrong.")
        meeting = writer.nouns["meetings"].called(meetings[record.meeting.uid])
        told = text % {"meeting": meeting, "noun": writer.nouns[name].label, "record": record}
        writer.report.doubt(told, f"{name}.csv")
    writer.report.doubted += more


def left(writer: Writer, name: str, meetings: Bits) -> Iterator[Any]:
    """The records of a noun in these meetings that no row was of, but for those that an editor made."""
    model: Any = writer.nouns[name].model
    by_hand = model.history.model.objects.filter(history_type="+").exclude(history_user=None)
    for pks in batches(meetings):
        there = model._base_manager.filter(meeting__in=among(pks)).order_by("pk").values_list("pk", flat=True)
        gone = [pk for pk in there if pk not in writer.seen[name]]
        if gone:
            made = model._base_manager.filter(pk__in=gone).exclude(pk__in=by_hand.filter(id__in=gone).values("id"))
            yield from made.select_related("meeting").order_by("pk")
