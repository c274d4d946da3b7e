"""Write the letters of steps and send them on their way, in the transaction that takes the steps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from vermittlerpost.cases.models import Case, Plate
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Schedule, Step
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery.rules import Parcel
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.letters.rules import (
    Agency,
    Carrier,
    Contact,
    EarlierLetter,
    Facts,
    Party,
    Vehicle,
    due_day_in_words,
)
from vermittlerpost.lib import clock


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A step that a case takes on a day."""

    case: Case
    step: Step
    schedule: Schedule


def write(steps: Sequence[Taken], *, by: str) -> None:
    """Issue the letter of each step and bring it on its way."""
    cases = [taken.case.id for taken in steps]
    earlier, plates = written.titles_of(cases), _plates_of(cases)
    parcels = [_parcel(taken) for taken in steps]
    drafts = [
        letters.Draft(
            facts=_facts(taken, _portal_url(parcel), earlier[taken.case.id], plates[taken.case.id]),
            carrier=taken.case.carrier_id,
            agency=taken.case.agency_id,
        )
        for taken, parcel in zip(steps, parcels, strict=True)
    ]
    letters.issue(drafts, by=by)
    delivery.dispatch(parcels, by=by)


def _parcel(taken: Taken) -> Parcel:
    case, step = taken.case, taken.step
    return Parcel(
        letter=letters.letter_id(case=case.id, kind=step.letter, level=step.level),
        case=case.id,
        category=letters.category_of(step.letter),
        agency=case.agency_id,
        urgency=step.urgency,
        due_on=taken.schedule.due_on,
        issued_on=clock.today(),
        electronic_from=case.agency.electronic_from,
        electronic_until=case.agency.electronic_until,
    )


def _portal_url(parcel: Parcel) -> str:
    # Who gets paper has no page to open.
    if not delivery.is_provided(parcel):
        return ""
    return f"{settings.ENVIRONMENT.base_url}/cockpit/vermittlerpost/{parcel.letter}/"


def _facts(taken: Taken, portal_url: str, earlier: tuple[EarlierLetter, ...], plates: tuple[str, ...]) -> Facts:
    case, step = taken.case, taken.step
    return Facts(
        letter=letters.letter_id(case=case.id, kind=step.letter, level=step.level),
        case=case.id,
        kind=step.letter,
        level=step.level,
        urgency=step.urgency,
        issued_on=clock.today(),
        due_on=taken.schedule.due_on,
        first_requested_on=case.requested_on,
        next_step=_next_step(taken),
        portal_url=portal_url,
        carrier=_carrier(case),
        agency=_agency(case),
        contact=Contact(
            name=case.agency.contact_name, email=case.agency.contact_email, phone=case.agency.contact_phone
        ),
        vehicle=_vehicle(case, plates),
        evb=case.evb,
        registered_on=case.registered_on,
        authority=case.authority,
        policyholder=_policyholder(case),
        keeper=_keeper(case),
        earlier=earlier,
    )


def _next_step(taken: Taken) -> str:
    following = PROCESSES[taken.case.process].step_after(taken.step.state)
    if following is None or taken.schedule.next_on is None:
        return ""
    return following.announcement.format(day=due_day_in_words(taken.schedule.next_on))


def _carrier(case: Case) -> Carrier:
    carrier = case.carrier
    return Carrier(
        name=carrier.name,
        legal_name=carrier.legal_name,
        street=carrier.sender_street,
        postcode=carrier.sender_postcode,
        city=carrier.sender_city,
        imprint=f"{carrier.legal_name}, {carrier.sender_street}, {carrier.sender_postcode} {carrier.sender_city}",
    )


def _agency(case: Case) -> Agency:
    agency = case.agency
    return Agency(
        number=agency.number, name=agency.name, street=agency.street, postcode=agency.postcode, city=agency.city
    )


def _vehicle(case: Case, plates: tuple[str, ...]) -> Vehicle:
    previous = tuple(plate for plate in plates if plate != case.plate)
    return Vehicle(
        plate=case.plate, previous_plates=previous, season=case.season, vin=case.vin, hsn=case.hsn, tsn=case.tsn
    )


def _policyholder(case: Case) -> Party:
    return Party(
        name=case.policyholder_name,
        street=case.policyholder_street,
        postcode=case.policyholder_postcode,
        city=case.policyholder_city,
    )


def _keeper(case: Case) -> Party | None:
    keeper = Party(
        name=case.keeper_name, street=case.keeper_street, postcode=case.keeper_postcode, city=case.keeper_city
    )
    return None if keeper == _policyholder(case) else keeper


def _plates_of(cases: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    plates: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for case, plate in Plate.objects.filter(case__in=cases).order_by("id").values_list("case", "plate"):
        if plate not in plates[case]:
            plates[case] += (plate,)
    return plates
