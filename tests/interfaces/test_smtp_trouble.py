"""Mails over SMTP when the line drops or the server is mad: what is said of each mail is true."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.interfaces.smtp_mails import (
    NOT_TRIED,
    PIPELINED,
    PLAIN,
    SENT,
    TEMPORARILY,
    UNKNOWN,
    both_ways,
    mails,
    numbers,
    outcomes,
    send,
    to,
)

from vermittlerpost.notifications.transports import Outcome


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
