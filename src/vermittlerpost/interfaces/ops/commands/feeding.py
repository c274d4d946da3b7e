"""`import` and `watch`: feed files."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.reading import code_of, turn
from vermittlerpost.interfaces.ops import inbox
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


@command("watch")
def watch(
    folder: Annotated[Path, typer.Argument(help="Eingangsordner; was darin vollständig ist, wird eingelesen.")],
    every: Annotated[float, typer.Option(min=1, help="So viele Sekunden liegen zwischen zwei Blicken.")] = 5,
    once: Annotated[bool, typer.Option("--once", help="Einmal nachsehen und enden.")] = False,
) -> None:
    """Einen Ordner beobachten: Dateien einlesen und mit ihrem Ergebnis nach done/ oder refused/ legen, bis Strg-C."""
    while True:
        for result in inbox.sweep(folder, settled=settings.ENVIRONMENT.inbox_settled):
            print(f"{result.place}/{result.name}: {result.sentence}", flush=True)
        if once:
            return
        time.sleep(every)


def _in_feeding_order(paths: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            fail(f"{path} gibt es nicht.")
        files += [inner for inner in path.iterdir() if code_of(inner)] if path.is_dir() else [path]
    return sorted(files, key=turn)


def _show(report: intake.Report) -> None:
    print(f"{report.file}: {inbox.counted(report.counts())}")
    for remark in report.remarks:
        print(f"  {inbox.remarked(asdict(remark))}")
    hidden = report.refused + report.warned - len(report.remarks)
    if hidden > 0:
        print(f"  … und weitere; alle Abweisungen zeigt der Innendienst unter „Einlieferungen“, Nr. {report.number}.")
