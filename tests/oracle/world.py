"""Live through a world day by day and write down what `simulate` must write."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from . import masters, messages
from .cases import Book, Letter
from .days import german_day, run_on
from .files import Refused
from .matching import Case
from .people import tell
from .plates import folded

Line = dict[str, Any]


@dataclass
class Outcome:
    """The lines of the five files.

    A letter is named by (message_id of its notice, kind, level), a case by the message_id of its notice; it
    is null where a notice opened none. Plates are folded. Refused lines have no `rule`.
    """

    letters: list[Line] = field(default_factory=list)
    mails: list[Line] = field(default_factory=list)
    decisions: list[Line] = field(default_factory=list)
    cases: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)


def compute(world: Path, first: date, last: date) -> Outcome:
    """Compute all lines for the runs from the first to the last day, both included."""
    refused = Refused()
    known = masters.load(world, refused)
    coming = deque(messages.load(world, refused))
    book, outcome = Book(known), Outcome(refused=list(refused))
    today = first
    while today <= last:
        while coming and coming[0].received_at < run_on(today):
            book.feed(coming.popleft())
        letters = book.take_steps(today)
        decisions, mails = tell(letters, known, run_on(today))
        outcome.letters += [_letter_line(letter) for letter in letters]
        outcome.decisions += decisions
        outcome.mails += mails
        today += timedelta(days=1)
    while coming and german_day(coming[0].received_at) <= last:
        book.feed(coming.popleft())
    outcome.cases = [_case_line(case) for case in book.cases]
    return outcome


def _letter_line(letter: Letter) -> Line:
    return {
        "message_id": letter.message_id,
        "kind": letter.step.kind,
        "level": letter.step.level,
        "urgency": letter.step.urgency,
        "category": letter.step.category,
        "agency": letter.agency.number,
        "channel": letter.channel,
        "issued_on": letter.issued_on.isoformat(),
        "due_on": letter.due_on.isoformat(),
    }


def _case_line(case: Case) -> Line:
    return {
        "case": case.notice.message_id if case.opened else None,
        "message_id": case.notice.message_id,
        "evb": case.notice.evb,
        "plate": folded(case.plates[-1].text),
        "state": case.state,
        "closed_on": case.closed_on.isoformat() if case.closed_on else None,
        "reason": case.reason,
    }
