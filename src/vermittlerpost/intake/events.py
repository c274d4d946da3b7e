"""What can happen to what comes in."""

from vermittlerpost.journal.events import Kind

FILE_FED = Kind(
    "file.fed",
    "Datei eingelesen: {accepted} übernommen, {known} bekannt, {refused} abgewiesen, {warned} mit Warnung.",
)
EVB_CHANGED = Kind("evb.changed", "eVB-Bestätigung übernommen: {fields}.")
_OUTCOME = {
    "opened": "ein Vorgang ist eröffnet",
    "clarified": "ein Klärfall ist eröffnet",
    "prevented": "ein Antrag lag schon vor",
    "voided": "sie war schon zurückgenommen",
    "revoked": "sie ist zurückgenommen",
    "ended": "ein Vorgang ist beendet",
    "plate_changed": "ein Vorgang hat ein neues Kennzeichen",
    "belongs": "er gehört zu einem beantworteten Vorgang",
    "waiting": "er wartet auf eine Mitteilung",
    "unmatched": "kein Vorgang passt",
    "ambiguous": "was gemeint ist, muss jemand entscheiden",
}
_NOTICE = {
    "registration": "Zulassung",
    "holder_change": "Halterwechsel",
    "re_registration": "Wiederzulassung",
    "plate_change": "neues Kennzeichen",
    "other_insurer": "anderer Versicherer",
    "deregistration": "Außerbetriebsetzung",
    "withdrawn": "Rücknahme",
}
NOTICE_SETTLED = Kind(
    "notice.settled", "Mitteilung eingegangen ({kind}): {outcome}.", words={"kind": _NOTICE, "outcome": _OUTCOME}
)
APPLICATION_SETTLED = Kind("application.settled", "Antrag eingegangen: {outcome}.", words={"outcome": _OUTCOME})
APPLICATION_SPENT = Kind(
    "application.spent", "Der Antrag lag zur Mitteilung {message_id} schon vor: kein Vorgang nötig."
)
SORTED = Kind("message.sorted", "Von Hand dem Vorgang {case} zugeordnet: {outcome}.", words={"outcome": _OUTCOME})
RAISED = Kind("message.raised", "Wieder zu klären, da der Vorgang {case} wieder geöffnet ist.")
DISMISSED = Kind("message.dismissed", "Von Hand abgelegt, ohne einen Vorgang zu betreffen: {reason}")
