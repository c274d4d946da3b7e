"""A database with all tables and nothing else: migrated once for a run of tests, and copied by whoever needs one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection, connections
from psycopg import sql

from vermittlerpost.interfaces.ops import schema

_numbers = count()
_BEING_MADE = "SELECT pg_advisory_lock(hashtext(%s))"
_IS_THERE = "SELECT count(*) FROM pg_database WHERE datname = %s"


def migrated() -> str:
    """Return its name; of several processes that ask at once, one makes it and the others wait for that.

    It bears the name of the run's own folder, so that no other run, with other migrations, takes it for its own.
    """
    name = f"migrated-{Path(os.environ['VERMITTLERPOST_HOME']).name}"
    with _server() as server:
        server.execute(_BEING_MADE, [name])
        if server.execute(_IS_THERE, [name]).fetchone() == (0,):
            _make(name)
    return name


def _make(name: str) -> None:
    half_made = f"{name}-half"
    order("CREATE DATABASE {} TEMPLATE template0", half_made)
    with moved_to(half_made):
        schema.migrate()
    order("ALTER DATABASE {} RENAME TO {}", half_made, name)


def forget() -> None:
    """Remove it from a server that lives on after the run."""
    order("DROP DATABASE IF EXISTS {}", f"migrated-{Path(os.environ['VERMITTLERPOST_HOME']).name}")


@contextmanager
def copy_of(template: str) -> Iterator[str]:
    """Return the name of a copy of a database; it is gone after the block, whoever is still at work there."""
    name = f"copy_{os.getpid()}_{next(_numbers)}"
    connections.close_all()
    order("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        connections.close_all()
        order("DROP DATABASE {} WITH (FORCE)", name)


def url_of(name: str) -> str:
    """Return how another process finds a database on the server of the tests."""
    return f"postgresql:///{quote(name)}?{urlencode(_parameters())}"


@contextmanager
def moved_to(name: str) -> Iterator[None]:
    """Let this process and its threads work in another database."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    # Threads make their connections from the same settings.
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def order(statement: LiteralString, *names: str) -> None:
    """Let the server make, rename or remove databases."""
    with _server() as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _server() -> Iterator["psycopg.Connection[tuple[int]]"]:
    with psycopg.connect(dbname="postgres", autocommit=True, **_parameters()) as server:
        yield server


def _parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    return {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
