"""The script of the world: who registers which vehicle when, and what is heard of it afterwards."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from worldmaker.dice import Dice
from worldmaker.market import AGENCIES, CARRIERS, Carrier
from worldmaker.messages import OPENING, Application, Cover, Notice, Scene, Spoilt
from worldmaker.parties import Party, party
from worldmaker.places import Town, towns_of
from worldmaker.sheets import Flaw
from worldmaker.timetable import Timetable, is_working_day, moment, timetable
from worldmaker.vehicles import Garage

SIX_MONTHS, FIFTEEN_MONTHS = timedelta(days=183), timedelta(days=456)


class Script:
    """Collect eVBs, notices, applications, scenes and flaws; every message gets a key of its own."""

    def __init__(self, seed: int) -> None:
        self.dice = Dice(seed, "script")
        self.garage = Garage(Dice(seed, "garage"))
        self.covers: list[Cover] = []
        self.notices: list[Notice] = []
        self.applications: list[Application] = []
        self.scenes: list[Scene] = []
        self.applied: set[str] = set()
        self.spoilt: list[Spoilt] = []
        self.repeats: list[tuple[Notice, date]] = []
        self._keys = 0

    def openings(self) -> list[Notice]:
        """Return the good notices that can open a case."""
        return [notice for notice in self.notices if notice.kind in OPENING]

    def cover(self, agency: str, before: date, **changes: Any) -> Cover:
        """Issue an eVB to a customer of the agency some time before the day of a registration."""
        home = AGENCIES[agency]
        holder: Party = changes.pop("holder", None) or party(self.dice, self._town_near(home.town))
        carrier: Carrier = changes.pop("carrier", None) or self._carrier(holder)
        issued_on, valid_until = self._validity(before)
        cover = Cover(
            number=self.garage.evb(carrier.prefix),
            carrier=carrier,
            agency=home,
            agency_number=agency,
            holder=holder,
            issued_on=issued_on,
            valid_until=valid_until,
            kind="single",
        )
        self.covers.append(replace(cover, **changes))
        return self.covers[-1]

    def notice(self, agency: str, when: str, **changes: Any) -> Notice:
        """Register a vehicle on an eVB of its own."""
        return self.register(self.cover(agency, moment(when).date()), moment(when), **changes)

    def register(self, cover: Cover, when: datetime, **changes: Any) -> Notice:
        """Register a vehicle on an eVB; its holder keeps the vehicle unless the changes say otherwise."""
        keeper: Party = changes.pop("keeper", cover.holder)
        vehicle = self.garage.vehicle(changes.pop("vehicle", "car"))
        suffix: str = changes.pop("suffix", "")
        notice = Notice(
            key=self._key(),
            cover=cover,
            received_at=when,
            kind="registration",
            evb=cover.number,
            plate=changes.pop("plate", "") or self.garage.plate(keeper.town.district, suffix),
            season="",
            vin=vehicle.vin,
            hsn=vehicle.hsn,
            tsn=vehicle.tsn,
            keeper=keeper,
            registered_on=self._working_day_before(when.date(), keeper.town.state),
            authority=keeper.town.authority,
        )
        self.notices.append(replace(notice, **changes))
        return self.notices[-1]

    def hear(self, notice: Notice, when: datetime, kind: str, **changes: Any) -> Notice:
        """Let a further message about the same vehicle arrive."""
        registered_on = self._working_day_before(when.date(), notice.keeper.town.state)
        fresh: dict[str, Any] = {
            "key": self._key(),
            "received_at": when,
            "kind": kind,
            "registered_on": registered_on,
        }
        self.notices.append(replace(notice, **(fresh | changes)))
        return self.notices[-1]

    def withdraw(self, notice: Notice, when: datetime) -> Notice:
        """Let the authority withdraw a notice: the message bears the id of what it withdraws."""
        return self.hear(notice, when, "withdrawn", key=notice.key, registered_on=notice.registered_on)

    def apply(self, notice: Notice, when: datetime, **changes: Any) -> Application:
        """Let an application for the vehicle arrive that names everything the notice names."""
        application = Application(
            key=self._key(),
            received_at=when,
            evb=notice.evb,
            plate=notice.plate,
            vin=notice.vin,
            agency=notice.cover.agency_number,
        )
        self.applications.append(replace(application, **changes))
        self.applied.add(notice.key)
        return self.applications[-1]

    def spoil(self, message: Notice | Application, flaw: Flaw, filed: date, **cells: str) -> None:
        """Turn the message that came last into a bad row of the file of that day: cells by column name."""
        if isinstance(message, Notice):
            self.notices.remove(message)
        else:
            self.applications.remove(message)
        self.spoilt.append(Spoilt(message=message, flaw=flaw, filed=filed, cells=cells))

    def repeat(self, notice: Notice, filed: date) -> None:
        """Let a notice come once more, unchanged, in the file of a later day."""
        self.repeats.append((notice, filed))

    def scene(self, number: str, story: str, *messages: Notice | Application) -> None:
        """Note that these messages play a scene."""
        self.scenes.append(Scene(number=number, story=story, keys=tuple(message.key for message in messages)))

    def _key(self) -> str:
        self._keys += 1
        return f"{self._keys:05}"

    def _carrier(self, holder: Party) -> Carrier:
        shares = (("UH", 25), ("FW", 60), ("BW", 15)) if holder.is_company else (("UH", 65), ("FW", 5), ("BW", 30))
        return CARRIERS[self.dice.weighted(shares)]

    def _validity(self, before: date) -> tuple[date, date | None]:
        spans = (((0, 5), 45), ((6, 30), 30), ((31, 120), 20), ((200, 420), 5))
        days = self.dice.between(*self.dice.weighted(spans))
        issued_on = before - timedelta(days=days)
        if self.dice.chance(0.08):
            return issued_on, None
        is_long = days > 120 or self.dice.chance(0.2)
        return issued_on, issued_on + (FIFTEEN_MONTHS if is_long else SIX_MONTHS)

    def _town_near(self, town: Town) -> Town:
        return town if self.dice.chance(0.75) else self.dice.pick(towns_of(town.state))

    def _working_day_before(self, day: date, state: str) -> date:
        day -= timedelta(days=self.dice.weighted(((1, 75), (2, 18), (3, 7))))
        while not is_working_day(day, state):
            day -= timedelta(days=1)
        return day


def days_of(notice: Notice) -> Timetable:
    """Return when the case of a notice takes its steps if nothing ends it."""
    return timetable(notice.received_at.date(), notice.cover.agency.town.state)
