"""What the tests of SMTP have in common: mails, a way to send them, and a look at what became of them."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.faults.smtp_server import MisbehavingServer

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
