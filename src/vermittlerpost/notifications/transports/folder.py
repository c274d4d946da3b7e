"""Mails as files, for a look at them where nothing may leave the house."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import errorcode
from hashlib import sha256
from pathlib import Path

from vermittlerpost.notifications.transports import Envelope, Outcome, Result, Transport

_MESSAGE_ID = re.compile(rb"^Message-ID:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, kw_only=True)
class MailFolder:
    """Keep each mail as one `.eml` file, named by mail and Message-ID, so that a repetition adds none."""

    path: Path

    @contextmanager
    def open(self) -> "Iterator[MailFolder]":
        """Return the folder as a line; it is made when the first mail needs it."""
        yield self

    def send(self, batch: Iterable[Envelope]) -> Iterator[Result]:
        """Write each mail in one piece; what the disk refuses can be tried again."""
        for envelope in batch:
            try:
                self._write(envelope)
            except OSError as error:
                reason = f"Datei: {errorcode.get(error.errno or 0, 'Fehler')}"
                yield Result(mail=envelope.mail, outcome=Outcome.REFUSED_TEMPORARILY, reason=reason)
            else:
                yield Result(mail=envelope.mail, outcome=Outcome.SENT)

    def names(self) -> list[str]:
        """Return the names of the files, the one that was written last first."""
        written = [(file.stat().st_mtime_ns, file.name) for file in self.path.glob("*.eml")]
        return [name for _, name in sorted(written, reverse=True)]

    def read(self, name: str) -> bytes:
        """Return a mail by the name of its file; refuses with KeyError what `names` does not list."""
        if name not in self.names():
            raise KeyError(name)
        return (self.path / name).read_bytes()

    def _write(self, envelope: Envelope) -> None:
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / file_name(envelope)
        unfinished = file.with_suffix(f".{os.getpid()}.tmp")
        try:
            unfinished.write_bytes(envelope.data)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)


def file_name(envelope: Envelope) -> str:
    """Return the name of a mail's file: the same mail has the same name for ever."""
    found = _MESSAGE_ID.search(envelope.data)
    mark = sha256(f"{envelope.mail} ".encode() + (found[1] if found else b"")).hexdigest()[:8]
    return f"{_UNSAFE.sub('_', envelope.mail)}-{mark}.eml"


FOLDER = Transport(title="Ordner", destination=MailFolder)
