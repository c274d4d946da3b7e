"""What can happen to notifications."""

from collections.abc import Mapping
from typing import Any

from vermittlerpost.journal.events import Kind

TITLES: dict[str, str] = {}
"""What the categories are called; they say so themselves."""

_CHOICE = {True: "Ja", False: "Nein", None: "Vorbelegung"}
_WORDS: Mapping[str, Mapping[Any, str]] = {"category": TITLES, "before": _CHOICE, "after": _CHOICE}

PREFERENCE_CHANGED = Kind(
    "preference.changed", "E-Mail-Benachrichtigung {category}: von {before} auf {after}.", words=_WORDS
)
PREFERENCE_LIMITED = Kind(
    "preference.limited",
    "E-Mail-Benachrichtigung {category}: von {before} auf {after}, befristet bis {until}.",
    words=_WORDS,
)
MESSAGE_LEFT = Kind("message.left", "E-Mail {mail} an den Benutzer oder für ihn veranlasst: {message}.")
MAIL_SENT = Kind("mail.sent", "E-Mail {mail} der Kategorie {category} übergeben.", words={"category": TITLES})
MAIL_REFUSED = Kind("mail.refused", "E-Mail {mail} endgültig abgewiesen: {reply}.")
MAIL_DELAYED = Kind("mail.delayed", "E-Mail {mail} beim Versuch {attempt} vorläufig abgewiesen: {reply}.")
MAIL_UNKNOWN = Kind("mail.unknown", "Ob E-Mail {mail} hinausging, ist ungewiss; sie wird nicht von selbst wiederholt.")
MAIL_WITHDRAWN = Kind("mail.withdrawn", "E-Mail {mail} vor dem Versand zurückgezogen: {reason}.")
MAIL_SETTLED = Kind("mail.settled", "E-Mail {mail} von Hand abgeschlossen: {reason}.")
MAIL_RETRIED = Kind("mail.retried", "E-Mail {mail} wird auf Anweisung erneut versucht: {reason}.")
ADDRESS_SUPPRESSED = Kind(
    "address.suppressed",
    "Die hinterlegte Adresse ist nicht erreichbar und wird nicht mehr angeschrieben: {reason}.",
)
ADDRESS_RESTORED = Kind("address.restored", "Die hinterlegte Adresse wird wieder angeschrieben.")
GAP_OPENED = Kind(
    "gap.opened", "Niemand liest mit: Über {category} wird niemand mehr benachrichtigt.", words={"category": TITLES}
)
GAP_CLOSED = Kind(
    "gap.closed", "Die Lücke bei {category} besteht nicht mehr; sie bestand seit {since}.", words={"category": TITLES}
)
ADDRESSES_ERASED = Kind(
    "mail.addresses_erased", "Adressen in {count} Mails von vor dem {before} nach Ablauf der Aufbewahrung gelöscht."
)
SUPPRESSIONS_ERASED = Kind(
    "address.erased", "Gesperrte Adressen gelöscht, die niemand mehr hat, gesperrt vor dem {before}: {count}."
)
MAIL_BOUNCED = Kind("mail.bounced", "Mail {mail} kam als unzustellbar zurück: {reason}.")
ANNOUNCEMENT_RETRIED = Kind("announcement.retried", "Die Bekanntgabe von {matter} wird erneut versucht: {reason}.")
ANNOUNCEMENT_STUCK = Kind(
    "announcement.stuck", "Zu {matter} ließ sich nicht entscheiden, wer benachrichtigt wird: {error}."
)
