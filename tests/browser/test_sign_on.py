"""Staff come in from the identity provider in a real browser, which holds pages to the content security policy."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from playwright.sync_api import Page
from tests.browser.looking import excess, violations
from tests.browser.visitors import HEDDA, Portal
from tests.identity_provider import Provider, providing
from tests.interfaces.portal.sign_on_steps import trust

BUTTON = "Mit dem Firmenkonto anmelden"


@pytest.fixture
def provider(portal: Portal, settings: LazySettings) -> Iterator[Provider]:
    cache.clear()
    with providing() as provider:
        trust(settings, provider, base_url=portal.served.url)
        yield provider


def flaws(page: Page) -> list[str]:
    return [*violations(page), *excess(page)]


def test_a_click_on_the_button_leads_to_the_provider_and_back_to_the_page_that_was_wanted(
    portal: Portal, provider: Provider
) -> None:
    page, said = portal.visitor(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/innendienst/prozesse/")
    page.get_by_role("link", name=BUTTON).click()
    page.wait_for_url("**/innendienst/prozesse/")
    assert provider.asked == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]
    assert said == []


def test_without_scripts_it_works_as_well(portal: Portal, provider: Provider) -> None:
    page = portal.visitor(java_script_enabled=False)
    page.goto("/anmelden/")
    page.get_by_role("link", name=BUTTON).click()
    page.wait_for_url("**/innendienst/")


def test_the_pages_on_the_way_are_accessible_and_fit_a_small_telephone(portal: Portal, provider: Provider) -> None:
    page = portal.visitor(width=320)
    page.goto("/anmelden/")
    assert flaws(page) == []
    provider.person = {"sub": "s-9", "preferred_username": "donaudampfschifffahrtsgesellschaft@nordlicht.example"}
    page.get_by_role("link", name=BUTTON).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kein Zugang mit diesem Firmenkonto"
    assert flaws(page) == []
    provider.cancelled_with = "access_denied"
    page.goto("/anmelden/firmenkonto/")
    assert page.get_by_role("heading", level=1).inner_text() == "Anmeldung abgebrochen"
    assert flaws(page) == []


def test_an_administrator_sees_who_is_tied_and_unties_him(portal: Portal, provider: Provider) -> None:
    page = portal.visitor(width=320)
    page.goto("/anmelden/firmenkonto/")
    page.goto(f"/innendienst/personen/{HEDDA}/")
    assert flaws(page) == []
    page.get_by_role("button", name="Verknüpfung lösen").click()
    page.wait_for_url("**/anmelden/**")  # he untied himself, and is out
