"""Every page in a real browser: accessible, as wide as its window, and silent on the console."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.visitors import Portal

PAGES = ["/cockpit/", "/cockpit/vermittlerpost/"]
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_page_breaks_a_rule_of_accessibility(portal: Portal, scheme: str, language: str) -> None:
    page = portal.visitor("anna", language=language, color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in PAGES:
        page.goto(path)
        assert _violations(page) == [], path
    assert said == []


def test_no_page_is_wider_than_a_telephone(portal: Portal) -> None:
    page = portal.visitor("anna", width=320)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]
