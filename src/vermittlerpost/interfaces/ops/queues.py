"""The queues of the house: how much waits, since when, and what got stuck."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Aggregate, Count, Min, QuerySet

from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.exchange import queries as exchange
from vermittlerpost.intake import queries as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

Queue = dict[str, str | int | datetime | None]
Rows = QuerySet[Any]
_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One queue: what waits in it, the column that says since when, and which rows are stuck in it.

    Of these `reference` and `reason` name the columns that say which one it is, and why.
    """

    title: str
    waiting: Callable[[], Rows]
    since: str = ""
    stuck: Callable[[], Rows] | None = None
    reference: str = "id"
    reason: str = "stuck_reason"


QUEUES = {
    "steps": Kept(
        title="fällige Schritte",
        waiting=lambda: cases.due(clock.now()),
        since="due_at",
        stuck=cases.stuck,
        reference="case_id",
    ),
    "announcements": Kept(
        title="Bekanntgaben", waiting=journal.unannounced, since="at", stuck=journal.stuck, reference="data__matter"
    ),
    "mails": Kept(
        title="Mails", waiting=notifications.waiting, since="made_at", stuck=notifications.to_settle, reason="reply"
    ),
    "pdfs": Kept(
        title="PDFs", waiting=letters.to_render, since="letter__issued_at", stuck=letters.stuck, reference="letter_id"
    ),
    "print": Kept(title="Druck", waiting=delivery.to_print, since="changed_at"),
    "print_batches": Kept(
        title="Druckstapel",
        waiting=delivery.unconfirmed_batches,
        since="built_at",
        stuck=lambda: delivery.stuck_batches(patience=settings.ENVIRONMENT.print_patience),
        reason="state",
    ),
    "webhooks": Kept(
        title="Webhooks", waiting=exchange.waiting, since="made_at", stuck=exchange.failed, reason="reply"
    ),
    "clarifications": Kept(title="Klärfälle", waiting=cases.clarifications),
    "notices": Kept(title="unklare Mitteilungen", waiting=intake.to_clear),
    "applications": Kept(title="unklare Anträge", waiting=intake.applications_to_clear),
    "cancellations": Kept(title="vorgeschlagene Kündigungen", waiting=cases.proposed_cancellations),
}
"""Every queue under the name that measurements know it by; the last four wait for people."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was found in a queue."""

    name: str
    title: str
    waiting: int
    oldest: datetime | None
    stuck: int


def readings() -> list[Reading]:
    """Look into every queue; each look reads no more than what waits or is stuck."""
    return [_reading(name, kept) for name, kept in QUEUES.items()]


def all_of_them() -> list[Queue]:
    """Return every queue with what waits in it, the moment of its oldest entry, and how much of it is stuck."""
    return [
        {"queue": one.title, "waiting": one.waiting, "oldest": one.oldest, "stuck": one.stuck} for one in readings()
    ]


def stuck_rows() -> list[Queue]:
    """Return what is stuck, row by row, up to a hundred of each queue: in which one, which it is, and why."""
    return [
        {"queue": kept.title, "reference": reference, "reason": reason}
        for kept in QUEUES.values()
        if kept.stuck
        for reference, reason in kept.stuck().values_list(kept.reference, kept.reason)[:_MOST]
    ]


def stuck_in(found: Iterable[Reading]) -> list[str]:
    """Return the queues in which something is stuck, each with how much."""
    return [f"{one.title}: {one.stuck}" for one in found if one.stuck]


def _reading(name: str, kept: Kept) -> Reading:
    wanted: dict[str, Aggregate] = {"waiting": Count("*")} | ({"oldest": Min(kept.since)} if kept.since else {})
    found = kept.waiting().aggregate(**wanted)
    return Reading(
        name=name,
        title=kept.title,
        waiting=found["waiting"],
        oldest=found.get("oldest"),
        stuck=kept.stuck().count() if kept.stuck else 0,
    )
