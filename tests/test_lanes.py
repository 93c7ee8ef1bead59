"""Exports that are read by two threads: the same as by one, in the same order, and nothing stays open."""

import threading
import time
from contextvars import ContextVar
from threading import BoundedSemaphore

import pytest

from meetings.exports import lanes as lanes_module
from meetings.exports import meetings as exported
from meetings.exports.lanes import lanes
from meetings.index.schema import backend
from meetings.models import Meeting
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGE: ContextVar[str] = ContextVar("LANGUAGE", default="none")


@pytest.fixture
def two(monkeypatch):
    """Two lanes, whatever the database; their connections are not asked for anything."""
    monkeypatch.setattr(backend(), "can_share", lambda: True)
    monkeypatch.setattr(backend(), "enter_lane", lambda: None)


def running() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("export")]


def test_chunks_come_out_in_order_whoever_is_ready_first(two):
    def make():
        def work(chunk):
            time.sleep(0.02 if chunk[0] % 2 else 0)
            return f"{chunk[0]} {LANGUAGE.get()}\n".encode()

        return work

    LANGUAGE.set("fr")
    assert b"".join(lanes(make, [[number] for number in range(7)])) == b"".join(b"%d fr\n" % at for at in range(7))
    assert running() == []


def test_what_goes_wrong_is_told_and_ends_the_threads(two):
    def make():
        return lambda chunk: b"%d" % (1 // chunk[0])

    with pytest.raises(ZeroDivisionError):
        list(lanes(make, [[1], [0], [1], [1]]))
    assert running() == []


def test_a_reader_who_leaves_ends_the_threads(two):
    parts = lanes(lambda: lambda chunk: b"x", ([number] for number in range(1_000_000)))
    assert next(parts) == b"x"
    parts.close()
    assert running() == []


def test_one_chunk_and_one_export_too_many_need_no_threads(two, monkeypatch):
    monkeypatch.setattr(lanes_module, "SPARE", BoundedSemaphore(1))

    def work(chunk):
        return threading.current_thread().name.encode()

    def make():
        return work

    own = threading.current_thread().name.encode()
    assert list(lanes(make, [[1]])) == [own]
    first = lanes(make, [[1]] * 9)
    assert next(first).startswith(b"export")
    assert list(lanes(make, [[1]] * 2)) == [own, own]
    first.close()
    assert lanes_module.SPARE.acquire(blocking=False)


def test_a_file_is_the_same_from_one_lane_and_from_several(monkeypatch):
    for number in range(7):
        meeting = factories.MeetingFactory(published=True, title=f"Talks, {number}", summary="“Said”\nso")
        factories.ParticipationFactory(meeting=meeting, country=factories.CountryFactory())
    keys = list(Meeting.objects.values_list("pk", flat=True))
    chunks = [keys[:3], keys[3:5], keys[5:]]
    several = b"".join(exported.as_csv(chunks, "http://testserver"))
    assert backend().can_share()
    monkeypatch.setattr(backend(), "can_share", lambda: False)
    assert b"".join(exported.as_csv(chunks, "http://testserver")) == several
    assert several.count(b"\r\n") == 8
