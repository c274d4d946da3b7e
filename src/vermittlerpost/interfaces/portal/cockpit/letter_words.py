"""Words for what is kept about a letter as codes: its receipts, its end, and who was told about it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies.rules import Right
from vermittlerpost.cases.rules import CloseReason
from vermittlerpost.delivery.rules import BY_HAND, SUPERSEDED, ReceiptKind
from vermittlerpost.notifications.categories import right_to
from vermittlerpost.notifications.rules import MailState, Origin, Outcome, Reason

RECEIPTS: Mapping[str, Any] = {
    ReceiptKind.PROVIDED: gettext_lazy("bereitgestellt"),
    ReceiptKind.DISPLAYED: gettext_lazy("angezeigt"),
    ReceiptKind.DOWNLOADED: gettext_lazy("heruntergeladen"),
    ReceiptKind.FETCHED: gettext_lazy("über BiPRO abgerufen"),
    ReceiptKind.ACKNOWLEDGED: gettext_lazy("über BiPRO quittiert"),
    ReceiptKind.PRINTED: gettext_lazy("gedruckt"),
    ReceiptKind.HANDED_OVER: gettext_lazy("der Post übergeben"),
    ReceiptKind.RETURNED: gettext_lazy("mit der Post zurückgekommen"),
}
_REASONS: Mapping[str, Any] = {
    Reason.INACTIVE: gettext_lazy("Der Zugang ist deaktiviert."),
    Reason.TECHNICAL: gettext_lazy("Ein technischer Benutzer wird nie angeschrieben."),
    Reason.PREFERENCE: gettext_lazy("Die Benachrichtigung steht auf Nein."),
    Reason.NO_ADDRESS: gettext_lazy("Es gibt keine zustellbare E-Mail-Adresse."),
    Reason.ALREADY_MAILED: gettext_lazy("An dieselbe Adresse ging schon eine E-Mail zu diesem Schreiben."),
    Reason.CASE_ENDED: gettext_lazy("Der Vorgang war schon beendet."),
    Reason.OUT_OF_SCOPE: gettext_lazy("Die Agentur lag beim Versand nicht mehr in der Bestandssicht des Benutzers."),
    Reason.RECALLED: gettext_lazy("Die Meldung wurde zurückgezogen."),
}
_RIGHTS: Mapping[str, Any] = {
    Right.VIEW_PORTFOLIO: gettext_lazy("Das Recht „Anzeige der Bestandsdaten“ fehlt."),
    Right.DOCUMENT_ARCHIVE: gettext_lazy("Das Recht „Dokumentenarchiv“ fehlt."),
}
_MAILS: Mapping[str, Any] = {
    MailState.WAITING: gettext_lazy("Die E-Mail ist geschrieben und geht gleich hinaus."),
    MailState.SENDING: gettext_lazy("Die E-Mail wird gerade versandt."),
    MailState.SENT: gettext_lazy("Die E-Mail ist versandt."),
    MailState.REFUSED: gettext_lazy("Der E-Mail-Server hat die E-Mail abgewiesen."),
    MailState.UNKNOWN: gettext_lazy("Ob die E-Mail hinausging, ist ungewiss."),
    MailState.WITHDRAWN: gettext_lazy("Die E-Mail wurde vor dem Versand zurückgezogen."),
    MailState.SETTLED: gettext_lazy("Der Betreiber hat die E-Mail von Hand abgeschlossen."),
}
_ORIGINS: Mapping[str, Any] = {
    Origin.EXPLICIT: gettext_lazy("ausdrücklich eingestellt"),
    Origin.TEMPORARY: gettext_lazy("befristet eingestellt"),
    Origin.ROLE_DEFAULT: gettext_lazy("Vorbelegung nach der Rolle"),
}


def why(outcome: str, reason: str | None, mail_state: str | None, *, category: str = "") -> str:
    """Return in one sentence why somebody was or was not mailed; the right that lacks is that to the category."""
    if reason == Reason.NO_RIGHT:
        return str(_RIGHTS[right_to(category)])
    if reason:
        return str(_REASONS.get(reason, reason))
    return (
        str(_MAILS.get(mail_state or "", "")) if outcome == Outcome.MAILED else gettext("Es ging keine E-Mail hinaus.")
    )


def origin(code: str) -> str:
    """Return where a setting came from."""
    return str(_ORIGINS.get(code, code))


def end(reason: str) -> str:
    """Return why nothing is left to do about a letter, or nothing while there is."""
    if reason == BY_HAND:
        return gettext("in Ihrer Firma als erledigt vermerkt")
    if reason == SUPERSEDED:
        return gettext("durch ein neueres Schreiben überholt")
    return gettext(CloseReason(reason).words) if reason in set(CloseReason) else ""
