"""Starts and stops what is measured: gunicorn on loopback addresses, and commands whose time and memory count."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
#: Seconds for a server to answer, and to stop.
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Server:
    """A server while a ``with`` block lasts; its words go to ``log``. Entering waits until ``path`` is answered."""

    def __init__(self, arguments: Sequence[str], log: Path, path: str, env: dict[str, str] | None = None):
        self.arguments = arguments
        self.log = log
        self.path = path
        self.env = env or {}
        self.port = 0
        self.process: subprocess.Popen | None = None

    @classmethod
    def gunicorn(cls, module: str, log: Path, path: str, env: dict[str, str] | None = None) -> Self:
        arguments = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--timeout", "600"]
        return cls([*arguments, "--bind", f"{HOST}:{{port}}", module], log, path, env)

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        self.port = free_port()
        arguments = [argument.replace("{port}", str(self.port)) for argument in self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments, cwd=ROOT, env={**os.environ, **self.env}, stdout=log, stderr=log, start_new_session=True
            )
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def wait(self) -> None:
        """Returns when the server answers. Raises RuntimeError when it stops, or is silent for too long."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process and self.process.poll() is None:
            connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
            try:
                connection.request("GET", self.path)
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.2)
            finally:
                connection.close()
        raise RuntimeError(f"{self.arguments[-1]} does not serve: see {self.log}")

    def stop(self) -> None:
        """Ends the server and all that it started."""
        process, self.process = self.process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)

    def restart(self) -> None:
        self.stop()
        self.start()


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def pss(pid: int) -> float:
    """The memory of a process in MB; pages that several share count in parts, so that a sum has each once."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class Memory(threading.Thread):
    """Watches a server: the most that one of its workers had, and all of it together, in MB."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid = pid
        self.worker = self.all = 0.0
        self.over = threading.Event()

    def look(self) -> float:
        """Looks now; the memory of the largest worker."""
        workers = [pss(child) for child in children(self.pid)]
        largest = max(workers, default=0.0)
        self.worker = max(self.worker, largest)
        self.all = max(self.all, sum(workers) + pss(self.pid))
        return largest

    def run(self) -> None:
        while not self.over.wait(1):
            self.look()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.join()


def command(arguments: Sequence[str], log: Path, timeout: float) -> dict[str, Any]:
    """Runs a command to its end: seconds, and the most memory that it had in MB. Raises RuntimeError where it fails."""
    began = time.monotonic()
    with log.open("ab") as out:
        process = subprocess.Popen(arguments, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
        alarm = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
        alarm.start()
        try:
            _pid, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        finally:
            alarm.cancel()
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments[-3:])} ended with {process.returncode}: see {log}")
    return {"seconds": round(time.monotonic() - began, 2), "rss_mb": round(usage.ru_maxrss / 1024, 1)}


def manage(*arguments: str, log: Path, timeout: float) -> dict[str, Any]:
    return command([sys.executable, "manage.py", *arguments], log, timeout)
