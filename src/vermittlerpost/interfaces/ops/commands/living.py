"""`simulate` and `demo`: weeks in minutes."""

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.urls import reverse

from vermittlerpost.interfaces.ops import articles, early_shift, schema, scratch, visitors, wiring
from vermittlerpost.interfaces.ops.commands.app import app, fail, show_table
from vermittlerpost.interfaces.ops.commands.serving import base_url, serve
from vermittlerpost.interfaces.ops.simulation import Lived, report, results, simulate
from vermittlerpost.interfaces.ops.simulation.world import SAMPLE, period_of
from vermittlerpost.lib import clock
from vermittlerpost.lib.software import SHIPMENTS, TOKENS
from vermittlerpost.news import actions as news

_MORNING = time(8, 30)
"""The sample world's clock goes on at this hour: the early shift has worked, and everybody else comes."""
_FOR_THE_IMPATIENT = {"VERMITTLERPOST_MERGE_WINDOW": "PT0S", "VERMITTLERPOST_INBOX_SETTLED": "PT0S"}
"""Who looks around wants to wait neither for mails nor until a file counts as whole."""
_TOLD = ("VERMITTLERPOST_CLOCK_OFFSET", "VERMITTLERPOST_INBOX", *_FOR_THE_IMPATIENT)


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
    """Die mitgelieferte Welt durchleben, berichten, dann Portal und Arbeiter anbieten bis Strg-C."""
    if settings.ENVIRONMENT.is_production or connection.settings_dict["ENGINE"] != "vermittlerpost.lib.embedded":
        fail("Die Vorführung läuft nur mit dem eingebetteten PostgreSQL und nicht in der Produktion.")
    scratch.empty_embedded()
    _clear_away()
    schema.ensure()
    first, last = period_of(SAMPLE)
    lived = _live(SAMPLE, first, last)
    out = settings.HOME / "result"
    results.write(out)
    _tell(lived, out)
    print(f"Weiter damit: VERMITTLERPOST_HOME={settings.HOME} vermittlerpost status")
    if not once:
        _go_on(clock.day_after(last))


def _go_on(day: date) -> None:
    """Let the house live on from the morning after the sample world, for those who want to look around in it."""
    offset = clock.german_moment(day, _MORNING) - clock.now()
    clock.run_ahead(offset)
    sign = "-" if offset < timedelta() else ""
    os.environ["VERMITTLERPOST_CLOCK_OFFSET"] = f"{sign}PT{abs(offset).total_seconds():.0f}S"
    for name, value in _FOR_THE_IMPATIENT.items():
        os.environ.setdefault(name, value)
    inbox = Path(os.environ.setdefault("VERMITTLERPOST_INBOX", str(settings.HOME / "inbox")))
    inbox.mkdir(exist_ok=True)
    for article in sorted((SAMPLE / "news").glob("*.md")):
        news.publish(articles.read(article), by="demo")
    guests, staff = visitors.invite(), visitors.employ()
    early_shift.work(day, _crew(guests, staff))
    _leave_settings(settings.HOME / "env")
    _greet([*guests, *staff], day)
    serve()


def _greet(everybody: Sequence[visitors.Visitor], day: date) -> None:
    """Say who may log in, where, and how commands join in."""
    print("\nAnmelden können sich, alle mit demselben Kennwort, das nur hier gilt:\n")
    show_table(
        ["Benutzerkennung", "Kennwort", "Firma", "was zu sehen ist"],
        [[visitor.login_id, visitors.KEY, visitor.firm, visitor.shows] for visitor in everybody],
    )
    print(f"\nInnendienst:         {base_url()}{reverse('desk')}")
    print(f"BiPRO, Anmeldung:    {base_url()}{TOKENS}\nBiPRO, Lieferungen:  {base_url()}{SHIPMENTS}")
    print(f"\nDie Uhr geht weiter ab {day:%d.%m.%Y}. Gesendete Mails: {base_url()}/entwicklung/mails/")
    print(f"Eingangsordner: {os.environ['VERMITTLERPOST_INBOX']}")
    print(f"Damit Befehle in diesem Haus und nach seiner Uhr arbeiten: . {settings.HOME / 'env'}")


def _crew(guests: Sequence[visitors.Visitor], staff: Sequence[visitors.Visitor]) -> early_shift.Crew:
    administrator, clerk, sub_agency, *_ = [one.login_id for one in guests]
    case_worker, approver, printer, *_ = [one.login_id for one in staff]
    return early_shift.Crew(
        case_worker=case_worker,
        approver=approver,
        printer=printer,
        administrator=administrator,
        clerk=clerk,
        sub_agency=sub_agency,
    )


def _leave_settings(path: Path) -> None:
    """Write what a shell needs so that commands work in this house and by its clock."""
    known = {"VERMITTLERPOST_HOME": str(settings.HOME)} | {name: os.environ[name] for name in _TOLD}
    lines = [f"export {name}={shlex.quote(value)}" for name, value in known.items()]
    lines.append(f'export PATH={shlex.quote(str(Path(sys.executable).parent))}:"$PATH"')
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _clear_away() -> None:
    """Remove what an earlier demo was fed, sent and printed."""
    for name in ("inbox", "mails", "print", "result"):
        shutil.rmtree(settings.HOME / name, ignore_errors=True)


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
