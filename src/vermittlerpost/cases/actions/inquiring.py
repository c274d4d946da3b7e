"""Let an agency say that vehicle or agency is not right: the case then waits for the insurer, for a bounded time."""

from datetime import date, timedelta

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.cases.actions.holding import rest
from vermittlerpost.cases.actions.locking import lock_open
from vermittlerpost.cases.models import Case, Deadline, Inquiry
from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import ASKED, Subject
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock, identifiers
from vermittlerpost.lib.errors import Refused


class AlreadyInquired(Refused):
    """A query about the case waits for its answer."""

    code = "already_inquired"


class NothingAsked(Refused):
    """The query says nothing."""

    code = "nothing_asked"


@transaction.atomic
def inquire(*, case: str, letter: str, subject: Subject, text: str, by: str) -> str:
    """Keep an agency's query to the insurer and let the case rest, at most as long as the process allows.

    Returns the query's id. A case without pending step is asked about as well; nothing has to rest there. Refuses a
    closed case, an empty text, and a second query while the first one is open.
    """
    asked = lock_open(case)
    if not text.strip():
        raise NothingAsked("Bitte schreiben Sie, was nicht stimmt.", case=case)
    if Inquiry.objects.filter(case=case, answered_at=None).exists():
        raise AlreadyInquired(
            "Zu diesem Vorgang ist schon eine Rückfrage offen. Der Versicherer meldet sich.", case=case
        )
    inquiry = identifiers.derive("R", case, str(Inquiry.objects.filter(case=case).count()))
    Inquiry.objects.create(
        id=inquiry, case=asked, letter=letter, subject=subject, text=text.strip(), by=by, at=clock.now()
    )
    until = _let_rest(asked)
    data = {"inquiry": inquiry, "letter": letter, "subject": subject.value, "words": subject.words}
    kind = events.INQUIRED if until else events.INQUIRED_AT_REST
    journal.record([Event(kind=kind, subject=case, data=data | {"until": until and until.isoformat()})], by=by)
    return inquiry


def _let_rest(case: Case) -> date | None:
    """Return until when the case rests: no hold that began earlier lasts longer."""
    deadline = Deadline.objects.filter(case=case.id).first()
    if deadline is None:
        return None
    until = clock.today() + timedelta(days=PROCESSES[case.process].longest_hold_days)
    rest(case, deadline, until=until, reason=ASKED)
    return until
