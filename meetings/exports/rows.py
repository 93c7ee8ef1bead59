"""Thousands of rows at once, as the database has them."""

from django.db import connection
from django.db.models import QuerySet

from meetings.index.schema import backend


def rows_of(values: QuerySet) -> list:
    """The rows of a ``values_list`` of numbers and texts, without Django's work on each; a query."""
    sql, parameters = values.query.sql_with_params()
    with connection.cursor() as cursor:
        return backend().at_once(cursor, sql, parameters, list(values.query.selected or ()))
