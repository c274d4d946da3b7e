"""Mails over SMTP: they arrive once, byte by byte, and a refusal concerns its mail alone."""

import time
from collections.abc import Sequence

import pytest
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.interfaces.smtp_mails import (
    PERMANENTLY,
    PIPELINED,
    PLAIN,
    SENT,
    TEMPORARILY,
    both_ways,
    mails,
    numbers,
    outcomes,
    send,
    to,
)

from vermittlerpost.notifications.transports import Envelope, Outcome, Result


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
