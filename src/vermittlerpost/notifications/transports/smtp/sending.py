"""Sending mails over sessions: honest about each mail, whatever happens to the line."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from vermittlerpost.notifications.transports import Envelope, Outcome, Result
from vermittlerpost.notifications.transports.smtp.session import Session, content
from vermittlerpost.notifications.transports.smtp.wire import Lost, Reply

_STEPS = ("MAIL", "RCPT", "DATA")
_GO_AHEAD = 354
_CLOSING = 421
_NOBODY = b".\r\n"
_RESET = b"RSET\r\n"
_BARREN_SESSIONS = 3
_OUTCOMES = {2: Outcome.SENT, 4: Outcome.REFUSED_TEMPORARILY, 5: Outcome.REFUSED_PERMANENTLY}


class _Waiting:
    """Mails in their turn, of which no more than two are written before they are needed."""

    def __init__(self, batch: Iterable[Envelope]) -> None:
        self._rest = iter(batch)
        self._written: deque[Envelope] = deque()
        self.look_ahead()

    def __bool__(self) -> bool:
        return bool(self._written)

    def __iter__(self) -> Iterator[Envelope]:
        return chain(self._written, self._rest)

    @property
    def first(self) -> Envelope:
        """Return the mail whose turn it is."""
        return self._written[0]

    def take(self) -> Envelope:
        """Let the next mail have its turn and return the one that had it."""
        taken = self._written.popleft()
        if not self._written:
            self.look_ahead()
        return taken

    def look_ahead(self) -> None:
        """Have the mail written that comes after the first."""
        self._written.extend(islice(self._rest, 2 - len(self._written)))


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
        waiting, barren = _Waiting(batch), 0
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

    def _over(self, session: Session, waiting: _Waiting) -> Iterator[Result]:
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

    def __init__(self, session: Session, waiting: _Waiting) -> None:
        self._session = session
        self._waiting = waiting
        self._handed_over: Envelope | None = None
        self._news: list[Result] = []

    def results(self) -> Iterator[Result]:
        """Yield results until nothing waits; raises `Lost` if the line does not last that long."""
        while self._has_more():
            commands = self._session.commands(self._waiting.first) if self._waiting else ()
            replies = self._session.exchange(commands)
            # Now the server has something to do, and what is done here meanwhile takes no time of its own.
            yield from self._told()
            following = content(self._waiting.first.data) if self._waiting else b""
            self._waiting.look_ahead()
            if self._session.lead:
                self._end(next(replies))
            if self._waiting:
                self._offer(replies, following)
        yield from self._told()

    def broken_off(self, lost: Lost) -> Iterator[Result]:
        """Tell of the mail on which the line broke, unless it may go on over another session."""
        yield from self._told()
        if self._handed_over:
            reason = f"nach der Übergabe: {lost.reason}"
            yield Result(mail=self._handed_over.mail, outcome=Outcome.UNKNOWN, reason=reason)
        elif self._waiting and not self._session.is_proven:
            # A proven session may have been closed for its age; a fresh one dropped because of this mail.
            yield _left_alone(self._waiting.take(), lost)

    def _told(self) -> Iterator[Result]:
        news, self._news = self._news, []
        yield from news

    def _has_more(self) -> bool:
        """Put aside what this server cannot take, and tell whether there is anything left to write."""
        while self._waiting and (obstacle := self._session.obstacle(self._waiting.first)):
            mail = self._waiting.take().mail
            self._news.append(Result(mail=mail, outcome=Outcome.REFUSED_PERMANENTLY, reason=obstacle))
        return bool(self._waiting or self._session.lead)

    def _end(self, reply: Reply) -> None:
        """Settle the mail whose content was the lead; the reply to a reset concerns no mail."""
        ended, self._handed_over = self._handed_over, None
        self._session.lead, self._session.is_proven = b"", True
        outcome = _outcome(reply)
        if ended:
            self._news.append(Result(mail=ended.mail, outcome=outcome, reason=str(reply)))
        if reply.code == _CLOSING or outcome is Outcome.UNKNOWN:
            raise Lost(str(reply), reply)

    def _offer(self, replies: Iterator[Reply], following: bytes) -> None:
        """Let the content follow if the server wants it, else settle the mail and clear the table."""
        answers = [_understood(step, reply) for step, reply in zip(_STEPS, replies, strict=True)]
        refusals = [(step, reply) for step, reply in answers if not _agrees(step, reply)]
        envelope = self._waiting.take()
        if refusals:
            _, last = answers[-1]
            self._session.lead, self._session.is_proven = _NOBODY if last.code == _GO_AHEAD else _RESET, True
            self._news.append(_refused(envelope, *refusals[0]))
        else:
            self._session.lead, self._handed_over = following, envelope


def _agrees(step: str, reply: Reply) -> bool:
    return reply.code == _GO_AHEAD if step == "DATA" else reply.is_positive


def _understood(step: str, reply: Reply) -> tuple[str, Reply]:
    """Return step and reply; raises `Lost` if the server takes its leave or makes no sense."""
    if reply.code == _CLOSING:
        raise Lost(f"{step}: {reply}", reply)
    if not _agrees(step, reply) and reply.code // 100 not in (4, 5):
        raise Lost(f"{step}: unverständliche Antwort {reply}")
    return step, reply


def _outcome(reply: Reply) -> Outcome:
    """Read a reply to a mail's content (RFC 5321, 4.2.1)."""
    return _OUTCOMES.get(reply.code // 100, Outcome.UNKNOWN)


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
