"""The fictive firm of the laboratory, its vehicles, and what one of its days brings; all of it is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as people
from vermittlerpost.agencies.rules import AgencyRow, CarrierRow, FirmRow, UserRow
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as waiting
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import Line
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.evb import EvbRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.interfaces.ops.simulation import days
from vermittlerpost.lib import clock

ADMINISTRATOR, SOFTWARE = "labor-admin", "labor-software"
PASSWORD = "Nur-im-Labor-2630"  # noqa: S105 (made to be printed)
"""Of both users; it opens nothing but a house that is thrown away."""

BY, _CARRIER, _FIRM, _KOELN, _DRESDEN = "labor", "LABOR", "F-LABOR", "990100", "990200"
_CLERK, _APPROVER = "labor-sachbearbeitung", "labor-freigabe"
_REQUEST = "100005100"
_ARRIVAL = time(5, 30)
_PAST = timedelta(days=61)
"""So long before the first day the house has lived already."""
_INQUIRED = timedelta(days=1)
"""On the day after the first one an agency has asked something, so that there is an answer to fetch."""


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """One registration; `noticed` and `applied` are days, counted from the laboratory's first one."""

    evb: str
    plate: str
    holder: str
    agency: str = _KOELN
    noticed: int
    applied: int | None = None


VEHICLES = (
    Vehicle(evb="LB2A4C6", plate="K-LB 1001", holder="Ruth Lindgrün", noticed=-60),
    Vehicle(evb="LB3A4C6", plate="DD-LB 1002", holder="Malerbetrieb Ohlsen GmbH", agency=_DRESDEN, noticed=-44),
    Vehicle(evb="LB4A4C6", plate="K-LB 1003", holder="Şükran Öztürk-Weiß", noticed=-29),
    Vehicle(evb="LB5A4C6", plate="DD-LB 1004", holder="Anton Brösel", agency=_DRESDEN, noticed=-16),
    Vehicle(evb="LB6A4C6", plate="BM-LB 1005E", holder="Ökohof Äppelwoi & Söhne GbR", noticed=-15),
    Vehicle(evb="LB7A4C6", plate="PIR-LB 106", holder="Jana Krüger", agency=_DRESDEN, noticed=-13, applied=4),
    Vehicle(evb="LB8A4C6", plate="K-LB 1007", holder="Theo Vandenberg", noticed=-10),
    Vehicle(evb="LB9A4C6", plate="K-LB 1008H", holder="Ida Sommerfeld", noticed=1),
    Vehicle(evb="LBAA4C6", plate="DD-LB 1009", holder="Fahrschule Vorwärts", agency=_DRESDEN, noticed=3),
)


def furnish(first: date) -> None:
    """Let the firm enter an empty house, and live through the days before the first one."""
    day = first - _PAST
    with clock.turned_to(days.midnight(day)):
        _let_enter()
        intake.put_evbs([_confirmation(vehicle, day) for vehicle in VEHICLES], by=BY)
    while day <= first:
        live(day, first)
        day = clock.day_after(day)


def live(day: date, first: date) -> None:
    """Live through one day up to the end of its run: what came in, steps, mails, the insurer's staff, PDFs."""
    for message in _messages(day, first):
        with clock.turned_to(message.received_at):
            intake.take_messages([message], by=BY)
    with clock.turned_to(days.morning_of(day)):
        days.run()
        _work_off(day, first)
        rounds.render()


def provided() -> dict[str, Line]:
    """Return what the firm's software can find at this moment, acknowledged or not, by id."""
    return {line.id: line for line in delivery.shipments(people.user(SOFTWARE), acknowledged=True)}


def _work_off(day: date, first: date) -> None:
    for case in list(waiting.proposable()):
        cases.propose(case=case.id, reason="Kein Antrag trotz Erinnerungen", by=_CLERK)
        cases.approve(case=case.id, by=_APPROVER)
    if day == first + _INQUIRED:
        _ask_and_answer()


def _ask_and_answer() -> None:
    letter = [line.id for line in provided().values() if line.category == _REQUEST][-1]
    detail = delivery.shipment(people.user(SOFTWARE), letter)
    if detail is None:
        raise LookupError(f"The laboratory's letter {letter} is gone.")
    asked = "Bitte prüfen Sie das Kennzeichen."
    inquiry = cases.inquire(case=detail.case, letter=letter, subject=Subject.OTHER, text=asked, by=ADMINISTRATOR)
    cases.answer(inquiry=inquiry, text="Das Kennzeichen stimmt; der Antrag wird weiter benötigt.", by=_CLERK)


def _messages(day: date, first: date) -> Iterator[NoticeRow | ApplicationRow]:
    since = (day - first).days
    for number, vehicle in enumerate(VEHICLES, start=1):
        if vehicle.noticed == since:
            yield _notice(vehicle, number, day)
        if vehicle.applied == since:
            yield ApplicationRow(
                application_id=f"LA-{number}",
                received_at=clock.german_moment(day, _ARRIVAL),
                evb=vehicle.evb,
                plate=vehicle.plate,
                vin="",
                agency=vehicle.agency,
            )


def _notice(vehicle: Vehicle, number: int, day: date) -> NoticeRow:
    return NoticeRow(
        message_id=f"LZ-{number}",
        received_at=clock.german_moment(day, _ARRIVAL),
        kind="registration",
        evb=vehicle.evb,
        plate=vehicle.plate,
        season="",
        vin=f"WVWZZZ1JZ3W38{number:04}",
        hsn="0603",
        tsn="BKX",
        keeper_name=vehicle.holder,
        keeper_street="Versuchsweg 4",
        keeper_postcode="50667",
        keeper_city="Köln",
        registered_on=day - timedelta(days=2),
        authority="Stadt Köln",
    )


def _confirmation(vehicle: Vehicle, issued_on: date) -> EvbRow:
    return EvbRow(
        number=vehicle.evb,
        carrier=_CARRIER,
        agency=vehicle.agency,
        policyholder_name=vehicle.holder,
        policyholder_street="Versuchsweg 4",
        policyholder_postcode="50667",
        policyholder_city="Köln",
        issued_on=issued_on,
        valid_until=None,
        kind="single",
    )


def _let_enter() -> None:
    agencies.put_carriers([_carrier()], by=BY)
    agencies.put_firms([FirmRow(id=_FIRM, name="Maklerhaus Versuch GmbH (Labor)", self_service=False)], by=BY)
    agencies.put_agencies([_agency(_KOELN, "Köln", "DE-NW"), _agency(_DRESDEN, "Dresden", "DE-SN")], by=BY)
    agencies.put_users([_user(ADMINISTRATOR, technical=False), _user(SOFTWARE, technical=True)], by=BY)
    for login_id in (ADMINISTRATOR, SOFTWARE):
        agencies.change_password(people.user(login_id), PASSWORD, by=BY)
    agencies.set_carrier_software(
        _CARRIER, company_number="0000", own_id_as_policy_number=True, tells_endings=True, by=BY
    )


def _carrier() -> CarrierRow:
    return CarrierRow(
        code=_CARRIER,
        name="Laborversicherung",
        legal_name="Laborversicherung auf Probe a. G.",
        sender_street="Versuchsweg 1",
        sender_postcode="34117",
        sender_city="Kassel",
        process="kfz_standard",
    )


def _agency(number: str, city: str, state: str) -> AgencyRow:
    return AgencyRow(
        number=number,
        parent="",
        firm=_FIRM,
        name=f"Agentur {city} (Labor)",
        street="Versuchsweg 2",
        postcode="50667",
        city=city,
        state=state,
        electronic_from=date(2020, 1, 1),
        electronic_until=None,
        contact_name="Jördis Probst",
        contact_email="j.probst@labor.example",
        contact_phone="0561 5550-100",
    )


def _user(login_id: str, *, technical: bool) -> UserRow:
    return UserRow(
        login_id=login_id,
        firm=_FIRM,
        name="Software im Labor" if technical else "Alma Versuch",
        email="" if technical else "alma.versuch@labor.example",
        administrator=not technical,
        technical=technical,
        rights=("basic", "view_portfolio", "document_archive"),
        assigned_agencies=(),
        active=True,
    )
