"""What can happen to a case."""

from vermittlerpost.journal.events import Kind

OPENED = Kind(
    "case.opened",
    "Vorgang eröffnet zur Zulassungsmitteilung {message_id}; Anforderung frühestens am {next_on}.",
)
CLARIFICATION_OPENED = Kind("case.clarification_opened", "Klärfall zur Zulassungsmitteilung {message_id}: {words}.")
STEP_TAKEN = Kind("case.step_taken", "{title}; nächster Schritt: {next_on}.")
CLOSED = Kind("case.closed", "Vorgang beendet am {closed_on}: {words} ({cause}).")
PLATE_CHANGED = Kind("case.plate_changed", "Das Fahrzeug hat laut Mitteilung {message_id} ein neues Kennzeichen.")
HELD = Kind("case.held", "Vorgang angehalten bis {until}: {reason}.")
PAUSED = Kind("case.paused", "Agentur meldet: Antrag eingereicht am {submitted_on}; Erinnerungen ruhen bis {until}.")
PAUSED_ON_THE_WAY = Kind(
    "case.paused_on_the_way", "Agentur meldet: Antrag ist unterwegs; Erinnerungen ruhen bis {until}."
)
INQUIRED = Kind("case.inquired", "Agentur fragt nach: {words}; Erinnerungen ruhen bis {until}.")
INQUIRED_AT_REST = Kind("case.inquired_at_rest", "Agentur fragt nach: {words}.")
QUESTIONED = Kind(
    "case.questioned",
    "Versicherer fragt nach mit Schreiben {letter}, Antwort bis {due_on}; Erinnerungen ruhen bis {until}.",
)
QUESTIONED_AT_REST = Kind(
    "case.questioned_at_rest", "Versicherer fragt nach mit Schreiben {letter}, Antwort bis {due_on}."
)
RESUMED = Kind("case.resumed", "Vorgang fortgesetzt; nächster Schritt am {next_on}.")
REROUTED = Kind("case.rerouted", "Vorgang von Agentur {before} an Agentur {after} übergeben: {reason}.")
FOLLOWED = Kind(
    "case.followed", "Die eVB war für Agentur {before} ausgestellt; ihr Bestand liegt seither bei Agentur {after}."
)
TRANSFER_PLANNED = Kind(
    "transfer.planned", "Bestandsübertragung von Agentur {before} an Agentur {after} zum {effective_on}: {reason}."
)
TRANSFER_WITHDRAWN = Kind(
    "transfer.withdrawn", "Bestandsübertragung an Agentur {after} zum {effective_on} zurückgezogen."
)
TRANSFER_DONE = Kind(
    "transfer.done", "Bestandsübertragung an Agentur {after} ausgeführt; übergebene Vorgänge: {moved}."
)
CLEARED = Kind("case.cleared", "Klärfall gelöst: Agentur {agency}; nächster Schritt am {next_on}. {reason}")
REOPENED = Kind("case.reopened", "Vorgang wieder geöffnet; nächster Schritt: {next_on}. {reason}")
CANCELLATION_PROPOSED = Kind("case.cancellation_proposed", "Kündigung der vorläufigen Deckung vorgeschlagen: {reason}")
CANCELLATION_APPROVED = Kind(
    "case.cancellation_approved", "Kündigung freigegeben, vorgeschlagen von {proposed_by}; Schreiben {letter}."
)
CANCELLATION_DECLINED = Kind(
    "case.cancellation_declined", "Kündigung abgelehnt, vorgeschlagen von {proposed_by}: {reason}"
)
CANCELLATION_PUT_OFF = Kind(
    "case.cancellation_put_off",
    "Kündigung zurückgestellt; Agentur {agency} wird erst erinnert, ab {next_on}: {reason}.",
)
CANCELLATION_WITHDRAWN = Kind(
    "case.cancellation_withdrawn", "Antrag nach der Kündigung: Kündigung zurückgenommen, die Deckung bleibt. {reason}"
)
CANCELLATION_REVOKED = Kind(
    "case.cancellation_revoked",
    "Kündigung zurückgenommen, freigegeben hatte sie {approved_by}; die Deckung besteht vorläufig fort. {reason}",
)
CANCELLATION_UPHELD = Kind(
    "case.cancellation_upheld", "Antrag nach der Kündigung: Kündigung bleibt, neuer Vertrag. {reason}"
)
ANSWERED = Kind("case.answered", "Rückfrage {inquiry} beantwortet mit Schreiben {letter}.")
LEGALLY_HELD = Kind("case.legally_held", "Löschung ausgesetzt: {reason}")
LEGALLY_RELEASED = Kind("case.legally_released", "Löschung nicht länger ausgesetzt: {reason}")
ERASED = Kind("case.erased", "Personenbezogene Angaben und {letters} Schreiben nach Ablauf der Aufbewahrung gelöscht.")
EVIDENCE_MADE = Kind("case.evidence_made", "Nachweis erstellt, SHA-256 des PDF {sha256}.")
HALTED = Kind("house.halted", "Schritte aller Vorgänge angehalten, bis jemand fortsetzt: {reason}.")
HALTED_UNTIL = Kind("house.halted_until", "Schritte aller Vorgänge angehalten bis {until}: {reason}.")
WENT_ON = Kind("house.went_on", "Schritte aller Vorgänge fortgesetzt, angehalten seit {since}: {reason}.")
STUCK = Kind("case.stuck", "Der fällige Schritt scheiterte: {error}.")
RETRIED = Kind("case.retried", "Der gescheiterte Schritt wird erneut versucht: {reason}.")
