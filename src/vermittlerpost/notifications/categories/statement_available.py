"""„Abrechnungen“: a statement of the firm's remuneration can be read."""

from datetime import timedelta

from vermittlerpost.notifications.categories import DOCUMENT_PROVIDED, Category, Role


def _preset(role: Role) -> bool:
    """Answer Ja for administrators only: what a firm earns concerns those who run it."""
    return role.administrator


STATEMENT_AVAILABLE = Category(
    title="Abrechnungen",
    sentence="Wenn eine neue Abrechnung zum Lesen bereitliegt.",
    example="1 neue Abrechnung (Agentur 4711)",
    event=DOCUMENT_PROVIDED,
    role_default=_preset,
    merge_window=timedelta(hours=1),
    one="neue Abrechnung",
    many="neue Abrechnungen",
    lead_one="eine Abrechnung liegt für Sie bereit.",
    lead_many="Abrechnungen liegen für Sie bereit.",
    open_one="Zur Abrechnung",
    place="Mein Cockpit » Dokumente",
    path="cockpit/dokumente/",
)
