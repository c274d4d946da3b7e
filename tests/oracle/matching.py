"""Say which cases an application or a signal is about."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .masters import Agency, Evb
from .messages import Application, Notice
from .plates import Plate

Evbs = Mapping[str, Evb]
Fits = Callable[[Application, "Case", Evbs], bool]


@dataclass(eq=False)
class Case:
    """What becomes of one registration notice; `opened` is false where it never became a case."""

    notice: Notice
    evb: Evb | None
    agency: Agency | None
    plates: list[Plate]
    state: str = "grace"
    reason: str | None = None
    closed_on: date | None = None
    opened: bool = True
    doubt: str | None = None
    steps_taken: int = 0
    next_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    @property
    def is_answered(self) -> bool:
        return self.state == "closed" and self.reason == "application"

    def has_had(self, plate: Plate | None) -> bool:
        return plate is not None and any(plate.means(own) for own in self.plates)

    def close(self, reason: str, day: date) -> None:
        self.state, self.reason, self.closed_on, self.next_on = "closed", reason, day, None


def same_vin(application: Application, case: Case, evbs: Evbs) -> bool:
    return application.vin is not None and application.vin == case.notice.vin


def same_evb(application: Application, case: Case, evbs: Evbs) -> bool:
    """A single eVB fits even if the VIN differs, a permanent one only if the application names no other."""
    if application.evb is None or application.evb != case.notice.evb:
        return False
    permanent = application.evb in evbs and evbs[application.evb].permanent
    return not permanent or names_no_other_vin(application, case)


def same_plate_and_policyholder(application: Application, case: Case, evbs: Evbs) -> bool:
    """Each side's policyholder is that of its eVB; without a known eVB there is none to compare."""
    evb = evbs.get(application.evb or "")
    if evb is None or case.evb is None or not case.has_had(application.plate):
        return False
    return folded_name(evb.policyholder) == folded_name(case.evb.policyholder)


LEVELS: tuple[Fits, ...] = (same_vin, same_evb, same_plate_and_policyholder)


def answered_by(application: Application, cases: list[Case], evbs: Evbs) -> list[Case]:
    """Return the cases that fit by VIN, else by eVB, else by plate and policyholder.

    If the VIN fits several, the application's eVB decides among them.
    """
    for fits in LEVELS:
        fitting = [case for case in cases if fits(application, case, evbs)]
        if fits is same_vin and len(fitting) > 1:
            fitting = [case for case in fitting if same_evb(application, case, evbs)] or fitting
        if fitting:
            return fitting
    return []


def already_there(case: Case, waiting: Iterable[Application], evbs: Evbs) -> Application | None:
    """Return the application that was there before its notice: the best fit, among equals the oldest."""
    for fits in LEVELS:
        for application in waiting:
            if fits(application, case, evbs):
                return application
    return None


def meant_by(signal: Notice, cases: list[Case]) -> list[Case]:
    """Return the cases that fit a stop signal or a new plate by VIN, else by eVB, else by plate.

    A signal that names a VIN fits by eVB or plate only cases whose VIN is empty or equal.
    """
    by_vin = [case for case in cases if signal.vin and signal.vin == case.notice.vin]
    rest = [case for case in cases if names_no_other_vin(signal, case)]
    by_evb = [case for case in rest if signal.evb and signal.evb == case.notice.evb]
    by_plate = [case for case in rest if case.has_had(signal.plate)]
    return by_vin or by_evb or by_plate


def same_vehicle_and_keeper(notice: Notice, case: Case) -> bool:
    same_keeper = folded_name(notice.keeper) == folded_name(case.notice.keeper)
    return notice.vin is not None and notice.vin == case.notice.vin and same_keeper


def names_no_other_vin(message: Application | Notice, case: Case) -> bool:
    return message.vin is None or case.notice.vin is None or message.vin == case.notice.vin


def folded_name(name: str) -> str:
    return " ".join(name.casefold().split())
