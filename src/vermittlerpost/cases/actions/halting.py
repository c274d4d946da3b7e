"""Halt the steps of all cases, and let them go on: a brake for those who run the house."""

from datetime import date

from django.db import transaction

from vermittlerpost.cases import events, queries
from vermittlerpost.cases.models import Halt
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import HOUSE, Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import share_turns, take_turns

_TURNS = "halt"


class Halted(Refused):
    """Steps are halted: nothing may be written now, and they cannot be halted once more."""

    code = "halted"


class NotHalted(Refused):
    """There is no halt that could be lifted."""

    code = "not_halted"


class UnfitHalt(Refused):
    """A halt needs a reason, and must not be over before it begins."""

    code = "unfit_halt"


@transaction.atomic
def halt(*, reason: str, until: date | None, by: str) -> None:
    """Take no step and write no letter up to and including a day, or until somebody lifts it.

    Waits for the steps that are being taken, so that none is taken once this has returned. What was written before
    goes on its way, messages are taken in, and cases end. Refuses a halt while there is one.
    """
    take_turns(_TURNS)
    if not reason.strip():
        raise UnfitHalt("Bitte geben Sie einen Grund an.")
    if until and until < clock.today():
        raise UnfitHalt("Der letzte Tag {until} ist schon vorbei.", until=f"{until:%d.%m.%Y}")
    refuse_while_halted()
    Halt.objects.all().delete()
    Halt.objects.create(since=clock.now(), until=until, reason=reason.strip(), by=by)
    data = {"reason": reason.strip()} | ({"until": until.isoformat()} if until else {})
    journal.record([Event(kind=events.HALTED_UNTIL if until else events.HALTED, subject=HOUSE, data=data)], by=by)


@transaction.atomic
def go_on(*, by: str) -> None:
    """Lift the halt before it ends by itself; each case then takes one step, counted from that day. Refuses none."""
    take_turns(_TURNS)
    lifted = queries.halt_in_force()
    if lifted is None:
        raise NotHalted("Nichts ist angehalten; fällige Schritte werden ausgeführt.")
    Halt.objects.all().delete()
    data = {"since": clock.german_day(lifted.since).isoformat(), "reason": lifted.reason}
    journal.record([Event(kind=events.WENT_ON, subject=HOUSE, data=data)], by=by)


def is_halted() -> bool:
    """Tell whether no step may be taken, and let that stay so until the caller's transaction ends."""
    share_turns(_TURNS)
    return queries.halt_in_force() is not None


def refuse_while_halted() -> None:
    """Refuse to write while steps are halted; who may, may for all of his transaction."""
    share_turns(_TURNS)
    if halted := queries.halt_in_force():
        until = f"bis einschließlich {halted.until:%d.%m.%Y}" if halted.until else "bis der Betrieb es aufhebt"
        raise Halted(
            "Schritte und Schreiben sind angehalten, {until}: {reason}. Bitte danach noch einmal versuchen.",
            until=until,
            reason=halted.reason,
        )
