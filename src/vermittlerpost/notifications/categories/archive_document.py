"""„Neue Dokumente im Archiv“: copies of what customers were sent."""

from datetime import timedelta

from vermittlerpost.agencies.rules import Right
from vermittlerpost.notifications.categories import DOCUMENT_PROVIDED, Category, Role


def _preset(_role: Role) -> bool:
    """Answer Nein for all: copies are many, ask for nothing, and most firms' software fetches them."""
    return False


ARCHIVE_DOCUMENT = Category(
    title="Neue Dokumente im Archiv",
    sentence="Wenn die Kopie eines Kundendokuments neu im Dokumentenarchiv liegt.",
    example="12 neue Dokumente im Archiv (Agentur 4711)",
    event=DOCUMENT_PROVIDED,
    right=Right.DOCUMENT_ARCHIVE,
    role_default=_preset,
    merge_window=timedelta(hours=4),
    one="neues Dokument im Archiv",
    many="neue Dokumente im Archiv",
    lead_one="ein Dokument liegt neu im Dokumentenarchiv.",
    lead_many="Dokumente liegen neu im Dokumentenarchiv.",
    open_one="Zum Dokument",
    place="Mein Cockpit » Dokumente",
    path="cockpit/dokumente/",
)
