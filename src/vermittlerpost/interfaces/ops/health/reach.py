"""Looks at what lies outside: certificate, mail server, mailbox for bounces, signing key, object store."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.health.finding import Finding
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.extras import ExtraMissing
from vermittlerpost.lib.storage import Away, ObjectStore
from vermittlerpost.notifications.transports.smtp import SmtpServer
from vermittlerpost.notifications.transports.smtp.wire import Lost

_LETTERS = "Ablage der Schreiben"
_PATIENCE = 10.0
_SOON = timedelta(days=14)


def letter_store() -> Finding:
    """Tell where letters are kept, and whether an object store takes, gives and removes what it is to."""
    store = wiring.letter_store()
    if not isinstance(store, ObjectStore):
        return Finding(subject=_LETTERS, is_ok=True, sentence=f"Sie liegen im Ordner {store}.")
    return _tried(store, store.try_out)


def letter_store_answers() -> Finding:
    """Tell whether an object store answers; nothing is written, so that this can be asked often."""
    store = wiring.letter_store()
    if not isinstance(store, ObjectStore):
        return Finding(subject=_LETTERS, is_ok=True, sentence=f"Sie liegen im Ordner {store}.")
    return _tried(store, store.is_empty)


def _tried(store: ObjectStore, ask: Callable[[], object]) -> Finding:
    try:
        ask()
    except Away as trouble:
        return Finding(subject=_LETTERS, is_ok=False, sentence=f"{store}: {trouble.why}")
    except ExtraMissing as refusal:
        return Finding(subject=_LETTERS, is_ok=False, sentence=refusal.sentence)
    return Finding(subject=_LETTERS, is_ok=True, sentence=f"{store} nimmt und gibt.")


def certificate() -> Finding:
    """Tell whether browsers trust the portal's address, and for how long still."""
    url = urlsplit(settings.ENVIRONMENT.base_url)
    if url.scheme != "https":
        return Finding(subject="TLS", is_ok=True, sentence="Das Portal wird ohne TLS angeboten; nur zum Ausprobieren.")
    try:
        ends_at = _end_of_certificate(url.hostname or "", url.port or 443, ssl.create_default_context())
    except (OSError, ValueError) as error:
        return Finding(subject="TLS", is_ok=False, sentence=f"{url.netloc}: {error}")
    sentence = f"Das Zertifikat von {url.netloc} gilt bis {ends_at:%d.%m.%Y}."
    return Finding(subject="TLS", is_ok=ends_at - clock.now() > _SOON, sentence=sentence)


def _end_of_certificate(host: str, port: int, context: ssl.SSLContext) -> datetime:
    with (
        socket.create_connection((host, port), _PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        shown = secured.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


def mail_server() -> Finding:
    """Tell whether the mail server lets us in, by the dialogue that sends mails; none is sent."""
    destination = wiring.mail_destination()
    if not isinstance(destination, SmtpServer):
        return Finding(subject="SMTP", is_ok=True, sentence="Mails gehen in einen Ordner und erreichen niemanden.")
    try:
        destination.connect().close()
    except (Lost, OSError) as error:
        return Finding(subject="SMTP", is_ok=False, sentence=f"{destination.host}:{destination.port}: {error}")
    login = "angemeldet" if destination.user else "ohne Anmeldung"
    return Finding(
        subject="SMTP",
        is_ok=True,
        sentence=f"{destination.host}:{destination.port} nimmt an ({destination.tls}, {login}).",
    )


def bounces() -> Finding:
    """Tell whether the mailbox for bounces can be read; nothing in it is touched."""
    box = wiring.bounce_box()
    if box is None:
        return Finding(
            subject="Rückläufer", is_ok=True, sentence="Werden nicht gelesen (VERMITTLERPOST_BOUNCES ist leer)."
        )
    try:
        with box.open():
            return Finding(subject="Rückläufer", is_ok=True, sentence="Das Postfach ist zu lesen.")
    except Refused as refusal:
        return Finding(subject="Rückläufer", is_ok=False, sentence=refusal.sentence)


def signing_key() -> Finding:
    """Tell whether evidence is signed with the operator's own key, and the key can be read."""
    from vermittlerpost.interfaces.ops.evidence import exporting  # noqa: PLC0415 (as in `commands.proving`)

    if not exporting.has_own_key():
        sentence = "Nachweise unterzeichnet ein selbst erstellter Schlüssel: er beweist nicht, von wem sie sind."
        return Finding(subject="Nachweise", is_ok=True, sentence=sentence)
    try:
        exporting.key()
    except Refused as refusal:
        return Finding(subject="Nachweise", is_ok=False, sentence=refusal.sentence)
    return Finding(subject="Nachweise", is_ok=True, sentence="Der Schlüssel ist lesbar.")
