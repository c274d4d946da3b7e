"""Send mails: claim, act, settle, with no transaction open while a server thinks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import F, Q

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Reader
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import bulk, clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.notifications import composing, events, queries
from vermittlerpost.notifications.actions.emptying import withdraw_empty
from vermittlerpost.notifications.actions.settling import settle_results
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.models import Mail, Mention
from vermittlerpost.notifications.rules import MailState, Outcome, Reason, obstacle
from vermittlerpost.notifications.transports import Envelope, Line, Result
from vermittlerpost.notifications.transports import Outcome as Sending

_LEASE = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class _Claimed:
    mail: Mail
    mentions: Sequence[Mention]
    reader: Reader


def post(line: Line, operator: composing.Operator, *, due_by: datetime, limit: int, by: str) -> int:
    """Send up to `limit` mails that are due, and return how many were claimed.

    `due_by` hastens bundles that would wait for more, not the repetition of what was refused.

    R1 is asked again at the last moment. From the claim on a mail counts as being sent: if this process dies, it is
    `unknown`, shown, and never repeated by itself (R3).
    """
    claimed, count = _claim(due_by, limit, by=by)
    envelopes, misfits = _envelopes(claimed, operator)
    attempts = {one.mail.id: one.mail.attempts + 1 for one in claimed}
    settle_results(chain(misfits, line.send(envelopes.values())), attempts, by=by)
    return count


def _envelopes(claimed: Sequence[_Claimed], operator: composing.Operator) -> tuple[dict[str, Envelope], list[Result]]:
    envelopes, misfits = {}, []
    for one in claimed:
        try:
            envelopes[one.mail.id] = _envelope(one, operator)
        except (Refused, ValueError, KeyError) as error:
            reason = f"Nicht zu verfassen: {type(error).__name__}"
            misfits.append(Result(mail=one.mail.id, outcome=Sending.REFUSED_PERMANENTLY, reason=reason))
    return envelopes, misfits


@transaction.atomic
def _claim(due_by: datetime, limit: int, *, by: str) -> tuple[list[_Claimed], int]:
    is_due = Q(next_attempt_at__lte=clock.now()) | Q(next_attempt_at__lte=due_by, attempts=0)
    due = Mail.objects.filter(is_due, state=MailState.WAITING)
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("user__firm")
    mails = list(locked.order_by("next_attempt_at", "id")[:limit])
    if not mails:
        return [], 0
    claimed = _checked(mails)
    Mail.objects.filter(id__in=[one.mail.id for one in claimed]).update(
        state=MailState.SENDING, lease_until=clock.now() + _LEASE, attempts=F("attempts") + 1
    )
    withdraw_empty([mail.id for mail in mails], reason="nobody_to_tell", by=by)
    return claimed, len(mails)


def _checked(mails: Sequence[Mail]) -> list[_Claimed]:
    mentions = list(Mention.objects.filter(mail__in=mails, outcome=Outcome.MAILED).order_by("id"))
    readers = agencies.still_readers([(mention.agency_id, mention.user_id) for mention in mentions])
    suppressed = queries.suppressed([reader.address for reader in readers.values()])
    verdicts = {
        mention.id: (reason, origin) for mention, reason, origin in _verdicts(mails, mentions, readers, suppressed)
    }
    bulk.update(
        Mention,
        ["outcome", "reason", "origin"],
        [(m, Outcome.WITHDRAWN.value, reason.value, origin) for m, (reason, origin) in verdicts.items() if reason],
    )
    spoken: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if verdicts[mention.id][0] is None:
            spoken[mention.mail_id].append(mention)
    return [
        _Claimed(mail=mail, mentions=spoken[mail.id], reader=readers[spoken[mail.id][0].agency_id, mail.user_id])
        for mail in mails
        if spoken[mail.id]
    ]


def _verdicts(
    mails: Sequence[Mail],
    mentions: Sequence[Mention],
    readers: Mapping[tuple[str, int], Reader],
    suppressed: set[str],
) -> Iterator[tuple[Mention, Reason | None, str]]:
    """Yield why a mention may no longer be mailed, and the origin of the preference in force now."""
    categories = {mail.id: mail.category for mail in mails if mail.category in CATEGORIES}
    users = sorted({mention.user_id for mention in mentions})
    preferences = {category: queries.preferences(users, category) for category in set(categories.values())}
    for mention in mentions:
        reader = readers.get((mention.agency_id, mention.user_id))
        if reader is None or mention.mail_id not in categories:
            # A category that is gone has no texts: writing the mail fails, and that is shown.
            yield mention, Reason.OUT_OF_SCOPE if reader is None else None, mention.origin
            continue
        # A changed address is not the one that was checked against doubling, so nothing goes to it.
        deliverable = reader.address == mention.address and reader.address not in suppressed
        preference = preferences[categories[mention.mail_id]](reader)
        reason = obstacle(reader, preference, deliverable=deliverable)
        yield mention, reason or (Reason.CASE_ENDED if mention.case_ended else None), preference.origin


def _envelope(claimed: _Claimed, operator: composing.Operator) -> Envelope:
    mail, user = claimed.mail, claimed.mail.user
    announcement = composing.Announcement(
        mail=mail.id,
        category=mail.category,
        items=[
            composing.Item(letter=m.matter, agency=m.agency_id, urgency=m.urgency or "normal", due_on=m.due_on)
            for m in claimed.mentions
        ],
        recipient=composing.Recipient(
            address=user.email,
            administrator=user.administrator,
            origin=claimed.mentions[0].origin,
            self_service=user.firm.self_service,
        ),
        at=clock.now(),
    )
    return Envelope(
        mail=mail.id,
        sender=operator.address,
        recipient=user.email,
        data=composing.compose(announcement, operator),
    )


@transaction.atomic
def doubt_abandoned(*, by: str) -> int:
    """Mark as `unknown` what a process was sending when it died, and return how many mails that are."""
    abandoned = list(
        Mail.objects.select_for_update(skip_locked=True)
        .filter(state=MailState.SENDING, lease_until__lt=clock.now())
        .order_by("id")
        .values_list("id", flat=True)
    )
    Mail.objects.filter(id__in=abandoned).update(state=MailState.UNKNOWN, lease_until=None)
    journal.record(
        [Event(kind=events.MAIL_UNKNOWN, subject=f"mail:{mail}", data={"mail": mail}) for mail in abandoned],
        by=by,
    )
    return len(abandoned)
