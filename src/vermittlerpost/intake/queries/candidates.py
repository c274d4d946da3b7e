"""Ask whom something unclear may mean: confirmations that resemble a case's, and cases that messages may mean."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.models import Case
from vermittlerpost.intake.events import SORTED
from vermittlerpost.intake.models import Application, Evb, Notice
from vermittlerpost.intake.queries.confirmations import confirmations
from vermittlerpost.intake.rules.plates import loose_plate_key
from vermittlerpost.intake.rules.words import fold_name
from vermittlerpost.journal import queries as journal

_CHARACTERS = string.ascii_uppercase + string.digits
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A confirmation that a case may belong to, and what speaks for it; without agency it helps nobody."""

    evb: str
    carrier: str
    agency: str
    agency_name: str
    policyholder: str
    issued_on: date
    valid_until: date | None
    is_same_number: bool
    is_same_name: bool


def candidates_of(case: Case) -> list[Candidate]:
    """Return the confirmations whose number is a case's but for one slip, and those of its vehicle's other cases.

    Those of the keeper's name come first. Every number is looked up by its key.
    """
    numbers = {*_resembling(case.evb), *(other.evb for other in related_cases(case))} - {""}
    found = list(Evb.objects.filter(number__any_of=numbers)[:_MOST])
    held_by = {number: one.agency for number, one in confirmations([evb.number for evb in found]).items()}
    known = agencies.known_agencies(held_by.values())
    names = {fold_name(case.keeper_name), fold_name(case.policyholder_name)} - {""}
    candidates = [
        Candidate(
            evb=evb.number,
            carrier=evb.carrier_id,
            agency=held_by[evb.number],
            agency_name=known[held_by[evb.number]].name if held_by[evb.number] else "",
            policyholder=evb.policyholder_name,
            issued_on=evb.issued_on,
            valid_until=evb.valid_until,
            is_same_number=evb.number == case.evb,
            is_same_name=fold_name(evb.policyholder_name) in names,
        )
        for evb in found
    ]
    return sorted(candidates, key=lambda one: (not one.is_same_name, not one.is_same_number, one.evb))


def related_cases(case: Case) -> list[Case]:
    """Return the other cases of a case's vehicle or plates."""
    keys = [loose_plate_key(plate) for plate in cases.plates_of([case.id])[case.id]]
    vins = [case.vin] if case.vin else []
    found = cases.resembling(vins=vins, plate_keys=keys, evbs=[], messages=[], enough=_MOST)
    return [other for other in found if other.id != case.id]


def cases_meant(message: Notice | Application) -> Sequence[Case]:
    """Return the open cases that an unclear signal or application may mean."""
    withdrawn = [message.message_id] if isinstance(message, Notice) and message.withdraws else []
    found = cases.resembling(
        vins=[message.vin] if message.vin else [],
        plate_keys=[message.plate_key] if message.plate_key else [],
        evbs=[(message.evb, False)] if message.evb else [],
        messages=withdrawn,
        enough=_MOST,
    )
    return [case for case in found if not case.closed_on][:_MOST]


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """The signal that a withdrawal takes back, and the cases that it had ended or given a new plate."""

    signal: Notice
    cases: Sequence[Case]


def taken_back_by(withdrawal: Notice) -> TakenBack | None:
    """Return what a withdrawal takes back, if that is a signal that has come in."""
    signal = Notice.objects.filter(message_id=withdrawal.message_id).exclude(kind="withdrawn").first()
    if signal is None:
        return None
    by_hand = journal.about(f"notice:{signal.message_id}").filter(kind=SORTED.code).last()
    changed = cases.changed_by(
        signal.message_id,
        vin=signal.vin,
        plate_key=signal.plate_key,
        evb=signal.evb,
        case=by_hand.data["case"] if by_hand else "",
    )
    return TakenBack(signal=signal, cases=changed)


def _resembling(number: str) -> Iterator[str]:
    """Yield a number and all that differ by one character, or by two neighbours that changed places."""
    if not number:
        return
    yield number
    for place in range(len(number)):
        before, after = number[:place], number[place + 1 :]
        yield from (before + character + after for character in _CHARACTERS)
        yield before + after[:1] + number[place] + after[1:]
