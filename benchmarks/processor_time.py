"""How long processors worked, whoever else was busy on the machine meanwhile; where Linux tells it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_PROC = Path("/proc")


@dataclass(frozen=True, kw_only=True)
class _Process:
    """A process as Linux counts it: seconds of its own, and those of its children that have ended."""

    parent: int
    own: float
    buried: float


def of_database() -> float:
    """Return the seconds that the database server has worked so far; 0 if it runs out of sight."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    backend = _process(pid)
    server = _process(backend.parent) if backend else None
    if backend is None or server is None:
        return 0.0
    pids = [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    family = [one for one in map(_process, pids) if one and one.parent == backend.parent]
    return server.own + server.buried + sum(one.own for one in family)


def of_process(pid: int) -> float:
    """Return the seconds that a process has worked so far; 0 if it runs out of sight."""
    process = _process(pid)
    return process.own if process else 0.0


def _process(pid: int) -> _Process | None:
    """Read proc_pid_stat(5); a process may end while it is read."""
    with suppress(FileNotFoundError, ProcessLookupError):
        # The second field is a name and may hold anything, so the rest is read from behind it.
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        own, buried = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
        ticks = os.sysconf("SC_CLK_TCK")
        return _Process(parent=int(fields[1]), own=own / ticks, buried=buried / ticks)
    return None
