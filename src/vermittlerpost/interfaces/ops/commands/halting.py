"""`pause` and `resume`: halt the steps of all cases, and let them go on."""

from datetime import datetime
from typing import Annotated

import typer

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops.commands.app import command

_OPERATOR = "operator"


@command("pause")
def pause(
    reason: Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")],
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Letzter Tag; ohne ihn, bis `resume` fortsetzt."),
    ] = None,
) -> None:
    """Alle Vorgänge anhalten: kein Schritt, kein Schreiben. Eingang und Beendigungen laufen weiter."""
    cases.halt(reason=reason, until=until.date() if until else None, by=_OPERATOR)
    end = f"bis einschließlich {until:%d.%m.%Y}" if until else "bis `vermittlerpost resume` fortsetzt"
    print(f"Angehalten, {end}. Danach geht jeder Vorgang um einen Schritt weiter, mit neuer Frist.")


@command("resume")
def resume() -> None:
    """Angehaltene Vorgänge fortsetzen: Was fällig ist, wird ab jetzt ausgeführt, je Vorgang ein Schritt."""
    cases.go_on(by=_OPERATOR)
    print("Fortgesetzt. Fällige Schritte werden mit dem nächsten Lauf ausgeführt.")
