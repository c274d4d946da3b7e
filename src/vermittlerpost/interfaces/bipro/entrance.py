"""Who calls: by login id and password for a token, by a token, or by the certificate that the TLS proxy has checked."""

from typing import NoReturn

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from lxml import etree

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.bipro import pace
from vermittlerpost.interfaces.bipro.reading import child, text_of
from vermittlerpost.interfaces.bipro.status import Fault
from vermittlerpost.lib import lockout

TOKEN_PREFIX = "bipro:"  # noqa: S105 (how every token begins)
_PLAIN = "#PasswordText"
_LONGEST_LOGIN_ID, _LONGEST_PASSWORD = 150, 1000


def caller(request: HttpRequest, security: etree._Element | None) -> Account:
    """Return whose software calls, by its token or else by its certificate; refuses others, and who is too fast."""
    if security is None and _certificate_of(request):
        return by_certificate(request)
    return _paced(agencies.bearer_of(token_in(security)) or _gone())


def by_certificate(request: HttpRequest) -> Account:
    """Return whose certificate the proxy has seen; refuses one of nobody."""
    holder = agencies.holder_of_certificate(_certificate_of(request))
    if holder is None:
        raise Fault("00960", sentence="Zu diesem Zertifikat gehört kein Benutzer, der Lieferungen abrufen darf.")
    return _paced(holder)


def by_password(request: HttpRequest, security: etree._Element | None) -> Account:
    """Return whose login id and password these are; refuses others all alike, and locks out who guesses."""
    if security is None and _certificate_of(request):
        return by_certificate(request)
    login_id, password = _credentials_in(security)
    trace = _trace_of(request)
    _refuse_locked(trace, login_id)
    user = _proven(agencies.software_user(login_id), password)
    if user is None:
        lockout.count_failure(trace, login_id)
        _refuse_locked(trace, login_id)
        raise Fault("00960", "00961")
    if user.technical:
        # A person's wrong codes at the portal stay counted: the password alone is half of the proof there.
        lockout.unlock(login_id)
    return _paced(user)


def token_in(security: etree._Element | None) -> str:
    """Return the identifier of the token in a header; refuses a header without one."""
    if security is None:
        raise Fault("00900", "00905")
    token = child(security, "SecurityContextToken")
    if token is None:
        raise Fault("00900", "00917")
    identifier = child(token, "Identifier")
    if identifier is None:
        raise Fault("00900", "00909")
    if not text_of(identifier).startswith(TOKEN_PREFIX):
        raise Fault("00900", "00919")
    return text_of(identifier)


def _gone() -> NoReturn:
    raise Fault("00960", "00962")


def _paced(user: Account) -> Account:
    pace.keep(user.pk, settings.ENVIRONMENT.bipro_requests_per_minute)
    return user


def _certificate_of(request: HttpRequest) -> str:
    header = settings.ENVIRONMENT.bipro_certificate_header
    return request.headers.get(header, "").strip() if header else ""


def _credentials_in(security: etree._Element | None) -> tuple[str, str]:
    if security is None:
        raise Fault("00900", "00905")
    token = child(security, "UsernameToken")
    login_id, password = text_of(child(token, "Username")), child(token, "Password")
    written = "" if password is None else password.text or ""
    kind = "" if password is None else password.get("Type", _PLAIN)
    is_typed = 0 < len(login_id) <= _LONGEST_LOGIN_ID and 0 < len(written) <= _LONGEST_PASSWORD
    if not is_typed or not kind.strip().endswith(_PLAIN):
        raise Fault("00960", "00961")
    return login_id, written


def _proven(user: Account | None, password: str) -> Account | None:
    if user is None:
        # It takes as long as a check, so that nobody learns from the time which login ids exist.
        make_password(password)
        return None
    return user if user.check_password(password) else None


def _refuse_locked(trace: HttpRequest, login_id: str) -> None:
    if lockout.is_locked(trace, login_id):
        minutes = lockout.minutes_left(trace, login_id)
        raise Fault("00964", "00965", sentence=f"Der Zugang ist noch {minutes} Minuten gesperrt.")


def _trace_of(request: HttpRequest) -> HttpRequest:
    """Return what the lock-out may know of a request.

    It would mark the request itself as locked out, and the portal's page would become the answer.
    """
    trace = HttpRequest()
    trace.META = request.META
    return trace
