"""How long processors worked, whoever else was busy on the machine meanwhile; where Linux tells it."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def of_database() -> float:
    """Return the seconds that the database server has worked so far; 0 if it runs out of sight."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    if not (_PROC / str(backend) / "stat").exists():
        return 0.0
    server = int(_fields(backend)[1])
    family = [pid for pid in _pids() if int(_fields(pid)[1] if _is_alive(pid) else 0) == server]
    return sum(_own(pid) for pid in [server, *family] if _is_alive(pid)) + _buried(server)


def of_process(pid: int) -> float:
    """Return the seconds that a process has worked so far; 0 if it runs out of sight."""
    return _own(pid) if _is_alive(pid) else 0.0


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())


def _is_alive(pid: int) -> bool:
    return (_PROC / str(pid) / "stat").exists()


def _own(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _buried(pid: int) -> float:
    """Return what the children of a process had worked when they ended."""
    fields = _fields(pid)
    return (int(fields[13]) + int(fields[14])) / _TICKS


def _fields(pid: int) -> list[str]:
    """Return the fields of proc_pid_stat(5) from the third on; the second may hold blanks."""
    return (_PROC / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
