"""The script of the documentation, as it stands there, against a live server."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests import acts, cast
from tests.browser import houses
from tests.browser.serving import Served

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.services.software_samples import samples
from vermittlerpost.lib import clock

SCRIPT = Path("docs/howto/fetch-letters.sh").resolve()
MISSING = [tool for tool in ("bash", "curl", "python3") if shutil.which(tool) is None]
AT = acts.moment("2026-02-16 12:00")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"NOT RUN: {', '.join(MISSING)} missing on this machine")


@pytest.fixture(scope="module")
def furnished(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return a database in which the firm's software finds one letter."""
    with django_db_blocker.unblock(), houses.furnished(_furnish) as name:
        yield name


def _furnish() -> None:
    cast.enter()
    acts.confirm()
    acts.register()
    acts.mornings(acts.REQUESTED)


@pytest.fixture
def served(furnished: str, django_db_blocker: DjangoDbBlocker, home: Path) -> Iterator[Served]:
    """Answer on a port of this test's own."""
    with django_db_blocker.unblock(), houses.copy_of(furnished), clock.turned_to(AT), Served(AT).open() as served:
        yield served


def run(served: Served, password: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PASSWORD": password, "no_proxy": "*"}
    command = [str(SCRIPT), served.url, cast.ROBOT, str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def receipts() -> list[str]:
    return [receipt.kind for receipt in delivery.receipts_of(acts.letter().id)]


def test_the_script_logs_in_lists_fetches_and_acknowledges(served: Served, tmp_path: Path) -> None:
    password = masters.renew_software_password(cast.ROBOT, by="x")
    finished = run(served, password, tmp_path / "post")
    assert (finished.stderr, finished.stdout) == ("", f"{acts.letter().id}\n")
    pdf = (tmp_path / "post" / f"{acts.letter().id}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert receipts() == ["provided", "fetched", "acknowledged"]
    assert run(served, password, tmp_path / "post").stdout == ""


def test_a_password_with_signs_of_xml_and_of_the_shell_is_no_trouble(served: Served, tmp_path: Path) -> None:
    password = '<&> $HOME `id` \\n "ä"'
    masters.change_password(agencies.user(cast.ROBOT), password, by="x")
    assert run(served, password, tmp_path / "post").stdout == f"{acts.letter().id}\n"


def test_a_wrong_password_is_said_in_the_words_of_the_interface(served: Served, tmp_path: Path) -> None:
    finished = run(served, "falsch", tmp_path / "post")
    assert finished.returncode == 1
    assert finished.stderr.startswith("refused: ")
    assert receipts() == ["provided"]


def test_the_samples_of_the_portal_work_as_they_are_copied(served: Served, tmp_path: Path) -> None:
    password = masters.renew_software_password(cast.ROBOT, by="x")
    commands = "\n".join(sample.command for sample in samples(served.url, cast.ROBOT, acts.letter().id))
    finished = subprocess.run(
        ["bash", "-c", commands],
        env=os.environ | {"no_proxy": "*"},
        input=f"{password}\n", cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    assert f"<tran:ID>{acts.letter().id}</tran:ID>" in finished.stdout
    assert b"%PDF-" in (tmp_path / "lieferung.mime").read_bytes()
    assert receipts() == ["provided", "fetched", "acknowledged"]
