"""Take turns: work of one name waits for other work of that name, in whatever process, until its transaction ends."""

import zlib

from django.db import connection


def take_turns(name: str) -> None:
    """Wait until nobody else is at this work, then keep everybody else from it until the transaction ends."""
    _lock("SELECT pg_advisory_xact_lock(%s)", name)


def share_turns(name: str) -> None:
    """Wait until nobody has this work to himself; others who share it may go on beside."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)", name)


def _lock(statement: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [zlib.crc32(name.encode())])
