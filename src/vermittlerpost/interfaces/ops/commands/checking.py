"""`doctor`: is this installation sound?"""

import typer

from vermittlerpost.interfaces.ops import health
from vermittlerpost.interfaces.ops.commands.app import AsJson, app, show_json, show_table


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
