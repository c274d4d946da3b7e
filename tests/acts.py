"""What happens on the stage: papers come in, mornings pass; and how tests look at what came of it."""

import email
import email.message
import email.policy
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.cast import BONN, NORDLICHT

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.models import Case
from vermittlerpost.delivery import actions as printing
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.models import Delivery
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.intake.formats.evb import EvbRow
from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.simulation import days
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import clock
from vermittlerpost.lib.verdicts import Verdict
from vermittlerpost.notifications import queries as notifications

BY = "feed"

EVB, OTHER_EVB = "NL7K2P9", "NL7K2P8"
PLATE, OTHER_PLATE = "K-WB 4444", "K-WB 5555"
VIN, OTHER_VIN = "WVWZZZ1JZ3W386752", "WVWZZZ1JZ3W386753"
POLICYHOLDER = "Sören Übelacker"

# A notice of Monday, 2 February 2026, for an agency in Nordrhein-Westfalen, if nobody answers: no holiday is near.
REGISTERED = "2026-02-02 06:00"
REQUESTED = "2026-02-16"
REMINDED = "2026-03-03"
REMINDED_AGAIN = "2026-03-18"
PROPOSED = "2026-04-02"
EVERY_STEP = (REQUESTED, REMINDED, REMINDED_AGAIN, PROPOSED)


def moment(text: str) -> datetime:
    """Read a moment of German time."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.GERMANY).astimezone(UTC)


def evb(number: str = EVB, **fields: Any) -> EvbRow:
    """Return a confirmation for Bonn, good for one registration."""
    row = EvbRow(
        number=number,
        carrier=NORDLICHT,
        agency=BONN,
        policyholder_name=POLICYHOLDER,
        policyholder_street="Weiße Gasse 3",
        policyholder_postcode="50668",
        policyholder_city="Köln",
        issued_on=date(2026, 1, 5),
        valid_until=None,
        kind="single",
    )
    return replace(row, **fields)


def notice(message_id: str = "Z-1", at: str = REGISTERED, **fields: Any) -> NoticeRow:
    """Return a notice of the one vehicle that most tests are about."""
    row = NoticeRow(
        message_id=message_id,
        received_at=moment(at),
        kind="registration",
        evb=EVB,
        plate=PLATE,
        season="",
        vin=VIN,
        hsn="0603",
        tsn="BKX",
        keeper_name=POLICYHOLDER,
        keeper_street="Weiße Gasse 3",
        keeper_postcode="50668",
        keeper_city="Köln",
        registered_on=date(2026, 1, 30),
        authority="Stadt Köln",
    )
    return replace(row, **fields)


def application(application_id: str, at: str, **fields: Any) -> ApplicationRow:
    """Return an application that names nothing but what it is told to name."""
    row = ApplicationRow(application_id=application_id, received_at=moment(at), evb="", plate="", vin="", agency="")
    return replace(row, **fields)


def confirm(number: str = EVB, **fields: Any) -> Verdict:
    """Take in a confirmation."""
    return intake.put_evbs([evb(number, **fields)], by=BY)[0]


def receive(*rows: NoticeRow | ApplicationRow) -> list[Verdict]:
    """Take in messages, with the clock at the receipt of the last."""
    with clock.turned_to(max(row.received_at for row in rows)):
        return intake.take_messages(rows, by=BY)


def register(message_id: str = "Z-1", at: str = REGISTERED, **fields: Any) -> str:
    """Take in a registration and return the id that its case has, if it has one."""
    receive(notice(message_id, at, **fields))
    return intake_case(message_id)


def provide(document_id: str = "DOK-1", category: str = "statement_available", **fields: Any) -> str:
    """Take in a document for Bonn, if nobody else is named, and return its number."""
    row = DocumentRow(
        document_id=document_id,
        received_at=moment("2026-03-02 06:30"),
        category=category,
        agency=BONN,
        title="Abrechnung Februar",
    )
    intake.put_documents([replace(row, **fields)], by=BY)
    return document_id


def give_password(login_id: str, password: str) -> None:
    """Let a user log in with a password."""
    user = agencies.user(login_id)
    user.set_password(password)
    user.save(update_fields=["password"])


def apply(application_id: str = "A-1", at: str = "2026-02-10 10:00", **fields: Any) -> Verdict:
    """Take in an application, for the vehicle that most tests are about unless it names something else."""
    return receive(application(application_id, at, **(fields or {"vin": VIN})))[0]


def mornings(*run_on: str) -> None:
    """Make the run of each day."""
    for day in run_on:
        with clock.turned_to(moment(f"{day} 07:00")):
            days.run()


def print_post(at: str) -> list[str]:
    """Build the print batches of what waits for print, and return their ids."""
    with clock.turned_to(moment(at)):
        return printing.build_batches(wiring.print_folder(), by="printer")


def hand_over(batch: str, at: str) -> None:
    """Hand a batch over to the print shop."""
    with clock.turned_to(moment(at)):
        printing.hand_over(batch, by="printer")


def intake_case(message_id: str) -> str:
    """Return the id of the case that a notice opened, or nothing."""
    return next((case.id for case in cases.everything().filter(message_id=message_id)), "")


def case(message_id: str = "Z-1") -> Case:
    """Return the case that a notice opened, as it stands now."""
    return cases.everything().get(message_id=message_id)


def letters_of(message_id: str = "Z-1") -> Sequence[Letter]:
    """Return the letters of a notice's case, the first first."""
    return list(letters.of_case(intake_case(message_id)))


def letter(message_id: str = "Z-1") -> Letter:
    """Return the latest letter of a notice's case, as it stands now."""
    return letters_of(message_id)[-1]


def written(message_id: str = "Z-1") -> list[tuple[str, int, str]]:
    """Return kind, level and day of each letter of a notice's case."""
    return [(one.kind, one.level, one.issued_on.isoformat()) for one in letters_of(message_id)]


def delivery_of(letter_id: str) -> Delivery:
    """Return how a letter travels."""
    return delivery.everything_issued().get(letter=letter_id)


def decisions(matter: str) -> dict[str, tuple[str, str | None]]:
    """Return what was decided about each user in scope: outcome and reason."""
    return {verdict.login_id: (verdict.outcome, verdict.reason) for verdict in notifications.decisions_about(matter)}


def mailed() -> list[tuple[str, str, int]]:
    """Return recipient, category and number of things of each mail that left, in the order in which they did."""
    return [(mail.user.login_id, mail.category, len(mail.mentions.all())) for mail in notifications.sent()]


def mails_in(home: Path) -> list[email.message.EmailMessage]:
    """Read the mails that left, as their recipients do."""
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted((home / "mails").glob("*.eml"))
    ]
