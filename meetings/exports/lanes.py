"""Chunks of an export, worked on side by side."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

from django.db import connections

from meetings.index.schema import backend

#: A function that makes of the primary keys of a chunk what is written.
Work = Callable[[list[int]], bytes]


def lanes(make: Callable[[], Work], chunks: Iterable[list[int]]) -> Iterator[bytes]:
    """What the functions that ``make`` makes turn the chunks into, in their order.

    Two threads take turns, each with a function and a connection of its own: one waits for the database while the
    other writes.
    """
    number = backend().lanes()
    if number == 1:
        yield from map(make(), chunks)
        return
    threads = [ThreadPoolExecutor(1, "export", initializer=backend().enter_lane) for _lane in range(number)]
    works = [make() for _lane in threads]
    begun: deque[Future[bytes]] = deque()
    try:
        for at, chunk in enumerate(chunks):
            lane = at % len(threads)
            # In the reader's language, and whatever else belongs to the request.
            begun.append(threads[lane].submit(copy_context().run, works[lane], chunk))
            if len(begun) > len(threads):
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
    finally:
        for thread in threads:
            thread.submit(connections.close_all)
            thread.shutdown()
