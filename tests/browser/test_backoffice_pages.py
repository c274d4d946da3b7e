"""Every page of the back office in a real browser: accessible, as wide as its window, silent on the console."""

from collections.abc import Iterator

import pytest
from tests.browser.looking import Critic
from tests.browser.visitors import HEDDA, Portal
from tests.guards.test_backoffice_doors import OURS, SAMPLES

FILES = {"desk_letter_pdf", "batch_file", "record_export", "letter_kind_pdf"}
SEARCHES = ["/innendienst/vorgaenge/?suche=K-WB"]


def addresses() -> Iterator[str]:
    for route in OURS:
        if route.name not in FILES and set(route.arguments) <= set(SAMPLES):
            yield route.url()
    yield from SEARCHES


@pytest.mark.timeout(900)
def test_every_page_of_the_back_office_is_accessible_fits_a_small_telephone_and_says_nothing_to_the_console(
    portal: Portal,
) -> None:
    critic = Critic(portal.visitor(HEDDA))
    critic.look_at(addresses())
    assert critic.noted == []
    assert critic.looked_at > 20
