"""Write the letters of steps and send them on their way, in the transaction that takes the steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings

from vermittlerpost.agencies import models as agencies
from vermittlerpost.cases import queries
from vermittlerpost.cases.actions.halting import refuse_while_halted
from vermittlerpost.cases.models import Case
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import Schedule, Step
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery.rules import Listing, Parcel
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as written
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rules import (
    Carrier,
    Contact,
    Facts,
    Party,
    Vehicle,
    due_day_in_words,
)
from vermittlerpost.lib import clock


@dataclass(frozen=True, kw_only=True)
class Order:
    """A letter that a step or a person asks for; `text` is what a person says in his own words.

    What comes next is that of the process, unless `next_step` says it in a whole sentence. One that follows another
    letter goes by that one's `channel`.
    """

    case: Case
    agency: agencies.Agency
    carrier: agencies.Carrier
    kind: str
    step: Step
    schedule: Schedule
    text: str = ""
    next_step: str = ""
    channel: str = ""

    @property
    def says_what_holds(self) -> bool:
        """Tell whether the letter takes the place of those before it: what a person answers leaves them as they are."""
        return not self.text

    @cached_property
    def letter(self) -> str:
        """Return the id that the letter will have."""
        return letters.letter_id(case=self.case.id, kind=self.kind, level=self.step.level)


def write(orders: Sequence[Order], *, by: str) -> None:
    """Issue the letters and bring them on their way; refuses while steps are halted.

    A letter of the process overtakes what was written before.
    """
    refuse_while_halted()
    write_in_any_case(orders, by=by)


def write_in_any_case(orders: Sequence[Order], *, by: str) -> None:
    """Issue letters that ask for nothing, halted or not: what an ending takes back would else be asked for still."""
    cases = [order.case.id for order in orders]
    delivery.supersede({order.case.id: order.letter for order in orders if order.says_what_holds}, by=by)
    earlier, plates = written.earlier_in(cases), queries.plates_of(cases)
    parcels = [_parcel(order, plates[order.case.id]) for order in orders]
    drafts = [
        letters.Draft(
            facts=_facts(order, _portal_url(parcel), earlier[order.case.id], plates[order.case.id]),
            carrier=order.carrier.code,
            agency=order.agency.number,
        )
        for order, parcel in zip(orders, parcels, strict=True)
    ]
    letters.issue(drafts, by=by)
    delivery.dispatch(parcels, by=by)


def _parcel(order: Order, plates: tuple[str, ...]) -> Parcel:
    return Parcel(
        letter=order.letter,
        case=order.case.id,
        category=letters.category_of(order.kind),
        agency=order.agency.number,
        urgency=order.step.urgency,
        due_on=order.schedule.due_on,
        issued_on=clock.today(),
        electronic_from=order.agency.electronic_from,
        electronic_until=order.agency.electronic_until,
        listing=_listing(order, plates),
        channel=order.channel,
    )


def _listing(order: Order, plates: tuple[str, ...]) -> Listing:
    case = order.case
    return Listing(
        carrier=order.carrier.code,
        kind=order.kind,
        level=order.step.level,
        plate=case.plate,
        policyholder=case.policyholder_name,
        marks=(*plates, case.id, order.letter, case.evb, case.vin),
    )


def _portal_url(parcel: Parcel) -> str:
    # Who gets paper has no page to open.
    if not delivery.is_provided(parcel):
        return ""
    return f"{settings.ENVIRONMENT.base_url}/cockpit/vermittlerpost/{parcel.letter}/"


def _facts(order: Order, portal_url: str, earlier: written.Earlier, plates: tuple[str, ...]) -> Facts:
    case, agency = order.case, order.agency
    return Facts(
        letter=order.letter,
        case=case.id,
        kind=order.kind,
        level=order.step.level,
        urgency=order.step.urgency,
        issued_on=clock.today(),
        due_on=order.schedule.due_on,
        first_requested_on=case.requested_on,
        next_step=_next_step(order),
        text=order.text,
        portal_url=portal_url,
        carrier=_sender(order.carrier),
        agency=written.addressee(agency),
        contact=Contact(name=agency.contact_name, email=agency.contact_email, phone=agency.contact_phone),
        vehicle=_vehicle(case, plates),
        evb=case.evb,
        registered_on=case.registered_on,
        authority=case.authority,
        policyholder=_policyholder(case),
        keeper=_keeper(case),
        earlier=earlier.letters,
        wording=KINDS[order.kind].version,
        taken_over=bool(earlier.agencies - {agency.number}),
    )


def _next_step(order: Order) -> str:
    if order.next_step or order.schedule.next_on is None:
        return order.next_step
    process = PROCESSES[order.case.process]
    return process.announcement(order.step.state, due_day_in_words(order.schedule.next_on))


def _sender(carrier: agencies.Carrier) -> Carrier:
    street, postcode, city = carrier.sender_street, carrier.sender_postcode, carrier.sender_city
    return Carrier(
        name=carrier.name,
        legal_name=carrier.legal_name,
        street=street,
        postcode=postcode,
        city=city,
        imprint=f"{carrier.legal_name}, {street}, {postcode} {city}",
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
