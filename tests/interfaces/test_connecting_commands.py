"""`api-key` and `webhook`: what an operator does for the insurer's other systems."""

import json

import pytest
from tests.interfaces.api.conftest import System
from typer.testing import CliRunner, Result

from vermittlerpost.interfaces.ops.commands import app

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_a_key_is_shown_once_opens_what_it_should_and_is_listed_and_revoked() -> None:
    created = run("api-key", "create", "kernsystem", "--scope", "read.cases", "--days", "30")
    text = created.stdout.splitlines()[0]
    assert System(text).get("cases").status_code == 200
    [row] = json.loads(run("api-key", "list", "--json").stdout)
    assert (row["holder"], row["scopes"]) == ("kernsystem", "read.cases")
    assert text not in run("api-key", "list").stdout
    assert run("api-key", "revoke", row["key"], "--reason", "verloren").exit_code == 0
    assert System(text).get("cases").status_code == 401
    again = run("api-key", "revoke", row["key"], "--reason", "verloren")
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "arguments", [["Kern System", "--scope", "read.cases"], ["kernsystem", "--scope", "alles"], ["x" * 41]]
)
def test_a_key_that_makes_no_sense_is_not_issued(arguments: list[str]) -> None:
    assert run("api-key", "create", *arguments).exit_code != 0
    assert json.loads(run("api-key", "list", "--json").stdout) == []


def test_a_webhook_is_added_listed_redriven_and_ended() -> None:
    added = run("webhook", "add", "kernsystem", "https://core.example/hook", "--event", "case.closed")
    webhook, secret = added.stdout.split()
    assert secret.startswith("whsec_")
    [row] = json.loads(run("webhook", "list", "--json").stdout)
    assert (row["webhook"], row["waiting"], row["failed"]) == (webhook, 0, 0)
    assert secret not in run("webhook", "list").stdout
    assert run("webhook", "redrive", webhook).stdout == "0 Meldungen werden erneut versucht.\n"
    assert run("webhook", "redrive", webhook, "--dispatch", "W-0").exit_code == 1
    assert run("webhook", "end", webhook).exit_code == 0
    assert run("webhook", "end", webhook).exit_code == 1
    assert run("webhook", "add", "kernsystem", "https://core.example/", "--event", "alles").exit_code == 1
