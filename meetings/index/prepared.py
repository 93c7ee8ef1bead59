"""Queries whose SQL is written once."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from meetings.index.among import among
from meetings.index.hits import repeated
from meetings.index.schema import backend


class Prepared:
    """The rows that a query has for given keys, with its SQL written once: for a page of a list, Django takes longer to
    write a query than the database to answer it.

    ``query`` makes it of the sub-select of the keys, and of texts if it takes some, as a ``values_list``. Values come
    as the database has them: dates are texts on SQLite.
    """

    #: Keys that no record has, to find their place among the parameters.
    NONE = (-1, -2)

    def __init__(self, query: Callable[..., QuerySet]):
        self.query = query
        self.known: dict[int, tuple[str, tuple]] = {}

    def written(self, number: int) -> tuple[str, tuple]:
        """The SQL for so many texts, and its parameters."""
        if number not in self.known:
            query = self.query(among(self.NONE), *map(self.stand_in, range(number)))
            self.known[number] = query.query.sql_with_params()
        return self.known[number]

    @staticmethod
    def place_of(keys: Iterable[int]) -> Any:
        """The keys as the parameter that they are."""
        return backend().listed(list(keys))[1][0]

    @staticmethod
    def stand_in(at: int) -> str:
        """What stands for a text, or within one; no text has this in it."""
        return f"\x00{at}\x00"

    def __call__(self, keys: Collection[int], *texts: str) -> list[tuple]:
        """The rows; no query for no keys."""
        if not keys:
            return []
        sql, written = self.written(len(texts))
        none, place = self.place_of(self.NONE), self.place_of(keys)
        parameters = [place if one == none else one for one in written]
        for at, text in enumerate(texts):
            mark = self.stand_in(at)
            parameters = [one.replace(mark, text) if isinstance(one, str) else one for one in parameters]
        return repeated(sql, parameters)
