"""Let COPY write search words: the driver does not know PostgreSQL's tsvector by itself."""

from collections.abc import Iterable
from struct import pack

import psycopg
from psycopg import postgres
from psycopg.adapt import Dumper
from psycopg.pq import Format

_NO_POSITIONS = b"\0" + pack("!H", 0)


class _Lexemes(Dumper):
    """Write words as `tsvectorrecv` reads them: their number, then each with an end and without positions."""

    format = Format.BINARY
    oid = postgres.types["tsvector"].oid

    def dump(self, obj: Iterable[str]) -> bytes:
        words = [word.encode() for word in obj]
        return pack("!i", len(words)) + b"".join(word + _NO_POSITIONS for word in words)


def register() -> None:
    """Let every connection that is opened from here on write a tsvector from the words that it is to hold."""
    psycopg.adapters.register_dumper(None, _Lexemes)
