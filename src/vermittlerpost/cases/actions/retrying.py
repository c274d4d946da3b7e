"""Try a step again that had been set aside."""

from django.db import transaction

from vermittlerpost.cases import events
from vermittlerpost.cases.models import Deadline
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib.errors import Refused


class NotStuck(Refused):
    """The case has no step that was set aside."""

    code = "not_stuck"


@transaction.atomic
def retry(*, case: str, reason: str, by: str) -> None:
    """Put a step that was set aside back among those that are due; refuses a case that is not stuck."""
    if not Deadline.objects.filter(case=case).exclude(stuck_at=None).update(stuck_at=None, stuck_reason=""):
        raise NotStuck("Im Vorgang {case} ist kein Schritt liegen geblieben.", case=case)
    journal.record([Event(kind=events.RETRIED, subject=case, data={"reason": reason})], by=by)
