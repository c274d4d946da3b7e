"""The worklists: which there are, for whom, and how much waits in each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from vermittlerpost.agencies.queries import Account
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import queries as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import queries as intake
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
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
    """Work of one kind; `waiting` are querysets of it, none where counting would cost too much."""

    title: str
    about: str
    name: str
    roles: tuple[StaffRole, ...]
    waiting: tuple[Callable[[], QuerySet[Any]], ...] = ()

    def is_for(self, user: Account) -> bool:
        """Tell whether somebody works on it, or audits it."""
        return any(role in user.roles for role in (*self.roles, StaffRole.AUDITOR))

    def number(self) -> str:
        """Return how much waits, `99+` for more than can be worked off in a day."""
        number = sum(rows()[: MOST + 1].count() for rows in self.waiting)
        return f"{MOST}+" if number > MOST else str(number)


WORKLISTS = (
    Worklist(
        title="Klärfälle",
        about="Zulassungen ohne passende eVB oder Agentur",
        name="clarifications",
        roles=CLERKS,
        waiting=(cases.clarifications,),
    ),
    Worklist(
        title="Unklare Meldungen",
        about="Anträge und Mitteilungen, die zu mehreren Vorgängen passen",
        name="unclear",
        roles=CLERKS,
        waiting=(intake.applications_to_clear, intake.to_clear),
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
    ),
    Worklist(
        title="Rückfragen",
        about="Agenturen warten auf Antwort, der Vorgang ruht",
        name="inquiries",
        roles=CLERKS,
        waiting=(cases.open_inquiries,),
    ),
    Worklist(
        title="Anfragen an den Kontakt",
        about="Nachrichten an die Maklerbetreuung",
        name="contact_requests",
        roles=CLERKS,
        waiting=(news.unanswered,),
    ),
    Worklist(
        title="Rückläufer",
        about="Schreiben, die mit der Post zurückkamen",
        name="returns",
        roles=POSTROOM,
        waiting=(delivery.returned,),
    ),
    Worklist(
        title="Liegen geblieben",
        about="Schritte, PDFs, Bekanntgaben und E-Mails, die scheiterten",
        name="stuck",
        roles=KEEPERS,
        waiting=(cases.stuck, letters.stuck, journal.stuck, notifications.to_settle),
    ),
    Worklist(
        title="Gesperrte Adressen",
        about="E-Mail-Adressen, die nicht zu erreichen sind",
        name="addresses",
        roles=KEEPERS,
        waiting=(notifications.suppressions,),
    ),
    Worklist(
        title="Niemand liest mit",
        about="Agenturen, zu deren Schreiben niemand eine E-Mail bekommt",
        name="unreached",
        roles=KEEPERS,
    ),
)
