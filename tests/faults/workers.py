"""Workers as a test sees them: real processes that it starts together, holds, lets go on, and finds dead."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 200.0
"""Seconds after which a test gives up; far more than anything takes even where ten others want the processor."""

Task = Sequence[Any]


def sql(statement: str) -> Task:
    """Return the task of executing a statement and telling what it found."""
    return ("sql", " ".join(statement.split()))


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a worker is to do and where: Django's settings of the database, a home for files, the clock.

    `die_at` counts the points at which it can die from 1; `hold_at` is a pattern for the beginning of the name of the
    point where it is held, having passed `holds_after` such points; `starts_at` (`time.monotonic()`) lets several
    start together; who `survives` goes on with the next task when the database or the disk is in trouble.
    """

    database: Mapping[str, Any]
    home: str
    clock: str
    tasks: Sequence[Task]
    die_at: int = 0
    hold_at: str = ""
    holds_after: int = 0
    starts_at: float = 0.0
    survives: bool = False
    largest_file: int = 0
    limits: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, Any] = field(default_factory=dict)


class Failed(AssertionError):
    """A worker ended with an error that nobody expected."""


class Worker:
    """One process at work."""

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.killed_at = ""
        connection.settimeout(PATIENCE)
        self._socket = connection
        self._lines = connection.makefile("rw", encoding="utf-8")

    def held(self) -> str:
        """Wait until it is held, and return where."""
        message = self._heard()
        assert "held" in message, f"The worker was not held: {message}"
        return str(message["held"])

    def go_on(self) -> None:
        """Let it go on."""
        self._lines.write("\n")
        self._lines.flush()

    def results(self) -> list[Any]:
        """Wait for its end, and return what each task came to; raises `Failed` if one failed."""
        message = self._heard()
        if "done" not in message:
            raise Failed(message.get("failed", f"The worker said {message}"))
        return list(message["done"])

    def survived(self) -> bool:
        """Wait for its end, and tell whether it got through; if not, `killed_at` is the point where it died."""
        message = self._heard()
        self.killed_at = str(message.get("killed", ""))
        if "failed" in message:
            raise Failed(message["failed"])
        if self.killed_at:
            assert not self._heard(), "It should be dead."
        return not self.killed_at

    def is_gone(self) -> bool:
        """Tell whether within a moment its process has ended."""
        try:
            psutil.Process(self.pid).wait(PATIENCE)
        except psutil.NoSuchProcess:
            return True
        except psutil.TimeoutExpired:
            return False
        else:
            return True

    def hang_up(self) -> None:
        """Listen to it no more."""
        self._lines.close()
        self._socket.close()

    def _heard(self) -> dict[str, Any]:
        try:
            line = self._lines.readline()
        except ConnectionResetError:
            line = ""
        message = json.loads(line) if line else {}
        if not (message.keys() & {"held", "killed"}):
            self.hang_up()
        return dict(message)


class Forge:
    """Start workers."""

    def __init__(self, process: "subprocess.Popen[str]", listener: socket.socket) -> None:
        self._process, self._listener = process, listener
        self._turn = threading.Lock()
        self._workers: list[Worker] = []

    def start(self, job: Job) -> Worker:
        """Start a worker."""
        with self._turn:
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps({**asdict(job), "port": self._listener.getsockname()[1]}) + "\n")
            self._process.stdin.flush()
            pid = int(self._process.stdout.readline())
            connection, _ = self._listener.accept()
            self._workers.append(Worker(pid, connection))
            return self._workers[-1]

    def do(self, job: Job) -> list[Any]:
        """Let a worker do a job from beginning to end, and return what its tasks came to."""
        return self.start(job).results()

    def dismiss(self) -> None:
        """Hang up on the workers of a test that is over, which ends one that was still held, and see them go."""
        for worker in self._workers:
            worker.hang_up()
        assert all(worker.is_gone() for worker in self._workers)
        self._workers.clear()


@contextmanager
def forge() -> Iterator[Forge]:
    """Keep a process at hand from which workers are forked."""
    with (
        tempfile.TemporaryDirectory(prefix="vermittlerpost-forge-") as home,
        socket.create_server(("127.0.0.1", 0)) as listener,
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forge"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=_environment(home),
            text=True,
        ) as process,
    ):
        listener.settimeout(PATIENCE)
        assert process.stdin
        with process.stdin:
            yield Forge(process, listener)


def _environment(home: str) -> dict[str, str]:
    """Return an environment of the product's own defaults; each job brings its database along."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VERMITTLERPOST_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "vermittlerpost.config.settings",
        "DATABASE_URL": "postgresql://127.0.0.1/named-by-each-job",
        "VERMITTLERPOST_HOME": home,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
