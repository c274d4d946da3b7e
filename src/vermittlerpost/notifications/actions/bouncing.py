"""Take note of mails that came back."""

from datetime import datetime

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.notifications import events
from vermittlerpost.notifications.actions.suppressing import suppress
from vermittlerpost.notifications.models import Mail, SoftBounce
from vermittlerpost.notifications.rules import SOFT_WINDOW, Bounce, BounceFate, MailState, fails_too_often, names


@transaction.atomic
def note_bounce(bounce: Bounce, *, by: str) -> BounceFate:
    """Suppress the address of a mail that can never be delivered, or that has failed too often within a week.

    It is the address that our mail went to, whatever the report says. Passed over are mails that we never sent, and
    reports that count for another address only.
    """
    left = Mail.objects.filter(id=bounce.mail, state__in=[MailState.SENT, MailState.UNKNOWN, MailState.SETTLED])
    mail = left.select_for_update(of=("self",)).select_related("user").first()
    if mail is None:
        return BounceFate.UNKNOWN
    address = _address_of(mail).lower()
    if not names(bounce.recipient, address):
        return BounceFate.UNKNOWN
    at = max(mail.made_at, min(bounce.at or clock.now(), clock.now()))
    if not bounce.is_permanent and not _count(mail, address, at):
        return BounceFate.UNKNOWN
    data = {"mail": mail.id, "reason": bounce.reason}
    journal.record([Event(kind=events.MAIL_BOUNCED, subject=f"mail:{mail.id}", data=data)], by=by)
    if not (bounce.is_permanent or _fails_too_often(address, at)):
        return BounceFate.COUNTED
    suppress(address, reason=bounce.reason, by=by)
    return BounceFate.SUPPRESSED


def _address_of(mail: Mail) -> str:
    """Return where a mail went: to what it mentions it was decided for, or to the address that it bears itself."""
    mention = mail.mentions.first()
    return mention.address if mention else mail.address or mail.user.email


def _count(mail: Mail, address: str, at: datetime) -> bool:
    """Count a failure once, however often it is told."""
    _, is_new = SoftBounce.objects.get_or_create(mail=mail, defaults={"address": address, "at": at})
    return is_new


def _fails_too_often(address: str, at: datetime) -> bool:
    near = SoftBounce.objects.filter(address=address, at__gt=at - SOFT_WINDOW, at__lt=at + SOFT_WINDOW)
    return fails_too_often(near.values_list("at", flat=True), at)
