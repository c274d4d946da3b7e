"""Take back what has not left yet."""

from collections.abc import Sequence

from vermittlerpost.journal import actions as journal
from vermittlerpost.lib.sequences import batched
from vermittlerpost.notifications.actions.emptying import withdraw_empty
from vermittlerpost.notifications.models import Mail, Mention
from vermittlerpost.notifications.rules import MailState, Outcome, Reason


def withdraw(cases: Sequence[str], *, by: str) -> None:
    """Mail nobody about these cases any more, within the caller's transaction that ends them (R6).

    What is being sent at this moment can no longer be stopped, but it is not tried again. The unannounced is voided
    first: an announcement under way holds those entries, and its mails are seen once it has let go.
    """
    journal.void(cases, reason=Reason.CASE_ENDED)
    waiting = list(
        Mail.objects.select_for_update(of=("self",))
        .filter(state=MailState.WAITING, mentions__case__in=cases, mentions__outcome=Outcome.MAILED)
        .order_by("id")
        .values_list("id", flat=True)
    )
    Mention.objects.filter(case__in=cases, outcome=Outcome.MAILED).update(case_ended=True)
    for part in batched(sorted(set(waiting)), 1000):
        Mention.objects.filter(mail__in=part, case__in=cases, outcome=Outcome.MAILED).update(
            outcome=Outcome.WITHDRAWN, reason=Reason.CASE_ENDED
        )
        withdraw_empty(part, reason=Reason.CASE_ENDED, by=by)


def take_back(matters: Sequence[str], *, by: str) -> None:
    """Speak of these matters no more in mails that wait, within the caller's transaction: they were recalled."""
    if not matters:
        return
    waiting = Mail.objects.select_for_update(of=("self",)).filter(
        state=MailState.WAITING, mentions__matter__in=matters, mentions__outcome=Outcome.MAILED
    )
    mails = sorted(set(waiting.order_by("id").values_list("id", flat=True)))
    Mention.objects.filter(mail__in=mails, matter__in=matters, outcome=Outcome.MAILED).update(
        outcome=Outcome.WITHDRAWN, reason=Reason.RECALLED
    )
    withdraw_empty(mails, reason=Reason.RECALLED, by=by)
