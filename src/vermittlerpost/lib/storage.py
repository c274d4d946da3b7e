"""Files by the hash of their content: written once, never changed, found again by what they are."""

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO


class Missing(Exception):
    """A file that the database knows by its hash is not in the store."""


class Store:
    """A folder of files; what is the same is kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, contents: Sequence[bytes]) -> list[str]:
        """Keep contents durably and return their SHA-256 in hexadecimal, in the same order.

        All are written before the first is waited for, so that a batch costs hardly more than one file.
        """
        names = [hashlib.sha256(content).hexdigest() for content in contents]
        fresh = {name: content for name, content in zip(names, contents, strict=True) if not self.path(name).exists()}
        with ExitStack() as drafts:
            written = {name: drafts.enter_context(_draft(self.path(name), content)) for name, content in fresh.items()}
            for file in written.values():
                os.fsync(file.fileno())
            for name, file in written.items():
                Path(file.name).replace(self.path(name))
        for folder in {self.path(name).parent for name in fresh}:
            _settle(folder)
        return names

    def get(self, name: str) -> bytes:
        """Return a content by its hash; refuses one that is missing or no longer what it was."""
        try:
            content = self.path(name).read_bytes()
        except FileNotFoundError as error:
            raise Missing(name) from error
        if hashlib.sha256(content).hexdigest() != name:
            raise Missing(f"{name} is damaged")
        return content

    def path(self, name: str) -> Path:
        """Return where a content lies."""
        return self.folder / name[:2] / name


@contextmanager
def _draft(path: Path, content: bytes) -> Iterator[BinaryIO]:
    """Write beside the place where the content will be; what is still a draft at the end is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            yield file
    finally:
        draft.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Folder:
    """A folder of files with names, each written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, content: bytes) -> str:
        """Put a file durably in its place and return the SHA-256 of its content."""
        with _draft(self.path / name, content) as file:
            os.fsync(file.fileno())
            Path(file.name).replace(self.path / name)
        _settle(self.path)
        return hashlib.sha256(content).hexdigest()

    def names(self) -> list[str]:
        """Return the names of the files."""
        if not self.path.is_dir():
            return []
        return sorted(file.name for file in self.path.iterdir() if not file.name.startswith("."))

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no matter."""
        (self.path / name).unlink(missing_ok=True)
