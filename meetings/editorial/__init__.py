"""Every write that touches several records: what an editor decides about them as a whole."""

from meetings.editorial.publication import Outcome, incomplete, missing, publish, retract, submit

__all__ = ["Outcome", "incomplete", "missing", "publish", "retract", "submit"]
