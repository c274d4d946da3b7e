"""Ask the rooms for everything that proves what happened to a case."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops.evidence.package import FORM, plain_link
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.events import sentence_of
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.events import PREFERENCE_CHANGED
from vermittlerpost.notifications.queries import Verdict
from vermittlerpost.notifications.rules import Origin, Outcome, Reason

Facts = dict[str, Any]
_SOURCE = "Rundgänge der Arbeiter; ein Stillstand unter fünf Minuten oder des Webservers allein ist nicht verzeichnet."


class NoSuchCase(Refused):
    """There is no case of this number."""

    code = "no_such_case"


def gather(case_id: str, *, operator: str) -> Facts:
    """Return the content of a case's evidence but its seal; refuses an unknown case."""
    case = cases.everything().filter(id=case_id).first()
    if case is None:
        raise NoSuchCase("Den Vorgang {case} gibt es nicht.", case=case_id)
    written = [_letter(sent) for sent in delivery.deliveries_of(case_id)]
    now = clock.now()
    return {
        "form": FORM,
        "made_at": now.isoformat(),
        "operator": operator,
        "version": version("vermittlerpost"),
        "case": _case(case),
        "letters": written,
        "journal": {subject: _chain(subject) for subject in _subjects(case_id, written)},
        "downtime": {"source": _SOURCE, "spans": _downtime(case_id, now)},
    }


def _case(case: Any) -> Facts:
    return {
        "id": case.id,
        "message_id": case.message_id,
        "plate": case.plate,
        "carrier": case.carrier_id,
        "agency": case.agency_id,
        "process": case.process,
        "state": case.state,
        "state_title": cases.title_of_state(case),
        "opened_on": case.opened_on.isoformat(),
        "closed_on": case.closed_on and case.closed_on.isoformat(),
        "close_reason": case.close_reason or None,
    }


def _letter(sent: Any) -> Facts:
    letter = sent.letter
    return {
        "letter": letter.id,
        "kind": letter.kind,
        "title": KINDS[letter.kind].titled(letter.due_on) if letter.kind in KINDS else letter.kind,
        "level": letter.level,
        "urgency": letter.urgency,
        "agency": letter.agency_id,
        "issued_at": letter.issued_at.isoformat(),
        "due_on": letter.due_on and letter.due_on.isoformat(),
        "settled_on": letter.settled_on and letter.settled_on.isoformat(),
        "settled_reason": letter.settled_reason or None,
        "channel": sent.channel,
        "state": sent.state,
        "batch": sent.batch_id,
        "receipts": [
            {"at": one.at.isoformat(), "kind": one.kind, "actor": one.actor} for one in delivery.receipts_of(letter.id)
        ],
        "decisions": [_decision(one, letter) for one in notifications.decisions_about(letter.id)],
    }


def _decision(verdict: Verdict, letter: Any) -> Facts:
    return {
        "login_id": verdict.login_id,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "preference": _preference(verdict),
        "origin": verdict.origin,
        "chosen": _choice(verdict, letter.category, verdict.sent_at or letter.issued_at),
        "mail": verdict.mail,
        "mail_state": verdict.mail_state,
        "sent_at": verdict.sent_at and verdict.sent_at.isoformat(),
    }


def _preference(verdict: Verdict) -> str | None:
    """Return the preference that was in force; None where something else decided before it was asked."""
    if verdict.reason == Reason.PREFERENCE:
        return "Nein"
    return "Ja" if verdict.outcome == Outcome.MAILED else None


def _choice(verdict: Verdict, category: str, at: datetime) -> Facts | None:
    """Return who made the explicit choice that was in force at a moment, and when."""
    if verdict.origin != Origin.EXPLICIT:
        return None
    changes = journal.about(f"user:{verdict.login_id}").filter(kind=PREFERENCE_CHANGED.code, at__lte=at)
    last = changes.filter(data__category=category).last()
    return {"at": last.at.isoformat(), "actor": last.actor} if last else None


def _subjects(case: str, written: Sequence[Facts]) -> list[str]:
    """Return whose chains belong to the evidence: the case's own, and those of its mails and print batches."""
    mails = {f"mail:{one['mail']}" for letter in written for one in letter["decisions"] if one["mail"]}
    batches = {f"batch:{letter['batch']}" for letter in written if letter["batch"]}
    return [case, *sorted(mails), *sorted(batches)]


def _chain(subject: str) -> list[Facts]:
    return [
        plain_link(link, head) | {"sentence": sentence_of(link.kind, link.data)}
        for link, head in journal.chain_of(subject)
    ]


def _downtime(case: str, until: datetime) -> list[Mapping[str, str]]:
    return list(_spans(journal.about(case).values_list("at", flat=True).first() or until, until))


def _spans(since: datetime, until: datetime) -> Iterator[Mapping[str, str]]:
    for first, last in journal.standstills(since, until):
        yield {"since": first.isoformat(), "until": last.isoformat()}
