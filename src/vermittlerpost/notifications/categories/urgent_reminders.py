"""„Eilige Erinnerungen“: the reminders of the Kfz-Antragsanforderung, which leave at once."""

from datetime import timedelta

from vermittlerpost.notifications.categories import LETTER_PROVIDED, Category, Role


def _preset(role: Role) -> bool:
    """Answer Ja for those who answer for a firm and for those to whom agencies were assigned (M8)."""
    return role.administrator or role.restricted


URGENT_REMINDERS = Category(
    title="Eilige Erinnerungen",
    sentence="Wenn zu einer Kfz-Zulassung trotz Anforderung noch kein Antrag vorliegt und die Zeit drängt.",
    example="2 eilige Erinnerungen – nächste Frist Mo., 13.04.2026, Dringlichkeit: hoch (Agentur 4711)",
    event=LETTER_PROVIDED,
    role_default=_preset,
    merge_window=timedelta(0),
    urgent=True,
    one="eilige Erinnerung",
    many="eilige Erinnerungen",
    lead_one="für Sie liegt eine Erinnerung in der Vermittlerpost bereit. Bitte handeln Sie, bevor die Frist abläuft.",
    lead_many="für Sie liegen Erinnerungen in der Vermittlerpost bereit. "
    "Bitte handeln Sie, bevor die nächste Frist abläuft.",
    open_one="Zur Erinnerung",
)
