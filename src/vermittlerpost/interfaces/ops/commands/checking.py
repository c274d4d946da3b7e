"""`doctor` and `lint-processes`: is this installation sound, and may its processes run?"""

from pathlib import Path
from typing import Annotated

import typer

from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.interfaces.ops import health
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, fail, show_json, show_table
from vermittlerpost.lib.errors import Refused


@app.command("doctor")
def doctor(as_json: AsJson = False) -> None:
    """Prüfen, ob alles steht: Einstellungen, Ordner, TLS, Mailserver, Datenbank, Uhr, Arbeiter, Warteschlangen."""
    found = list(health.findings())
    if as_json:
        show_json([vars(finding) for finding in found])
    else:
        show_table(["", "Was", "Befund"], [["gut" if f.is_ok else "FEHLER", f.subject, f.sentence] for f in found])
    if not all(finding.is_ok for finding in found):
        raise typer.Exit(1)


@app.command("lint-processes")
def lint_processes(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Neue Dateien <Name>.<Fassung>.toml; ohne Angabe die des Programms.", dir_okay=False),
    ] = None,
) -> None:
    """Prozesse prüfen: Schreiben drucken die gerechneten Tage, erinnert wird vor der Kündigung, immer dringlicher."""
    faults = [fault for file in files if (fault := _fault(file))] if files else [str(flaw) for flaw in cases.flaws()]
    if faults:
        fail("\n".join(faults))
    names = [file.stem for file in files] if files else list(PROCESSES)
    print(f"Ohne Mangel: {', '.join(names)}.")


def _fault(file: Path) -> str:
    try:
        cases.written(file.stem, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return f"{file}: {error}"
    except Refused as refusal:
        return f"{file.name}: {refusal.sentence}"
    return ""
