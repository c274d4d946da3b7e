"""`retry` and `settle`: what a person does about work that got stuck."""

from typing import Annotated

import typer

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops.commands.app import command, fail
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import identifiers
from vermittlerpost.notifications import actions as notifications

Reason = Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")]


@command("retry")
def retry(
    reference: Annotated[str, typer.Argument(help="Vorgang (V-…), Schreiben (S-…) oder Mail (M-…).")], reason: Reason
) -> None:
    """Liegen gebliebenes erneut versuchen: einen Schritt, ein PDF oder eine Mail."""
    tries = {
        "V": lambda: cases.retry(case=reference, reason=reason, by="operator"),
        "S": lambda: letters.retry(letter=reference, reason=reason, by="operator"),
        "M": lambda: notifications.retry(mail=reference, reason=reason, by="operator"),
    }
    if not identifiers.is_sound(reference) or reference[0] not in tries:
        fail(f"{reference} ist keine Nummer eines Vorgangs, Schreibens oder einer Mail; bitte die Schreibweise prüfen.")
    tries[reference[0]]()
    print(f"{reference} wird erneut versucht.")


@command("settle")
def settle(mail: Annotated[str, typer.Argument(help="Mail (M-…).")], reason: Reason) -> None:
    """Eine abgewiesene oder ungewisse Mail abschließen, weil geklärt ist, was aus ihr wurde."""
    notifications.settle(mail=mail, reason=reason, by="operator")
    print(f"{mail} ist abgeschlossen.")
