"""How editors write: one page a record, drafts first, and nothing that a form cannot refuse kindly."""

from meetings.admin import meetings, officials, parties, places, runs, sources, statements

__all__ = ["meetings", "officials", "parties", "places", "runs", "sources", "statements"]
