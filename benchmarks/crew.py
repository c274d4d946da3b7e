"""Processes that work side by side, as workers of an installation do."""

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import django

from benchmarks import ground

_SPAWN = get_context("spawn")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a process did: wall and CPU seconds, and what its task returned."""

    seconds: float
    cpu_seconds: float
    result: Any


class Failed(Exception):
    """A process could not do its task; the message is its traceback."""


class Member:
    """One process, with Django set up and a database to work on."""

    def __init__(self, database: str) -> None:
        self._line, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_live, args=(theirs, database), daemon=True)
        self._process.start()
        theirs.close()

    def begin(self, task: Callable[..., Any], *arguments: Any) -> None:
        """Let the process begin a task."""
        self._line.send((task, arguments))

    def finish(self) -> Done:
        """Wait for the end of the task; raises `Failed` if it failed, EOFError if the process died."""
        done = self._line.recv()
        if isinstance(done, str):
            raise Failed(done)
        assert isinstance(done, Done)
        return done

    def do(self, task: Callable[..., Any], *arguments: Any) -> Done:
        """Let the process do a task, and wait for it."""
        self.begin(task, *arguments)
        return self.finish()

    def kill(self) -> None:
        """Kill the process as an operating system does that has run out of memory."""
        assert self._process.pid
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.join()

    def leave(self) -> None:
        """Let the process end."""
        self._line.close()
        self._process.join()


@contextmanager
def crew(size: int, database: str) -> Iterator[Sequence[Member]]:
    """Return processes that are ready to work on a database; they end with the block."""
    members = [Member(database) for _ in range(size)]
    try:
        yield members
    finally:
        for member in members:
            member.leave()


def together(members: Sequence[Member], task: Callable[..., Any], *shares: tuple[Any, ...]) -> list[Done]:
    """Let all begin a task at once, each with its share of arguments, and return what they did."""
    for member, share in zip(members, shares or [()] * len(members), strict=True):
        member.begin(task, *share)
    return [member.finish() for member in members]


def memory() -> float:
    """Return how much memory this process holds now, in MB."""
    return _status("VmRSS")


def most_memory() -> float:
    """Return the most memory that this process ever held, in MB.

    Linux counts in `ru_maxrss` what the parent held when it made this process, so `VmHWM` is asked where there is one.
    """
    return _status("VmHWM")


def _status(name: str) -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(name))
    return int(line.split()[1]) / 2**10


def _live(line: Connection, database: str) -> None:
    django.setup()
    ground.enter(database)
    while True:
        try:
            task, arguments = line.recv()
        except EOFError:
            return
        line.send(_done(task, arguments))


def _done(task: Callable[..., Any], arguments: tuple[Any, ...]) -> Done | str:
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        result = task(*arguments)
    except Exception:  # noqa: BLE001 (whatever it is, the one who waits must know)
        return traceback.format_exc()
    return Done(seconds=time.perf_counter() - wall, cpu_seconds=time.process_time() - cpu, result=result)
