"""Words for what is kept as codes: how letters travelled, what proves it, and who was told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.rules import GOES_AGAIN, ReceiptKind, State
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.rules import MailState, Origin, Outcome, Reason

_STATES: Mapping[str, str] = {
    State.PROVIDED: "bereitgestellt",
    State.TO_PRINT: "wartet auf den Druck",
    State.IN_BATCH: "im Druckstapel",
    State.HANDED_OVER: "der Post übergeben",
    State.RETURNED: "zurückgekommen",
    State.RETURN_SETTLED: "zurückgekommen, abgeschlossen",
    State.WITHDRAWN: "vor der Übergabe zurückgezogen",
}
_RECEIPTS: Mapping[str, str] = {
    ReceiptKind.PROVIDED: "bereitgestellt",
    ReceiptKind.DISPLAYED: "angezeigt",
    ReceiptKind.DOWNLOADED: "heruntergeladen",
    ReceiptKind.FETCHED: "über BiPRO abgerufen",
    ReceiptKind.ACKNOWLEDGED: "über BiPRO quittiert",
    ReceiptKind.PRINTED: "gedruckt",
    ReceiptKind.HANDED_OVER: "der Post übergeben",
    ReceiptKind.RETURNED: "zurückgekommen",
}
_REASONS: Mapping[str, str] = {
    Reason.INACTIVE: "Zugang deaktiviert",
    Reason.TECHNICAL: "technischer Benutzer",
    Reason.NO_RIGHT: "das nötige Recht fehlt",
    Reason.PREFERENCE: "steht auf Nein",
    Reason.NO_ADDRESS: "keine zustellbare Adresse",
    Reason.ALREADY_MAILED: "Adresse schon angeschrieben",
    Reason.CASE_ENDED: "Vorgang beendet",
    Reason.OUT_OF_SCOPE: "Agentur nicht mehr in der Bestandssicht",
    Reason.RECALLED: "Meldung zurückgezogen",
}
_ORIGINS: Mapping[str, str] = {
    Origin.EXPLICIT: "ausdrücklich gewählt",
    Origin.TEMPORARY: "befristete Ausnahme",
    Origin.ROLE_DEFAULT: "Vorbelegung",
}
_MAIL_STATES: Mapping[str, str] = {
    MailState.WAITING: "wartet",
    MailState.SENDING: "wird gesendet",
    MailState.SENT: "gesendet",
    MailState.REFUSED: "vom Mailserver abgewiesen",
    MailState.UNKNOWN: "unklar, ob gesendet",
    MailState.WITHDRAWN: "vor dem Senden zurückgezogen",
    MailState.SETTLED: "von Hand abgeschlossen",
}
_ADDRESS = re.compile(r"[^\s<>()\"']+@[^\s<>()\"']+")


def reason(code: str | None) -> str:
    """Return why somebody was not mailed."""
    return _REASONS.get(code or "", code or "")


def origin(code: str) -> str:
    """Return where a setting came from."""
    return _ORIGINS.get(code, code)


def mail_state(code: str | None) -> str:
    """Return where a mail is."""
    return _MAIL_STATES.get(code or "", code or "")


def mail_states() -> Mapping[str, str]:
    """Return the states of mails with their words."""
    return _MAIL_STATES


def without_addresses(reply: str) -> str:
    """Return what a mail server said, without the addresses that it repeats."""
    return _ADDRESS.sub("…", reply)


@dataclass(frozen=True, kw_only=True)
class Told:
    """Whether somebody was mailed about a letter, and why not."""

    login_id: str
    is_told: bool
    why: str
    sent_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A letter with its way, its receipts and whom mails told about it."""

    letter: str
    title: str
    level: int
    agency: str
    issued_at: datetime
    due_on: date | None
    channel: str
    state: str
    arrived: bool
    goes_again: bool
    receipts: list[dict[str, object]]
    told: list[Told]
    untold: list[Told]


def proofs_of(case: str) -> list[Proof]:
    """Return what was written in a case, in the order of issue, with all that proves what became of it."""
    return [
        Proof(
            letter=one.letter_id,
            title=KINDS[one.letter.kind].titled(one.letter.due_on),
            level=one.letter.level,
            agency=one.letter.agency_id,
            issued_at=one.letter.issued_at,
            due_on=one.letter.due_on,
            channel=CHANNELS[one.channel].title,
            state=_STATES.get(one.state, one.state),
            arrived=one.state in {State.PROVIDED, State.HANDED_OVER},
            goes_again=one.state in GOES_AGAIN and not one.letter.settled_on and not one.letter.erased_on,
            receipts=_receipts(one.letter_id),
            **_told(one.letter_id),
        )
        for one in delivery.deliveries_of(case)
    ]


def _receipts(letter: str) -> list[dict[str, object]]:
    return [
        {"words": _RECEIPTS.get(one.kind, one.kind), "actor": one.actor, "at": one.at}
        for one in delivery.receipts_of(letter)
    ]


def _told(letter: str) -> dict[str, list[Told]]:
    found = [
        Told(
            login_id=one.login_id,
            is_told=one.outcome == Outcome.MAILED,
            why=reason(one.reason),
            sent_at=one.sent_at,
        )
        for one in notifications.decisions_about(letter)
    ]
    told = sorted((one for one in found if one.is_told), key=lambda one: (one.sent_at is None, one.sent_at))
    return {"told": told, "untold": [one for one in found if not one.is_told]}
