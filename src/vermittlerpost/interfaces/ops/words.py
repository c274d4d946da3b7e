"""What the codes of receipts and decisions are called in German, in commands, reports and evidence."""

RECEIPTS = {
    "provided": "bereitgestellt",
    "displayed": "angezeigt",
    "downloaded": "heruntergeladen",
    "fetched": "über BiPRO abgeholt (durch ein Programm)",
    "acknowledged": "über BiPRO quittiert",
    "printed": "gedruckt",
    "handed_over": "an den Postdienst übergeben",
    "returned": "kam zurück",
}
OUTCOMES = {
    "mailed": "benachrichtigt",
    "not_mailed": "nicht benachrichtigt",
    "withdrawn": "vor dem Versand zurückgezogen",
}
ORIGINS = {"explicit": "ausdrücklich gewählt", "temporary": "befristet gewählt", "role_default": "Vorbelegung"}
REASONS = {
    "inactive": "Benutzer ist nicht aktiv",
    "technical": "technischer Benutzer",
    "no_right": "keine Bestandsdateneinsicht",
    "preference": "Einstellung oder Vorbelegung: Nein",
    "no_address": "keine erreichbare Adresse",
    "already_mailed": "Adresse hat die Mail schon",
    "case_ended": "Vorgang war beendet",
    "out_of_scope": "Agentur nicht in der Bestandssicht",
    "recalled": "Meldung war zurückgezogen",
}
MAIL_STATES = {
    "waiting": "wartet",
    "sending": "wird gesendet",
    "sent": "gesendet",
    "refused": "vom Mailserver abgewiesen",
    "unknown": "unklar, ob gesendet",
    "withdrawn": "vor dem Versand zurückgezogen",
    "settled": "von Hand abgeschlossen",
}
