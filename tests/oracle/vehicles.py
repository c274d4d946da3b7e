"""Tell what happens to a random world's vehicles: registered, answered, stopped, withdrawn, renamed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .columns import OPENING, STOPPING
from .days import german_day
from .draft import Draft
from .papers import Plate, evb_for_registration, new_code, new_plate, single_evb

PEOPLE = ("Klara Müller", "Jörg Weiß", "Ayşe Demir", "Bäckerei Groß GmbH", "Ørsted & Söhne KG", "Anna Kurz")


@dataclass(frozen=True)
class Vehicle:
    message_id: str
    plate: Plate
    vin: str
    person: str  # keeper and policyholder
    evb: str
    received_at: datetime

    @property
    def day(self) -> date:
        return german_day(self.received_at)


def tell_story(draft: Draft) -> None:
    """Tell one vehicle's story, with a second registration on its eVB or of its VIN now and then."""
    vehicle = _register(draft)
    if draft.chance(0.45):
        _apply_for(draft, vehicle)
    if draft.chance(0.25):
        _stop(draft, vehicle)
    sequel = draft.choose({"none": 60, "withdrawn": 12, "plate_change": 10, "same_evb": 10, "same_vin": 8})
    if sequel == "withdrawn":
        _withdraw(draft, vehicle)
    elif sequel == "plate_change":
        _change_plate(draft, vehicle)
    elif sequel == "same_evb":
        _register_later(draft, replace(vehicle, plate=new_plate(draft), vin=new_code(draft, 17)))
    elif sequel == "same_vin":
        buyer = draft.rng.choice(PEOPLE)
        _register_later(draft, replace(vehicle, person=buyer, evb=single_evb(draft, buyer)))


def _register(draft: Draft) -> Vehicle:
    """Register a vehicle, often so that a letter falls due on a turning day, or weeks before the runs."""
    turning_day = draft.rng.choice(draft.turning_days) - timedelta(days=14)
    before = draft.days_after(draft.first, -50, 0)
    within = draft.days_after(draft.first, 0, (draft.last - draft.first).days + 2)
    day = draft.choose({turning_day: 30, before: 35, within: 35})
    registered_on = draft.days_after(day, -5, 0)
    person = draft.rng.choice(PEOPLE)
    evb = evb_for_registration(draft, person, registered_on)
    vin = "" if evb and draft.chance(0.1) else new_code(draft, draft.choose({17: 90, 9: 10}))
    vehicle = Vehicle(_message_id(draft), new_plate(draft), vin, person, evb, draft.moment_on(day))
    told = registered_on.isoformat() if draft.chance(0.8) else ""
    _notify(draft, vehicle, _opening_kind(draft), registered_on=told)
    return vehicle


def _register_later(draft: Draft, vehicle: Vehicle) -> None:
    """Send a further registration, and perhaps an application for it."""
    later = draft.moment_on(draft.days_after(vehicle.day, 1, 40))
    vehicle = replace(vehicle, message_id=_message_id(draft), received_at=later)
    _notify(draft, vehicle, _opening_kind(draft))
    if draft.chance(0.4):
        _apply_for(draft, vehicle)


def _apply_for(draft: Draft, vehicle: Vehicle) -> None:
    """Send an application for the vehicle, and sometimes a second one."""
    for _ in range(draft.choose({1: 80, 2: 20})):
        manner = draft.choose({"vin": 30, "evb": 25, "other_vin": 15, "plate": 25, "stranger": 5})
        if manner == "plate":
            cells = {"evb": single_evb(draft, vehicle.person), "plate": vehicle.plate.spelled(draft)}
        elif manner == "other_vin":
            cells = {"evb": vehicle.evb, "vin": new_code(draft, 17)}
        elif manner == "vin" and vehicle.vin:
            cells = {"vin": vehicle.vin, "evb": vehicle.evb if draft.chance(0.7) else ""}
        elif manner == "evb" and vehicle.evb:
            cells = {"evb": vehicle.evb}
        else:
            cells = {"vin": new_code(draft, 17)}
        _apply(draft, _application_moment(draft, vehicle), **cells)


def _application_moment(draft: Draft, vehicle: Vehicle) -> datetime:
    early = draft.moment_on(draft.days_after(vehicle.day, -20, -1))
    late = draft.moment_on(draft.days_after(vehicle.day, 0, 70))
    on_a_step = draft.moment_on(vehicle.day + timedelta(days=draft.rng.choice([14, 29, 44])))
    return draft.choose({early: 25, vehicle.received_at: 15, late: 40, on_a_step: 20})


def _apply(draft: Draft, moment: datetime, **cells: str) -> None:
    number = len(draft.tables["applications"]) + 1
    agency = draft.rng.choice(["", "000001", "888888"])  # information only
    received_at = draft.written(moment)
    draft.add("applications", application_id=f"A-{number:04d}", received_at=received_at, agency=agency, **cells)


def _stop(draft: Draft, vehicle: Vehicle) -> None:
    """Send a stop signal that names the vehicle, its eVB, only its plate, or another vehicle on its eVB."""
    stranger = new_code(draft, 7)
    vin, evb = draft.choose(
        {
            (vehicle.vin, ""): 40,
            ("", vehicle.evb): 25,
            ("", stranger): 20,
            (new_code(draft, 17), vehicle.evb): 15,
        }
    )
    signal = replace(
        vehicle,
        message_id=_message_id(draft),
        received_at=draft.moment_on(draft.days_after(vehicle.day, -3, 60)),
        vin=vin,
        evb=evb or ("" if vin else stranger),
    )
    _notify(draft, signal, draft.rng.choice(STOPPING))
    if draft.chance(0.1):
        later = draft.moment_on(draft.days_after(signal.day, 1, 5))
        _notify(draft, replace(signal, received_at=later), "withdrawn")


def _withdraw(draft: Draft, vehicle: Vehicle) -> None:
    """Withdraw the registration, before or after it came; its single eVB may then be used again."""
    day = draft.days_after(vehicle.day, 1, 40) if draft.chance(0.7) else draft.days_after(vehicle.day, -9, -1)
    _notify(draft, replace(vehicle, received_at=draft.moment_on(day)), "withdrawn")
    if draft.chance(0.4):
        _register_later(draft, vehicle)


def _change_plate(draft: Draft, vehicle: Vehicle) -> None:
    """Give the vehicle a new plate; an application may then name the old one or the new one."""
    changed = replace(
        vehicle,
        message_id=_message_id(draft),
        plate=new_plate(draft),
        person=vehicle.person if draft.chance(0.8) else draft.rng.choice(PEOPLE),
        received_at=draft.moment_on(draft.days_after(vehicle.day, 1, 30)),
    )
    _notify(draft, changed, "plate_change")
    if draft.chance(0.5):
        named = draft.rng.choice([vehicle, changed]).plate.spelled(draft)
        moment = draft.moment_on(draft.days_after(changed.day, 0, 20))
        _apply(draft, moment, plate=named, evb=single_evb(draft, vehicle.person))


def _notify(draft: Draft, vehicle: Vehicle, kind: str, registered_on: str = "") -> None:
    draft.add(
        "notices",
        message_id=vehicle.message_id,
        received_at=draft.written(vehicle.received_at),
        kind=kind,
        evb=vehicle.evb.lower() if draft.chance(0.1) else vehicle.evb,
        plate=vehicle.plate.spelled(draft),
        season=draft.choose({"": 80, "04-10": 15, "11-03": 5}),
        vin=vehicle.vin.lower() if draft.chance(0.1) else vehicle.vin,
        keeper_name=vehicle.person,
        keeper_street="Am Markt 3",
        keeper_postcode="80331",
        keeper_city="München",
        registered_on=registered_on,
    )


def _message_id(draft: Draft) -> str:
    """Number the messages; the letter in front lets a later message stand before an earlier one by id."""
    return f"{draft.rng.choice('KM')}-{len(draft.tables['notices']) + 1:04d}"


def _opening_kind(draft: Draft) -> str:
    return draft.choose(dict(zip(OPENING, (70, 15, 15), strict=True)))
