"""A database in which commits last, for what only several transactions at once can show."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.models import Place

_HOUSE = "vermittlerpost."
_PATIENCE = 200.0  # as long as the longest test beside this one keeps its transaction open


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let everything be committed within the block; afterwards all tables of the house are empty again."""
    with blocker.unblock():
        try:
            yield
        finally:
            _empty()
            connection.close()


def _empty() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith(_HOUSE)]
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")  # the journal is never emptied otherwise
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        cursor.execute("DELETE FROM procrastinate_jobs")


def at_once(*works: Callable[[], object]) -> None:
    """Do several things at once, each with a connection of its own."""
    threads = [Thread(target=_alone, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _alone(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connection.close()


def follow(*, patience: float = _PATIENCE) -> None:
    """Follow the journal to its end, and wait for other tests that write on the same server."""
    end = time.monotonic() + patience
    while not exchange.follow(limit=5) and time.monotonic() < end and _is_behind():
        time.sleep(0.01)
    while exchange.follow(limit=5):
        pass


def _is_behind() -> bool:
    place = Place.objects.filter(id=1).first()
    return place is None or place.settled < queries.head()
