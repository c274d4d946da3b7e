"""Sending mails over sessions: honest about each mail, whatever happens to the line."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from vermittlerpost.notifications.transports import Envelope, Outcome, Result
from vermittlerpost.notifications.transports.smtp.session import Session, content
from vermittlerpost.notifications.transports.smtp.wire import Lost, Reply

_STEPS = ("MAIL", "RCPT", "DATA")
_GO_AHEAD = 354
_CLOSING = 421
_NOBODY = b".\r\n"
_RESET = b"RSET\r\n"
_BARREN_SESSIONS = 3


class SmtpLine:
    """Send mails over one session that stays open from batch to batch and is renewed when it drops."""

    def __init__(self, connect: Callable[[], Session]) -> None:
        self._connect = connect
        self._idle: Session | None = None

    def send(self, batch: Iterable[Envelope]) -> Iterator[Result]:
        """Send mails in turn and tell of each as soon as its fate is known.

        A mail on which a fresh session drops is not tried again here; the others go on over the next session.
        If no session comes about, or three in a row bring nothing to an end, what still waits is not tried.
        """
        waiting, barren = deque(batch), 0
        while waiting:
            try:
                session = self._take()
            except Lost as lost:
                yield from _not_tried(waiting, lost)
                return
            yield from self._over(session, waiting)
            barren = 0 if session.is_proven else barren + 1
            if barren == _BARREN_SESSIONS:
                yield from _not_tried(waiting, Lost("Verbindung bricht immer wieder ab"))
                return

    def close(self) -> None:
        """Take leave of the server."""
        if self._idle:
            self._idle.quit()
            self._idle = None

    def _take(self) -> Session:
        session, self._idle = self._idle, None
        return session or self._connect()

    def _over(self, session: Session, waiting: deque[Envelope]) -> Iterator[Result]:
        """Send over one session; only a dialogue that came to its end leaves it fit for use."""
        dialogue = _Dialogue(session, waiting)
        try:
            yield from dialogue.results()
            self._idle = session
        except Lost as lost:
            yield from dialogue.broken_off(lost)
        finally:
            if self._idle is not session:
                session.close()


class _Dialogue:
    """Send what waits, each mail's content together with the next one's commands."""

    def __init__(self, session: Session, waiting: deque[Envelope]) -> None:
        self._session = session
        self._waiting = waiting
        self._handed_over: Envelope | None = None

    def results(self) -> Iterator[Result]:
        """Yield results until nothing waits; raises `Lost` if the line does not last that long."""
        while True:
            yield from self._put_aside()
            if not (self._waiting or self._session.lead):
                return
            has_lead = bool(self._session.lead)
            replies = self._session.exchange(
                self._session.commands(self._waiting[0]) if self._waiting else ()
            )
            if has_lead:
                yield from self._ended(next(replies))
            if self._waiting:
                yield from self._offered(*replies)

    def broken_off(self, lost: Lost) -> Iterator[Result]:
        """Tell of the mail on which the line broke, unless it may go on over another session."""
        if self._handed_over:
            reason = f"nach der Übergabe: {lost.reason}"
            yield Result(mail=self._handed_over.mail, outcome=Outcome.UNKNOWN, reason=reason)
        elif self._waiting and not self._session.is_proven:
            # A proven session may have been closed for its age; a fresh one dropped because of this mail.
            yield _left_alone(self._waiting.popleft(), lost)

    def _put_aside(self) -> Iterator[Result]:
        while self._waiting and (obstacle := self._session.obstacle(self._waiting[0])):
            mail = self._waiting.popleft().mail
            yield Result(mail=mail, outcome=Outcome.REFUSED_PERMANENTLY, reason=obstacle)

    def _ended(self, reply: Reply) -> Iterator[Result]:
        """Settle the mail whose content was the lead; the reply to a reset concerns no mail."""
        ended, self._handed_over = self._handed_over, None
        self._session.lead, self._session.is_proven = b"", True
        if ended:
            yield Result(mail=ended.mail, outcome=_outcome(reply), reason=str(reply))
        if reply.code == _CLOSING or _outcome(reply) is Outcome.UNKNOWN:
            raise Lost(str(reply), reply)

    def _offered(self, *replies: Reply) -> Iterator[Result]:
        """Hand over the content if the server wants it, else settle the mail and clear the table."""
        refusals = _refusals(replies)
        envelope, wants_content = self._waiting.popleft(), replies[-1].code == _GO_AHEAD
        if refusals:
            self._session.lead, self._session.is_proven = _NOBODY if wants_content else _RESET, True
            yield _refused(envelope, *refusals[0])
        else:
            self._session.lead, self._handed_over = content(envelope.data), envelope


def _refusals(replies: Iterable[Reply]) -> list[tuple[str, Reply]]:
    """Return the steps refused; raises `Lost` if the server takes its leave or makes no sense."""
    refusals = []
    for step, reply in zip(_STEPS, replies, strict=True):
        if reply.code == _CLOSING:
            raise Lost(f"{step}: {reply}", reply)
        is_agreed = reply.code == _GO_AHEAD if step == "DATA" else reply.is_positive
        if not is_agreed and _outcome(reply) in (Outcome.SENT, Outcome.UNKNOWN):
            raise Lost(f"{step}: unverständliche Antwort {reply}")
        if not is_agreed:
            refusals.append((step, reply))
    return refusals


def _outcome(reply: Reply) -> Outcome:
    """Read a reply to a mail's content (RFC 5321, 4.2.1)."""
    return {
        2: Outcome.SENT,
        4: Outcome.REFUSED_TEMPORARILY,
        5: Outcome.REFUSED_PERMANENTLY,
    }.get(reply.code // 100, Outcome.UNKNOWN)


def _refused(envelope: Envelope, step: str, reply: Reply) -> Result:
    return Result(
        mail=envelope.mail,
        outcome=_outcome(reply),
        reason=f"{step}: {reply}",
        blames_recipient=step == "RCPT" and _is_bad_address(reply),
    )


def _is_bad_address(reply: Reply) -> bool:
    """Tell a bad address from a refusal for other reasons (RFC 3463, 3.2 and 3.3)."""
    if reply.status:
        return reply.status.startswith("5.1.") or reply.status == "5.2.1"
    return reply.code in (550, 551, 553)


def _left_alone(envelope: Envelope, lost: Lost) -> Result:
    outcome = Outcome.REFUSED_TEMPORARILY if lost.reply else Outcome.NOT_TRIED
    return Result(mail=envelope.mail, outcome=outcome, reason=f"vor der Übergabe: {lost.reason}")


def _not_tried(waiting: Iterable[Envelope], lost: Lost) -> Iterator[Result]:
    for envelope in waiting:
        yield Result(mail=envelope.mail, outcome=Outcome.NOT_TRIED, reason=lost.reason)
