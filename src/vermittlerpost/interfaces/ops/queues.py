"""The queues of the house: how much waits, since when, and what got stuck."""

from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import queries as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

Queue = dict[str, str | int | datetime | None]


def all_of_them() -> list[Queue]:
    """Return every queue with what waits in it, the moment of its oldest entry, and how much of it is stuck."""
    due, unannounced, mails = cases.due(clock.now()), journal.unannounced(), notifications.waiting()
    paper, pdfs = delivery.to_print(), letters.to_render()
    return [
        _queue("fällige Schritte", due.count(), _oldest(due, "due_at"), cases.stuck().count()),
        _queue("Bekanntgaben", unannounced.count(), _oldest(unannounced, "at"), journal.stuck().count()),
        _queue("Mails", mails.count(), _oldest(mails, "made_at"), notifications.to_settle().count()),
        _queue("PDFs", pdfs.count(), _oldest(pdfs, "letter__issued_at"), letters.stuck().count()),
        _queue("Druck", paper.count(), _oldest(paper, "changed_at"), 0),
        _queue("Klärfälle", cases.clarifications().count(), None, 0),
        _queue("unklare Mitteilungen", intake.to_clear().count(), None, 0),
        _queue("unklare Anträge", intake.applications_to_clear().count(), None, 0),
        _queue("vorgeschlagene Kündigungen", cases.proposed_cancellations().count(), None, 0),
    ]


def _queue(name: str, waiting: int, oldest: datetime | None, stuck: int) -> Queue:
    return {"queue": name, "waiting": waiting, "oldest": oldest, "stuck": stuck}


def _oldest(rows: QuerySet[Any], moment: str) -> datetime | None:
    oldest: datetime | None = rows.aggregate(oldest=Min(moment))["oldest"]
    return oldest
