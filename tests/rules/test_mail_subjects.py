"""Subject lines: what, by when, how urgent, for which agency, in this order (M6, R4)."""

from datetime import date

import pytest

from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.texts.wording import Item, day, subject, summary

MONDAY, TUESDAY = date(2026, 4, 13), date(2026, 4, 14)
DUE = "Mo., 13.04.2026"


def reminder(agency: str = "4711", urgency: str = "hoch", due_on: date | None = MONDAY) -> Item:
    return Item(letter="L-1", agency=agency, urgency=urgency, due_on=due_on)


@pytest.mark.parametrize(
    ("code", "items", "expected"),
    [
        # one reminder
        (
            "urgent_reminders",
            [reminder()],
            "1 eilige Erinnerung – Frist Mo., 13.04.2026, Dringlichkeit: hoch (Agentur 4711)",
        ),
        # the earliest of two due days
        (
            "urgent_reminders",
            [reminder(due_on=TUESDAY), reminder()],
            "2 eilige Erinnerungen – nächste Frist Mo., 13.04.2026, Dringlichkeit: hoch (Agentur 4711)",
        ),
        # the highest of two urgencies, in whichever order they come
        (
            "urgent_reminders",
            [reminder(), reminder(urgency="letzte")],
            f"2 eilige Erinnerungen – nächste Frist {DUE}, höchste Dringlichkeit: letzte (Agentur 4711)",
        ),
        # two agencies are named, in their order
        (
            "urgent_reminders",
            [reminder("4712"), reminder("4711")],
            f"2 eilige Erinnerungen – nächste Frist {DUE}, Dringlichkeit: hoch (Agenturen 4711 und 4712)",
        ),
        # three are counted
        (
            "urgent_reminders",
            [reminder("1"), reminder("2"), reminder("3")],
            "3 eilige Erinnerungen – nächste Frist Mo., 13.04.2026, Dringlichkeit: hoch (3 Agenturen)",
        ),
        # a normal urgency needs no word
        (
            "important_letters",
            [reminder(urgency="normal")],
            "1 wichtiges Schreiben – Frist Mo., 13.04.2026 (Agentur 4711)",
        ),
        # a letter without a due day
        (
            "important_letters",
            [reminder(urgency="normal", due_on=None)],
            "1 wichtiges Schreiben (Agentur 4711)",
        ),
        # urgent without a due day
        (
            "important_letters",
            [reminder(due_on=None)],
            "1 wichtiges Schreiben – Dringlichkeit: hoch (Agentur 4711)",
        ),
        # a due day that only one of two has
        (
            "important_letters",
            [reminder(urgency="normal"), reminder(urgency="normal", due_on=None)],
            "2 wichtige Schreiben – nächste Frist Mo., 13.04.2026 (Agentur 4711)",
        ),
        # news belongs to no agency
        ("news", [Item(letter="N-1")], "1 neue Meldung im MaklerTicker"),
    ],
)
def test_a_subject_says_what_by_when_how_urgent_and_where(code: str, items: list[Item], expected: str) -> None:
    assert subject(CATEGORIES[code], summary(items)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 4, 13), "Mo., 13.04.2026"),
        (date(2026, 4, 14), "Di., 14.04.2026"),
        (date(2026, 4, 15), "Mi., 15.04.2026"),
        (date(2026, 4, 16), "Do., 16.04.2026"),
        (date(2026, 4, 17), "Fr., 17.04.2026"),
        (date(2028, 2, 29), "Di., 29.02.2028"),
        (date(2027, 1, 3), "So., 03.01.2027"),
    ],
)
def test_a_day_is_written_with_its_german_weekday(value: date, expected: str) -> None:
    assert day(value) == expected


def test_an_urgency_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no urgency"):
        Item(letter="L-1", urgency="eilig")
