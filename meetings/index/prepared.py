"""Queries whose SQL is written once."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from meetings.index.among import among
from meetings.index.hits import rows
from meetings.index.schema import backend


class Prepared:
    """The rows that a query has for given keys, with its SQL written once: for a page of a list, Django takes longer to
    write a query than the database to answer it.

    ``query`` makes it of the sub-select of the keys, as a ``values_list``. Values come as the database has them: dates
    are texts on SQLite.
    """

    #: Keys that no record has, to find their place among the parameters.
    NONE = (-1, -2)

    def __init__(self, query: Callable[[RawSQL], QuerySet]):
        self.query = query

    @cached_property
    def written(self) -> tuple[str, list[Any], int]:
        """The SQL, its parameters, and the place of the keys among these."""
        sql, parameters = self.query(among(self.NONE)).query.sql_with_params()
        return sql, list(parameters), parameters.index(self.place_of(self.NONE))

    @staticmethod
    def place_of(keys: Iterable[int]) -> Any:
        """The keys as the parameter that they are."""
        return backend().listed(list(keys))[1][0]

    def __call__(self, keys: Collection[int]) -> list[tuple]:
        """The rows; no query for no keys."""
        if not keys:
            return []
        sql, parameters, at = self.written
        return rows(sql, [*parameters[:at], self.place_of(keys), *parameters[at + 1 :]])
