"""`simulate` and `demo`: weeks in minutes."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from vermittlerpost.interfaces.ops import schema, scratch, wiring
from vermittlerpost.interfaces.ops.commands.app import app, fail
from vermittlerpost.interfaces.ops.commands.working import work
from vermittlerpost.interfaces.ops.simulation import Lived, report, results, simulate
from vermittlerpost.interfaces.ops.simulation.world import SAMPLE, period_of


@app.command("simulate")
def simulate_world(
    world: Annotated[Path, typer.Argument(help="Ordner mit Eingangsdateien.", exists=True, file_okay=False)],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Erster Tag, mit Lauf.")],
    last: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Letzter Tag, mit Lauf.")],
    out: Annotated[Path | None, typer.Option("--out", help="Ordner für Listen, PDFs, Mails und Druckstapel.")] = None,
) -> None:
    """Eine Welt aus Dateien in einer frischen Datenbank durchleben, Tag für Tag, und berichten."""
    if last < first:
        fail("--until darf nicht vor --from liegen.")
    with tempfile.TemporaryDirectory() as folder, scratch.database(), wiring.housed_in(Path(folder)):
        lived = _live(world, first.date(), last.date())
        if out:
            results.write(out)
        _tell(lived, out)


@app.command("demo")
def demo(once: Annotated[bool, typer.Option("--once", help="Nach dem Bericht enden.")] = False) -> None:
    """Die mitgelieferte Welt durchleben, berichten, dann weiterarbeiten bis Strg-C."""
    if settings.ENVIRONMENT.is_production or connection.settings_dict["ENGINE"] != "vermittlerpost.lib.embedded":
        fail("Die Vorführung läuft nur mit dem eingebetteten PostgreSQL und nicht in der Produktion.")
    scratch.empty_embedded()
    schema.ensure()
    first, last = period_of(SAMPLE)
    lived = _live(SAMPLE, first, last)
    out = settings.HOME / "result"
    results.write(out)
    _tell(lived, out)
    print(f"Weiter damit: VERMITTLERPOST_HOME={settings.HOME} vermittlerpost status")
    if not once:
        print("Der Arbeiter läuft; Strg-C beendet ihn.")
        work()


def _live(world: Path, first: date, last: date) -> Lived:
    try:
        return simulate(world, first, last)
    except FileNotFoundError as error:
        fail(str(error))


def _tell(lived: Lived, out: Path | None) -> None:
    for line in report.lines(lived):
        print(line)
    if out:
        print(f"\nListen, PDFs, Mails und Druckstapel liegen in {out}.")
