"""Take turns: work of one name waits for other work of that name, in whatever process, until its transaction ends."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def take_turns(name: str) -> None:
    """Wait until nobody else is at this work, then keep everybody else from it until the transaction ends."""
    _lock("SELECT pg_advisory_xact_lock(%s)", name)


def share_turns(name: str) -> None:
    """Wait until nobody has this work to himself; others who share it may go on beside."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)", name)


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Have a work of many transactions to oneself within the block; yields False, at once, if somebody else has it.

    Who dies gives it back with his connection.
    """
    key = [zlib.crc32(name.encode())]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", key)
        (is_mine,) = cursor.fetchone() or (False,)
    try:
        yield is_mine
    finally:
        if is_mine:
            _lock("SELECT pg_advisory_unlock(%s)", name)


def _lock(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [zlib.crc32(name.encode())])
