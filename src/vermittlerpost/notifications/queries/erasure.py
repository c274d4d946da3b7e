"""Ask which addresses the mail log has known for long enough."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from vermittlerpost.agencies.models import User
from vermittlerpost.notifications.models import Mail, Mention, Suppression
from vermittlerpost.notifications.rules import ERASED_ADDRESS, MailState

_OVER = (MailState.SENT, MailState.WITHDRAWN, MailState.SETTLED)


def still_addressed(before: datetime, *, kept: Sequence[str]) -> QuerySet[Mail]:
    """Return the mails from before a moment of which an address, or a server's words, are still known, by id.

    Passed over is what has not come to its end, and what speaks of one of the cases that are `kept`.
    """
    mentions = Mention.objects.filter(mail=OuterRef("id"))
    known = Exists(mentions.exclude(address__startswith=ERASED_ADDRESS)) | ~Q(address="") | ~Q(reply="")
    mails = Mail.objects.filter(known, made_at__lt=before, state__in=_OVER)
    return mails.exclude(Exists(mentions.filter(case__any_of=list(kept)))).order_by("id")


def nobodys_suppressions(before: datetime) -> QuerySet[Suppression]:
    """Return the addresses that are not written to since before a moment and that nobody has any more."""
    return Suppression.objects.filter(~Exists(User.objects.filter(email__iexact=OuterRef("address"))), since__lt=before)
