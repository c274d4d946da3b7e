"""`import`: feed files."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.reading import recognise
from vermittlerpost.intake.reading.results import Doubt, Refusal
from vermittlerpost.interfaces.ops.commands.app import AsJson, command, fail, show_json


@command("import")
def import_files(
    paths: Annotated[list[Path], typer.Argument(help="Dateien oder Ordner; ein Ordner wird ganz eingelesen.")],
    as_json: AsJson = False,
) -> None:
    """Dateien einlesen: Stammdaten, eVB, Mitteilungen, Anträge, Dokumente."""
    files = _in_feeding_order(paths)
    reports = [intake.feed(path, by=f"file:{path.name}") for path in files]
    if as_json:
        show_json([{**asdict(report), "remarks": [asdict(remark) for remark in report.remarks]} for report in reports])
    else:
        for report in reports:
            _show(report)
    if any(report.refused for report in reports):
        raise typer.Exit(3)


def _in_feeding_order(paths: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            fail(f"{path} gibt es nicht.")
        files += [inner for inner in path.iterdir() if recognise(inner)] if path.is_dir() else [path]
    return sorted(files, key=_turn)


def _turn(path: Path) -> tuple[int, str]:
    form = recognise(path)
    return form.order if form else 0, path.name


def _show(report: intake.Report) -> None:
    print(
        f"{report.file}: {report.accepted} übernommen, {report.known} bekannt, "
        f"{report.refused} abgewiesen, {report.warned} mit Warnung"
    )
    for remark in report.remarks:
        print(f"  {_sentence(remark)}")
    hidden = report.refused + report.warned - len(report.remarks)
    if hidden > 0:
        print("  … und weitere; alle Abweisungen stehen in der Datenbank.")


def _sentence(remark: Refusal | Doubt) -> str:
    where = f"Zeile {remark.row}" + (f", Spalte {remark.column}" if remark.column else "")
    says = remark.rule if isinstance(remark, Refusal) else f"Warnung: {remark.warning}"
    return f"{where}: „{remark.value}“ – {says}"
