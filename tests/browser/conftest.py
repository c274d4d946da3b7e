"""A real browser before a real portal: Chromium, a server, a database of each test's own."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from tests import acts, cast
from tests.browser import houses
from tests.browser.serving import Served
from tests.browser.visitors import HEDDA, PASSWORD, Portal

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.lib import clock

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first draws the same pages with half the work: it has no window that nobody would see."""
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
LETTERS_READ_ON = "2026-03-20 09:00"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return the system's Chromium; without one these tests are skipped, aloud.

    As long as Playwright waits for it, an event loop runs in this process, and nothing else may run one: so not for
    longer than a file of tests.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip(f"NO CHROMIUM WAS FOUND: the pages are not looked at in a browser. Install Debian's {BROWSERS[0]}.")
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def furnished(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return a database with the cast and one case of every state, as on 20 March 2026."""
    with django_db_blocker.unblock(), houses.furnished(_furnish) as name:
        yield name


def _furnish() -> None:
    cast.enter()
    acts.confirm()
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    for login_id in (cast.ANNA, cast.BERND, cast.CARLA, cast.DORA, cast.OLGA):
        acts.give_password(login_id, PASSWORD)
    everything = agencies.Colleague(login_id=HEDDA, name="Hedda Sachs", email="", roles=frozenset(StaffRole))
    agencies.create_staff(everything, by="operator")


@pytest.fixture
def portal(
    chromium: Browser,
    furnished: str,
    django_db_blocker: DjangoDbBlocker,
    home: None,
    settings: LazySettings,
) -> Iterator[Portal]:
    """Return the portal on the morning of 20 March 2026; a page that fails on the server fails the test."""
    with django_db_blocker.unblock(), houses.copy_of(furnished):
        with Served(clock.now()).open() as served:
            served.at = acts.moment(LETTERS_READ_ON)
            yield Portal(served, chromium)
        assert served.errors == []
