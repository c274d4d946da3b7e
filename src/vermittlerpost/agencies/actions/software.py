"""Let software in: tokens for a while, certificates of technical users, and what firms and carriers allow it."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vermittlerpost.agencies import events, queries
from vermittlerpost.agencies.actions.access import change_password
from vermittlerpost.agencies.actions.recording import record
from vermittlerpost.agencies.models import Carrier, Firm, Token, User
from vermittlerpost.agencies.rules import Bearer
from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.lib.replacing import Fields, Replacement

_BYTES = 32
_BYTES_OF_PASSWORD = 24
_SHOWN_OF_HASH = 12


class Unknown(Refused):
    """There is no such firm, carrier or user."""

    code = "unknown"


class NotTechnical(Refused):
    """Only a technical user has a certificate or a password that somebody else makes: a person shares none."""

    code = "not_technical"


class CertificateTaken(Refused):
    """Another user logs in with a certificate of this subject."""

    code = "certificate_taken"


@transaction.atomic
def issue_token(user: User, *, lifetime: timedelta) -> Bearer:
    """Return a new token for a user's software; only its hash is kept. Earlier ones hold on until they expire.

    It ends with the user's password as well, and counts as a login.
    """
    issued_at = clock.now().replace(microsecond=0)
    bearer = Bearer(
        identifier=f"bipro:{secrets.token_urlsafe(_BYTES)}",
        issued_at=issued_at,
        expires_at=(issued_at + lifetime).replace(microsecond=0),
    )
    Token.objects.create(
        id=queries.token_hash(bearer.identifier),
        user=user,
        state=queries.password_state(user),
        issued_at=bearer.issued_at,
        expires_at=bearer.expires_at,
    )
    User.objects.filter(id=user.id).update(last_login=clock.now())
    return bearer


def cancel_token(identifier: str) -> bool:
    """Let a token open nothing any more, and tell whether there was one."""
    deleted, _ = Token.objects.filter(id=queries.token_hash(identifier)).delete()
    return bool(deleted)


def forget_tokens() -> int:
    """Remove the tokens that have expired, and return how many there were."""
    deleted, _ = Token.objects.filter(expires_at__lte=clock.now()).delete()
    return deleted


@transaction.atomic
def set_firm_software(firm: str, *, people_use_software: bool, paper_if_uncollected: bool, by: str) -> bool:
    """Choose who of a firm may use software and what becomes of what it leaves lying; tell whether that is new.

    Refuses an unknown firm.
    """
    take_turns("masters")
    chosen = {"people_use_software": people_use_software, "paper_if_uncollected": paper_if_uncollected}
    replacement = _replacement(Firm.objects.filter(id=firm), firm, chosen)
    Firm.objects.filter(id=firm).update(**chosen)
    record(replacement, events.FIRM_CHANGED, "firm", by=by)
    return bool(replacement.changes)


@transaction.atomic
def set_carrier_software(
    carrier: str, *, company_number: str, own_id_as_policy_number: bool, tells_endings: bool, by: str
) -> bool:
    """Choose what software learns of a carrier's letters, and tell whether that is new; refuses an unknown carrier."""
    take_turns("masters")
    chosen = {
        "company_number": company_number,
        "own_id_as_policy_number": own_id_as_policy_number,
        "tells_endings": tells_endings,
    }
    replacement = _replacement(Carrier.objects.filter(code=carrier), carrier, chosen)
    Carrier.objects.filter(code=carrier).update(**chosen)
    record(replacement, events.CARRIER_CHANGED, "carrier", by=by)
    return bool(replacement.changes)


@transaction.atomic
def set_certificate(login_id: str, subject: str, *, by: str) -> bool:
    """Let a technical user log in with certificates of this subject, or with none, and tell whether that is new.

    Refuses an unknown user, a person, and a subject that another user has.
    """
    take_turns("masters")
    user = User.objects.filter(login_id=login_id).first()
    if user is None:
        raise Unknown("„{key}“ ist nicht bekannt.", key=login_id)
    if subject == user.certificate:
        return False
    _refuse_certificate(user, subject)
    User.objects.filter(id=user.id).update(certificate=subject)
    data = {"before": _fingerprint(user.certificate), "after": _fingerprint(subject)}
    journal.record([Event(kind=events.CERTIFICATE_SET, subject=f"user:{login_id}", data=data)], by=by)
    return True


@transaction.atomic
def renew_software_password(login_id: str, *, by: str) -> str:
    """Give a technical user another password and return it, as it is kept nowhere; his tokens end with the old one.

    Refuses an unknown user, and a person, who chooses for himself.
    """
    user = User.objects.select_for_update().filter(login_id=login_id).first()
    if user is None:
        raise Unknown("„{key}“ ist nicht bekannt.", key=login_id)
    if not user.technical:
        raise NotTechnical("Ein Kennwort wird nur für technische Benutzer erzeugt.", login_id=login_id)
    password = secrets.token_urlsafe(_BYTES_OF_PASSWORD)
    change_password(user, password, by=by)
    return password


def _refuse_certificate(user: User, subject: str) -> None:
    if not user.technical:
        raise NotTechnical("Mit einem Zertifikat melden sich nur technische Benutzer an.", login_id=user.login_id)
    if subject and User.objects.filter(certificate=subject).exists():
        raise CertificateTaken("Mit diesem Zertifikat meldet sich schon ein anderer Benutzer an.")


def _fingerprint(subject: str) -> str | None:
    # A subject may name a person, and the journal names none.
    return hashlib.sha256(subject.encode()).hexdigest()[:_SHOWN_OF_HASH] if subject else None


def _replacement(found: QuerySet[Any], key: str, chosen: Fields) -> Replacement:
    stored = found.values("pk", *chosen).first()
    if stored is None:
        raise Unknown("„{key}“ ist nicht bekannt.", key=key)
    return Replacement(key="pk", stored={key: stored}, rows=[{"pk": key, **chosen}])
