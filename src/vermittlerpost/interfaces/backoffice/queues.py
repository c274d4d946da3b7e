"""What waits for people and for the machine, how much of it, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet

from vermittlerpost.agencies.queries import Account
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.backoffice.lists import WORKLISTS
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

_HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How much waits, and for how long the first of it; `name` is that of its page, if it has one."""

    title: str
    number: str
    age: str
    name: str = ""


_MACHINES: tuple[tuple[str, str, Callable[[], QuerySet[Any]]], ...] = (
    ("Fällige Schritte", "due_at", lambda: cases.due(clock.now())),
    ("Bekanntgaben", "at", journal.unannounced),
    ("E-Mails", "made_at", notifications.waiting),
    ("PDFs", "letter__issued_at", letters.to_render),
    ("Druck", "changed_at", delivery.to_print),
)


def by_hand(user: Account) -> list[Queue]:
    """Return the worklists; those that somebody works on name their page."""
    return [
        Queue(title=one.title, number=one.number(), age=_age(one.oldest()), name=one.name if one.is_for(user) else "")
        for one in WORKLISTS
        if one.waiting
    ]


def by_machines() -> list[Queue]:
    """Return what workers empty."""
    return [
        Queue(title=title, number=str(rows().count()), age=_age(rows().aggregate(oldest=Min(since))["oldest"]))
        for title, since, rows in _MACHINES
    ]


def _age(oldest: datetime | None) -> str:
    if oldest is None:
        return ""
    waited = clock.now() - oldest
    if waited.days:
        return f"seit {waited.days} {'Tag' if waited.days == 1 else 'Tagen'}"
    hours = int(waited.total_seconds() // _HOUR)
    return "seit weniger als einer Stunde" if not hours else f"seit {hours} {'Stunde' if hours == 1 else 'Stunden'}"
