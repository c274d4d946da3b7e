"""Somebody forgot his password."""

from vermittlerpost.notifications.messages import Message

PASSWORD_RESET = Message(
    title="Neues Kennwort",
    subject="Neues Kennwort festlegen",
    headline="Neues Kennwort festlegen",
    lead="zu Ihrer Benutzerkennung wurde ein neues Kennwort angefordert. Mit diesem Link legen Sie es fest; "
    "er gilt nur einmal.",
    facts=(("Link gilt bis", "valid_until"),),
    action="Kennwort festlegen",
    reason="Sie erhalten diese E-Mail, weil jemand mit Ihrer Benutzerkennung und dieser Adresse ein neues Kennwort "
    "angefordert hat. Waren Sie das nicht, brauchen Sie nichts zu tun: Ihr bisheriges Kennwort gilt weiter.",
)
