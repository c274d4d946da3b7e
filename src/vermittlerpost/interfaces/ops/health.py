"""What `doctor` looks at: settings, database, folders, queues."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import OperationalError, connection

from vermittlerpost.interfaces.ops import queues, schema

_OLDEST_POSTGRESQL = 150000


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one look found: `ok`, something to know, or something that must be mended."""

    subject: str
    is_ok: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """Look at everything; a look that cannot be taken because the database is away is left out."""
    yield _settings()
    yield _folder()
    try:
        connection.ensure_connection()
    except OperationalError as error:
        yield Finding(subject="Datenbank", is_ok=False, sentence=f"Nicht erreichbar: {str(error).splitlines()[0]}")
        return
    looks: list[Callable[[], Finding]] = [_server, _durability, _schema, _queues]
    for look in looks:
        yield look()


def _settings() -> Finding:
    environment = settings.ENVIRONMENT
    flaws = environment.flaws()
    if environment.is_production:
        return Finding(subject="Einstellungen", is_ok=not flaws, sentence=" ".join(flaws) or "Fit für die Produktion.")
    sentence = f"Probebetrieb; für die Produktion fehlen noch {len(flaws)} Angaben: {' '.join(flaws)}"
    return Finding(subject="Einstellungen", is_ok=True, sentence=sentence if flaws else "Probebetrieb.")


def _folder() -> Finding:
    try:
        settings.HOME.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.HOME) as file:
            file.write(b"x")
            os.fsync(file.fileno())
    except OSError as error:
        return Finding(
            subject="Ordner", is_ok=False, sentence=f"{settings.HOME} ist nicht beschreibbar: {error.strerror}"
        )
    return Finding(subject="Ordner", is_ok=True, sentence=f"{settings.HOME} ist beschreibbar.")


def _server() -> Finding:
    version = connection.cursor().connection.info.server_version
    kind = "eingebettet" if connection.settings_dict["ENGINE"].endswith("embedded") else "eigener Server"
    sentence = f"PostgreSQL {version // 10000} ({kind})."
    return Finding(subject="Datenbank", is_ok=version >= _OLDEST_POSTGRESQL, sentence=sentence)


def _durability() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'")
        is_durable = bool(cursor.fetchone()[0])
    sentence = "Bestätigtes ist gesichert." if is_durable else "fsync oder synchronous_commit ist abgeschaltet."
    return Finding(subject="Dauerhaftigkeit", is_ok=is_durable, sentence=sentence)


def _schema() -> Finding:
    is_current = schema.is_current()
    sentence = "Tabellen sind aktuell." if is_current else "Bitte `vermittlerpost migrate` ausführen."
    return Finding(subject="Tabellen", is_ok=is_current, sentence=sentence)


def _queues() -> Finding:
    if not schema.is_current():
        return Finding(subject="Warteschlangen", is_ok=False, sentence="Ohne Tabellen nicht zu prüfen.")
    stuck = [f"{queue['queue']}: {queue['stuck']}" for queue in queues.all_of_them() if queue["stuck"]]
    sentence = f"Liegen geblieben: {', '.join(stuck)}." if stuck else "Nichts ist liegen geblieben."
    return Finding(subject="Warteschlangen", is_ok=not stuck, sentence=sentence)
