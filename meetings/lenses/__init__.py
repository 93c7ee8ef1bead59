"""A queryset or a record, seen in one way: plain data for pages."""
