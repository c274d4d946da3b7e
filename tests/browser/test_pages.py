"""Every page in a real browser: accessible, as wide as its window, silent on the console, light to load."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response
from tests import cast
from tests.browser.visitors import Portal
from tests.guards.test_portal_doors import GUARDED, SAMPLES

ANONYMOUS = ["/anmelden/", "/kennwort-vergessen/", "/gibt-es-nicht/"]
FILES = {"letter_pdf", "mailbox_csv", "users_csv", "mfa_download_recovery_codes"}
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def addresses() -> Iterator[str]:
    for route in GUARDED:
        if route.name not in FILES and set(route.arguments) <= set(SAMPLES):
            yield route.url()


def opened(page: Page, paths: list[str]) -> Iterator[str]:
    """Open one page after the other, but for those that only take something or lead elsewhere."""
    for path in paths:
        if page.request.get(path, max_redirects=0).status in {200, 404}:
            page.goto(path)
            yield path


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_page_breaks_a_rule_of_accessibility(portal: Portal, language: str) -> None:
    broken, looked_at = [], 0
    for visitor, paths in ((cast.ANNA, list(addresses())), ("", ANONYMOUS)):
        # Whoever asks for less motion gets the other theme at once, not in shades that nobody could read.
        page = portal.visitor(visitor, language=language, reduced_motion="reduce")
        for path in opened(page, paths):
            looked_at += 1
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                broken += [f"{path} ({scheme}): {violation}" for violation in violations(page)]
    assert broken == []
    assert looked_at > 25


@pytest.mark.timeout(600)
def test_no_page_is_wider_than_a_small_telephone_or_complains_to_the_console(portal: Portal) -> None:
    wrong: list[str] = []
    note = wrong.append
    for visitor, paths in ((cast.ANNA, list(addresses())), ("", ANONYMOUS)):
        page = portal.visitor(visitor, width=320)
        page.on("console", lambda message: note(f"{message.location['url']}: {message.text}"))
        page.on("pageerror", lambda error: note(str(error)))
        widths = {path: page.evaluate("document.documentElement.scrollWidth") for path in opened(page, paths)}
        wrong += [f"{path} is {width} wide" for path, width in widths.items() if width > 320]
    assert [one for one in wrong if "status of 404" not in one] == []


def test_the_first_page_weighs_less_than_100_kb_and_the_next_less_than_30(portal: Portal) -> None:
    page = portal.visitor(cast.ANNA)
    weighed: list[int] = []

    def weigh(response: Response) -> None:
        sizes = response.request.sizes()
        weighed.append(sizes["responseBodySize"] + sizes["responseHeadersSize"])

    page.on("response", weigh)
    page.goto("/cockpit/", wait_until="networkidle")
    first = sum(weighed)
    weighed.clear()
    page.goto("/cockpit/vermittlerpost/", wait_until="networkidle")
    assert 0 < first < 100_000
    assert 0 < sum(weighed) < 30_000


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]
