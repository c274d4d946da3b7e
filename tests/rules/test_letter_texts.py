"""What a letter says, as the portal shows it and as the sheet bears it."""

from dataclasses import replace

import pytest
from tests.rules.letter_samples import ANSWER, CANCELLATION, INQUIRY, LAST_REMINDER, REMINDER, REQUEST

from vermittlerpost.letters.rendering import FactMissing, NoSuchWording, Row, text_of


def test_the_request_names_vehicle_and_due_date_and_what_happens_next() -> None:
    text = text_of(REQUEST)
    assert text.title == "Antragsanforderung"
    assert text.subject == "Antrag zum Fahrzeug K-WB 4444 – bitte bis Mo., 13.04.2026 einreichen"
    assert text.deadline == "Frist für den Antrag: Mo., 13.04.2026"
    assert text.otherwise[0] == "Geht bis dahin kein Antrag ein, erinnern wir Sie am 14.04.2026."
    assert text.message == []


def test_a_request_to_a_new_agency_says_when_the_application_was_first_asked_for() -> None:
    text = text_of(replace(REQUEST, first_requested_on=REMINDER.first_requested_on))
    assert text.request[1].startswith("Erstmals haben wir den Antrag am 30.03.2026 angefordert.")
    assert len(text_of(REQUEST).request) == 1


def test_the_facts_are_a_table_without_what_is_not_known() -> None:
    rows = text_of(LAST_REMINDER).facts
    assert rows[0] == Row(label="Kennzeichen", value="K-WB 4444")
    assert rows[-1] == Row(
        label="Bisherige Schreiben", value="Antragsanforderung vom 30.03.2026, Erinnerung vom 14.04.2026"
    )
    assert "Saison" not in [row.label for row in rows]


def test_the_last_reminder_announces_that_cancellation_will_be_proposed() -> None:
    announced = text_of(LAST_REMINDER).otherwise[0]
    assert announced.startswith(
        "Geht bis dahin kein Antrag ein, wird die Kündigung der vorläufigen Deckung vorgeschlagen."
    )
    assert announced.endswith(LAST_REMINDER.next_step)
    assert "vorgeschlagen" not in " ".join(text_of(REMINDER).otherwise)


def test_a_letter_of_a_process_that_ends_here_says_nothing_of_a_next_step() -> None:
    for facts in (REQUEST, REMINDER, LAST_REMINDER):
        with_step, without = text_of(facts).otherwise, text_of(replace(facts, next_step="")).otherwise
        assert facts.next_step in " ".join(with_step)
        assert "".join(without) == "".join(with_step).replace(facts.next_step, "").replace(
            "vorgeschlagen. ", "vorgeschlagen."
        )


def test_the_cancellation_informs_and_leaves_the_declaration_to_another_letter() -> None:
    text = text_of(CANCELLATION)
    assert "ersetzt die Erklärung nicht" in text.request[-1]
    assert "nach Ablauf von zwei Wochen nach ihrem Zugang beim Versicherungsnehmer wirksam" in text.otherwise[0]
    assert text.deadline == ""


def test_a_question_has_a_due_date_and_an_answer_has_none() -> None:
    assert text_of(INQUIRY).subject == "Rückfrage zum Fahrzeug K-WB 4444 – bitte bis Mo., 13.04.2026 antworten"
    assert text_of(ANSWER).subject == "Rückmeldung zum Fahrzeug K-WB 4444"
    assert (text_of(ANSWER).deadline, text_of(ANSWER).otherwise) == ("", [])


def test_free_text_keeps_its_lines_and_loses_superfluous_blanks() -> None:
    assert text_of(replace(INQUIRY, text="  Erstens:\tja.\r\n\r\n  Zweitens  nein.\n")).message == [
        "Erstens: ja.",
        "Zweitens nein.",
    ]


def test_braces_in_names_and_free_text_are_only_braces() -> None:
    facts = replace(INQUIRY, text="{plate} {0} {", next_step="{case.__class__}")
    assert text_of(facts).message == ["{plate} {0} {"]
    assert text_of(facts).otherwise == ["{case.__class__}"]


@pytest.mark.parametrize(
    ("kind", "urgency"),
    [
        ("love_letter", "normal"),  # no such kind
        ("reminder", "normal"),  # no wording for this urgency
    ],
)
def test_a_letter_that_nobody_has_worded_is_refused(kind: str, urgency: str) -> None:
    with pytest.raises(NoSuchWording, match=f"„{kind}“ mit der Dringlichkeit „{urgency}“"):
        text_of(replace(REQUEST, kind=kind, urgency=urgency))


def test_a_letter_without_the_due_date_that_it_names_is_refused() -> None:
    with pytest.raises(FactMissing) as refusal:
        text_of(replace(REQUEST, due_on=None))
    assert (refusal.value.code, refusal.value.facts) == ("fact_missing", {"name": "due_on"})


def test_an_inquiry_without_a_question_is_refused() -> None:
    with pytest.raises(FactMissing, match="text"):
        text_of(replace(INQUIRY, text=""))
