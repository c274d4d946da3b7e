"""Databases for the browser's tests: one is furnished once, each test works on a copy of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from django.db import connection, connections
from psycopg import sql

from vermittlerpost.interfaces.ops import schema

_numbers = count()


@contextmanager
def furnished(furnish: Callable[[], None]) -> Iterator[str]:
    """Return the name of a database with all tables and what `furnish` puts in; it is gone after the block."""
    with _copy_of("template0") as name:
        with _moved_to(name):
            schema.migrate()
            furnish()
        yield name


@contextmanager
def copy_of(template: str) -> Iterator[None]:
    """Let this process and its threads work on a copy of a database."""
    with _copy_of(template) as name, _moved_to(name):
        yield


@contextmanager
def _copy_of(template: str) -> Iterator[str]:
    name = f"browser_{os.getpid()}_{next(_numbers)}"
    connections.close_all()
    _order("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        connections.close_all()
        _order("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def _moved_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connections.close_all()
    # Threads make their connections from the same settings.
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def _order(statement: str, *names: str) -> None:
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    wanted = {key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if parameters.get(key)}
    with psycopg.connect(**wanted, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
