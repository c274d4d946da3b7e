"""What runs with the product may be used by anybody: nothing under the GPL or AGPL, nothing without a licence."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "licences.py"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    specification = spec_from_file_location("licences", SCRIPT)
    assert specification
    assert specification.loader
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_everything_that_runs_has_a_licence_that_binds_nobody() -> None:
    finished = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout
    assert "django" in finished.stdout


@pytest.mark.parametrize(
    ("licence", "binds"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("GNU Affero General Public License v3", True),
        ("MIT AND GPL-2.0-only", True),
        ("GPL-2.0-only OR MIT", False),  # there is a choice
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("BSD-3-Clause", False),
    ],
)
def test_licences_that_bind_are_told_from_those_that_do_not(licences: ModuleType, licence: str, binds: bool) -> None:
    assert licences.is_binding(licence) is binds
