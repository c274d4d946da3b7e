"""The worklists: which there are, for whom, and how much waits in each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet

from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.exchange import queries as exchange
from vermittlerpost.intake import queries as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import clock
from vermittlerpost.news import queries as news
from vermittlerpost.notifications import queries as notifications

MOST = 99
"""The highest number that is told of what waits."""

CLERKS = (StaffRole.CASE_WORKER,)
DECIDERS = (StaffRole.CASE_WORKER, StaffRole.APPROVER)
KEEPERS = (StaffRole.CASE_WORKER, StaffRole.ADMINISTRATOR)
POSTROOM = (StaffRole.CASE_WORKER, StaffRole.PRINT)


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """Work of one kind; `waiting` are querysets of it, none where counting would cost too much.

    `since` names, for each of them, the column that tells since when a row waits. What is urgent comes before the rest.
    """

    title: str
    about: str
    name: str
    roles: tuple[StaffRole, ...]
    waiting: tuple[Callable[[], QuerySet[Any]], ...] = ()
    since: tuple[str, ...] = ()
    is_urgent: bool = False

    def is_for(self, user: Account) -> bool:
        """Tell whether somebody works on it, or audits it."""
        return any(role in user.roles for role in (*self.roles, StaffRole.AUDITOR))

    def number(self) -> str:
        """Return how much waits, `99+` for more than can be worked off in a day."""
        number = sum(rows()[: MOST + 1].count() for rows in self.waiting)
        return f"{MOST}+" if number > MOST else str(number)

    def oldest(self) -> datetime | None:
        """Return since when the first of it waits."""
        asked = zip(self.waiting, self.since, strict=False)
        found = [rows().aggregate(oldest=Min(since))["oldest"] for rows, since in asked]
        return min((_moment(one) for one in found if one is not None), default=None)


def _stuck_batches() -> QuerySet[Any]:
    return delivery.stuck_batches(patience=settings.ENVIRONMENT.print_patience)


def _moment(value: datetime | date) -> datetime:
    return value if isinstance(value, datetime) else clock.german_moment(value, time())


WORKLISTS = (
    Worklist(
        title="Antrag nach Kündigung",
        about="Bleibt die Deckung, oder wird es ein neuer Vertrag?",
        name="answered",
        roles=CLERKS,
        waiting=(cases.answered_cancellations,),
        since=("case__closed_on",),
        is_urgent=True,
    ),
    Worklist(
        title="Klärfälle",
        about="Zulassungen ohne passende eVB oder Agentur",
        name="clarifications",
        roles=CLERKS,
        waiting=(cases.clarifications,),
        since=("opened_on",),
    ),
    Worklist(
        title="Unklare Meldungen",
        about="Anträge und Mitteilungen, die zu mehreren Vorgängen passen, und Rücknahmen",
        name="unclear",
        roles=CLERKS,
        waiting=(intake.applications_to_clear, intake.to_clear),
        since=("received_at", "received_at"),
    ),
    Worklist(
        title="Kündigungen vorschlagen",
        about="Vorgänge nach der letzten Erinnerung",
        name="proposals",
        roles=CLERKS,
        waiting=(cases.proposable,),
    ),
    Worklist(
        title="Kündigungen freigeben",
        about="Vorschläge, über die jemand anderes entscheidet",
        name="approvals",
        roles=DECIDERS,
        waiting=(cases.undecided_cancellations,),
        since=("proposed_at",),
    ),
    Worklist(
        title="Rückfragen",
        about="Agenturen warten auf Antwort, der Vorgang ruht",
        name="inquiries",
        roles=CLERKS,
        waiting=(cases.open_inquiries,),
        since=("at",),
    ),
    Worklist(
        title="Anfragen an den Kontakt",
        about="Nachrichten an die Maklerbetreuung",
        name="contact_requests",
        roles=CLERKS,
        waiting=(news.unanswered,),
        since=("at",),
    ),
    Worklist(
        title="Rückläufer",
        about="Schreiben, die mit der Post zurückkamen",
        name="returns",
        roles=POSTROOM,
        waiting=(delivery.returned,),
        since=("changed_at",),
    ),
    Worklist(
        title="Liegen geblieben",
        about="Schritte, PDFs, Bekanntgaben, E-Mails, Meldungen und Druckstapel, die scheiterten",
        name="stuck",
        roles=KEEPERS,
        waiting=(
            cases.stuck,
            letters.stuck,
            journal.stuck,
            notifications.to_settle,
            exchange.failed,
            _stuck_batches,
        ),
        since=("stuck_at", "stuck_at", "stuck_at", "made_at", "settled_at", "built_at"),
    ),
    Worklist(
        title="Gesperrte Adressen",
        about="E-Mail-Adressen, die nicht zu erreichen sind",
        name="addresses",
        roles=KEEPERS,
        waiting=(notifications.suppressions,),
        since=("since",),
    ),
    Worklist(
        title="Niemand liest mit",
        about="Agenturen, zu deren Schreiben niemand eine E-Mail bekommt",
        name="unreached",
        roles=KEEPERS,
        waiting=(notifications.found_gaps,),
        since=("since",),
    ),
)
