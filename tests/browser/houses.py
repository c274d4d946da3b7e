"""Databases for the browser's tests: one is furnished once, each test works on a copy of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from django.db import connections
from tests import databases

_numbers = count()


@contextmanager
def furnished(furnish: Callable[[], None]) -> Iterator[str]:
    """Return the name of a database with all tables and what `furnish` puts in; it is gone after the block."""
    with _copy_of(databases.migrated()) as name:
        with databases.moved_to(name):
            furnish()
        yield name


@contextmanager
def copy_of(template: str) -> Iterator[None]:
    """Let this process and its threads work on a copy of a database."""
    with _copy_of(template) as name, databases.moved_to(name):
        yield


@contextmanager
def _copy_of(template: str) -> Iterator[str]:
    name = f"browser_{os.getpid()}_{next(_numbers)}"
    connections.close_all()
    databases.order("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        connections.close_all()
        databases.order("DROP DATABASE {} WITH (FORCE)", name)
