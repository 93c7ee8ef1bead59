"""What is derived for speed, so that a million meetings feel like eleven.

`hits` answers which public meetings are asked for, `facets` how many have what, `named` which records are named so,
`near` which words come near those that nothing has; all read the tables of `schema`.
`writer` alone writes them, called by whoever writes records, in the same transaction: `refresh_around(record)`, or for
many `refresh(meetings)` and `refresh_names(model, keys)`.
"""

from meetings.index.check import check
from meetings.index.names import refresh_names
from meetings.index.writer import is_empty, rebuild, refresh, refresh_around

__all__ = ["check", "is_empty", "rebuild", "refresh", "refresh_around", "refresh_names"]
