"""What a backup holds: each file with its hash, so that nothing is restored that was not saved."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from vermittlerpost.lib.errors import Refused

NAME, DATABASE, HEADS = "manifest.json", "database.dump", "journal-heads.txt"
LETTERS = "letters"
"""The folder of the letters' PDFs, laid out alike whatever store they come from."""
FORM = 1
"""The form of backups; a later one that cannot be read as this one gets another number."""
_CHUNK = 1 << 20


class BackupDamaged(Refused):
    """A backup is not what its manifest says."""

    code = "backup_damaged"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The table of contents: when, which tables, how much; `files` is path -> SHA-256, paths below the backup."""

    form: int
    made_at: datetime
    migrations: Sequence[str]
    chains: int
    entries: int
    letters: int
    files: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Put the manifest into the folder, last of all: a backup without one is none."""
        text = json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """Read the manifest of a backup; refuses a folder without one and a form that is not known."""
    try:
        document = json.loads((folder / NAME).read_text(encoding="utf-8"))
        found = Manifest(**{**document, "made_at": datetime.fromisoformat(document["made_at"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupDamaged(
            "{folder} ist keine vollständige Sicherung: das Verzeichnis der Dateien fehlt oder ist unlesbar.",
            folder=str(folder),
        ) from error
    if found.form != FORM:
        raise BackupDamaged(
            "Die Sicherung hat die Form {found}; diese Version liest nur {known}.",
            found=str(found.form),
            known=str(FORM),
        )
    return found


def files_in(folder: Path) -> dict[str, str]:
    """Return every file below a backup but the manifest, with its hash."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / NAME
    }


def verify(folder: Path) -> Manifest:
    """Compare a backup with its manifest; refuses what is missing, changed or too much, and names it."""
    manifest = read(folder)
    if faults := list(_faults(manifest.files, files_in(folder))):
        more = f" (und {len(faults) - 3} weitere)" if len(faults) > 3 else ""
        raise BackupDamaged("Die Sicherung ist beschädigt: {faults}.", faults="; ".join(faults[:3]) + more)
    return manifest


def _faults(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield f"{name} fehlt"
        elif name not in expected:
            yield f"{name} gehört nicht dazu"
        elif found[name] != expected[name]:
            yield f"{name} ist verändert"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
