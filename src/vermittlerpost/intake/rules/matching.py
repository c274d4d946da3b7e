"""What belongs together: applications, signals and registrations by VIN, then eVB, then plate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from vermittlerpost.intake.rules.plates import same_plate


class EvbKind(StrEnum):
    """For how many registrations a confirmation serves."""

    SINGLE = "single"
    PERMANENT = "permanent"


class Closeness(IntEnum):
    """By what two things were found to belong together; the smaller, the closer."""

    VIN = 1
    EVB = 2
    PLATE = 3


@dataclass(kw_only=True)
class Registration:
    """A vehicle registered under one of our eVBs: its case is open, or ended, or it never needed one.

    `policyholder` and `keeper` are folded names; `plates` are all that the vehicle has had since. `case` is empty where
    there is none.
    """

    message_id: str
    case: str
    evb: str
    vin: str
    plates: list[str]
    policyholder: str
    keeper: str
    is_open: bool
    is_answered: bool = False


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a message says about the vehicle it means; `policyholder` is a folded name, `evb_kind` that of its eVB."""

    vin: str
    evb: str
    plate: str
    policyholder: str = ""
    evb_kind: EvbKind = EvbKind.SINGLE


Fit = Callable[[Marks, Registration], Closeness | None]


def application_fits(marks: Marks, registration: Registration) -> Closeness | None:
    """Tell how an application belongs to a registration: by VIN, else eVB, else plate and policyholder.

    A single eVB also counts if the VIN differs, a permanent one only if the application names no other VIN.
    """
    if marks.vin and marks.vin == registration.vin:
        return Closeness.VIN
    is_single = marks.evb_kind is EvbKind.SINGLE
    if marks.evb and marks.evb == registration.evb and (is_single or not _names_another_vin(marks, registration)):
        return Closeness.EVB
    if marks.policyholder and marks.policyholder == registration.policyholder and _bears(marks.plate, registration):
        return Closeness.PLATE
    return None


def signal_fits(marks: Marks, registration: Registration) -> Closeness | None:
    """Tell how a stop signal or plate change belongs to a registration: by VIN, else eVB, else plate.

    One that names a VIN fits by eVB or plate only where the VIN is empty or equal.
    """
    if marks.vin and marks.vin == registration.vin:
        return Closeness.VIN
    if _names_another_vin(marks, registration):
        return None
    if marks.evb and marks.evb == registration.evb:
        return Closeness.EVB
    return Closeness.PLATE if _bears(marks.plate, registration) else None


def closest(marks: Marks, registrations: Sequence[Registration], fit: Fit) -> list[Registration]:
    """Return the registrations that fit best; of several with the VIN, those with the eVB as well, if any."""
    found = [(closeness, r) for r in registrations if (closeness := fit(marks, r)) is not None]
    if not found:
        return []
    best = min(closeness for closeness, _ in found)
    fitting = [r for closeness, r in found if closeness is best]
    if best is Closeness.VIN and len(fitting) > 1:
        return [r for r in fitting if marks.evb and r.evb == marks.evb] or fitting
    return fitting


def _names_another_vin(marks: Marks, registration: Registration) -> bool:
    return bool(marks.vin and registration.vin and marks.vin != registration.vin)


def _bears(plate: str, registration: Registration) -> bool:
    return bool(plate) and any(same_plate(plate, known) for known in registration.plates)
