"""Bounces without a report: old mail servers are believed where they show our mail, and nobody else is."""

from email.message import EmailMessage

import pytest
from tests.interfaces.ops.bounced import message_id

from vermittlerpost.interfaces.ops.bounces.reading import bounce_in
from vermittlerpost.lib import identifiers
from vermittlerpost.notifications.rules import Bounce

MAIL = identifiers.derive("M", "carla", "urgent_reminders", "S-1")
MESSAGE_ID = message_id(MAIL)
COPY = f"""\
From: vermittlerpost@portal.example
Subject: Vermittlerpost
Message-ID: {MESSAGE_ID}

Guten Tag
"""
QMAIL = f"""\
Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<carla@brueckner.example>:
192.0.2.25 does not like recipient.
Remote host said: 550 sorry, no mailbox here by that name. (#5.1.1)
Giving up on 192.0.2.25.

--- Below this line is a copy of the message.

Return-Path: <vermittlerpost@portal.example>
Received: (qmail 4711 invoked by uid 0); 2 Mar 2026 06:00:05 -0000
{COPY}"""
EXIM = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  carla@brueckner.example
    SMTP error from remote mail server after RCPT TO:<carla@brueckner.example>:
    host mx.example [192.0.2.25]: 550 5.1.1 no such user

------ This is a copy of the message, including all the headers. ------

Return-path: <vermittlerpost@portal.example>
{COPY}"""
FAILED = {
    "Subject": "Mail delivery failed: returning message to sender",
    "X-Failed-Recipients": "carla@brueckner.example",
}


def mail(text: str, **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in {"From": "MAILER-DAEMON@mx.example", "To": "vermittlerpost@portal.example", **headers}.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def bounced(status: str, *, is_permanent: bool) -> Bounce:
    reason = f"Unzustellbar laut Mailserver, Status {status or 'ohne Angabe'}"
    return Bounce(mail=MAIL, is_permanent=is_permanent, reason=reason)


@pytest.mark.parametrize("content", [mail(QMAIL, Subject="failure notice"), mail(EXIM, **FAILED)])
@pytest.mark.parametrize(
    ("status", "is_permanent"), [("5.1.1", True), ("5.2.1", True), ("5.2.2", False), ("4.4.1", False)]
)
def test_qmail_and_exim_are_judged_by_the_code_that_they_quote(content: bytes, status: str, is_permanent: bool) -> None:
    assert bounce_in(content.replace(b"5.1.1", status.encode())) == bounced(status, is_permanent=is_permanent)


def test_line_ends_and_a_missing_content_type_make_no_difference() -> None:
    bare = f"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n{QMAIL}".replace("\n", "\r\n").encode()
    assert bounce_in(bare) == bounced("5.1.1", is_permanent=True)


def test_without_a_code_nobody_is_taken_to_be_gone_for_good() -> None:
    for content in (mail(QMAIL.replace("(#5.1.1)", "")), mail(EXIM.replace("5.1.1 ", ""), **FAILED)):
        assert bounce_in(content) == bounced("", is_permanent=False)


def test_exim_may_send_back_the_headers_alone() -> None:
    headers_alone = EXIM.replace("the message, including all the headers", "the message's headers")
    assert bounce_in(mail(headers_alone, **FAILED)) == bounced("5.1.1", is_permanent=True)


@pytest.mark.parametrize(
    "content",
    [
        mail(QMAIL.replace(MAIL, "20260302.4711")),  # a mail of somebody else
        mail(QMAIL.replace(MAIL, MAIL[:-1] + ("0" if MAIL[-1] != "0" else "1"))),  # the mark of another mail
        mail(QMAIL.replace(MESSAGE_ID, f"<{MAIL}@portal.example>")),  # a mail that anybody can think of
        mail(QMAIL.replace(MESSAGE_ID, f"<{MAIL}.000000000000@portal.example>")),  # … with a mark that we did not make
        mail(QMAIL.partition("---")[0]),  # our mail is not shown
        mail(QMAIL.replace("Message-ID", "In-Reply-To")),  # an answer to our mail came back to its writer
        mail(QMAIL.replace(COPY, f"Message-ID: <1@mx.example>\n\n{COPY}")),  # our Message-ID stands in what it says
        mail(f"Was heißt das?\n\n{QMAIL}"),  # somebody passes it on
        mail("> " + QMAIL.replace("\n", "\n> ")),  # somebody quotes it
        mail(EXIM, Subject=FAILED["Subject"]),  # without the header that Exim sets
        mail(EXIM, **{**FAILED, "Subject": "Warning: message delayed 24 hours"}),  # it goes on trying
        mail(EXIM, **{**FAILED, "Subject": "AW: Mail delivery failed: returning message to sender"}),
        mail(COPY, **FAILED),
        mail("Ich bin bis Montag nicht im Haus.", Subject="Abwesend", **{"In-Reply-To": MESSAGE_ID}),
        mail(""),
    ],
)
def test_what_does_not_show_our_mail_as_undeliverable_is_no_bounce(content: bytes) -> None:
    assert bounce_in(content) is None


def test_text_that_comes_with_something_attached_is_read_by_nobody() -> None:
    message = EmailMessage()
    message.set_content(QMAIL)
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="x.bin")
    assert bounce_in(message.as_bytes()) is None
