"""What a simulation leaves behind: one JSON object a line, in an order that never changes."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import State
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import queries as intake
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.letters import actions as letters
from vermittlerpost.notifications import queries as notifications

Line = Mapping[str, object]
_REASONS = {Outcome.PREVENTED: "application", Outcome.VOIDED: "withdrawn"}


def write(folder: Path) -> None:
    """Write every list, letter, mail and print batch; the same world gives the same bytes."""
    write_lists(folder)
    _write_pdfs(folder / "letters")
    for sent in ("mails", "print"):
        _copy(settings.HOME / sent, folder / sent)


def write_lists(folder: Path) -> None:
    """Write letters, mails, decisions, cases and refusals."""
    folder.mkdir(parents=True, exist_ok=True)
    issued = list(letter_lines())
    _write(folder / "letters.jsonl", issued)
    _write(folder / "mails.jsonl", mail_lines())
    _write(folder / "decisions.jsonl", decision_lines({str(line["letter"]) for line in issued}))
    _write(folder / "cases.jsonl", case_lines())
    _write(folder / "refused.jsonl", refused_lines())


def letter_lines() -> Iterator[Line]:
    """Yield every letter, in the order of issue."""
    issued = list(delivery.everything_issued())
    messages = cases.messages_of({sent.letter.case for sent in issued})
    for sent in issued:
        letter = sent.letter
        yield {
            "letter": letter.id,
            "case": letter.case,
            "message_id": messages[letter.case],
            "kind": letter.kind,
            "level": letter.level,
            "urgency": letter.urgency,
            "category": letter.category,
            "agency": letter.agency_id,
            "channel": sent.channel,
            "issued_on": letter.issued_on,
            "due_on": letter.due_on,
        }


def mail_lines() -> Iterator[Line]:
    """Yield every mail that left, in the order of sending; `documents` only where it spoke of some."""
    for mail in notifications.sent():
        mentions = list(mail.mentions.all())
        line = {
            "login_id": mail.user.login_id,
            "category": mail.category,
            "sent_at": mail.sent_at,
            "letters": [mention.matter for mention in mentions if mention.case],
        }
        documents = [mention.matter for mention in mentions if not mention.case]
        yield {**line, "documents": documents} if documents else line


def decision_lines(letter_ids: set[str]) -> Iterator[Line]:
    """Yield the decision about every user in scope of every letter, by letter and login id."""
    verdicts = (verdict for verdict in notifications.all_decisions() if verdict.matter in letter_ids)
    for verdict in sorted(verdicts, key=lambda verdict: (verdict.matter, verdict.login_id)):
        yield {
            "letter": verdict.matter,
            "login_id": verdict.login_id,
            "outcome": verdict.outcome,
            "reason": verdict.reason,
            "origin": verdict.origin,
        }


def case_lines() -> Iterator[Line]:
    """Yield every registration that was taken in, by message id; `case` is null where none was needed."""
    lines = [*_with_case(), *_without_case()]
    yield from sorted(lines, key=lambda line: str(line["message_id"]))


def _with_case() -> Iterator[Line]:
    for case in cases.everything():
        reason = case.clarification if case.state == State.CLARIFICATION else case.close_reason
        yield {
            "case": case.id,
            "message_id": case.message_id,
            "evb": case.evb or None,
            "plate": case.plate,
            "state": case.state,
            "closed_on": case.closed_on,
            "reason": reason or None,
        }


def _without_case() -> Iterator[Line]:
    for notice in intake.without_case():
        yield {
            "case": None,
            "message_id": notice.message_id,
            "evb": notice.evb or None,
            "plate": notice.plate,
            "state": State.CLOSED,
            "closed_on": notice.settled_on,
            "reason": _REASONS[Outcome(notice.outcome)],
        }


def refused_lines() -> Iterator[Line]:
    """Yield every cell that was refused, by file and row."""
    for refused in sorted(intake.refused_rows(), key=lambda one: (one.file.name, one.row, one.column)):
        yield {
            "file": refused.file.name,
            "row": refused.row,
            "column": refused.column or None,
            "value": refused.value,
            "rule": refused.rule,
        }


def _write(path: Path, lines: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _write_pdfs(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    store = wiring.letter_store()
    for letter in delivery.everything_issued().values_list("letter", flat=True):
        (folder / f"{letter}.pdf").write_bytes(letters.pdf_of(letter, store, by=rounds.SYSTEM))
