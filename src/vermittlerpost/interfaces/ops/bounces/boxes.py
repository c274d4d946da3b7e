"""Where bounces are found: a Maildir that the mail server fills, or a mailbox over IMAP."""

import imaplib
import mailbox
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from vermittlerpost.lib.errors import Refused

_AT_MOST = 1_000_000
"""So many bytes of a mail are read; a report is smaller, and what is larger is cut."""
_PATIENCE = 30.0
_IMAPS, _IMAP = 993, 143


class BoxUnreachable(Refused):
    """The mailbox for bounces does not answer as it should."""

    code = "box_unreachable"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A mail in the box; `settle` marks it as read."""

    content: bytes
    settle: Callable[[], object]


class Box(Protocol):
    """A mailbox of which the unread mails can be read one by one."""

    def open(self) -> AbstractContextManager[Iterator[Found]]:
        """Return the unread mails."""
        ...


def box_at(address: str, password: str) -> Box:
    """Return the box of a setting: `maildir:/folder`, or `imaps://user@host/INBOX` with its password."""
    url = urlsplit(address)
    if url.scheme == "maildir":
        return Maildir(path=Path(url.path))
    connect: Callable[..., imaplib.IMAP4] = imaplib.IMAP4_SSL if url.scheme == "imaps" else imaplib.IMAP4
    port = url.port or (_IMAPS if url.scheme == "imaps" else _IMAP)
    return Imap(
        connect=partial(connect, host=url.hostname or "", port=port, timeout=_PATIENCE),
        user=unquote(url.username or ""),
        password=password,
        folder=unquote(url.path.lstrip("/")) or "INBOX",
    )


@dataclass(frozen=True, kw_only=True)
class Maildir:
    """A folder in which each mail is a file."""

    path: Path

    @contextmanager
    def open(self) -> Iterator[Iterator[Found]]:
        """Return the mails that bear no mark of having been seen; refuses a folder that is none."""
        try:
            box = mailbox.Maildir(str(self.path), create=False)
        except mailbox.NoSuchMailboxError as error:
            raise BoxUnreachable("{path} ist kein Maildir.", path=str(self.path)) from error
        yield self._unread(box)

    def _unread(self, box: "mailbox.Maildir") -> Iterator[Found]:
        for key in sorted(box.keys()):
            if "S" not in box.get_message(key).get_flags():
                yield Found(content=box.get_bytes(key)[:_AT_MOST], settle=partial(_mark_seen, box, key))


def _mark_seen(box: "mailbox.Maildir", key: str) -> None:
    message = box.get_message(key)
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message


@dataclass(frozen=True, kw_only=True)
class Imap:
    """A mailbox over IMAP."""

    connect: Callable[[], imaplib.IMAP4]
    user: str
    password: str
    folder: str

    @contextmanager
    def open(self) -> Iterator[Iterator[Found]]:
        """Return the unseen mails; refuses a server that cannot be reached and a login that is not taken."""
        try:
            with self.connect() as server:
                server.login(self.user, self.password)
                _taken(server.select(f'"{self.folder}"'))
                yield self._unread(server)
        except (OSError, imaplib.IMAP4.error) as error:
            why = str(error) or type(error).__name__
            raise BoxUnreachable("Das Postfach für Rückläufer antwortet nicht wie es soll: {why}", why=why) from error

    def _unread(self, server: imaplib.IMAP4) -> Iterator[Found]:
        for number in _taken(server.uid("SEARCH", "UNSEEN"))[0].split():
            mail = number.decode()
            answer = _taken(server.uid("FETCH", mail, f"(BODY.PEEK[]<0.{_AT_MOST}>)"))
            content = next((part[1] for part in answer if isinstance(part, tuple)), b"")
            yield Found(content=content, settle=partial(server.uid, "STORE", mail, "+FLAGS", "(\\Seen)"))


def _taken(answer: tuple[str, Any]) -> Any:
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(str(data))
    return data
