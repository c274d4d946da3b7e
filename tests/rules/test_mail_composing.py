"""Whole mails: what they say, what they must not say (R4), and that the standard library reads them so."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from tests.rules.mail_samples import (
    BOSS,
    CLERK,
    MONDAY,
    ONE,
    OPERATOR,
    announcements,
    page,
    parsed,
    reminders,
    text,
)

from vermittlerpost.lib.seals import seal
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.composing import Announcement, Item, Recipient, compose, subject
from vermittlerpost.notifications.texts.headers import NotAddressable


def test_one_reminder_reads_like_this() -> None:
    assert text(ONE) == (
        "Guten Tag,\n"
        "\n"
        "für Sie liegt eine Erinnerung in der Vermittlerpost bereit. "
        "Bitte handeln Sie, bevor die Frist abläuft.\n"
        "\n"
        "Frist:         Mo., 13.04.2026\n"
        "Dringlichkeit: letzte\n"
        "Agentur:       4711\n"
        "\n"
        "Zur Erinnerung in Mein Cockpit » Vermittlerpost:\n"
        "https://portal.example/cockpit/vermittlerpost/L-7F3K/\n"
        "\n"
        "Sie erhalten diese E-Mail, weil „Eilige Erinnerungen“ für Sie auf Ja gestellt ist.\n"
        "Ändern kann das ein Administrator Ihrer Firma. "
        "Ihre Einstellungen sehen Sie unter Services » Mein Profil:\n"
        "https://portal.example/services/mein-profil/\n"
        "\n"
        "--\n"
        "Musterland Versicherung AG, 12345 Musterstadt\n"
        "Amtsgericht Musterstadt HRB 12345\n"
    )


def test_several_reminders_read_like_this() -> None:
    several = replace(ONE, items=reminders(3, agencies=2), recipient=BOSS)
    assert text(several) == (
        "Guten Tag,\n"
        "\n"
        "für Sie liegen Erinnerungen in der Vermittlerpost bereit. "
        "Bitte handeln Sie, bevor die nächste Frist abläuft.\n"
        "\n"
        "Nächste Frist: Mo., 13.04.2026\n"
        "Dringlichkeit: 1 × letzte, 2 × hoch\n"
        "\n"
        "Zu Mein Cockpit » Vermittlerpost:\n"
        "https://portal.example/cockpit/vermittlerpost/\n"
        "\n"
        "Agentur 4711: 2 eilige Erinnerungen, nächste Frist Mo., 13.04.2026, höchste Dringlichkeit: letzte\n"
        "Agentur 4712: 1 eilige Erinnerung, Frist Di., 14.04.2026, Dringlichkeit: hoch\n"
        "\n"
        "Sie erhalten diese E-Mail, weil „Eilige Erinnerungen“ für Administratoren auf Ja vorbelegt ist.\n"
        "Ändern können Sie das unter Services » Mein Profil » E-Mail-Benachrichtigungen ändern:\n"
        "https://portal.example/services/mein-profil/e-mail-benachrichtigungen/\n"
        "\n"
        "--\n"
        "Musterland Versicherung AG, 12345 Musterstadt\n"
        "Amtsgericht Musterstadt HRB 12345\n"
    )


def test_the_headers_are_these_and_no_others() -> None:
    message = parsed(compose(ONE, OPERATOR))
    assert dict(message.items()) == {
        "From": "Vermittlerpost der Musterland-Gruppe <vermittlerpost@portal.example>",
        "To": "b.beispiel@makler.example",
        "Subject": "1 eilige Erinnerung – Frist Mo., 13.04.2026, Dringlichkeit: letzte (Agentur 4711)",
        "Date": "Mon, 30 Mar 2026 05:00:00 +0000",
        "Message-ID": f"<M-1.{seal('M-1', OPERATOR.seal_key)}@portal.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "de",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_vermittlerpost"',
    }


def test_the_text_comes_before_the_page_and_there_is_nothing_else() -> None:
    parts = list(parsed(compose(ONE, OPERATOR)).walk())
    assert [part.get_content_type() for part in parts] == ["multipart/alternative", "text/plain", "text/html"]
    assert not any(part.defects for part in parts)


@settings(deadline=None, max_examples=50)
@given(announcements())
def test_the_standard_library_reads_every_byte_as_it_was_meant(announcement: Announcement) -> None:
    data = compose(announcement, OPERATOR)
    untouched = policy.SMTP.clone(refold_source="none")
    assert message_from_bytes(data, policy=untouched).as_bytes(policy=untouched) == data
    assert parsed(data)["Subject"] == subject(announcement)
    assert not any(part.defects for part in parsed(data).walk())
    assert data.isascii()
    assert data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 78  # RFC 5322, 2.1.1


def test_the_same_announcement_gives_the_same_bytes() -> None:
    assert compose(ONE, OPERATOR) == compose(replace(ONE), replace(OPERATOR))


def test_a_mail_tried_again_later_keeps_its_message_id() -> None:
    later = parsed(compose(replace(ONE, at=ONE.at + timedelta(hours=3)), OPERATOR))
    assert later["Message-ID"] == parsed(compose(ONE, OPERATOR))["Message-ID"]


def test_a_bundle_of_hundreds_stays_short_and_says_how_many_more_there_are() -> None:
    many = text(replace(ONE, items=reminders(400, agencies=40), recipient=BOSS))
    assert many.count("\nAgentur ") == 10
    assert "\n30 weitere Agenturen: 300 eilige Erinnerungen\n" in many
    assert many.count("\n") < 35


def test_what_is_due_first_stands_on_top_and_then_what_is_more_urgent() -> None:
    items = [
        Item(letter="1", agency="spät", urgency="letzte", due_on=MONDAY + timedelta(1)),
        Item(letter="2", agency="hoch", urgency="hoch", due_on=MONDAY),
        Item(letter="3", agency="letzte", urgency="letzte", due_on=MONDAY),
        Item(letter="4", agency="ohne", urgency="letzte"),
    ]
    assert re.findall(r"^Agentur (\w+)", text(replace(ONE, items=items)), re.MULTILINE) == [
        "letzte",
        "hoch",
        "spät",
        "ohne",
    ]


@pytest.mark.parametrize(
    ("category", "recipient", "why"),
    [
        ("news", CLERK, "„MaklerTicker“ für Sie auf Ja gestellt ist."),
        ("important_letters", BOSS, "„Wichtige Schreiben“ für Administratoren auf Ja vorbelegt ist."),
        (
            "important_letters",
            replace(CLERK, origin="role_default"),
            "„Wichtige Schreiben“ bei eingeschränkter Bestandssicht auf Ja vorbelegt ist.",
        ),
        # an administrator whose view is restricted, in a category that is preset for the latter alone
        (
            "portfolio_event",
            BOSS,
            "„Bestandsereignisse“ bei eingeschränkter Bestandssicht auf Ja vorbelegt ist.",
        ),
    ],
)
def test_a_mail_says_why_it_came(category: str, recipient: Recipient, why: str) -> None:
    announcement = replace(ONE, category=category, recipient=recipient)
    assert f"Sie erhalten diese E-Mail, weil {why}\n" in text(announcement)


@pytest.mark.parametrize("recipient", [BOSS, replace(CLERK, self_service=True)])
def test_who_may_change_the_setting_is_led_to_it(recipient: Recipient) -> None:
    announcement = replace(ONE, recipient=recipient)
    assert "Services » Mein Profil » E-Mail-Benachrichtigungen ändern:" in text(announcement)
    assert "unter Services » Mein Profil » E-Mail-Benachrichtigungen ändern" in page(announcement).text


def test_who_may_not_change_the_setting_is_told_who_can() -> None:
    assert "Ändern kann das ein Administrator Ihrer Firma." in text(ONE)
    assert "E-Mail-Benachrichtigungen ändern" not in text(ONE)


@pytest.mark.parametrize("code", CATEGORIES)
def test_one_thing_is_linked_itself_and_several_by_their_place(code: str) -> None:
    single = replace(ONE, category=code)
    several = replace(single, items=[*single.items, *single.items])
    place = f"https://portal.example/{CATEGORIES[code].path}"
    assert f"{place}L-7F3K/\n" in text(single)
    assert f"{place}\n" in text(several)


def test_a_mail_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="about something"):
        replace(ONE, items=[])


def test_an_origin_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="irgendwer"):
        compose(replace(ONE, recipient=replace(CLERK, origin="irgendwer")), OPERATOR)


def test_an_address_with_a_second_recipient_is_refused() -> None:
    with pytest.raises(NotAddressable):
        compose(replace(ONE, recipient=replace(CLERK, address="a@b.example, c@d.example")), OPERATOR)
