"""Open a case again, and let nothing be forgotten that came in while it was closed."""

from django.db import transaction

from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as known
from vermittlerpost.intake import events, queries
from vermittlerpost.intake.desk.papers import Outcome
from vermittlerpost.intake.models import Application, Notice
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib.locks import take_turns

_UNCLEAR = {"outcome": Outcome.AMBIGUOUS}


@transaction.atomic
def reopen(*, case: str, reason: str, by: str) -> int:
    """Open a case again, and return how many messages came in meanwhile that may mean it.

    They are put before a person with the other unclear ones: what waits for a notice, or has found no case, would never
    be looked at again. Refuses what `cases.reopen` refuses.
    """
    take_turns("matching")
    cases.reopen(case=case, reason=reason, by=by)
    reopened = known.everything().get(id=case)
    applications = list(queries.applications_unheard(reopened).order_by("application_id"))
    signals = list(queries.signals_unheard(reopened).order_by("id"))
    Application.objects.filter(application_id__in=[one.application_id for one in applications]).update(**_UNCLEAR)
    Notice.objects.filter(id__in=[one.id for one in signals]).update(**_UNCLEAR)
    subjects = [
        *(f"application:{application.application_id}" for application in applications),
        *(f"notice:{signal.message_id}" for signal in signals),
    ]
    journal.record([Event(kind=events.RAISED, subject=subject, data={"case": case}) for subject in subjects], by=by)
    return len(subjects)
