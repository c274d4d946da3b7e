"""What stands in `deploy/` fits the product: its commands, its settings, and the header that nobody may forge."""

import re
from pathlib import Path

import pytest

from vermittlerpost.config.environment import Environment
from vermittlerpost.interfaces.ops.commands import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMMANDS = {command.name for command in app.registered_commands}
SETTING = re.compile(r"^(VERMITTLERPOST_[A-Z_]+)=", re.MULTILINE)


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_units_start_commands_that_there_are(unit: Path) -> None:
    called = set(re.findall(r"/bin/vermittlerpost (\S+)", unit.read_text()))
    assert called
    assert called <= COMMANDS


def test_the_sample_of_settings_names_only_settings_that_there_are() -> None:
    named = SETTING.findall((DEPLOY / "vermittlerpost.env.example").read_text())
    assert named
    assert {name.removeprefix("VERMITTLERPOST_").lower() for name in named} <= set(Environment.model_fields)


def test_containers_run_commands_that_there_are() -> None:
    called = set(re.findall(r"command: \[(\w+)\]", (ROOT / "compose.yaml").read_text()))
    assert called == {"migrate", "web", "work"}
    assert called <= COMMANDS


def test_the_proxy_overwrites_the_subject_of_a_certificate_with_what_it_proved_itself() -> None:
    sample = (DEPLOY / "nginx.conf").read_text()
    assert re.findall(r"proxy_set_header X-Client-Subject\s+(\S+);", sample) == ["$proven_subject"]
    assert re.search(
        r"map \$ssl_client_verify \$proven_subject \{\s+SUCCESS \$ssl_client_s_dn;\s+default \"\";", sample
    )
    assert sample.count("location") == sample.count("return 404") + 1, "another location would need the header as well"


def test_the_proxy_logs_no_query() -> None:
    sample = (DEPLOY / "nginx.conf").read_text()
    assert "$request_uri" not in sample.split("return 301")[0]
    assert '"$request_method $uri"' in sample
