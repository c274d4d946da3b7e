"""`export-evidence` and `verify-evidence`: prove what happened, and check such a proof.

What reads and writes signatures takes long to load, and but for `doctor` no other command needs it.
"""

from pathlib import Path
from typing import Annotated

import typer

from vermittlerpost.interfaces.ops.commands.app import app, command, fail
from vermittlerpost.lib.errors import Refused


@command("export-evidence")
def export_evidence(
    case: Annotated[str, typer.Argument(help="Vorgangsnummer (V-…).")],
    out: Annotated[Path, typer.Option("--out", help="Ordner für PDF und JSON.")],
) -> None:
    """Den Nachweis zu einem Vorgang erstellen: Schreiben, Empfang, Entscheidungen, Journal; unterzeichnet."""
    from vermittlerpost.interfaces.ops.evidence import exporting  # noqa: PLC0415 (see above)

    path = exporting.export(case, out, by="operator")
    print(f"Nachweis: {path}, daneben dieselben Angaben für Programme: {path.with_suffix('.json').name}")
    if not exporting.has_own_key():
        print(
            "Unterzeichnet mit einem selbst erstellten Schlüssel: er beweist, dass nichts verändert wurde, aber nicht, "
            "wer unterzeichnet hat. Für die Produktion VERMITTLERPOST_EVIDENCE_KEY setzen."
        )


@app.command("verify-evidence")
def verify_evidence(
    file: Annotated[Path, typer.Argument(help="PDF oder JSON eines Nachweises.", exists=True, dir_okay=False)],
    trust: Annotated[
        Path | None, typer.Option("--trust", help="PEM-Datei mit Zertifikaten, denen vertraut wird.")
    ] = None,
) -> None:
    """Einen Nachweis prüfen, ohne Datenbank: Signatur, Journalketten, Prüfsummen der Schreiben."""
    from vermittlerpost.interfaces.ops.evidence import verifying  # noqa: PLC0415 (see above)

    try:
        found = verifying.verify(file, trust)
    except Refused as refusal:
        fail(refusal.sentence)
    if found.faults:
        fail("\n".join(f"FEHLER: {fault}" for fault in found.faults))
    print(f"In Ordnung: Vorgang {found.case}, {found.letters} Schreiben, {found.entries} Journaleinträge.")
    print(f"Unterzeichner: {found.subject}, Fingerabdruck (SHA-256) {found.fingerprint}")
    if trust is None:
        print("Ob dieser Schlüssel der des Versicherers ist, zeigt der Vergleich des Fingerabdrucks oder --trust.")
    elif not found.is_trusted:
        fail("Der Unterzeichner stammt von keinem der Zertifikate, denen vertraut wird.")
