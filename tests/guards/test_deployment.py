"""What stands in `deploy/` fits the product: its commands, its settings, and the header that nobody may forge."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.urls import reverse

from vermittlerpost.config.environment import Environment
from vermittlerpost.interfaces.ops.commands import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMMANDS = {command.name for command in app.registered_commands}
SETTING = re.compile(r"^#?(VERMITTLERPOST_[A-Z_]+)=", re.MULTILINE)
LOCALHOST = ROOT / "tests" / "faults" / "localhost.pem"
SBIN = "/usr/sbin:/usr/local/sbin"


def found(*programs: str) -> str:
    """Return where the first of several programs lies; without one the test is skipped, aloud."""
    for program in programs:
        if path := shutil.which(program) or shutil.which(program, path=SBIN):
            return path
    pytest.skip(f"NOT RUN: {' or '.join(programs)} is missing on this machine")


def said(command: Sequence[str | Path], folder: Path) -> tuple[int, str]:
    """Return how a program ended, and all that it said."""
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return finished.returncode, finished.stdout + finished.stderr


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_units_start_commands_that_there_are(unit: Path) -> None:
    called = set(re.findall(r"/bin/vermittlerpost (\S+)", unit.read_text()))
    assert called
    assert called <= COMMANDS


def test_the_sample_of_settings_names_only_settings_that_there_are() -> None:
    named = SETTING.findall((DEPLOY / "vermittlerpost.env.example").read_text())
    assert named
    assert {name.removeprefix("VERMITTLERPOST_").lower() for name in named} <= set(Environment.model_fields)


def test_a_shell_reads_the_sample_of_settings_as_systemd_does() -> None:
    wanted = ("VERMITTLERPOST_OPERATOR", "VERMITTLERPOST_IMPRINT")
    told = "; ".join(f'echo "${name}"' for name in wanted)
    script = f"set -e; set -a; . {DEPLOY / 'vermittlerpost.env.example'}; set +a; {told}"
    assert said(["bash", "-c", script], DEPLOY) == (
        0,
        "Nordlicht Versicherung AG\nNordlicht Versicherung AG|Leuchtturmweg 1|24103 Kiel\n",
    )


def test_the_container_has_the_pg_dump_of_its_server() -> None:
    # Debian's release decides which client its package is; a pg_dump refuses a server that is newer.
    of_debian = {"trixie": "17"}
    (release,) = set(re.findall(r"FROM python:\S+-slim-(\w+)", (DEPLOY / "Dockerfile").read_text()))
    assert re.findall(r"image: postgres:(\d+)", (ROOT / "compose.yaml").read_text()) == [of_debian[release]]


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
    assert '"$request_method $loggable"' in sample


def test_the_proxy_logs_no_secret_of_an_address() -> None:
    (shortened,) = re.findall(r"~\^\(\?<door>(\S+)\) \$\{door\}-;", (DEPLOY / "nginx.conf").read_text())
    for name, secret in (
        ("calendar_feed", "abc"),
        ("invitation", "abc"),
        ("password_reset", "abc"),
        ("address_confirm", "abc"),
    ):
        assert re.match(shortened, reverse(name, args=[secret])), name


def test_nginx_takes_the_sample(tmp_path: Path) -> None:
    nginx = found("nginx")
    sample = (DEPLOY / "nginx.conf").read_text()
    sample = re.sub(r"/etc/ssl/[\w./-]+", str(LOCALHOST), sample).replace("/var/log/nginx/", f"{tmp_path}/")
    sample = sample.replace("listen 80;", "listen 127.0.0.1:18080;").replace("listen 443 ", "listen 127.0.0.1:18443 ")
    (tmp_path / "sample.conf").write_text(sample)
    frame = "events {{}}\npid {0}/pid;\nhttp {{ {1} include {0}/sample.conf; }}\n"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    (tmp_path / "nginx.conf").write_text(frame.format(tmp_path, folders))
    code, report = said([nginx, "-t", "-e", "error.log", "-c", str(tmp_path / "nginx.conf")], tmp_path)
    assert code == 0, report


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = found("systemd-analyze")
    units = [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]
    for unit in units:
        text = unit.read_text().replace("/opt/vermittlerpost/bin/vermittlerpost", str(shutil.which("true")))
        (tmp_path / unit.name).write_text(text)
    assert said([program, "verify", *(tmp_path / unit.name for unit in units)], tmp_path) == (0, "")


def test_compose_reads_the_sample(tmp_path: Path) -> None:
    program = found("docker-compose", "docker")
    command = [program] if program.endswith("docker-compose") else [program, "compose"]
    # Older ones do not know the name, which is the folder's otherwise.
    sample = re.sub(r"^name: .*$", "", (ROOT / "compose.yaml").read_text(), flags=re.MULTILINE)
    (tmp_path / "compose.yaml").write_text(sample)
    settings = (DEPLOY / "vermittlerpost.env.example").read_text()
    (tmp_path / ".env").write_text(f"{settings}\nPOSTGRES_PASSWORD=secret\n")
    code, report = said([*command, "config"], tmp_path)
    assert code == 0, report
    assert {"database:", "tables:", "web:", "work:"} <= {line.strip() for line in report.splitlines()}
