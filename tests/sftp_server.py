"""A real SFTP server of a print shop on this machine, with a folder of its own and troubles on demand."""

import asyncio
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh

USER, PASSWORD = "vermittlerpost", "nur-fuer-tests"


class PrintServer:
    """Where the server listens, by which key it is known, what lies on it, and what it is to do wrong."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.port = 0
        self.uploads: list[str] = []
        self.room: int | None = None
        self.drops_after: int | None = None
        self.garbles = False
        self.is_locked = False
        self.renames_over = True
        self.connections: list[Any] = []

    @property
    def host_key(self) -> str:
        """Return the public key as an operator writes it down."""
        return self.key.export_public_key().decode().strip()

    @property
    def incoming(self) -> Path:
        """Return the folder for batches."""
        return self.root / "eingang"

    @property
    def answers(self) -> Path:
        """Return the folder for answers."""
        return self.root / "antworten"

    def drop_all(self) -> None:
        """Cut every line, as a network that fails does."""
        for connection in self.connections:
            connection.abort()


class _Door(asyncssh.SSHServer):
    def __init__(self, server: PrintServer) -> None:
        self._server = server

    def connection_made(self, conn: Any) -> None:
        self._server.connections.append(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class _Files(asyncssh.SFTPServer):
    def __init__(self, chan: Any, server: PrintServer) -> None:
        super().__init__(chan, chroot=os.fsencode(server.root))
        self._server = server

    def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
        if pflags & asyncssh.FXF_WRITE:
            if self._server.is_locked:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            self._server.uploads.append(Path(os.fsdecode(path)).name)
        return super().open(path, pflags, attrs)

    def write(self, file_obj: Any, offset: int, data: bytes) -> int:
        server = self._server
        if server.room is not None and offset + len(data) > server.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if server.drops_after is not None and offset + len(data) > server.drops_after:
            super().write(file_obj, offset, data[: len(data) // 2])
            server.drop_all()
            return 0
        written = super().write(file_obj, offset, b"\0" * len(data) if server.garbles else data)
        assert isinstance(written, int)
        return written

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        if not self._server.renames_over:
            raise asyncssh.SFTPOpUnsupported("no such extension")
        super().posix_rename(oldpath, newpath)


@contextmanager
def serving(root: Path, client_key: Path | None = None) -> Iterator[PrintServer]:
    """Run a server over a folder until the block ends; it lets in the user with his password, or with his key."""
    server = PrintServer(root)
    for folder in (server.incoming, server.answers):
        folder.mkdir(parents=True)
    loop = asyncio.new_event_loop()
    # The loop has its own thread from the start: a browser's may be running in this one.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listener = asyncio.run_coroutine_threadsafe(_listen(server, client_key), loop).result(30)
    server.port = listener.get_port()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_close(listener, server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _listen(server: PrintServer, client_key: Path | None) -> Any:
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[server.key],
        server_factory=lambda: _Door(server),
        sftp_factory=lambda chan: _Files(chan, server),
        authorized_client_keys=str(client_key) if client_key else None,
        config=None,
    )


async def _close(listener: Any, server: PrintServer) -> None:
    server.drop_all()
    listener.close()
    await listener.wait_closed()
    await asyncio.sleep(0)
