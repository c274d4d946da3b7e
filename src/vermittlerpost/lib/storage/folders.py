"""Files in folders, each written whole or not at all."""

import hashlib
import os
import shutil
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vermittlerpost.lib.storage.contents import Missing, place, proven


class FolderStore:
    """A folder of files by the hash of their content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    def put(self, content: bytes) -> str:
        """Keep a content durably and return its SHA-256 in hexadecimal; several threads may put at once."""
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if not path.exists():
            _write(path, content)
        return name

    def get(self, name: str) -> bytes:
        """Return a content by its hash; refuses one that is missing or no longer what it was."""
        try:
            return proven(name, self.path(name).read_bytes())
        except FileNotFoundError as error:
            raise Missing(name) from error

    def remove(self, name: str) -> None:
        """Remove a content; one that is gone already is no matter."""
        self.path(name).unlink(missing_ok=True)

    def is_empty(self) -> bool:
        """Tell whether nothing at all is kept."""
        return not any(path.is_file() for path in self.folder.rglob("*"))

    def copy_out(self, names: Iterable[str], folder: Path) -> None:
        """Copy contents into a folder that is laid out as this one; passes over what is missing."""
        for name in names:
            path = folder / place(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                shutil.copyfile(self.path(name), path)

    def copy_in(self, folder: Path) -> None:
        """Keep every content of a folder that `copy_out` made."""
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)

    def path(self, name: str) -> Path:
        """Return where a content lies."""
        return self.folder / place(name)


def _write(path: Path, content: bytes) -> None:
    """Write beside the place where the content will be, durably, and put it there; what failed is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)


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
        _write(self.path / name, content)
        return hashlib.sha256(content).hexdigest()

    def read(self, name: str) -> bytes:
        """Return the content of a file; refuses one that is not there with FileNotFoundError."""
        return (self.path / name).read_bytes()

    def names(self) -> list[str]:
        """Return the names of the files."""
        if not self.path.is_dir():
            return []
        return sorted(file.name for file in self.path.iterdir() if not file.name.startswith("."))

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no matter."""
        (self.path / name).unlink(missing_ok=True)
