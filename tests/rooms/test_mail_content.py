"""notifications: a mail says what waits, by when, and why you are told, and nothing about anybody (R4)."""

import email.message
from pathlib import Path

import pytest
from tests import acts, cast

from vermittlerpost.interfaces.ops.bounces.ours import our_mail
from vermittlerpost.notifications import queries

pytestmark = pytest.mark.usefixtures("stage")

SECRETS = (
    acts.PLATE,
    "WB 4444",
    "4444",
    acts.VIN,
    acts.EVB,
    "Übelacker",
    "Sören",
    "Weiße Gasse",
    "50668",
    "Klara",
    "Carla",
    "0603",
    "BKX",
)


@pytest.fixture
def mail(home: Path) -> email.message.EmailMessage:
    """Return Carla's mail about one reminder."""
    acts.register(keeper_name="Klara Müller")
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return next(one for one in acts.mails_in(home) if is_reminder(one) and one["To"].startswith("carla"))


def is_reminder(mail: email.message.EmailMessage) -> bool:
    return "Erinnerung" in mail["Subject"]


def parts(mail: email.message.EmailMessage) -> dict[str, str]:
    return {part.get_content_type(): part.get_content() for part in mail.iter_parts()}


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_mail_names_no_person_vehicle_or_confirmation_r4(mail: email.message.EmailMessage, kind: str) -> None:
    said = parts(mail)[kind].replace("carla@brueckner.example", "") + mail["Subject"]
    assert [secret for secret in SECRETS if secret in said] == []


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_mail_says_category_agency_urgency_due_date_link_reason_and_imprint_r4(
    mail: email.message.EmailMessage, kind: str
) -> None:
    said = parts(mail)[kind]
    wanted = [
        "eine Erinnerung",
        cast.BONN,
        "hoch",
        "Di., 17.03.2026",
        f"/cockpit/vermittlerpost/{acts.letter().id}/",
        "„Eilige Erinnerungen“ bei eingeschränkter Bestandssicht auf Ja vorbelegt",
        "Musterstraße 1",
    ]
    assert [words for words in wanted if words not in said] == []


def test_urgency_and_due_date_show_in_the_subject_m6(mail: email.message.EmailMessage, home: Path) -> None:
    assert mail["Subject"] == "1 eilige Erinnerung – Frist Di., 17.03.2026, Dringlichkeit: hoch (Agentur 4710)"
    acts.mornings(acts.REMINDED_AGAIN)
    assert "1 eilige Erinnerung – Frist Mi., 01.04.2026, Dringlichkeit: letzte (Agentur 4710)" in {
        one["Subject"] for one in acts.mails_in(home)
    }


def test_a_mail_is_marked_as_automatic_and_has_a_lasting_message_id_r4(mail: email.message.EmailMessage) -> None:
    sent = queries.sent().get(user__login_id=cast.CARLA, category="urgent_reminders")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert our_mail(mail["Message-ID"]) == sent.id


def test_a_mail_says_whose_choice_it_is(home: Path) -> None:
    cast.choose(cast.BERND, "important_letters", wanted=True)
    acts.register()
    acts.mornings(acts.REQUESTED)
    why = {mail["To"].partition("@")[0]: parts(mail)["text/plain"] for mail in acts.mails_in(home)}
    assert "für Sie auf Ja gestellt ist" in why[cast.BERND]
    assert "für Administratoren auf Ja vorbelegt ist" in why[cast.ANNA]


def test_mails_of_two_carriers_to_one_user_are_one_mail_with_the_operators_imprint(home: Path) -> None:
    acts.confirm(acts.OTHER_EVB, carrier=cast.ANKERBUND)
    acts.register("Z-1")
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.mornings(acts.REQUESTED)
    assert acts.mailed() == [(cast.ANNA, "important_letters", 2), (cast.CARLA, "important_letters", 2)]
    said = parts(acts.mails_in(home)[0])["text/plain"]
    assert "Vermittlerpost (Probebetrieb), Musterstraße 1" in said
    assert "Nordlicht" not in said
    assert "Ankerbund" not in said
