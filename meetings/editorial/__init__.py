"""Every write that touches several records: what an editor decides about them as a whole."""

from meetings.editorial.publication import Outcome, incomplete, missing, publish, retract, submit
from meetings.editorial.status import keep_first_status, keep_status, unsourced_status

__all__ = [
    "Outcome",
    "incomplete",
    "keep_first_status",
    "keep_status",
    "missing",
    "publish",
    "retract",
    "submit",
    "unsourced_status",
]
