"""Every page in a real browser: accessible, as wide as its window, silent on the console, light to load."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Response
from tests import cast
from tests.browser.looking import Critic
from tests.browser.visitors import Portal
from tests.guards.test_portal_doors import GUARDED, SAMPLES

ANONYMOUS = ["/anmelden/", "/kennwort-vergessen/", "/gibt-es-nicht/"]
FILES = {"letter_pdf", "mailbox_csv", "users_csv", "history_csv", "mfa_download_recovery_codes"}


def addresses() -> Iterator[str]:
    for route in GUARDED:
        if route.name not in FILES and set(route.arguments) <= set(SAMPLES):
            yield route.url()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_is_accessible_fits_a_small_telephone_and_says_nothing_to_the_console(
    portal: Portal, language: str
) -> None:
    critic = Critic(portal.visitor(cast.ANNA, language=language))
    critic.look_at(addresses())
    assert critic.noted == []
    assert critic.looked_at > 20


@pytest.mark.parametrize("language", ["de", "en"])
def test_so_is_every_page_before_the_door(portal: Portal, language: str) -> None:
    critic = Critic(portal.visitor(language=language))
    critic.look_at(ANONYMOUS)
    assert critic.noted == []
    assert critic.looked_at == len(ANONYMOUS)


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
