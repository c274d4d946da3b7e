"""Another address is to hold, which the new one must confirm."""

from vermittlerpost.notifications.messages import Message

ADDRESS_CHANGE_NEW = Message(
    title="Adressänderung, an die neue Adresse",
    subject="Bitte bestätigen: Ihre neue E-Mail-Adresse",
    headline="Neue E-Mail-Adresse bestätigen",
    lead="diese Adresse soll künftig für Ihren Zugang zum Portal gelten. Sie gilt erst, wenn Sie das hier und auch an "
    "der bisherigen Adresse bestätigt haben.",
    facts=(("Link gilt bis", "valid_until"),),
    action="Neue Adresse bestätigen",
    reason="Sie erhalten diese E-Mail, weil jemand diese Adresse für seinen Zugang angegeben hat. Waren Sie das "
    "nicht, brauchen Sie nichts zu tun.",
)
