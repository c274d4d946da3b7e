"""The codes of an evidence package in German."""

INTRODUCTION = (
    (
        "Dieses Dokument gibt wieder, was zu dem Vorgang geschrieben, bereitgestellt, gelesen und entschieden wurde. "
        "Die Angaben für Programme und die Schreiben selbst liegen ihm als Dateien bei; die Signatur umfasst alles."
    ),
    "Zu prüfen mit: vermittlerpost verify-evidence, ohne Datenbank und auf jeder Maschine.",
)
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
ORIGINS = {"explicit": "ausdrücklich gewählt", "role_default": "Vorbelegung"}
REASONS = {
    "inactive": "Benutzer nicht aktiv",
    "technical": "technischer Benutzer",
    "no_right": "keine Bestandsdateneinsicht",
    "preference": "Einstellung Nein",
    "no_address": "keine erreichbare Adresse",
    "already_mailed": "Adresse hatte die Mail",
    "case_ended": "Vorgang war beendet",
    "out_of_scope": "Agentur nicht in der Bestandssicht",
    "recalled": "zurückgezogen",
}
