"""What commands tell an operator, as he reads it: tables in words, without a code and without an accident."""

import json

import pytest
from tests import acts, cast
from typer.testing import CliRunner

from vermittlerpost.cases.models import Deadline
from vermittlerpost.interfaces.ops import words
from vermittlerpost.interfaces.ops.commands import app
from vermittlerpost.lib import clock
from vermittlerpost.notifications.models import Mail
from vermittlerpost.notifications.rules import MailState, Origin, Outcome, Reason

pytestmark = pytest.mark.usefixtures("stage")


def said(*arguments: str) -> list[str]:
    """Return the lines that a command prints; it must end well."""
    finished = CliRunner().invoke(app, arguments)
    assert finished.exit_code == 0, finished.output
    return finished.output.splitlines()


@pytest.fixture
def letter() -> str:
    """Return a letter about which some were mailed and some were not."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def test_why_names_everybody_in_scope_with_outcome_and_reason_in_words_b1(letter: str) -> None:
    head, *lines = said("why", letter)
    assert head.split("  ")[0] == "Schreiben"
    (told,) = [line for line in lines if cast.ANNA in line]
    (untold,) = [line for line in lines if cast.BERND in line]
    assert "benachrichtigt" in told
    assert "Vorbelegung" in told
    assert "nicht benachrichtigt" in untold
    assert "Einstellung oder Vorbelegung: Nein" in untold


def test_why_of_a_user_tells_the_letters_and_when_their_mails_left(letter: str) -> None:
    _, line = said("why", cast.ANNA)
    assert letter in line
    assert "gesendet" in line
    assert "16.02.2026" in line


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (Outcome, words.OUTCOMES),
        (Reason, words.REASONS),
        (Origin, words.ORIGINS),
        (MailState, words.MAIL_STATES),
    ],
)
def test_there_is_a_word_for_every_code(codes: type[Outcome], told: dict[str, str]) -> None:
    assert {code.value for code in codes} == told.keys()


@pytest.mark.parametrize(
    "arguments", [["status"], ["catalogue"], ["staff", "list"], ["news", "list"], ["bipro", "status"]]
)
def test_every_table_has_as_many_columns_as_heads(letter: str, arguments: list[str]) -> None:
    assert said(*arguments)


def test_status_names_each_row_that_is_stuck_with_its_reason(letter: str) -> None:
    Deadline.objects.update(stuck_at=clock.now(), stuck_reason="Zum Risikoträger fehlt die Anschrift.")
    Mail.objects.filter(user__login_id=cast.ANNA).update(state=MailState.REFUSED, reply="550 unbekannt")
    (mail,) = Mail.objects.filter(user__login_id=cast.ANNA).values_list("id", flat=True)
    told = said("status")
    assert any(acts.case().id in line and "fehlt die Anschrift" in line for line in told)
    assert any(mail in line and "550 unbekannt" in line for line in told)
    rows = {row["reference"]: row for queue in json.loads("\n".join(said("status", "--json"))) for row in queue["rows"]}
    assert rows[mail] == {"queue": "Mails", "reference": mail, "reason": "550 unbekannt"}


def test_a_case_is_told_from_its_beginning(letter: str) -> None:
    lines = said("case", acts.case().id)
    assert any("Vorgang eröffnet" in line for line in lines)
    assert any(f"Schreiben {letter} (Antragsanforderung, Stufe 0)" in line for line in lines)
