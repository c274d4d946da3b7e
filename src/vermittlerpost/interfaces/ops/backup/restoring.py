"""Restore a backup into an empty house, and prove that all of it is there."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from django.conf import settings

from vermittlerpost.interfaces.ops import schema, wiring
from vermittlerpost.interfaces.ops.backup import manifest
from vermittlerpost.interfaces.ops.backup.making import FOLDERS, NotEmpty
from vermittlerpost.interfaces.ops.backup.manifest import BackupDamaged, Manifest
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import dumps, parallel
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.storage import Store


class MadeByLaterVersion(Refused):
    """The backup has tables that this version does not know."""

    code = "made_by_later_version"


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored and proven."""

    made_at: datetime
    chains: int
    entries: int
    letters: int
    files: int
    is_current: bool


def restore(folder: Path) -> Restored:
    """Restore a backup and check it: hashes before, journal and letters after.

    Refuses a damaged backup, one of a later version, and a house that is not empty; nothing is touched then.
    """
    found = manifest.verify(folder)
    if unknown := sorted(set(_of_ours(found)) - set(schema.known())):
        raise MadeByLaterVersion("Die Sicherung stammt von einer neueren Version ({table}).", table=unknown[-1])
    store = wiring.letter_store()
    _refuse_full_house(store)
    if (folder / manifest.LETTERS).is_dir():
        store.copy_in(folder / manifest.LETTERS)
    for name in FOLDERS:
        if (folder / name).is_dir():
            shutil.copytree(folder / name, settings.HOME / name, dirs_exist_ok=True)
    dumps.restore(folder / manifest.DATABASE)
    _refuse_broken_journal(folder / manifest.HEADS)
    return Restored(
        made_at=found.made_at,
        chains=found.chains,
        entries=found.entries,
        letters=_letters_found(found, store),
        files=len(found.files),
        is_current=schema.is_current(),
    )


def _of_ours(found: Manifest) -> Iterator[str]:
    # Libraries may rename and squash theirs between versions; ours are never taken back.
    rooms = {known.split(".")[0] for known in schema.of_the_house()}
    return (one for one in found.migrations if one.split(".")[0] in rooms)


def _refuse_full_house(store: Store) -> None:
    if not dumps.is_empty():
        raise NotEmpty("Die Datenbank ist nicht leer. Eine Sicherung wird nur in eine leere eingespielt.")
    if not store.is_empty():
        raise NotEmpty("{place} ist nicht leer. Bitte zuerst beiseitelegen.", place=str(store))
    for name in FOLDERS:
        if any(path.is_file() for path in (settings.HOME / name).rglob("*")):
            raise NotEmpty("{folder} ist nicht leer. Bitte zuerst beiseitelegen.", folder=str(settings.HOME / name))


def _refuse_broken_journal(heads: Path) -> None:
    """Compute every chain anew from its entries; it must end as it did when the backup was made."""
    with heads.open(encoding="utf-8") as lines:
        found = (f"{subject} {length} {head.hex()}" for subject, length, head in journal.ends_found())
        for expected, end in zip_longest((line.rstrip("\n") for line in lines), found):
            if expected != end:
                subject = (expected or end or "").split(" ")[0]
                raise BackupDamaged("Die Journalkette zu {subject} ist nicht die gesicherte.", subject=subject)


def _letters_found(found: Manifest, store: Store) -> int:
    count = sum(1 for _ in parallel.answers(store.get, letters.kept_pdfs()))
    if count != found.letters:
        raise BackupDamaged(
            "{saved} Schreiben wurden gesichert, {count} sind wieder da.", saved=str(found.letters), count=str(count)
        )
    return count
