"""The command line itself, and how refusals come out of it."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps
from typing import Annotated, NoReturn, ParamSpec, TypeVar

import typer
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from vermittlerpost.cases import queries as cases
from vermittlerpost.interfaces.ops import schema, wiring
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    help="Vermittlerpost: Schreiben der Kfz-Versicherung an Vermittler, rechtzeitig, genau einmal, nachweisbar.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class UnfitForProduction(Refused):
    """Settings that are good for trying out only were to run as production."""

    code = "unfit_for_production"


AsJson = Annotated[bool, typer.Option("--json", help="Ausgabe als JSON, für Programme.")]


def command(name: str, group: typer.Typer = app) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Add a command that works on the installation's database; a refusal becomes one German line and exit code 1."""

    def register(work: Callable[P, R]) -> Callable[P, R]:
        @group.command(name)
        @wraps(work)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                _refuse_development_as_production()
                wiring.refuse_missing_extras()
                schema.ensure()
                return work(*args, **kwargs)
            except Refused as refusal:
                fail(refusal.sentence)

        return work

    return register


def refuse_flawed_processes() -> None:
    """Let nothing run by a process whose letters would not print the days that are kept (B11)."""
    if flaws := cases.flaws():
        raise cases.UnfitProcess("{flaws}", flaws="\n".join(map(str, flaws)))


def _refuse_development_as_production() -> None:
    environment = settings.ENVIRONMENT
    if environment.is_production and (flaws := environment.flaws()):
        raise UnfitForProduction("{flaws}", flaws=" ".join(flaws))


def fail(sentence: str) -> NoReturn:
    """Say why something cannot be done, and end."""
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def show_json(answer: object) -> None:
    """Print an answer for a machine."""
    print(json.dumps(answer, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def show_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their heads, each column as wide as it needs."""
    lines = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(clock.GERMANY).strftime("%d.%m.%Y %H:%M")
    return "–" if value is None or value == "" else str(value)
