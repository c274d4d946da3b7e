"""`print-batch`: paper for the print shop."""

from typing import Annotated

import typer

from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.interfaces.ops.commands.app import AsJson, command, show_json, show_table


@command("print-batch")
def print_batch(
    hand_over: Annotated[str, typer.Option("--hand-over", help="Diesen Stapel als übergeben vermerken.")] = "",
    recall: Annotated[str, typer.Option("--recall", help="Diesen Stapel zurückrufen.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Begründung des Rückrufs.")] = "auf Anweisung",
    as_json: AsJson = False,
) -> None:
    """Druckstapel je Risikoträger bilden (ein PDF und ein Verzeichnis), übergeben oder zurückrufen."""
    if recall:
        delivery.recall(recall, reason=reason, by="operator")
        delivery.clear_recalled(wiring.print_folder())
    elif hand_over:
        delivery.hand_over(hand_over, by="operator")
    else:
        rounds.render()
        delivery.build_batches(wiring.print_folder(), by=rounds.SYSTEM)
    batches = [
        {"batch": b.id, "carrier": b.carrier_id, "state": b.state, "letters": b.letters, "built_at": b.built_at}
        for b in queries.batches()
    ]
    if as_json:
        show_json(batches)
        return
    show_table(["Stapel", "Risikoträger", "Zustand", "Schreiben", "gebildet"], [list(b.values()) for b in batches])
    print(f"Die Dateien liegen in {wiring.print_folder().path}.")
