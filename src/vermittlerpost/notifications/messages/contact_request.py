"""A user asks his personal contact something."""

from vermittlerpost.notifications.messages import Message

CONTACT_REQUEST = Message(
    title="Anfrage an den persönlichen Kontakt",
    subject="Anfrage über das Portal: {firm}",
    headline="Anfrage über das Portal",
    lead="ein Benutzer des Portals hat Ihnen als persönlichem Kontakt seiner Firma geschrieben.",
    facts=(
        ("Anfrage", "request"),
        ("Firma", "firm"),
        ("Von", "name"),
        ("Antwort an", "reply_to"),
        ("Schreiben", "letter"),
        ("Betreff", "subject"),
    ),
    text="text",
    reply_to="reply_to",
    reason="Sie erhalten diese E-Mail, weil Sie als persönlicher Kontakt dieses Benutzers hinterlegt sind.",
)
