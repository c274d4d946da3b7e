"""„Wichtige Schreiben“: the letters of the Kfz-Antragsanforderung that are no reminders."""

from datetime import timedelta

from vermittlerpost.notifications.categories import LETTER_PROVIDED, Category, Role


def _preset(role: Role) -> bool:
    """Answer Ja for those who answer for a firm and for those to whom agencies were assigned (M8)."""
    return role.administrator or role.restricted


IMPORTANT_LETTERS = Category(
    title="Wichtige Schreiben",
    sentence="Wenn ein Schreiben zu einer Kfz-Zulassung bereitliegt, etwa die Anforderung eines Antrags, "
    "eine Rückfrage oder die Kündigung einer eVB.",
    example="2 wichtige Schreiben – nächste Frist Mo., 13.04.2026 (Agentur 4711)",
    event=LETTER_PROVIDED,
    role_default=_preset,
    merge_window=timedelta(minutes=15),
    one="wichtiges Schreiben",
    many="wichtige Schreiben",
    lead_one="für Sie liegt ein Schreiben in der Vermittlerpost bereit. Bitte lesen Sie es möglichst bald.",
    lead_many="für Sie liegen Schreiben in der Vermittlerpost bereit. Bitte lesen Sie sie möglichst bald.",
    open_one="Zum Schreiben",
)
