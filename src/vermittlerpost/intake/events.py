"""What can happen to what comes in."""

from vermittlerpost.journal.events import Kind

FILE_FED = Kind(
    "file.fed",
    "Datei eingelesen: {accepted} übernommen, {known} bekannt, {refused} abgewiesen, {warned} mit Warnung.",
)
EVB_CHANGED = Kind("evb.changed", "eVB-Bestätigung übernommen: {fields}.")
NOTICE_SETTLED = Kind("notice.settled", "Mitteilung eingegangen ({kind}): {outcome}.")
APPLICATION_SETTLED = Kind("application.settled", "Antrag eingegangen: {outcome}.")
APPLICATION_SPENT = Kind(
    "application.spent", "Der Antrag lag zur Mitteilung {message_id} schon vor: kein Vorgang nötig."
)
SORTED = Kind("message.sorted", "Von Hand dem Vorgang {case} zugeordnet: {outcome}.")
DISMISSED = Kind("message.dismissed", "Von Hand abgelegt, ohne einen Vorgang zu betreffen: {reason}")
