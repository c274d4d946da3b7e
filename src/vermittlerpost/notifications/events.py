"""What can happen to notifications."""

from vermittlerpost.journal.events import Kind

PREFERENCE_CHANGED = Kind("preference.changed", "E-Mail-Benachrichtigung {category}: von {before} auf {after}.")
MESSAGE_LEFT = Kind("message.left", "Mail {mail} an den Benutzer oder für ihn veranlasst: {message}.")
MAIL_SENT = Kind("mail.sent", "Mail {mail} der Kategorie {category} übergeben.")
MAIL_REFUSED = Kind("mail.refused", "Mail {mail} endgültig abgewiesen: {reply}.")
MAIL_DELAYED = Kind("mail.delayed", "Mail {mail} beim Versuch {attempt} vorläufig abgewiesen: {reply}.")
MAIL_UNKNOWN = Kind("mail.unknown", "Ob Mail {mail} hinausging, ist ungewiss; sie wird nicht von selbst wiederholt.")
MAIL_WITHDRAWN = Kind("mail.withdrawn", "Mail {mail} vor dem Versand zurückgezogen: {reason}.")
MAIL_SETTLED = Kind("mail.settled", "Mail {mail} von Hand abgeschlossen: {reason}.")
MAIL_RETRIED = Kind("mail.retried", "Mail {mail} wird auf Anweisung erneut versucht: {reason}.")
ADDRESS_SUPPRESSED = Kind(
    "address.suppressed",
    "Die hinterlegte Adresse ist nicht erreichbar und wird nicht mehr angeschrieben: {reason}.",
)
ADDRESS_RESTORED = Kind("address.restored", "Die hinterlegte Adresse wird wieder angeschrieben.")
ANNOUNCEMENT_RETRIED = Kind("announcement.retried", "Die Bekanntgabe von {matter} wird erneut versucht: {reason}.")
ANNOUNCEMENT_STUCK = Kind(
    "announcement.stuck", "Zu {matter} ließ sich nicht entscheiden, wer benachrichtigt wird: {error}."
)
