"""What letters say anew: only where the first wording was not true; everywhere else they say what they said."""

from dataclasses import replace

import pytest
from tests.rules.letter_samples import ANSWER, INQUIRY, LAST_REMINDER, REMINDER, WITHDRAWAL, named

from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rendering import Text, text_of
from vermittlerpost.letters.rules import Facts


def newest(facts: Facts, **others: object) -> Text:
    return text_of(replace(facts, wording=KINDS[facts.kind].version, **others))  # type: ignore[arg-type]


@pytest.mark.parametrize("facts", [REMINDER, LAST_REMINDER, WITHDRAWAL, INQUIRY], ids=named)
def test_where_the_first_wording_was_true_nothing_changes(facts: Facts) -> None:
    assert KINDS[facts.kind].version == 2
    assert newest(facts) == text_of(facts)


@pytest.mark.parametrize("facts", [REMINDER, LAST_REMINDER], ids=named)
def test_an_agency_that_took_the_case_over_is_told_of_no_reminder_that_it_did_not_get(facts: Facts) -> None:
    (said,) = newest(facts, taken_over=True).request
    assert "Erstmals haben wir ihn am 30.03.2026 angefordert; bis heute liegt er uns nicht vor." in said
    assert "Inzwischen wird der Vorgang bei Ihrer Agentur geführt." in said
    assert "Sie daran erinnert" not in said


def test_a_reminder_that_was_written_before_is_made_again_in_its_own_words() -> None:
    frozen = {key: value for key, value in LAST_REMINDER.to_json().items() if key != "taken_over"}
    assert text_of(Facts.from_json(frozen)) == text_of(LAST_REMINDER)
    assert "Sie daran erinnert" in text_of(replace(LAST_REMINDER, taken_over=True)).request[0]


def test_a_withdrawal_without_application_says_that_it_is_still_missing() -> None:
    text = newest(WITHDRAWAL, next_step="Ein Antrag liegt uns weiterhin nicht vor.")
    assert text.request[0].endswith("Die Deckung besteht ohne Unterbrechung fort.")
    assert text.otherwise[0] == "Ein Antrag liegt uns weiterhin nicht vor."
    assert "Über den Antrag entscheiden wir gesondert" not in " ".join(text.otherwise)


def test_what_asks_nothing_is_called_like_its_subject() -> None:
    assert newest(INQUIRY).title == "Rückfrage"
    assert newest(ANSWER).title == "Rückmeldung"
    assert replace(newest(ANSWER), title="Rückfrage") == text_of(ANSWER)
