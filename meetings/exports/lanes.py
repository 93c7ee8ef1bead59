"""Chunks of an export, worked on side by side."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from contextvars import copy_context
from itertools import chain, cycle, islice
from threading import BoundedSemaphore

from django.db import connections

from meetings.index.schema import backend

#: A function that makes of the primary keys of a chunk what is written.
Work = Callable[[list[int]], bytes]

#: Threads for one export. So many exports of a process may have them at a time; others read by themselves.
LANES = 2
SPARE = BoundedSemaphore(2)


def lanes(make: Callable[[], Work], chunks: Iterable[list[int]]) -> Iterator[bytes]:
    """What the functions that ``make`` makes turn the chunks into, in their order.

    Of more than one chunk, two threads take turns, each with a function and a connection of its own: one waits for the
    database while the other writes.
    """
    chunks = iter(chunks)
    first = list(islice(chunks, 2))
    if len(first) < 2 or not backend().can_share() or not SPARE.acquire(blocking=False):
        yield from map(make(), chain(first, chunks))
        return
    begun: deque[Future[bytes]] = deque()
    with ExitStack() as stack:
        stack.callback(SPARE.release)
        threads = [stack.enter_context(ThreadPoolExecutor(1, "export")) for _lane in range(LANES)]
        for thread in threads:
            stack.callback(thread.submit, connections.close_all)
            thread.submit(backend().enter_lane)
        for (thread, work), chunk in zip(cycle([(thread, make()) for thread in threads]), chain(first, chunks)):
            # In the reader's language, and whatever else belongs to the request.
            begun.append(thread.submit(copy_context().run, work, chunk))
            if len(begun) > LANES:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
