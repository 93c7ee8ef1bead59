"""How a meeting's status changes: what was said before stays readable, and the public reads of no change unsourced."""

from typing import Any

from django.utils.translation import gettext as _

from meetings.choices import Stance
from meetings.models import Meeting, StatusChange


def keep_first_status(meeting: Meeting, before: str, user=None):
    """Keeps the status that a meeting had, of unknown date, unless changes are kept already; one query, or a write."""
    if not meeting.status_changes.exists():
        _keep(meeting, before, user)


def keep_status(meeting: Meeting, user=None):
    """Keeps that the status became what it is, of unknown date, unless the change kept last says so already."""
    last = meeting.status_changes.order_by("pk").last()
    if last is None or last.status != meeting.status:
        _keep(meeting, meeting.status, user)


def unsourced_status(meeting: Meeting) -> list[str]:
    """Asks for a source when the status is another than the one kept first and none tells of it; two queries."""
    changes = [*meeting.status_changes.order_by("pk").values_list("status", "source")]
    if not changes or changes[0][0] == meeting.status:
        return []
    if any(status == meeting.status and source is not None for status, source in changes):
        return []
    if meeting.citations.filter(field="status", stance=Stance.SUPPORTS).exists():
        return []
    told = _(
        "Say who says that it is now “%(status)s”: add a citation about its status, "
        "or a source to the change of status."
    )
    return [told % {"status": meeting.get_status_display()}]


def _keep(meeting: Meeting, status: str, user):
    change: Any = StatusChange(meeting=meeting, status=status)
    if user is not None:
        change._history_user = user
    change.save()
