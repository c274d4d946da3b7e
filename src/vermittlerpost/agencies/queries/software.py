"""Ask whose software may fetch letters, and for whom a token speaks."""

import hashlib
from datetime import datetime

from django.db import connection
from django.utils.crypto import constant_time_compare

from vermittlerpost.agencies.models import Firm, Token, User
from vermittlerpost.agencies.queries.entering import meant_by, password_state
from vermittlerpost.agencies.rules import Right
from vermittlerpost.lib import clock

_SERVED = """
    SELECT DISTINCT a.number FROM agencies_user u JOIN agencies_agency a USING (firm_id)
    WHERE u.technical AND u.is_active AND u.roles = '{}' AND 'view_portfolio' = ANY (u.rights)
        AND (NOT u.restricted OR EXISTS (
            SELECT 1 FROM agencies_user_assigned_agencies s WHERE s.user_id = u.id AND s.agency_id = ANY (a.lineage)
        ))
"""


def may_use_software(user: User) -> bool:
    """Tell whether somebody's software may fetch letters: a technical user's, and a person's if the firm allows it.

    A person also needs the right to the document archive. Nobody of the insurer's staff may.
    """
    if not user.is_active or user.roles:
        return False
    return user.technical or (user.firm.people_use_software and Right.DOCUMENT_ARCHIVE in user.rights)


def software_user(typed: str) -> User | None:
    """Return the user with his firm whose login id somebody typed, if his software may fetch letters."""
    user = meant_by(typed)
    return user if user and may_use_software(user) else None


def bearer_of(identifier: str) -> User | None:
    """Return the user with his firm for whom a token speaks at this moment, or None.

    A token ends with its time, with the user's password or address, and with his access.
    """
    token = _token(identifier)
    return token.user if token else None


def token_expiry(identifier: str) -> datetime | None:
    """Return until when a token holds, or None if it does not."""
    token = _token(identifier)
    return token.expires_at if token else None


def holder_of_certificate(subject: str) -> User | None:
    """Return the technical user with his firm who logs in with a certificate of this subject, or None."""
    if not subject:
        return None
    user = User.objects.select_related("firm").filter(certificate=subject, technical=True).first()
    return user if user and may_use_software(user) else None


def served_by_software() -> list[str]:
    """Return the agencies whose letters an active technical user may see."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVED)
        return [number for (number,) in cursor.fetchall()]


def uses_software(firm: Firm) -> bool:
    """Tell whether software may fetch a firm's letters: an active technical user's, or that of its people."""
    return firm.people_use_software or User.objects.filter(firm=firm, technical=True, is_active=True).exists()


def token_hash(identifier: str) -> str:
    """Return what is kept of a token: it is long and random, so that a plain hash will do."""
    return hashlib.sha256(identifier.encode()).hexdigest()


def _token(identifier: str) -> Token | None:
    unexpired = Token.objects.filter(id=token_hash(identifier), expires_at__gt=clock.now())
    token = unexpired.select_related("user__firm").first()
    if token is None or not may_use_software(token.user):
        return None
    return token if constant_time_compare(token.state, password_state(token.user)) else None
