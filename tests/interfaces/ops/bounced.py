"""Reports as mail servers write them, and a mailbox over IMAP that speaks just enough to be read."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from vermittlerpost.interfaces.ops import sealing
from vermittlerpost.lib.seals import seal

REPORT = """\
From: MAILER-DAEMON@mx.example
To: vermittlerpost@portal.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Mar 2026 07:00:05 +0100

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 <{recipient}> no such user

--B
Content-Type: {returned}

From: vermittlerpost@portal.example
Subject: Vermittlerpost
Message-ID: {message_id}

{body}
--B--
"""
OUT_OF_OFFICE = """\
From: carla@brueckner.example
To: vermittlerpost@portal.example
Subject: Abwesend: Vermittlerpost
Auto-Submitted: auto-replied
In-Reply-To: {message_id}
Content-Type: text/plain; charset=utf-8

Ich bin bis Montag nicht im Haus.
"""


def message_id(mail: str) -> str:
    """Return what a mail of ours bears."""
    return f"<{mail}.{seal(mail, sealing.key())}@portal.example>"


def out_of_office(mail: str) -> bytes:
    """Return the note of somebody who is away."""
    return OUT_OF_OFFICE.format(message_id=message_id(mail)).encode()


def report(
    mail: str,
    status: str = "5.1.1",
    action: str = "failed",
    recipient: str = "carla@brueckner.example",
    returned: str = "message/rfc822",
) -> bytes:
    """Return a report about a mail."""
    named = {"recipient": recipient, "message_id": message_id(mail)}
    text = REPORT.format(status=status, action=action, returned=returned, body="Text", **named)
    return text.replace("\n", "\r\n").encode()


class _Session(socketserver.StreamRequestHandler):
    """One client; the mails and marks are the server's."""

    server: "ImapServer"

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in self.rfile:
            tag, _, command = line.rstrip().partition(b" ")
            verb = command.split(b" ")[0].upper()
            if command.upper().startswith(b"UID "):
                self._uid(command[4:])
            elif verb == b"CAPABILITY":
                self._say(b"* CAPABILITY IMAP4rev1")
            elif verb == b"LOGIN" and b"geheim" not in command:
                self._say(tag + b" NO wrong password")
                continue
            self._say(tag + b" OK done")

    def _uid(self, command: bytes) -> None:
        mails, seen = self.server.mails, self.server.seen
        if command.startswith(b"SEARCH"):
            self._say(b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, len(mails) + 1) if n not in seen))
        elif found := re.match(rb"FETCH (\d+)", command):
            content = mails[int(found[1]) - 1]
            self._say(b"* %s FETCH (UID %s BODY[]<0> {%d}" % (found[1], found[1], len(content)))
            self.wfile.write(content)
            self._say(b")")
        elif found := re.match(rb"STORE (\d+) \+FLAGS \(\\Seen\)", command):
            seen.add(int(found[1]))

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class ImapServer(socketserver.ThreadingTCPServer):
    """A mailbox with its mails and which of them were seen."""

    daemon_threads = True

    def __init__(self, mails: list[bytes]) -> None:
        self.mails, self.seen = mails, set[int]()
        super().__init__(("127.0.0.1", 0), _Session)


@contextmanager
def imap(*mails: bytes) -> Iterator[ImapServer]:
    """Let a mailbox be read within the block."""
    with ImapServer(list(mails)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
