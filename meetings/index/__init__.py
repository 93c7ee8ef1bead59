"""What is derived for speed. One writer, `refresh`, keeps it true; whoever writes meetings calls it in its transaction."""

from collections.abc import Iterable


def refresh(meetings: Iterable[int]) -> None:
    """Brings everything that is derived from these meetings (primary keys) up to date; called again, changes nothing."""
