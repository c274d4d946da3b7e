"""Make a backup while the house works: the database as of one instant, then the files that it speaks of."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from vermittlerpost.interfaces.ops import schema, wiring
from vermittlerpost.interfaces.ops.backup import manifest
from vermittlerpost.interfaces.ops.backup.manifest import BackupDamaged, Manifest
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock, dumps
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.storage.contents import place

FOLDERS = ("print",)
"""What belongs to the database and lies beside it; the letters lie in their store."""


class NotEmpty(Refused):
    """The folder for the backup holds something already."""

    code = "not_empty"


def make(folder: Path) -> Manifest:
    """Save database, letters and print batches into a new folder and return its table of contents.

    Refuses a folder that holds something, and to call a backup what lacks a letter that the database knows.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty("{folder} ist nicht leer. Jede Sicherung bekommt einen Ordner für sich.", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    made_at = clock.now()
    known, chains, entries = _save_database(folder)
    # A PDF is kept before the database knows it, so that what is copied after the database lacks none.
    wiring.letter_store().copy_out(known, folder / manifest.LETTERS)
    for name in FOLDERS:
        _copy(settings.HOME / name, folder / name)
    _refuse_missing(folder, known)
    made = Manifest(
        form=manifest.FORM,
        made_at=made_at,
        migrations=schema.applied(),
        chains=chains,
        entries=entries,
        letters=len(known),
        files=manifest.files_in(folder),
    )
    made.write(folder)
    return made


def _save_database(folder: Path) -> tuple[list[str], int, int]:
    """Dump the database and write the ends of the journal's chains, both as of the same instant."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        dumps.dump(folder / manifest.DATABASE, cursor.fetchone()[0])
        chains, entries = write_heads(folder / manifest.HEADS, journal.heads())
        return list(letters.kept_pdfs()), chains, entries


def write_heads(path: Path, heads: Iterable[tuple[str, int, bytes]]) -> tuple[int, int]:
    """Write one line per chain (subject, length, hash) and return how many chains and entries that are."""
    chains = entries = 0
    with path.open("w", encoding="utf-8") as file:
        for subject, length, head in heads:
            file.write(f"{subject} {length} {head.hex()}\n")
            chains, entries = chains + 1, entries + length
    return chains, entries


def _copy(source: Path, target: Path) -> None:
    """Copy a folder without half-written files; what is removed meanwhile was not to be kept."""
    for path in sorted(source.rglob("*")) if source.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(path, place)
            except FileNotFoundError:
                continue


def _refuse_missing(folder: Path, known: Iterable[str]) -> None:
    for name in known:
        path = folder / manifest.LETTERS / place(name)
        if not path.is_file() or manifest.sha256_of(path) != name:
            raise BackupDamaged(
                "Das PDF {name} fehlt im Bestand oder ist verändert; es gibt keine Sicherung.", name=name
            )
