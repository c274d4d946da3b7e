"""Somebody has a new account and chooses his password."""

from vermittlerpost.notifications.messages import Message

INVITATION = Message(
    title="Einladung",
    subject="Ihr Zugang zur Vermittlerpost",
    headline="Ihr Zugang ist eingerichtet",
    lead="für Sie wurde ein Zugang zum Portal eingerichtet. Bitte legen Sie jetzt Ihr Kennwort fest.",
    facts=(("Firma", "firm"), ("Benutzerkennung", "login_id"), ("Link gilt bis", "valid_until")),
    action="Kennwort festlegen",
    reason="Sie erhalten diese E-Mail, weil Ihre Firma oder Ihr Versicherer diese Adresse für Ihren Zugang hinterlegt "
    "hat. Erwarten Sie keinen Zugang, brauchen Sie nichts zu tun.",
)
