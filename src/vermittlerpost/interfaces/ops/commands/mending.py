"""`retry` and `settle`: what a person does about work that got stuck."""

from collections.abc import Callable
from typing import Annotated

import typer

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import bounces, rounds, wiring
from vermittlerpost.interfaces.ops.commands.app import command, fail
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.lib import identifiers
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications.rules import BounceFate

_OPERATOR = "operator"
Reason = Annotated[str, typer.Option("--reason", help="Begründung; sie steht im Journal.")]


@command("retry")
def retry(
    reference: Annotated[str, typer.Argument(help="Vorgang (V-…), Schreiben (S-…), Dokument oder Mail (M-…).")],
    reason: Reason,
) -> None:
    """Liegen gebliebenes erneut versuchen: Schritt, PDF, Bekanntgabe oder Mail."""
    if reference[:2] in _TRIES and not identifiers.is_sound(reference):
        fail(f"{reference} kann nicht stimmen; bitte die Schreibweise prüfen.")
    _TRIES.get(reference[:2], _retry_announcement)(reference, reason)
    print(f"{reference} wird erneut versucht.")


def _retry_step(case: str, reason: str) -> None:
    cases.retry(case=case, reason=reason, by=_OPERATOR)


def _retry_mail(mail: str, reason: str) -> None:
    notifications.retry(mail=mail, reason=reason, by=_OPERATOR)


def _retry_letter(letter: str, reason: str) -> None:
    if written.stuck().filter(letter=letter).exists():
        letters.retry(letter=letter, reason=reason, by=_OPERATOR)
    else:
        _retry_announcement(letter, reason)


def _retry_announcement(matter: str, reason: str) -> None:
    notifications.reannounce(matter=matter, reason=reason, by=_OPERATOR)


_TRIES: dict[str, Callable[[str, str], None]] = {"V-": _retry_step, "S-": _retry_letter, "M-": _retry_mail}


@command("read-bounces")
def read_bounces() -> None:
    """Rückläufer lesen: dauerhaft Unzustellbares sperrt die Adresse, Vorläufiges wird gezählt."""
    if wiring.bounce_box() is None:
        fail("VERMITTLERPOST_BOUNCES sagt nicht, wo Rückläufer liegen.")
    fates = rounds.read_bounces()
    print(
        f"{fates.total()} neue Mails: {fates[BounceFate.SUPPRESSED]} Adressen gesperrt, "
        f"{fates[BounceFate.COUNTED]} vorläufig unzustellbar, {fates[BounceFate.UNKNOWN]} schon bekannt oder fremd, "
        f"{fates[bounces.NO_BOUNCE]} keine Rückläufer (etwa Abwesenheitsnotizen)."
    )


@command("lift-suppression")
def lift_suppression(address: Annotated[str, typer.Argument(help="E-Mail-Adresse.")]) -> None:
    """Eine gesperrte Adresse wieder anschreiben."""
    notifications.restore(address, by=_OPERATOR)
    print("Die Adresse wird wieder angeschrieben.")


@command("settle")
def settle(mail: Annotated[str, typer.Argument(help="Mail (M-…).")], reason: Reason) -> None:
    """Eine abgewiesene oder ungewisse Mail abschließen, weil geklärt ist, was aus ihr wurde."""
    notifications.settle(mail=mail, reason=reason, by=_OPERATOR)
    print(f"{mail} ist abgeschlossen.")
