"""Issue, revoke and recognise API keys."""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from vermittlerpost.exchange import events
from vermittlerpost.exchange.models import ApiKey
from vermittlerpost.exchange.rules.keys import Holder, Scope, hash_of, is_holder, parts_of, spelled
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.identifiers import ALPHABET

_ID_LENGTH = 8
_SECRET_BYTES = 32


class UnfitKey(Refused):
    """A key was to be issued for a holder, with scopes or to a day that make no sense."""

    code = "unfit_key"


class UnknownKey(Refused):
    """There is no key of this id that could be revoked."""

    code = "unknown_key"


class KeyUnknown(Refused):
    """What was shown is no key of ours; whether its id or its secret is wrong is not told."""

    code = "key_unknown"


class KeyExpired(Refused):
    """The key was ours, until its last moment."""

    code = "key_expired"


class KeyRevoked(Refused):
    """The key was ours, until somebody revoked it."""

    code = "key_revoked"


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A new key; `text` is shown now and never again."""

    key: str
    text: str
    expires_at: datetime


@transaction.atomic
def issue_key(*, holder: str, scopes: Collection[Scope], expires_at: datetime, by: str) -> Issued:
    """Issue a key to a system; refuses a name that is none, no scopes, and an end that has passed."""
    if not is_holder(holder):
        raise UnfitKey("Der Name des Systems besteht aus höchstens 40 kleinen Buchstaben, Ziffern und Bindestrichen.")
    if not scopes:
        raise UnfitKey("Ein Schlüssel ohne Berechtigung öffnet nichts; bitte mindestens eine nennen.")
    if expires_at <= clock.now():
        raise UnfitKey("Der Schlüssel wäre schon abgelaufen; bitte einen späteren Tag nennen.")
    key = "".join(secrets.choice(ALPHABET) for _ in range(_ID_LENGTH))
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    named = sorted(scope.value for scope in scopes)
    ApiKey.objects.create(
        id=key, holder=holder, scopes=named, hash=hash_of(secret), issued_at=clock.now(), issued_by=by,
        expires_at=expires_at,
    )  # fmt: skip
    expires_on = clock.german_day(expires_at).isoformat()
    data = {"key": key, "holder": holder, "scopes": ", ".join(named), "expires_on": expires_on}
    journal.record([Event(kind=events.KEY_ISSUED, subject=f"api_key:{key}", data=data)], by=by)
    return Issued(key=key, text=spelled(key, secret), expires_at=expires_at)


@transaction.atomic
def revoke_key(*, key: str, reason: str, by: str) -> None:
    """Let a key open nothing from now on; refuses one that is unknown or revoked already."""
    if not ApiKey.objects.filter(id=key, revoked_at=None).update(revoked_at=clock.now()):
        raise UnknownKey("Einen Schlüssel {key}, der noch gilt, gibt es nicht.", key=key)
    data = {"key": key, "reason": reason}
    journal.record([Event(kind=events.KEY_REVOKED, subject=f"api_key:{key}", data=data)], by=by)


def admit(text: str) -> Holder:
    """Return who shows a key, and note the day; refuses what is no key, and what is one no more."""
    key = _recognised(text)
    if key.revoked_at:
        raise KeyRevoked("Dieser API-Schlüssel wurde widerrufen.")
    if key.expires_at <= clock.now():
        raise KeyExpired("Dieser API-Schlüssel ist abgelaufen; bitte einen neuen ausgeben lassen.")
    today = clock.today()
    if key.used_on != today:
        ApiKey.objects.filter(Q(used_on=None) | Q(used_on__lt=today), id=key.id).update(used_on=today)
    return Holder(name=key.holder, key=key.id, scopes=frozenset(key.scopes))


def _recognised(text: str) -> ApiKey:
    key_id, secret = parts_of(text) or ("", "")
    key = ApiKey.objects.filter(id=key_id).first()
    if key is None or not hmac.compare_digest(key.hash, hash_of(secret)):
        raise KeyUnknown("Dieser API-Schlüssel ist nicht bekannt.")
    return key
