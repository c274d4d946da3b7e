"""A user is told that his question is on its way; what he wrote stays in the portal."""

from vermittlerpost.notifications.messages import Message

CONTACT_COPY = Message(
    title="Bestätigung einer Anfrage",
    subject="Ihre Anfrage ist unterwegs",
    headline="Ihre Anfrage ist unterwegs",
    lead="wir haben Ihre Anfrage an {contact} gesendet. Was Sie geschrieben haben, können Sie im Portal nachlesen.",
    facts=(("Anfrage", "request"), ("Ihr Kontakt", "contact"), ("Telefon", "phone")),
    action="Zur Anfrage im Portal",
    reason="Sie erhalten diese E-Mail, weil Sie im Portal eine Anfrage abgesendet haben.",
)
