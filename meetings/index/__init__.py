"""What is derived for speed, so that a million meetings feel like eleven.

`hits` answers which public meetings are asked for, `facets` how many have what; both read the tables of `schema`.
`writer` alone writes them: `refresh(meetings)` is called by whoever writes meetings, `refresh_names` by whoever writes
what has a name, in the same transaction; `affected_by` tells which meetings a change of another record touches.
"""

from meetings.index.check import check
from meetings.index.names import refresh_names
from meetings.index.writer import affected_by, rebuild, refresh

__all__ = ["affected_by", "check", "rebuild", "refresh", "refresh_names"]
