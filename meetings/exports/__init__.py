"""Querysets as bytes, in a stream: what is written is forgotten, so that memory does not grow with it."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet

#: So many records are read together.
CHUNK = 2000


def chunks(records: QuerySet) -> Iterator[list[int]]:
    """The primary keys of records, in their order, some at a time; one query, read in a stream."""
    pks = records.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    while some := list(islice(pks, CHUNK)):
        yield some
