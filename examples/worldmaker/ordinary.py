"""The many notices between the scenes: ordinary people, whose applications come early, late or never."""

from datetime import date, datetime, timedelta

from worldmaker.dice import Dice
from worldmaker.market import AGENCIES
from worldmaker.messages import Notice
from worldmaker.script import Script, days_of
from worldmaker.timetable import FIRST_DAY, LAST_DAY, LAST_NOTICE_DAY, at, is_working_day
from worldmaker.vehicles import SEASONS

# What becomes of a notice, in per cent; what would come after the last day comes in grace.
_FATES = (
    ("before", 15.0),
    ("grace", 24.0),
    ("request", 18.0),
    ("reminder_1", 13.0),
    ("reminder_2", 7.0),
    ("proposal", 2.0),
    ("other_insurer", 2.5),
    ("deregistration", 3.0),
    ("withdrawn", 1.0),
    ("plate_change", 1.5),
    ("silence", 13.0),
)
_APPLIED = ("before", "grace", "request", "reminder_1", "reminder_2", "proposal")
# What an application names besides its agency.
_NAMED = (
    (("evb", "plate", "vin"), 55),
    (("evb", "vin"), 20),
    (("evb", "plate"), 12),
    (("evb",), 6),
    (("plate", "vin"), 7),
)
# The season begins on 1 March (a Sunday) and 1 April; after Easter the authorities catch up.
_BUSY = {date(2026, 3, 2): 3.0, date(2026, 3, 3): 1.6, date(2026, 4, 1): 2.6, date(2026, 4, 7): 2.4}
_KINDS = (("registration", 68), ("holder_change", 22), ("re_registration", 10))
_PRIVATE = (("car", 68), ("electric", 12), ("historic", 3), ("van", 4), ("motorcycle", 13))
_COMMERCIAL = (("car", 44), ("electric", 10), ("van", 34), ("truck", 12))
_SUFFIXES = {"electric": "E", "historic": "H"}


def fill(script: Script, count: int) -> None:
    """Add ordinary notices until the script has `count` that can open a case."""
    dice = Dice(script.dice.below(1_000_000), "ordinary")
    while len(script.openings()) < count:
        _continue(script, dice, _ordinary(script, dice))
    for _ in range(40):
        script.cover(dice.pick(tuple(AGENCIES)), FIRST_DAY + timedelta(days=dice.between(0, 90)))


def _ordinary(script: Script, dice: Dice) -> Notice:
    when = _arrival(dice)
    cover = script.cover(_agency(dice), when.date())
    vehicle = dice.weighted(_COMMERCIAL if cover.holder.is_company else _PRIVATE)
    is_seasonal = dice.chance({"motorcycle": 0.55, "historic": 0.4}.get(vehicle, 0.03))
    changes = {"vin": "", "hsn": "", "tsn": ""} if dice.chance(0.03) else {}
    return script.register(
        cover,
        when,
        kind=dice.weighted(_KINDS),
        vehicle=vehicle,
        suffix=_SUFFIXES.get(vehicle, ""),
        season=dice.pick(SEASONS) if is_seasonal else "",
        **changes,
    )


def _continue(script: Script, dice: Dice, notice: Notice) -> None:
    """Let the vehicle's further story arrive, as far as it fits before the last day."""
    fate = dice.weighted(_FATES)
    if fate in _APPLIED:
        named = dice.weighted(_NAMED)
        is_found = "evb" in named or (notice.vin and "vin" in named)
        left_out = {field: "" for field in ("evb", "plate", "vin") if is_found and field not in named}
        spelled = {"plate": _spelled_otherwise(dice, notice.plate)} if dice.chance(0.15) else {}
        script.apply(notice, _stage(dice, notice, fate), **(spelled | left_out))
    elif fate != "silence":
        _signal(script, dice, notice, fate)


def _signal(script: Script, dice: Dice, notice: Notice, fate: str) -> None:
    stage = dice.weighted((("grace", 35), ("request", 35), ("reminder_1", 20), ("reminder_2", 10)))
    day = max(_stage(dice, notice, stage).date(), notice.received_at.date() + timedelta(days=1))
    when = at(_workday(day), f"05:30:{dice.below(60):02}")
    if fate == "withdrawn":
        script.withdraw(notice, when)
    elif fate == "other_insurer":
        script.hear(notice, when, fate, evb=script.garage.evb("QX"))
    elif fate == "plate_change":
        script.hear(notice, when, fate, plate=script.garage.plate(notice.keeper.town.district))
    else:
        script.hear(notice, when, fate)


def _stage(dice: Dice, notice: Notice, stage: str) -> datetime:
    """Return a moment at which the case stands at this stage, or in grace if that is after the last day."""
    day_0, days = notice.received_at.date(), days_of(notice)
    if stage == "before":
        return _office_hour(dice, _mostly_workday(dice, day_0 - timedelta(days=11), day_0 - timedelta(days=1)))
    steps = {
        "request": (days.request, days.reminder_1),
        "reminder_1": (days.reminder_1, days.reminder_2),
        "reminder_2": (days.reminder_2, days.proposal),
        "proposal": (days.proposal, days.proposal + timedelta(days=12)),
    }
    begins, ends = steps.get(stage, (day_0 + timedelta(days=1), days.request))
    if begins > LAST_DAY:
        begins, ends = day_0 + timedelta(days=1), days.request
    return _office_hour(dice, _mostly_workday(dice, begins, min(ends - timedelta(days=1), LAST_DAY)))


def _mostly_workday(dice: Dice, begins: date, ends: date) -> date:
    days = [begins + timedelta(days=offset) for offset in range((ends - begins).days + 1)]
    return dice.weighted([(day, 1.0 if is_working_day(day, "NI") else 0.12) for day in days])


def _office_hour(dice: Dice, day: date) -> datetime:
    hour = dice.weighted(((7, 1), (8, 6), (9, 12), (10, 13), (11, 12), (12, 5), (13, 7), (14, 11), (15, 11), (16, 9)))
    return at(day, f"{hour + dice.weighted(((0, 88), (4, 12))):02}:{dice.between(1, 59):02}:{dice.below(60):02}")


def _arrival(dice: Dice) -> datetime:
    days = [FIRST_DAY + timedelta(days=offset) for offset in range((LAST_NOTICE_DAY - FIRST_DAY).days + 1)]
    day = dice.weighted([(day, _traffic(day)) for day in days])
    if is_working_day(day, "NI") and dice.chance(0.58):
        return at(day, f"05:{dice.between(30, 34)}:{dice.below(60):02}")
    if dice.chance(0.02):
        return at(day, "07:00:00")
    return _office_hour(dice, day)


def _traffic(day: date) -> float:
    if not is_working_day(day, "NI"):
        return 0.08 if day.weekday() == 5 else 0.01
    return _BUSY.get(day, 1.0)


def _agency(dice: Dice) -> str:
    """Return an agency; the head of a firm writes more business than its branches."""
    return dice.weighted([(number, 1.0 if agency.parent else 2.5) for number, agency in AGENCIES.items()])


def _spelled_otherwise(dice: Dice, plate: str) -> str:
    """Write a plate as people type it into a form."""
    plain = plate.replace("Ä", "AE").replace("Ö", "OE").replace("Ü", "UE")
    return dice.pick((plate.replace("-", " "), plate.lower(), plain, plain.replace(" ", ""), plain.replace(" ", "-")))


def _workday(day: date) -> date:
    while not is_working_day(day, "NI"):
        day += timedelta(days=1)
    return day
