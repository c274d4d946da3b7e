"""`erase`, `hold-legally`, `release-legally`: keep no longer than must be."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import retention
from vermittlerpost.interfaces.ops.commands.app import command
from vermittlerpost.interfaces.ops.retention_beside import Beside

_OPERATOR = "operator"
Case = Annotated[str, typer.Argument(help="Vorgangsnummer (V-…).")]
Reason = Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")]


@command("erase")
def erase(
    before: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Was vor diesem Tag endete; sonst alles, dessen Frist vorbei ist."),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Wirklich löschen, statt nur zu zeigen, was ginge.")] = False,
) -> None:
    """Personenbezogene Angaben löschen, deren Aufbewahrung vorbei ist; Journal und Prüfsummen bleiben."""
    plan = retention.plan(before.date() if before else None)
    print(f"Beendet vor dem {plan.before:%d.%m.%Y}:")
    for year, count in plan.cases.items():
        print(f"  {year}: {count} Vorgänge")
    print(f"  zusammen {sum(plan.cases.values())} Vorgänge mit {plan.letters} Schreiben; {plan.held} ausgesetzt")
    for line in _beside(plan.beside):
        print(line)
    if not apply:
        print("Nichts wurde gelöscht. Mit --apply wird gelöscht.")
        return
    erased = sum(retention.carry_out(plan, by=_OPERATOR))
    print(f"Gelöscht: die Angaben von {erased} Vorgängen, und was daneben steht. Im Journal bleibt, was wann geschah.")


def _beside(beside: Beside) -> Iterator[str]:
    yield f"Daneben, vor dem {beside.logs_before:%d.%m.%Y}:"
    yield f"  Mailprotokoll: Adressen von {beside.mails} Mails; {beside.suppressions} gesperrte, die niemand mehr hat"
    yield f"  {beside.requests} beantwortete Anfragen an Kontakte; {beside.answers} Antworten an Systeme"
    yield f"Dokumente vor dem {beside.documents_before:%d.%m.%Y}: Titel von {beside.documents}"


@command("hold-legally")
def hold_legally(case: Case, reason: Reason) -> None:
    """Die Löschung eines Vorgangs aussetzen, etwa für einen Rechtsstreit."""
    cases.hold_legally(case=case, reason=reason, by=_OPERATOR)
    print(f"{case} wird nicht gelöscht, bis das aufgehoben ist.")


@command("release-legally")
def release_legally(case: Case, reason: Reason) -> None:
    """Die Löschung eines Vorgangs nicht länger aussetzen."""
    cases.release_legally(case=case, reason=reason, by=_OPERATOR)
    print(f"{case} wird gelöscht, sobald seine Aufbewahrung vorbei ist.")
