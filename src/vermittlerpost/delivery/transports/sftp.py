"""A print shop that takes batches by SFTP; the library for it is loaded when it is spoken with."""

import asyncio
import re
import stat
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from vermittlerpost.delivery.transports import Answer, NotTaken, Read, ShopAway
from vermittlerpost.lib import extras

T = TypeVar("T")
Line = Any
"""An open SFTP session of asyncssh, which is no dependency of everybody."""

_TO_CONNECT, _TO_LOG_IN, _FOR_ALL = 10, 20, 600
"""Seconds: for the connection, for the login, and for one conversation as a whole."""
_ANSWERS = re.compile(r"(print_receipts|returns)[\w.-]{0,60}\.(csv|jsonl)", re.ASCII)
_LARGEST_ANSWER = 20 * 2**20
_MOST_ANSWERS = 50
_PROBE = ".vermittlerpost"
_WORKING = "working"


@dataclass(frozen=True, kw_only=True)
class SftpServer:
    """A server of the print shop, known by its key: another one is not spoken with.

    Of an answer that nobody has touched for `settled` it is taken that it is complete.
    """

    host: str
    port: int
    user: str
    folder: str
    host_keys: Sequence[str]
    key: Path | None = None
    password: str = field(default="", repr=False)
    answers_in: str = ""
    settled: timedelta = timedelta(seconds=10)

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Lay files there in their order: each under another name first, compared, and renamed when it is whole."""
        self._speak(partial(_lay, folder=PurePosixPath(self.folder), files=files))

    def check(self) -> str:
        """Return in German how the server is reached; refuses if nothing can be written there."""
        self._speak(self._try_out)
        return f"{self.user}@{self.host}:{self.port} nimmt in {self.folder} an."

    def answers(self) -> Sequence[Answer]:
        """Return the answers that lie there complete, in the order of their names."""
        if not self.answers_in:
            return ()
        return self._speak(partial(_fetch, folder=PurePosixPath(self.answers_in), settled=self.settled))

    def put_away(self, answers: Sequence[Read]) -> None:
        """Lay answers that were read into a folder beside, each with its report."""
        if answers:
            self._speak(partial(_put_away, folder=PurePosixPath(self.answers_in), answers=answers))

    async def _try_out(self, line: Line) -> None:
        await _now_there(line, PurePosixPath(self.folder))
        if self.answers_in:
            await line.readdir(self.answers_in)

    def _speak(self, work: Callable[[Line], Awaitable[T]]) -> T:
        """Have one conversation; whatever goes wrong in it is an OSError that says what, and no secret."""
        ssh = extras.load("asyncssh", extra="sftp")
        ssh.set_log_level("WARNING")  # who asks every five minutes has nothing to tell of each time
        try:
            # In a thread of its own: whoever calls may have a loop of his own running in his.
            with ThreadPoolExecutor(1) as thread:
                return thread.submit(asyncio.run, self._bounded(ssh, work)).result()
        except (ssh.Error, OSError, ValueError) as error:
            raise self._told(ssh, error) from error

    async def _bounded(self, ssh: Any, work: Callable[[Line], Awaitable[T]]) -> T:
        return await asyncio.wait_for(self._converse(ssh, work), _FOR_ALL)

    def _told(self, ssh: Any, error: Exception) -> OSError:
        """Return what went wrong as this transport says it."""
        match error:
            case NotTaken():
                return error
            case ssh.SFTPConnectionLost() | ssh.SFTPNoConnection():
                said = f"{self.host}: Die Verbindung ist abgerissen"
            case ssh.SFTPError():
                return NotTaken(f"{self.host} nimmt nicht an: {error.reason or type(error).__name__}")
            case ssh.HostKeyNotVerifiable():
                said = f"{self.host} weist sich mit einem anderen Schlüssel aus als dem festgelegten"
            case ssh.PermissionDenied():
                said = f"{self.host} lässt {self.user} nicht herein"
            case ssh.KeyImportError() | ssh.KeyEncryptionError() | FileNotFoundError() | PermissionError():
                said = f"Ein Schlüssel ist nicht zu lesen: {error}"
            case _:
                said = f"{self.host}:{self.port} antwortet nicht ({type(error).__name__})"
        return ShopAway(said)

    async def _converse(self, ssh: Any, work: Callable[[Line], Awaitable[T]]) -> T:
        # Nothing is taken from the machine's own configuration: what is not set is not tried.
        connection = ssh.connect(
            self.host,
            self.port,
            config=None,
            username=self.user,
            known_hosts=([ssh.import_public_key(key) for key in self.host_keys], [], []),
            client_keys=[str(self.key)] if self.key else None,
            passphrase=(self.password or None) if self.key else None,
            password=None if self.key else self.password,
            agent_path=None,
            connect_timeout=_TO_CONNECT,
            login_timeout=_TO_LOG_IN,
            keepalive_interval=10,
        )
        async with connection as open_connection, open_connection.start_sftp_client() as line:
            return await work(line)


async def _lay(line: Line, *, folder: PurePosixPath, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        await _put(line, folder / name, content)


async def _put(line: Line, place: PurePosixPath, content: bytes) -> None:
    """Let a file lie there whole; what a broken conversation left under the other name is overwritten."""
    if await _holds(line, place, content):
        return
    ssh, draft = extras.load("asyncssh", extra="sftp"), place.with_name(f".{place.name}.part")
    try:
        await _write(line, draft, content)
        await _prove(line, draft, content)
        await _rename(line, draft, place)
    except (ssh.SFTPError, NotTaken):
        with suppress(ssh.SFTPError):
            await line.remove(draft)
        raise


async def _write(line: Line, place: PurePosixPath, content: bytes) -> None:
    ssh = extras.load("asyncssh", extra="sftp")
    async with line.open(place, "wb") as file:
        await file.write(content)
        with suppress(ssh.SFTPOpUnsupported):
            await file.fsync()


async def _prove(line: Line, draft: PurePosixPath, content: bytes) -> None:
    if not await _holds(line, draft, content):
        raise NotTaken(f"{draft.name} kam verändert an")


async def _holds(line: Line, place: PurePosixPath, content: bytes) -> bool:
    """Tell whether a file is there with exactly this content; it is read back for that."""
    size = await _size(line, place)
    return size == len(content) and await _read(line, place) == content


async def _size(line: Line, place: PurePosixPath) -> int | None:
    ssh = extras.load("asyncssh", extra="sftp")
    try:
        return int((await line.stat(place)).size)
    except (ssh.SFTPNoSuchFile, ssh.SFTPNoSuchPath):
        return None


async def _read(line: Line, place: PurePosixPath) -> bytes:
    async with line.open(place, "rb") as file:
        return bytes(await file.read())


async def _rename(line: Line, draft: PurePosixPath, place: PurePosixPath) -> None:
    """Give a file its name in one step, also where one of that name lies; older servers need it out of the way."""
    ssh = extras.load("asyncssh", extra="sftp")
    try:
        await line.posix_rename(draft, place)
    except ssh.SFTPOpUnsupported:
        if await _size(line, place) is not None:
            await line.remove(place)
        await line.rename(draft, place)


async def _now_there(line: Line, folder: PurePosixPath) -> float:
    """Return the time by the clock of the server, seen from a file that is written for it."""
    await _write(line, folder / _PROBE, b"")
    try:
        return float((await line.stat(folder / _PROBE)).mtime)
    finally:
        await line.remove(folder / _PROBE)


async def _fetch(line: Line, *, folder: PurePosixPath, settled: timedelta) -> list[Answer]:
    """Take answers in hand, so that their sender may use their names again, and return what they say.

    What a dead process had in its hands comes first, and alone.
    """
    working = folder / _WORKING
    in_hand = await _answers_in(line, working)
    if not in_hand and (complete := await _complete(line, folder, settled)):
        await line.makedirs(working, exist_ok=True)
        for name in complete:
            await line.rename(folder / name, working / name)
        in_hand = await _answers_in(line, working)
    return [Answer(name=name, content=await _read(line, working / name)) for name in sorted(in_hand)]


async def _complete(line: Line, folder: PurePosixPath, settled: timedelta) -> list[str]:
    found = await _answers_in(line, folder)
    until = await _now_there(line, folder) - settled.total_seconds() if found else 0
    return sorted(name for name, facts in found.items() if facts.mtime <= until)[:_MOST_ANSWERS]


async def _answers_in(line: Line, folder: PurePosixPath) -> dict[str, Any]:
    ssh = extras.load("asyncssh", extra="sftp")
    try:
        found = {str(one.filename): one.attrs for one in await line.readdir(folder)}
    except (ssh.SFTPNoSuchFile, ssh.SFTPNoSuchPath):
        return {}
    return {name: facts for name, facts in found.items() if _is_answer(name, facts)}


def _is_answer(name: str, facts: Any) -> bool:
    is_file = facts.permissions is None or stat.S_ISREG(facts.permissions)
    return bool(_ANSWERS.fullmatch(name)) and is_file and (facts.size or 0) <= _LARGEST_ANSWER


async def _put_away(line: Line, *, folder: PurePosixPath, answers: Sequence[Read]) -> None:
    for answer in answers:
        place = folder / answer.place
        await line.makedirs(place, exist_ok=True)
        await _write(line, place / f"{answer.new_name}.report.txt", answer.report)
        await _rename(line, folder / _WORKING / answer.name, place / answer.new_name)
