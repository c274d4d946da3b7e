"""The ground to measure on: a throw-away installation with its server, and as many databases as are needed."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import django
from django.core.management import call_command
from django.db import connection
from psycopg import errors, sql

EMPTY = "bench_empty"
"""The database with all tables and no rows; all others are copied from it or from one another."""


def prepare(smtp_port: int) -> None:
    """Point the product at a home, a server and a mail sink of this run alone; call this before anything of it."""
    home = tempfile.mkdtemp(prefix="vermittlerpost_bench_")
    # Said before the server is started, so that it is done after the server has been stopped.
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "VERMITTLERPOST_HOME": home,
        "VERMITTLERPOST_MAIL_TRANSPORT": "smtp",
        "VERMITTLERPOST_SMTP_PORT": str(smtp_port),
        "VERMITTLERPOST_SMTP_TLS": "none",
        "VERMITTLERPOST_BIPRO_REQUESTS_PER_MINUTE": "1000000",  # a brake would be all that is measured
    }
    django.setup()


@contextmanager
def installation() -> Iterator[None]:
    """Make the empty database, and drop it in the end."""
    with database(EMPTY, fill=partial(call_command, "migrate", verbosity=0)):
        yield
    connection.close()


def enter(name: str) -> None:
    """Let this process work on a database from here on."""
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def database(name: str, *, like: str = "template0", fill: Callable[[], object] | None = None) -> Iterator[str]:
    """Copy a database nobody works on, fill the copy, let this process work on it, drop it in the end."""
    before = connection.settings_dict["NAME"]
    connection.close()
    _drop(name)
    _at_the_gate("CREATE DATABASE {} TEMPLATE {}", name, like)
    enter(name)
    try:
        if fill:
            fill()
            # Statistics as a database has them that lives; a plan made from none is another one.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE)")
            connection.close()
        yield name
    finally:
        enter(before)
        _drop(name)


def _drop(name: str) -> None:
    with suppress(errors.InvalidCatalogName):
        _at_the_gate("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _at_the_gate(statement: str, *names: str) -> None:
    # Django's own way to the server when there is no database to connect to, as its tests take it.
    with connection._nodb_cursor() as cursor:  # noqa: SLF001
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
