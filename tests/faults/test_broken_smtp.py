"""SMTP servers as they are: no mail is lost and none arrives twice, whatever the server does."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from tests.faults import world
from tests.faults.deaths import environment_of
from tests.faults.houses import House
from tests.faults.smtp_server import Fault, MisbehavingServer, running
from tests.faults.workers import sql

STATES = sql("SELECT state, count(*) FROM notifications_mail WHERE made_at > '2026-03-31' GROUP BY 1 ORDER BY 1")
SUPPRESSED = sql("SELECT address FROM notifications_suppression")
SHOWN = sql("SELECT reply FROM notifications_mail WHERE state IN ('refused', 'unknown') ORDER BY reply")
MAILS = 4
TIMEOUT, TOO_LONG = 3.0, 4.5
POST_PATIENTLY = ("post_patiently", "2026-04-01T07:00:00+02:00")
WAITING, SENT = {"waiting": MAILS}, {"sent": MAILS}
ONE_WAITS, ONE_REFUSED, ONE_UNKNOWN = ({"sent": MAILS - 1, state: 1} for state in ("waiting", "refused", "unknown"))


@pytest.fixture(scope="module")
def announced(morning: House) -> Iterator[House]:
    """Return a house in which four mails wait."""
    with morning.copy() as house:
        house.do("take_steps", "announce")
        yield house


def once(at: str, reply: str = "", **more: Any) -> Fault:
    """Return a fault that strikes at the first mail, or at the first connection."""
    return Fault(at=at, reply=reply, times=1, **more)


@pytest.mark.parametrize(
    ("fault", "at_first", "at_last"),
    [
        (once("CONNECT", "421 4.3.2 closing"), WAITING, SENT),  # nobody speaks with us: all wait
        (once("CONNECT", "554 5.3.2 no service"), WAITING, SENT),
        (once("EHLO", "451 4.3.0 later"), WAITING, SENT),
        (once("EHLO", "502 5.5.1 what"), WAITING, SENT),
        (once("MAIL", "451 4.3.0 later"), ONE_WAITS, SENT),  # temporary: tried again
        (once("MAIL", "550 5.7.1 not you"), ONE_REFUSED, ONE_REFUSED),  # permanent: shown
        (once("RCPT", "450 4.2.1 busy"), ONE_WAITS, SENT),
        (once("RCPT", "552 5.2.2 mailbox full"), ONE_REFUSED, ONE_REFUSED),
        (once("DATA", "451 4.3.0 later"), ONE_WAITS, SENT),
        (once("DATA", "554 5.7.0 no"), ONE_REFUSED, ONE_REFUSED),
        (once("END", "452 4.3.1 full"), ONE_WAITS, SENT),
        (once("END", "554 5.6.0 spam"), ONE_REFUSED, ONE_REFUSED),
        (once("CONNECT"), WAITING, SENT),  # the line drops where nothing was handed over: tried again
        (once("EHLO"), WAITING, SENT),
        (once("MAIL"), ONE_WAITS, SENT),
        (once("RCPT"), ONE_WAITS, SENT),
        (once("DATA"), ONE_WAITS, SENT),
        (once("CONTENT"), ONE_UNKNOWN, ONE_UNKNOWN),  # … where it was, nobody knows: shown, never repeated
        (once("END"), ONE_UNKNOWN, ONE_UNKNOWN),
        (once("MAIL", wait=TOO_LONG), ONE_WAITS, SENT),  # slower than we wait
        (once("END", wait=TOO_LONG), SENT, SENT),  # slow, but that answer is waited for
    ],
    ids=lambda value: f"{value.at} {value.reply or value.wait or 'dropped'}" if isinstance(value, Fault) else "",
)
def test_every_mail_is_sent_once_or_shown(
    fault: Fault, at_first: dict[str, int], at_last: dict[str, int], announced: House
) -> None:
    with announced.copy() as house, running(MisbehavingServer(faults=[fault])) as server:
        environment = environment_of(server) | ({"smtp_timeout": TIMEOUT} if fault.wait else {})
        tasks = ["post", STATES, POST_PATIENTLY, STATES, SHOWN]
        *_, first, _, last, shown = house.do(*tasks, clock=world.SOON, environment=environment)
    assert dict(first) == at_first
    assert dict(last) == at_last
    assert len(shown) == MAILS - at_last["sent"]
    refused_afterwards = fault.at == "END" and fault.reply.startswith(("4", "5"))
    arrived = Counter(mail.data.partition(b"Message-ID: ")[2][:20] for mail in server.received)
    assert max(arrived.values()) <= 1 + refused_afterwards
    assert len(arrived) >= at_last["sent"]


def test_an_address_that_does_not_exist_is_written_to_no_more(announced: House) -> None:
    faults = [Fault(at="RCPT", reply="550 5.1.1 unknown", times=1)]
    with announced.copy() as house, running(MisbehavingServer(faults=faults)) as server:
        wishes = {"environment": environment_of(server), "limits": {"_MAILS_AT_ONCE": 1}}
        _, states, suppressed = house.do("post", STATES, SUPPRESSED, clock=world.SOON, **wishes)
    assert dict(states) == {"refused": 1, "sent": 2, "withdrawn": 1}
    assert len(suppressed) == 1


def test_mails_wait_for_a_server_that_is_away_for_three_hours(announced: House) -> None:
    with running(MisbehavingServer()) as server:
        away = environment_of(server)
    with announced.copy() as house:
        until_ten = ("post_patiently", world.LATER)
        tried, states = house.do(until_ten, STATES, environment=away)
        with running(MisbehavingServer()) as server:
            back = environment_of(server)
            _, sent = house.do(POST_PATIENTLY, STATES, clock=world.LATER, environment=back)
            arrived = len(server.received)
    assert 6 <= len(tried) / MAILS <= 10
    assert dict(states) == WAITING
    assert dict(sent) == SENT
    assert arrived == MAILS


def test_a_mail_that_is_put_off_for_72_hours_is_given_up_and_shown(announced: House) -> None:
    faults = [Fault(at="RCPT", reply="451 4.7.1 later")]
    with announced.copy() as house, running(MisbehavingServer(faults=faults)) as server:
        tried, states, shown = house.do(
            ("post_patiently", "2026-05-01T00:00:00+02:00"),
            STATES,
            SHOWN,
            environment=environment_of(server),
        )
    assert dict(states) == {"refused": MAILS}
    assert "2026-04-03T05:00" <= max(tried) <= "2026-04-03T12:00"
    assert shown == [["RCPT: 451 4.7.1"]] * MAILS
    assert server.received == []
