"""`backup`, `restore`, `rehearse`: what an operator needs before the day on which a disk dies."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from vermittlerpost.interfaces.ops import rehearsal
from vermittlerpost.interfaces.ops.backup import making, restoring
from vermittlerpost.interfaces.ops.commands.app import app, command, fail
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

Folder = Annotated[Path, typer.Argument(help="Ordner der Sicherung.")]


@command("backup")
def backup(folder: Folder) -> None:
    """Datenbank, Schreiben und Druckstapel in einen neuen Ordner sichern; der Betrieb läuft weiter."""
    made = making.make(folder)
    print(
        f"Gesichert in {folder}: {made.letters} Schreiben, {made.chains} Journalketten mit {made.entries} Einträgen, "
        f"{len(made.files)} Dateien, Stand {_moment(made.made_at)}."
    )


@app.command("restore")
def restore(folder: Folder) -> None:
    """Eine Sicherung in eine leere Datenbank einspielen und nachweisen, dass alles da ist."""
    try:
        found = restoring.restore(folder)
    except Refused as refusal:
        fail(refusal.sentence)
    _tell(found)
    if not found.is_current:
        print("Die Tabellen sind älter als diese Version; bitte `vermittlerpost migrate` ausführen.")


@app.command("rehearse")
def rehearse(
    folder: Folder,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Letzter Tag, mit Lauf.")],
) -> None:
    """Eine Sicherung beiseite einspielen, die Uhr vorstellen und prüfen, ob jede Frist gehalten wird."""
    try:
        with rehearsal.stage(folder) as found:
            _tell(found)
            report = rehearsal.live_through(found.made_at, until.date())
    except Refused as refusal:
        fail(refusal.sentence)
    for line in report.lines():
        print(line)
    if report.faults:
        raise typer.Exit(1)


def _tell(found: restoring.Restored) -> None:
    print(
        f"Wiederhergestellt und geprüft: Stand {_moment(found.made_at)}, {found.letters} Schreiben, "
        f"{found.chains} Journalketten mit {found.entries} Einträgen, {found.files} Dateien."
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.GERMANY):%d.%m.%Y %H:%M}"
