"""Preferences: who has chosen to be mailed about a category, or not to be."""

from dataclasses import dataclass

from vermittlerpost.intake.rules.cells import IDENTIFIER, YES_NO
from vermittlerpost.intake.rules.inputs import Format, Repeat, Row, column


@dataclass(frozen=True, kw_only=True, slots=True)
class PreferenceRow(Row):
    """One explicit choice of one user about one category."""

    login_id: str = column(IDENTIFIER, "Benutzerkennung", example="vpm4711a")
    category: str = column(IDENTIFIER, "Kategorie der Benachrichtigung", example="urgent_reminders")
    choice: bool = column(YES_NO, "soll eine E-Mail kommen?", example="yes")


FORMAT = Format(
    code="preferences",
    title="E-Mail-Benachrichtigungen",
    sentence="Ausdrückliche Einstellungen; wer hier fehlt, für den gilt die Vorbelegung.",
    file_name="preferences",
    order=50,
    row=PreferenceRow,
    key=("login_id", "category"),
    repeat=Repeat.REPLACES,
)
