"""What tests share: the clock, turned by a fixture, and a house of their own for files."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import settings as trials
from tests import acts, cast

from vermittlerpost.lib import clock

# A machine that is busy with something else makes no rule wrong.
trials.register_profile("house", deadline=None)
trials.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Give each session that names no `--basetemp` a folder of its own for temporary files, removed at its end.

    In the common one every session that starts locks out other users, and as another user run embedded servers there.
    """
    if config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="vermittlerpost-pytest-")
        atexit.register(shutil.rmtree, config.option.basetemp, ignore_errors=True)


@pytest.fixture
def turn_clock() -> Iterator[Callable[[str], datetime]]:
    """Return a function that lets the clock stand at a moment, German time if it names no zone."""
    with ExitStack() as turned:

        def turn(moment: str) -> datetime:
            at = datetime.fromisoformat(moment)
            at = at if at.tzinfo else at.replace(tzinfo=clock.GERMANY)
            turned.enter_context(clock.turned_to(at))
            return at

        yield turn


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """Let letters, print batches and mails go to a folder of this test."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def stage(db: None, home: Path) -> None:
    """Let the cast enter, with a confirmation for Bonn that nobody has used."""
    cast.enter()
    acts.confirm()
