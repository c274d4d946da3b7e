"""Looks at what this process stands on: settings, folders, database."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import schema, wiring
from vermittlerpost.interfaces.ops.backup.making import FOLDERS
from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.lib.storage import FolderStore

_OLDEST_POSTGRESQL = 150000


def configuration() -> Finding:
    """Tell whether the settings are fit for what they are to serve."""
    environment = settings.ENVIRONMENT
    flaws = environment.flaws()
    if environment.is_production:
        return Finding(subject="Einstellungen", is_ok=not flaws, sentence=" ".join(flaws) or "Fit für die Produktion.")
    sentence = f"Probebetrieb; für die Produktion fehlen noch {len(flaws)} Angaben: {' '.join(flaws)}"
    return Finding(subject="Einstellungen", is_ok=True, sentence=sentence if flaws else "Probebetrieb.")


def processes() -> Finding:
    """Tell whether every letter of a process prints the days that are kept (B11)."""
    flaws = " ".join(map(str, cases.flaws()))
    return Finding(subject="Prozesse", is_ok=not flaws, sentence=flaws or "Gedruckte Tage sind die gerechneten.")


def folders() -> Finding:
    """Tell whether print batches, and letters that lie in a folder, can be written durably."""
    home, store = settings.HOME, wiring.letter_store()
    letters = [store.folder] if isinstance(store, FolderStore) else []
    try:
        for folder in (home, *letters, *(home / name for name in FOLDERS)):
            _write(folder)
    except OSError as error:
        return Finding(subject="Ordner", is_ok=False, sentence=f"{home} ist nicht beschreibbar: {error.strerror}")
    return Finding(subject="Ordner", is_ok=True, sentence=f"{home} ist beschreibbar.")


def _write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x")
        os.fsync(file.fileno())


def reachable() -> Finding:
    """Tell whether the database answers."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError) as error:
        sentence = f"Nicht erreichbar: {(str(error).splitlines() or [''])[0]}"
        return Finding(subject="Datenbank", is_ok=False, sentence=sentence)
    return Finding(subject="Datenbank", is_ok=True, sentence="Erreichbar.")


def version() -> Finding:
    """Tell which PostgreSQL that is; versions before 15 lack what is needed."""
    version = connection.cursor().connection.info.server_version
    kind = "eingebettet" if connection.settings_dict["ENGINE"].endswith("embedded") else "eigener Server"
    sentence = f"PostgreSQL {version // 10000} ({kind})."
    return Finding(subject="Datenbank", is_ok=version >= _OLDEST_POSTGRESQL, sentence=sentence)


def durability() -> Finding:
    """Tell whether what is committed survives a crash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'")
        is_durable = bool(cursor.fetchone()[0])
    sentence = "Bestätigtes ist gesichert." if is_durable else "fsync oder synchronous_commit ist abgeschaltet."
    return Finding(subject="Dauerhaftigkeit", is_ok=is_durable, sentence=sentence)


def tables() -> Finding:
    """Tell whether the tables are those of this version."""
    is_current = schema.is_current()
    sentence = "Tabellen sind aktuell." if is_current else "Bitte `vermittlerpost migrate` ausführen."
    return Finding(subject="Tabellen", is_ok=is_current, sentence=sentence)
