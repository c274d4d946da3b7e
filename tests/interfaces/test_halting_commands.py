"""`pause` and `resume`: the operator halts all cases, and whoever looks at the house is told so aloud."""

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from tests import acts
from typer.testing import CliRunner, Result

from vermittlerpost.interfaces.ops.commands import app

pytestmark = pytest.mark.usefixtures("stage")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_who_halts_is_told_until_when_and_what_follows(turn_clock: Callable[[str], datetime]) -> None:
    turn_clock(f"{acts.REQUESTED} 06:00")
    acts.register()
    said = call("pause", "--reason", "Umbau", "--until", acts.REQUESTED)
    assert (said.exit_code, "bis einschließlich 16.02.2026" in said.output) == (0, True)
    again = call("pause", "--reason", "Umbau")
    assert (again.exit_code, "angehalten" in again.output) == (1, True)
    acts.mornings(acts.REQUESTED)
    assert acts.written() == []
    assert call("resume").exit_code == 0
    acts.mornings(acts.REQUESTED)
    assert acts.written() == [("application_request", 0, acts.REQUESTED)]
    assert call("resume").exit_code == 1


def test_the_state_of_the_house_says_so_beside_the_queues_and_stays_readable_for_programs() -> None:
    assert "Angehalten" not in call("status").output
    call("pause", "--reason", "Umbau")
    said = call("status")
    assert said.stderr.startswith("Angehalten seit")
    assert "fällige Schritte" in said.output
    assert json.loads(call("status", "--json").stdout)[0]["queue"] == "fällige Schritte"


def test_a_reason_must_be_given() -> None:
    assert call("pause").exit_code == 2
    assert call("pause", "--reason", " ").exit_code == 1
