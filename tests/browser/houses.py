"""Databases for the browser's tests: one is furnished once, each test works on a copy of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests import databases


@contextmanager
def furnished(furnish: Callable[[], None]) -> Iterator[str]:
    """Return the name of a database with all tables and what `furnish` puts in; it is gone after the block."""
    with databases.copy_of(databases.migrated()) as name:
        with databases.moved_to(name):
            furnish()
        yield name


@contextmanager
def copy_of(template: str) -> Iterator[None]:
    """Let this process and its threads work on a copy of a database."""
    with databases.copy_of(template) as name, databases.moved_to(name):
        yield
