"""Another address is to hold, which the old one must agree to."""

from vermittlerpost.notifications.messages import Message

ADDRESS_CHANGE_OLD = Message(
    title="Adressänderung, an die bisherige Adresse",
    subject="Bitte bestätigen: andere E-Mail-Adresse für Ihren Zugang",
    headline="Andere E-Mail-Adresse bestätigen",
    lead="für Ihren Zugang soll künftig eine andere E-Mail-Adresse gelten. Sie gilt erst, wenn Sie das hier an der "
    "bisherigen und auch an der neuen Adresse bestätigt haben.",
    facts=(("Link gilt bis", "valid_until"),),
    action="Änderung ansehen und bestätigen",
    reason="Sie erhalten diese E-Mail, weil diese Adresse für Ihren Zugang hinterlegt ist. Haben Sie die Änderung "
    "nicht veranlasst, bestätigen Sie sie bitte nicht und sagen Sie Ihrem Administrator Bescheid.",
)
