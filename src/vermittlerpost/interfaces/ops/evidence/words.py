"""What an evidence package says of itself."""

INTRODUCTION = (
    (
        "Dieses Dokument gibt wieder, was zu dem Vorgang geschrieben, bereitgestellt, gelesen und entschieden wurde. "
        "Die Angaben für Programme und die Schreiben selbst liegen ihm als Dateien bei; die Signatur umfasst alles."
    ),
    "Zu prüfen mit: vermittlerpost verify-evidence, ohne Datenbank und auf jeder Maschine.",
)
