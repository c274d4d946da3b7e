"""Mails over SMTP: what the transport says of each mail is true, whatever the server does."""

import socket
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from aiosmtpd.smtp import Envelope as TheirEnvelope
from aiosmtpd.smtp import Session as TheirSession
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.smtp_server import CERTIFICATE, Fault, MisbehavingServer, running, server_side_tls

from vermittlerpost.notifications.transports import Envelope, Outcome, Result
from vermittlerpost.notifications.transports.smtp import SmtpServer

SENT, UNKNOWN, NOT_TRIED = Outcome.SENT, Outcome.UNKNOWN, Outcome.NOT_TRIED
TEMPORARILY, PERMANENTLY = Outcome.REFUSED_TEMPORARILY, Outcome.REFUSED_PERMANENTLY
PLAIN = ("SIZE 1000000", "8BITMIME", "ENHANCEDSTATUSCODES")
PIPELINED = ("PIPELINING", *PLAIN)
both_ways = pytest.mark.parametrize("offers", [PIPELINED, PLAIN], ids=["pipelining", "one by one"])


def mails(count: int) -> list[Envelope]:
    return [
        Envelope(
            mail=str(number),
            sender="post@portal.example",
            recipient=f"empfang{number}@makler.example",
            data=f"Subject: {number}\r\n\r\n.ein Punkt\r\n..zwei\r\n.\r\nEnde\r\n".encode(),
        )
        for number in range(1, count + 1)
    ]


def to(server: MisbehavingServer, **terms: Any) -> SmtpServer:
    wanted: dict[str, Any] = {"host": "localhost", "tls": "none", "timeout": 5.0, "patience": 5.0} | terms
    return SmtpServer(port=server.port, **wanted)


def send(server: MisbehavingServer, batch: Sequence[Envelope], **terms: Any) -> list[Result]:
    with to(server, **terms).open() as line:
        return list(line.send(batch))


def outcomes(results: Sequence[Result]) -> dict[str, Outcome]:
    return {result.mail: result.outcome for result in results}


def numbers(server: MisbehavingServer) -> list[str]:
    return [mail.data.partition(b"\r\n")[0].decode().removeprefix("Subject: ") for mail in server.received]


# ----------------------------------------------------------------------------------- when all is well


@both_ways
def test_every_mail_arrives_once_with_exactly_its_bytes_over_one_connection(offers: Sequence[str]) -> None:
    batch = mails(60)
    with running(MisbehavingServer(offers=offers)) as server:
        results = send(server, batch)
        assert results == [Result(mail=one.mail, outcome=SENT, reason="250 2.0.0") for one in batch]
        assert [mail.data for mail in server.received] == [one.data for one in batch]
        assert server.received[0].sender == f"MAIL FROM:<post@portal.example> SIZE={len(batch[0].data)}"
        assert server.received[0].recipient == "RCPT TO:<empfang1@makler.example>"
        assert server.connections == 1
        assert server.ahead == 0
        assert server.commands[-1] == "QUIT"


def test_the_connection_is_kept_from_batch_to_batch() -> None:
    with running(MisbehavingServer()) as server, to(server).open() as line:
        first, second = list(line.send(mails(2))), list(line.send(mails(3)))
        assert len(first + second) == 5
        assert server.connections == 1


def test_nothing_is_dialled_for_an_empty_batch() -> None:
    with running(MisbehavingServer()) as server:
        assert send(server, []) == []
        assert server.connections == 0


@pytest.mark.parametrize(("offers", "round_trips"), [(PIPELINED, 1), (PLAIN, 4)])
def test_a_mail_takes_one_round_trip_with_pipelining_and_four_without(offers: Sequence[str], round_trips: int) -> None:
    with running(MisbehavingServer(offers=offers)) as server:
        send(server, mails(20))
        farewells = 3  # EHLO, the last content, QUIT
        assert server.reads <= 20 * round_trips + farewells


@pytest.mark.parametrize(
    ("data", "travels_as"),
    [
        (b"ohne Ende", b"ohne Ende\r\n"),  # a line is ended
        (b"", b"\r\n"),
        (b".", b".\r\n"),  # a dot at the very start is stuffed
        (b"a\r\n.\r\nb\r\n", b"a\r\n.\r\nb\r\n"),  # a lone dot does not end the mail
        (b"a\n.\nQUIT\n", b"a\r\n.\r\nQUIT\r\n"),  # nor does one between lone line feeds
        (b"a\r.\rb\r\n", b"a\r\n.\r\nb\r\n"),
        (b"a\n.\r\nb", b"a\r\n.\r\nb\r\n"),
        (b"\r\n\r\n", b"\r\n\r\n"),
    ],
)
def test_no_content_ends_a_mail_before_its_end(data: bytes, travels_as: bytes) -> None:
    envelope = Envelope(mail="1", sender="a@b.example", recipient="c@d.example", data=data)
    with running(MisbehavingServer()) as server:
        assert outcomes(send(server, [envelope])) == {"1": SENT}
        assert [mail.data for mail in server.received] == [travels_as]


def test_characters_of_eight_bits_are_announced() -> None:
    envelope = Envelope(mail="1", sender="a@b.example", recipient="c@d.example", data="Grüße\r\n".encode())
    with running(MisbehavingServer()) as server:
        assert outcomes(send(server, [envelope])) == {"1": SENT}
        assert server.received[0].sender.endswith(" BODY=8BITMIME")


# ------------------------------------------------------------------------------ when the server refuses


@both_ways
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
@pytest.mark.parametrize(("reply", "outcome"), [("451 4.3.0 später", TEMPORARILY), ("554 5.6.0 nie", PERMANENTLY)])
def test_a_refusal_concerns_its_mail_alone(offers: Sequence[str], step: str, reply: str, outcome: Outcome) -> None:
    fault = Fault(at=step, reply=reply, mail=2)
    with running(MisbehavingServer(offers=offers, faults=[fault])) as server:
        results = send(server, mails(3))
        assert outcomes(results) == {"1": SENT, "2": outcome, "3": SENT}
        prefix = "" if step == "END" else f"{step}: "
        assert results[1].reason == prefix + reply.rpartition(" ")[0]
        assert server.connections == 1
        assert server.ahead == 0


@both_ways
def test_every_mail_may_be_refused_without_disturbing_the_line(offers: Sequence[str]) -> None:
    fault = Fault(at="RCPT", reply="550 5.1.1 unbekannt")
    with running(MisbehavingServer(offers=offers, faults=[fault])) as server:
        assert set(outcomes(send(server, mails(20))).values()) == {PERMANENTLY}
        assert server.received == []
        assert server.connections == 1


def test_a_server_that_wants_content_for_nobody_gets_none() -> None:
    faults = [
        Fault(at="RCPT", reply="550 5.1.1 unbekannt", mail=1),
        Fault(at="DATA", reply="354 go ahead", mail=1),
    ]
    with running(MisbehavingServer(faults=faults)) as server:
        assert outcomes(send(server, mails(2))) == {"1": PERMANENTLY, "2": SENT}
        assert numbers(server) == ["2"]


@pytest.mark.parametrize(
    ("step", "reply", "is_bad_address"),
    [
        ("RCPT", "550 5.1.1 unbekannt", True),
        ("RCPT", "550 5.1.10 Domain nimmt nichts an", True),
        ("RCPT", "550 5.2.1 Postfach stillgelegt", True),
        ("RCPT", "550 unbekannt", True),  # no enhanced status to be wiser
        ("RCPT", "550 5.7.1 Absender gesperrt", False),  # our fault
        ("RCPT", "552 5.2.2 Postfach voll", False),  # will pass
        ("RCPT", "554 nicht von hier", False),
        ("RCPT", "450 4.1.1 später", False),
        ("MAIL", "550 5.1.8 Absender unbekannt", False),
        ("END", "550 5.1.1 zu spät", False),  # who is meant cannot be told
    ],
)
def test_only_a_bad_address_is_blamed_on_the_recipient(step: str, reply: str, is_bad_address: bool) -> None:
    with running(MisbehavingServer(faults=[Fault(at=step, reply=reply)])) as server:
        (result,) = send(server, mails(1))
        assert result.blames_recipient is is_bad_address


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
def test_what_a_server_writes_beside_its_codes_is_not_kept(step: str) -> None:
    reply = "550-5.1.1 <empfang1@makler.example> kennt\r\n550 5.1.1 hier keiner (Erika Mustermann)"
    with running(MisbehavingServer(faults=[Fault(at=step, reply=reply)])) as server:
        (result,) = send(server, mails(1))
        assert result.reason.removeprefix(f"{step}: ") == "550 5.1.1"


@pytest.mark.parametrize(
    ("envelope", "offers", "reason"),
    [
        (b"x" * 101, ("SIZE 100",), "größer als der Server erlaubt (SIZE)"),
        ("ü".encode(), ("PIPELINING",), "Server nimmt keine 8-Bit-Zeichen (8BITMIME)"),
    ],
)
def test_what_a_server_cannot_take_is_not_even_offered(envelope: bytes, offers: Sequence[str], reason: str) -> None:
    too_much = Envelope(mail="1", sender="a@b.example", recipient="c@d.example", data=envelope)
    fitting = Envelope(mail="2", sender="a@b.example", recipient="c@d.example", data=b"x")
    with running(MisbehavingServer(offers=offers)) as server:
        results = send(server, [too_much, fitting])
        assert results[0] == Result(mail="1", outcome=PERMANENTLY, reason=reason)
        assert outcomes(results[1:]) == {"2": SENT}


@pytest.mark.parametrize("limit", ["SIZE 0", "SIZE", "SIZE viel"])
def test_a_server_without_a_limit_takes_any_size(limit: str) -> None:
    with running(MisbehavingServer(offers=(limit,))) as server:
        assert outcomes(send(server, mails(1))) == {"1": SENT}


@pytest.mark.parametrize("address", ["a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "ä@b.example", ""])
def test_an_address_cannot_carry_a_command(address: str) -> None:
    envelope = Envelope(mail="1", sender="a@b.example", recipient=address, data=b"x")
    with running(MisbehavingServer()) as server:
        assert outcomes(send(server, [envelope])) == {"1": PERMANENTLY}
        assert "RCPT" not in server.commands


# -------------------------------------------------------------------------------- when the line drops


@both_ways
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_drop_before_the_content_loses_nothing(offers: Sequence[str], step: str) -> None:
    fault = Fault(at=step, mail=3, times=1)
    with running(MisbehavingServer(offers=offers, faults=[fault])) as server:
        assert outcomes(send(server, mails(5))) == dict.fromkeys("12345", SENT)
        assert numbers(server) == list("12345")
        assert server.connections == 2


@both_ways
@pytest.mark.parametrize("step", ["CONTENT", "END"])
def test_a_drop_behind_the_content_leaves_the_mail_unknown_and_it_is_not_repeated(
    offers: Sequence[str], step: str
) -> None:
    fault = Fault(at=step, mail=3)
    with running(MisbehavingServer(offers=offers, faults=[fault])) as server:
        results = send(server, mails(5))
        assert outcomes(results) == {"1": SENT, "2": SENT, "3": UNKNOWN, "4": SENT, "5": SENT}
        assert numbers(server) == [number for number in "12345" if number != "3" or step == "END"]
        assert len(results) == 5


@both_ways
@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_mail_on_which_a_fresh_line_drops_is_left_alone(offers: Sequence[str], step: str) -> None:
    with running(MisbehavingServer(offers=offers, faults=[Fault(at=step, mail=1)])) as server:
        results = send(server, mails(3))
        assert outcomes(results) == {"1": NOT_TRIED, "2": SENT, "3": SENT}
        assert results[0].reason.startswith("vor der Übergabe: ")


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_drops_again_and_again_is_given_up(step: str) -> None:
    with running(MisbehavingServer(faults=[Fault(at=step)])) as server:
        results = send(server, mails(10))
        assert outcomes(results) == {one.mail: NOT_TRIED for one in mails(10)}
        assert server.connections == 3


def test_a_server_that_drops_behind_every_content_is_given_up_too() -> None:
    with running(MisbehavingServer(faults=[Fault(at="END")])) as server:
        results = send(server, mails(10))
        assert [result.outcome for result in results] == [UNKNOWN] * 3 + [NOT_TRIED] * 7
        assert len(server.received) == 3


@both_ways
def test_a_server_that_closes_after_every_mail_still_gets_all(offers: Sequence[str]) -> None:
    faults = [Fault(at="MAIL", mail=number) for number in range(2, 20, 2)]
    with running(MisbehavingServer(offers=offers, faults=faults)) as server:
        assert outcomes(send(server, mails(6))) == dict.fromkeys("123456", SENT)
        assert numbers(server) == list("123456")


def test_a_line_that_was_closed_while_idle_is_renewed() -> None:
    with running(MisbehavingServer(faults=[Fault(at="MAIL", mail=2)])) as server, to(server).open() as line:
        assert outcomes(list(line.send(mails(1)))) == {"1": SENT}
        assert outcomes(list(line.send(mails(2)))) == {"1": SENT, "2": SENT}
        assert server.connections == 2


@both_ways
@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("MAIL", {"1": SENT, "2": SENT, "3": SENT}),
        ("RCPT", {"1": SENT, "2": SENT, "3": SENT}),
        ("DATA", {"1": SENT, "2": SENT, "3": SENT}),
        ("END", {"1": SENT, "2": TEMPORARILY, "3": SENT}),  # said no, and hung up
    ],
)
def test_a_server_that_takes_its_leave_is_dialled_again(
    offers: Sequence[str], step: str, expected: dict[str, Outcome]
) -> None:
    fault = Fault(at=step, reply="421 4.3.2 Feierabend", mail=2, times=1)
    with running(MisbehavingServer(offers=offers, faults=[fault])) as server:
        assert outcomes(send(server, mails(3))) == expected
        assert server.connections == 2


def test_a_mail_at_which_a_fresh_line_is_closed_by_421_is_temporarily_refused() -> None:
    fault = Fault(at="RCPT", reply="421 4.7.0 zu viele", mail=1)
    with running(MisbehavingServer(faults=[fault])) as server:
        results = send(server, mails(2))
        assert outcomes(results) == {"1": TEMPORARILY, "2": SENT}
        assert results[0].reason == "vor der Übergabe: RCPT: 421 4.7.0"


# -------------------------------------------------------------------- when the server is slow or mad


@both_ways
@pytest.mark.parametrize(
    ("step", "outcome"), [("MAIL", NOT_TRIED), ("RCPT", NOT_TRIED), ("DATA", NOT_TRIED), ("END", UNKNOWN)]
)
def test_patience_has_an_end_and_what_was_handed_over_is_unknown(
    offers: Sequence[str], step: str, outcome: Outcome
) -> None:
    with running(MisbehavingServer(offers=offers, faults=[Fault(at=step, wait=1.0, mail=1)])) as server:
        (result,) = send(server, mails(1), timeout=0.2, patience=0.2)
        assert result.outcome is outcome
        assert result.reason.endswith("Zeitüberschreitung")


def test_more_patience_is_had_with_the_answer_to_a_content() -> None:
    with running(MisbehavingServer(faults=[Fault(at="END", wait=0.5)])) as server:
        assert outcomes(send(server, mails(2), timeout=0.2, patience=5.0)) == {"1": SENT, "2": SENT}


@pytest.mark.parametrize(
    ("step", "reply", "outcome"),
    [
        ("MAIL", "wie bitte?", NOT_TRIED),
        ("MAIL", "354 schon?", NOT_TRIED),
        ("DATA", "250 danke", NOT_TRIED),  # without ever having seen the content
        ("END", "354 mehr!", UNKNOWN),
        ("END", "wie bitte?", UNKNOWN),
        ("MAIL", "250-" + "x" * 20_000, NOT_TRIED),
        ("MAIL", "250-a\r\n" * 300 + "250 b", NOT_TRIED),
    ],
)
def test_a_reply_that_makes_no_sense_ends_the_dialogue(step: str, reply: str, outcome: Outcome) -> None:
    with running(MisbehavingServer(faults=[Fault(at=step, reply=reply, mail=1)])) as server:
        assert outcomes(send(server, mails(2))) == {"1": outcome, "2": SENT}


REPLIES = st.sampled_from(["", "250 2.0.0", "354", "421 4.3.2", "451 4.3.0", "550 5.1.1", "554", "?"])
FAULTS = st.builds(
    Fault,
    at=st.sampled_from(["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT", "END", "RSET"]),
    reply=REPLIES,
    mail=st.none() | st.integers(0, 8),
    times=st.integers(1, 3),
)


@settings(deadline=None, max_examples=100)
@given(offers=st.sampled_from([PIPELINED, PLAIN]), faults=st.lists(FAULTS, max_size=4))
def test_whatever_goes_wrong_every_mail_gets_one_true_result(offers: Sequence[str], faults: Sequence[Fault]) -> None:
    batch = mails(6)
    with running(MisbehavingServer(offers=offers, faults=faults)) as server:
        results = send(server, batch, timeout=1.0, patience=1.0)
        arrived = Counter(numbers(server))
    assert [result.mail for result in results] == [one.mail for one in batch]
    for result in results:
        assert arrived[result.mail] in {SENT: (1,), UNKNOWN: (0, 1)}.get(result.outcome, (0,)), result


# ----------------------------------------------------------------------- when there is no way in at all


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


# --------------------------------------------------------------------------------- encryption and login


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


# ------------------------------------------------------------------------------- whoever stops listening


def test_a_line_whose_results_nobody_heard_to_the_end_is_not_used_again() -> None:
    with running(MisbehavingServer()) as server, to(server).open() as line:
        results = line.send(mails(5))
        assert next(results).outcome is SENT
        del results
        assert outcomes(list(line.send(mails(1)))) == {"1": SENT}
        assert server.connections == 2


def test_results_come_as_soon_as_they_are_known() -> None:
    late = Fault(at="END", wait=2.0, mail=3)
    with running(MisbehavingServer(faults=[late])) as server, to(server).open() as line:
        results, started = line.send(mails(3)), time.perf_counter()
        assert [next(results).mail, next(results).mail] == ["1", "2"]
        assert time.perf_counter() - started < 1.5
        assert next(results).mail == "3"


# ------------------------------------------------------------------------------- a server by other hands


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
