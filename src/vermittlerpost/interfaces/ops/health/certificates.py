"""A look from outside at the header that stands for a client's certificate: whoever can send it is anybody."""

import secrets
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.lib.software import SHIPMENTS

_SUBJECT = "BiPRO-Zertifikate"
_PATIENCE = 10.0
_NO_LOGIN, _UNKNOWN_CERTIFICATE = b"00905", b"00960"
_QUESTION = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header/><e:Body>'
    '<t:listShipments xmlns:t="http://www.bipro.net/namespace/transfer"/></e:Body></e:Envelope>'
)


def header() -> Finding:
    """Tell whether the proxy overwrites the header, by sending through it a subject that nobody can have.

    One that arrives is answered as an unknown certificate, one that was overwritten as a missing login. Ways past the
    proxy, and other addresses of it, cannot be seen from here.
    """
    name = settings.ENVIRONMENT.bipro_certificate_header
    if not name:
        return _found("Keine Anmeldung mit Zertifikat (VERMITTLERPOST_BIPRO_CERTIFICATE_HEADER ist leer).")
    try:
        answer = _asked_with(name, f"CN=erfunden-{secrets.token_hex(16)}")
    except OSError as error:
        reason = error.reason if isinstance(error, URLError) else error
        return _trouble(f"Ob der Proxy {name} überschreibt, ist nicht zu prüfen: {reason}")
    if _UNKNOWN_CERTIFICATE in answer:
        return _trouble(f"Der Proxy reicht {name} von außen durch: damit kann sich jeder als jeder ausgeben.")
    if _NO_LOGIN not in answer:
        return _trouble(f"Ob der Proxy {name} überschreibt, ist nicht zu prüfen: BiPRO antwortet nicht wie erwartet.")
    return _found(f"Der Proxy überschreibt {name}.")


def _asked_with(name: str, subject: str) -> bytes:
    request = Request(  # noqa: S310 (the portal's own address, which an operator set)
        f"{settings.ENVIRONMENT.base_url.rstrip('/')}{SHIPMENTS}",
        data=_QUESTION.encode(),
        headers={"Content-Type": "text/xml; charset=utf-8", name: subject},
    )
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 (as above)
            return bytes(answer.read())
    except HTTPError as fault:
        with fault:
            return fault.read()


def _found(sentence: str) -> Finding:
    return Finding(subject=_SUBJECT, is_ok=True, sentence=sentence)


def _trouble(sentence: str) -> Finding:
    return Finding(subject=_SUBJECT, is_ok=not settings.ENVIRONMENT.is_production, sentence=sentence)
