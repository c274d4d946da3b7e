"""Take note of mails that came back."""

from django.db import transaction

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.notifications import events
from vermittlerpost.notifications.actions.suppressing import suppress
from vermittlerpost.notifications.models import Mail, SoftBounce
from vermittlerpost.notifications.rules import SOFT_BOUNCES, SOFT_WINDOW, Bounce, BounceFate, MailState


@transaction.atomic
def note_bounce(bounce: Bounce, *, by: str) -> BounceFate:
    """Suppress the address of a mail that can never be delivered, or that has failed too often within a week.

    It is the address that our mail went to, whatever the report says. A mail that we never sent is passed over.
    """
    left = Mail.objects.filter(id=bounce.mail, state__in=[MailState.SENT, MailState.UNKNOWN, MailState.SETTLED])
    mail = left.select_for_update(of=("self",)).select_related("user").first()
    if mail is None:
        return BounceFate.UNKNOWN
    address = _address_of(mail).lower()
    if not bounce.is_permanent and not _count(mail, address):
        return BounceFate.UNKNOWN
    data = {"mail": mail.id, "reason": bounce.reason}
    journal.record([Event(kind=events.MAIL_BOUNCED, subject=f"mail:{mail.id}", data=data)], by=by)
    if not (bounce.is_permanent or _fails_too_often(address)):
        return BounceFate.COUNTED
    suppress(address, reason=bounce.reason, by=by)
    return BounceFate.SUPPRESSED


def _address_of(mail: Mail) -> str:
    """Return where a mail went: to what it mentions it was decided for, or to the address that it bears itself."""
    mention = mail.mentions.first()
    return mention.address if mention else mail.address or mail.user.email


def _count(mail: Mail, address: str) -> bool:
    """Count a failure once, however often its report is read."""
    _, is_new = SoftBounce.objects.get_or_create(mail=mail, defaults={"address": address, "at": clock.now()})
    return is_new


def _fails_too_often(address: str) -> bool:
    since = clock.now() - SOFT_WINDOW
    return SoftBounce.objects.filter(address=address, at__gt=since).count() >= SOFT_BOUNCES
