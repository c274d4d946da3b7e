"""A firm's software has left urgent letters lying, which its administrators are warned about."""

from vermittlerpost.notifications.messages import Message

UNCOLLECTED_SHIPMENTS = Message(
    title="Warnung: eilige Schreiben nicht abgeholt",
    subject="Eilige Schreiben nicht abgeholt: {count} ({agencies})",
    headline="Eilige Schreiben nicht abgeholt",
    lead="die Software Ihrer Firma hat eilige Schreiben nicht über BiPRO abgeholt, und im Portal hat sie noch niemand "
    "gelesen. Bitte lesen Sie sie dort, und lassen Sie den Abruf prüfen.",
    facts=(
        ("Eilige Schreiben", "count"),
        ("Für", "agencies"),
        ("Das älteste liegt bereit seit", "oldest"),
        ("Papier", "by_post"),
    ),
    action="Zu Services » BiPRO",
    reason="Sie erhalten diese E-Mail, weil Sie Administrator Ihrer Firma sind und deren Software Schreiben über BiPRO "
    "abholt. Holt sie keine mehr ab, deaktivieren Sie den technischen Benutzer.",
)
