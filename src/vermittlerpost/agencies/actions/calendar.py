"""Give a user the secret in the address of his calendar, and take it back."""

import secrets

from django.db import transaction

from vermittlerpost.agencies import events
from vermittlerpost.agencies.models import User
from vermittlerpost.agencies.queries import calendar_hash
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event

_BYTES = 32


@transaction.atomic
def make_calendar_key(*, user: User, by: str) -> str:
    """Return a new secret for a user's calendar; only its hash is kept, and an earlier one opens nothing any more."""
    key = secrets.token_urlsafe(_BYTES)
    User.objects.filter(id=user.id).update(calendar_key=calendar_hash(key))
    journal.record([Event(kind=events.CALENDAR_MADE, subject=f"user:{user.login_id}")], by=by)
    return key


@transaction.atomic
def revoke_calendar_key(*, user: User, by: str) -> bool:
    """Let a user's calendar address open nothing any more, and tell whether there was one."""
    if not User.objects.filter(id=user.id).exclude(calendar_key="").update(calendar_key=""):
        return False
    journal.record([Event(kind=events.CALENDAR_REVOKED, subject=f"user:{user.login_id}")], by=by)
    return True
