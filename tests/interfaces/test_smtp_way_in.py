"""The way into an SMTP server: encrypted and logged in as the operator wants it, or not at all."""

import socket
from collections.abc import Sequence
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as TheirEnvelope
from aiosmtpd.smtp import Session as TheirSession
from tests.faults.smtp_server import CERTIFICATE, Fault, MisbehavingServer, running, server_side_tls
from tests.interfaces.smtp_mails import (
    NOT_TRIED,
    PIPELINED,
    SENT,
    mails,
    outcomes,
    send,
    to,
)

from vermittlerpost.notifications.transports import Result
from vermittlerpost.notifications.transports.smtp import SmtpServer


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(at="CONNECT"), "Verbindung beendet"),
        (Fault(at="CONNECT", reply="421 4.3.2 morgen wieder"), "Begrüßung: 421 4.3.2"),
        (Fault(at="CONNECT", reply="554 kein Dienst"), "Begrüßung: 554"),
        (Fault(at="CONNECT", wait=1.0), "Zeitüberschreitung"),
        (Fault(at="EHLO", reply="502 5.5.1 kenne ich nicht"), "EHLO: 502 5.5.1"),
    ],
)
def test_a_server_that_does_not_let_us_in_leaves_all_mails_untried(fault: Fault, reason: str) -> None:
    with running(MisbehavingServer(faults=[fault])) as server:
        results = send(server, mails(3), timeout=0.3)
        assert results == [Result(mail=number, outcome=NOT_TRIED, reason=reason) for number in "123"]


def test_a_server_that_is_not_there_leaves_all_mails_untried() -> None:
    with running(MisbehavingServer()) as server:
        gone = to(server)
    with gone.open() as line:
        assert {result.reason for result in line.send(mails(2))} == {"Verbindungsaufbau: ECONNREFUSED"}


def test_a_name_that_does_not_exist_leaves_all_mails_untried() -> None:
    with SmtpServer(host="mail.invalid", port=25, tls="none", timeout=5).open() as line:
        (result,) = line.send(mails(1))
        assert result.outcome is NOT_TRIED
        assert result.reason.startswith("Verbindungsaufbau: ")


def encrypted(**terms: Any) -> MisbehavingServer:
    return MisbehavingServer(tls=server_side_tls(), **terms)


def test_mails_go_over_starttls() -> None:
    with running(encrypted(offers=("STARTTLS", *PIPELINED))) as server:
        assert outcomes(send(server, mails(2), tls="starttls", authorities=CERTIFICATE)) == {
            "1": SENT,
            "2": SENT,
        }
        assert server.commands[:3] == ["EHLO", "STARTTLS", "EHLO"]


def test_mails_go_over_tls_from_the_start() -> None:
    with running(encrypted(tls_from_the_start=True)) as server:
        assert outcomes(send(server, mails(1), tls="implicit", authorities=CERTIFICATE)) == {"1": SENT}


def test_without_starttls_nothing_is_sent_in_the_clear() -> None:
    with running(MisbehavingServer()) as server:
        (result,) = send(server, mails(1), tls="starttls", authorities=CERTIFICATE)
        assert (result.outcome, result.reason) == (NOT_TRIED, "STARTTLS: nicht angeboten")
        assert "MAIL" not in server.commands


def test_a_refused_starttls_sends_nothing_in_the_clear() -> None:
    refusal = Fault(at="STARTTLS", reply="454 4.7.0 gerade nicht")
    with running(encrypted(offers=("STARTTLS",), faults=[refusal])) as server:
        (result,) = send(server, mails(1), tls="starttls", authorities=CERTIFICATE)
        assert (result.outcome, result.reason) == (NOT_TRIED, "STARTTLS: 454 4.7.0")
        assert "MAIL" not in server.commands


def test_replies_slipped_in_before_the_encryption_are_refused() -> None:
    slipped = Fault(at="STARTTLS", reply="220 2.0.0 go ahead\r\n250-loopback\r\n250 AUTH PLAIN")
    with running(encrypted(offers=("STARTTLS",), faults=[slipped])) as server:
        (result,) = send(server, mails(1), tls="starttls", authorities=CERTIFICATE)
        assert (result.outcome, result.reason) == (NOT_TRIED, "TLS: Antwort vor der Verschlüsselung")


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with running(encrypted(tls_from_the_start=True)) as server:
        (result,) = send(server, mails(1), tls="implicit")
        assert result.outcome is NOT_TRIED
        assert result.reason.startswith("TLS: Zertifikat nicht anerkannt")


def test_a_server_without_tls_is_not_spoken_to_in_the_clear() -> None:
    with running(MisbehavingServer()) as server:
        (result,) = send(server, mails(1), tls="implicit", authorities=CERTIFICATE)
        assert result.outcome is NOT_TRIED
        assert result.reason == "TLS: Verschlüsselung gescheitert (WRONG_VERSION_NUMBER)"
        assert server.received == []


def test_a_certificate_for_another_host_is_refused() -> None:
    with running(encrypted(tls_from_the_start=True)) as server:
        (result,) = send(server, mails(1), host="127.0.0.2", tls="implicit", authorities=CERTIFICATE)
        assert result.outcome is NOT_TRIED


@pytest.mark.parametrize("ways", ["PLAIN LOGIN", "LOGIN PLAIN", "LOGIN"])
def test_login_by_password(ways: str) -> None:
    offers = (f"AUTH {ways}", *PIPELINED)
    login = ("Käthe", "Geheim ß")
    with running(encrypted(tls_from_the_start=True, offers=offers, login=login)) as server:
        results = send(server, mails(1), tls="implicit", authorities=CERTIFICATE, user="Käthe", password="Geheim ß")
        assert outcomes(results) == {"1": SENT}


@pytest.mark.parametrize(
    ("offers", "reason"),
    [
        (("AUTH PLAIN",), "AUTH: 535 5.7.8"),
        (("AUTH LOGIN",), "AUTH: 535 5.7.8"),
        (("AUTH CRAM-MD5",), "AUTH: weder PLAIN noch LOGIN angeboten"),
        ((), "AUTH: weder PLAIN noch LOGIN angeboten"),
    ],
)
def test_a_login_that_fails_leaves_all_mails_untried(offers: Sequence[str], reason: str) -> None:
    with running(encrypted(tls_from_the_start=True, offers=offers, login=("a", "b"))) as server:
        results = send(server, mails(2), tls="implicit", authorities=CERTIFICATE, user="a", password="falsch")
        assert results == [Result(mail=number, outcome=NOT_TRIED, reason=reason) for number in "12"]


def test_a_password_without_encryption_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="needs TLS"):
        SmtpServer(host="localhost", port=25, tls="none", user="a", password="b")


def test_the_password_does_not_show() -> None:
    assert "geheim" not in repr(SmtpServer(host="h", port=25, tls="starttls", user="a", password="geheim"))


class Inbox:
    """Take mails as aiosmtpd hands them over."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, _server: object, _session: TheirSession, envelope: TheirEnvelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.contents.append(envelope.content)
        return "250 2.0.0 taken"


def let_in(_server: object, _session: object, _envelope: object, _mechanism: str, login: LoginPassword) -> AuthResult:
    return AuthResult(success=login == LoginPassword(b"vermittlerpost", b"geheim"))


def test_a_server_by_other_hands_takes_mails_over_starttls_after_login() -> None:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=port,
        server_hostname="loopback",
        tls_context=server_side_tls(),
        require_starttls=True,
        auth_required=True,
        authenticator=let_in,
    )
    controller.start()
    try:
        server = SmtpServer(
            host="localhost",
            port=port,
            tls="starttls",
            user="vermittlerpost",
            password="geheim",
            authorities=CERTIFICATE,
        )
        with server.open() as line:
            assert {result.outcome for result in line.send(mails(20))} == {SENT}
    finally:
        controller.stop()
    assert inbox.contents == [one.data for one in mails(20)]
